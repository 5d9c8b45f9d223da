"""Audit check of decisions entered long after the day from which they count: exemptions, payments, rules relaxed."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from dangwu.audit.context import build_observation, describe_day, group_by_commit
from dangwu.audit.lateness import add_days, find_day_evidence
from dangwu.model.finding import FindingCode, RelatedPlace, Severity, Source
from dangwu.model.message import say
from dangwu.model.period import parse_day

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import TypeAlias

    from dangwu.audit.context import AuditContext
    from dangwu.model.message import Text
    from dangwu.model.observation import EvidencePiece, Observation
    from dangwu.model.record_life import LifeStep, RecordLife

    _Decisions: TypeAlias = dict[tuple[object, ...], "_Decision"]
    _Reader: TypeAlias = Callable[[Mapping[str, Any]], _Decisions]

DECIDED_AFTERWARDS = FindingCode(
    "DW980", "decided-afterwards", Severity.NOTE, say("Entered long after the day from which it counts")
)
CODES = (DECIDED_AFTERWARDS,)

_DECISION_DAYS = 62
"""Two months: what one monthly meeting of the committee decided is entered before the one after the next."""
_PAYMENT_DAYS = 92
"""A quarter, the longest; to this come the days in which a record counts as in time. Dues may be entered by quarter."""
_DAY = re.compile(rb"\b\d{4}-\d\d-\d\d\b|\bfrom:[ \t]*['\"]?\d{4}-\d\d\b")
_BEGUN_BY = "branch.yaml"
_RELAXING_FIELDS = ("off", "every", "count", "due")
_EXCUSING = frozenset({"suspended", "transferred", "left"})


class _Decision(NamedTuple):
    """One entry: what it is, in words, the first day on which it counts, and the last."""

    what: Text
    first: date
    last: date = date.max


class _LateDecision(NamedTuple):
    """An entry of a record, its commit, the day from which it counts, and the evidence that it was made long after."""

    path: str
    commit: int
    what: Text
    counts_from: date
    evidence: tuple[EvidencePiece, ...]


def find_decisions_made_afterwards(context: AuditContext) -> Iterator[Observation]:
    """Find entries committed months after the day from which they count; one note for each commit and kind of record.

    For what counts from before the branch kept its records here, the days are counted from the first of them.
    """
    branch = context.life(_BEGUN_BY)
    begun = branch.recorded_on(context.history) if branch else None
    if begun is None:
        return
    for kind, (limit, read) in _READERS.items():
        days = limit + (context.grace if kind == "dues" else 0)
        place = context.kinds[kind]
        lives = (life for life in context.lives.every if place.read(life.path) is not None)
        late = [each for life in lives for each in _find_late_decisions(context, life, begun, days, read)]
        for index, decisions in group_by_commit(late).items():
            yield _build_observation(context, index, decisions)


def _find_late_decisions(
    context: AuditContext, life: RecordLife, begun: date, days: int, read: _Reader
) -> Iterator[_LateDecision]:
    for step in life.steps:
        if step.blob is None or step.blob == step.old_blob or not context.covers(step.commit):
            continue
        if read is _read_waiver and _is_told_otherwise(context, life, step):
            continue
        # What counts from before the beginning counts from there, so that nothing of the first months is late.
        made = [piece.day for piece in find_day_evidence(context, step.commit, add_days(begun, days))]
        limit = add_days(max((day or date.max for day in made), default=begun), -days)
        if not made or (read is not _read_waiver and not _names_old_day(context, step, limit)):
            continue
        before = read(context.read_data(step.old_path or step.path, step.old_blob)) if step.old_blob else {}
        for key, decision in read(context.read_data(step.path, step.blob)).items():
            counted = _find_first_new_day(decision, before.get(key))
            last = add_days(max(counted, begun), days) if counted else date.max
            evidence = tuple(find_day_evidence(context, step.commit, last)) if counted else ()
            if counted and evidence:
                yield _LateDecision(step.path, step.commit, decision.what, max(counted, begun), evidence)


def _is_told_otherwise(context: AuditContext, life: RecordLife, step: LifeStep) -> bool:
    """Tell whether other checks look at a step of a waiver: DW961 at its first, DW983 at those after a review."""
    first = life.find_first_step(context.history).commit
    return step.old_blob is None or context.mark_index.between(first, step.commit) is not None


def _find_first_new_day(decision: _Decision, before: _Decision | None) -> date | None:
    """Return the first day on which an entry counts and did not before; None without one."""
    if before is None:
        return decision.first
    return add_days(before.last, 1) if decision.last > before.last else None


def _names_old_day(context: AuditContext, step: LifeStep, limit: date) -> bool:
    """Tell whether a line that a step changed names a day before a limit: only such files are parsed."""
    old = context.read_raw(step.old_path or step.path, step.old_blob) if step.old_blob else b""
    new = context.read_raw(step.path, step.blob) if step.blob else b""
    lines = frozenset(old.splitlines()) ^ frozenset(new.splitlines())
    days = (found.decode().lstrip("from:'\" \t") for line in lines for found in _DAY.findall(line))
    return any(day < limit.isoformat() for day in days)


def _build_observation(context: AuditContext, index: int, late: list[_LateDecision]) -> Observation:
    first = min(late, key=lambda each: (each.counts_from, each.path))
    made = first.evidence[0].day
    said = {
        "day": describe_day(made), "what": first.what, "from_day": first.counts_from,
        "days": (made - first.counts_from).days if made else 0,
    }  # fmt: skip
    message = say("Entered on {day}: {what}. It counts from {from_day}, {days} days before.", **said)
    if len(late) > 1:
        message = say("{count} entries of {day} count from earlier days. The oldest: {what}; it counts from "
                      "{from_day}, {days} days before.", **said, count=len(late))  # fmt: skip
    hint = say("Ask when it was decided or paid, and by whom, and compare with the minutes or the receipt.")
    related = tuple(
        RelatedPlace(Source(each.path), say("{what}, from {day}", what=each.what, day=each.counts_from))
        for each in late
    )
    evidence = dict.fromkeys((*first.evidence, *context.commit_evidence(index)))
    return build_observation(
        DECIDED_AFTERWARDS, first.path, message, hint, evidence, commit=context.commit(index).id,
        related=related if len(late) > 1 else (),
    )  # fmt: skip


def _list_rows(data: Mapping[str, Any], name: str) -> Iterator[Mapping[str, Any]]:
    rows = data.get(name)
    yield from (row for row in rows if isinstance(row, dict)) if isinstance(rows, list) else ()


def _read_member(data: Mapping[str, Any]) -> _Decisions:
    """Return the exemptions, and the statuses in which nobody attends."""
    found: _Decisions = {}
    days = [day for row in _list_rows(data, "status") if (day := parse_day(row.get("from"))) is not None]
    joined = min(days, default=date.min)
    for row in _list_rows(data, "exemptions"):
        first, last = parse_day(row.get("from")), parse_day(row.get("to")) or date.max
        if first is not None:
            found["exemption", first] = _Decision(say("an exemption"), max(first, joined), last)
    for row in _list_rows(data, "status"):
        first = parse_day(row.get("from"))
        if first is not None and str(row.get("status")) in _EXCUSING:
            found["status", first, str(row["status"])] = _Decision(say("a status in which nobody attends"), first)
    return found


def _read_dues(data: Mapping[str, Any]) -> _Decisions:
    found: _Decisions = {}
    for member in _list_rows(data, "members"):
        who = str(member.get("member"))
        for row in _list_rows(member, "paid"):
            day = parse_day(row.get("date"))
            if day is not None:
                found["paid", who, str(row.get("month")), day] = _Decision(say("a payment"), day)
        for row in _list_rows(member, "deferrals"):
            first, last = (parse_day(f"{row.get(name)}-01") for name in ("from", "to"))
            if first is not None:
                found["deferral", who, first] = _Decision(say("a deferral"), first, last or first)
    return found


def _read_amendment(data: Mapping[str, Any]) -> _Decisions:
    """Return the change of a rule; a duty that is only added asks for more, and excuses nobody."""
    first, last = parse_day(data.get("from")), parse_day(data.get("to")) or date.max
    relaxed = tuple(f"{field}={data[field]}" for field in _RELAXING_FIELDS if data.get(field))
    if first is None or not relaxed:
        return {}
    clause = str(data.get("clause"))
    what = say("the rule {clause} switched off", clause=clause)
    if not data.get("off"):
        what = say("the rule {clause} changed", clause=clause)
    return {(first, *relaxed): _Decision(what, first, last)}


def _read_waiver(data: Mapping[str, Any]) -> _Decisions:
    """Return the duties of a waiver, which count from the day of its approval."""
    first, duties = parse_day(data.get("date")), data.get("duties")
    if first is None or not isinstance(duties, list):
        return {}
    return {(str(duty),): _Decision(say("a duty of a waiver"), first) for duty in duties}


_READERS: Mapping[str, tuple[int, _Reader]] = {
    "member": (_DECISION_DAYS, _read_member),
    "dues": (_PAYMENT_DAYS, _read_dues),
    "amendment": (_DECISION_DAYS, _read_amendment),
    "waiver": (_DECISION_DAYS, _read_waiver),
}
"""Kinds of records with entries that count from a day: within how many days they are entered, and how they are read."""
