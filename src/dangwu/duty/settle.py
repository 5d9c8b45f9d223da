"""The state of each duty on the as-of day."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dangwu.duty.evidence import Index
from dangwu.duty.expected import Expected, expected
from dangwu.model.duty import Duty, Evidence, State
from dangwu.model.record import Outcome
from dangwu.model.text import Text, say

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from dangwu.model.corpus import Corpus
    from dangwu.model.record import Meeting, Waiver
    from dangwu.model.rule import Rulebook
    from dangwu.model.spans import Span

RECORDED_WITHIN = "recorded_within_days"


class _Verdict(NamedTuple):
    state: State
    reason: Text | None = None
    waiver: Waiver | None = None


class Settling:
    """Settles instances on one day. ``recorded`` says on which day git first had each path; it may be empty."""

    def __init__(self, rulebook: Rulebook, corpus: Corpus, as_of: date, recorded: Mapping[str, date]) -> None:
        self._as_of = as_of
        self._recorded = recorded
        self._index = Index(corpus, as_of)
        self._waivers: dict[tuple[str, Outcome], Waiver] = {}
        for waiver in sorted(corpus.waivers, key=lambda each: (each.day, each.path)):
            if waiver.day <= as_of:
                self._waivers.update({(duty, waiver.outcome): waiver for duty in waiver.duties})
        settings = corpus.branch.settings if corpus.branch else {}
        self._decided = RECORDED_WITHIN in settings
        self._within = settings.get(RECORDED_WITHIN, rulebook.setting(RECORDED_WITHIN).default)

    def settle(self, one: Expected) -> Duty:
        """Return the duty with its state, evidence and near misses."""
        counted, missed = self._index.of(one)
        id_ = f"{one.clause.id}/{one.period.label}" + (f"/{one.group.id}" if one.group else "")
        deferred = self._waivers.get((id_, Outcome.DEFERRED))
        due = deferred.until if deferred and deferred.until else one.due
        verdict = self._verdict(one, id_, due, counted, deferred)
        evidence = tuple(self._evidence(meeting) for meeting in counted)
        judged = any(each.recorded_on for each in evidence) and not self._decided
        return Duty(
            clause=one.clause.id,
            system=one.clause.system,
            title=one.clause.title,
            period=one.period,
            subject=one.group.id if one.group else None,
            opens=one.period.start,
            due=due,
            count=one.wording.times,
            state=verdict.state,
            reason=verdict.reason,
            evidence=evidence,
            near_misses=tuple(missed),
            waiver=verdict.waiver.path if verdict.waiver else None,
            acknowledged=verdict.waiver is not None and verdict.waiver.outcome is Outcome.MISSED,
            assumed=(f"{RECORDED_WITHIN}={self._within}",) if judged else (),
        )

    def _verdict(self, one: Expected, id_: str, due: date, counted: list[Meeting], deferred: Waiver | None) -> _Verdict:
        if one.not_applicable is not None:
            return _Verdict(State.NOT_APPLICABLE, one.not_applicable)
        need = one.wording.times
        on_time = sum(1 for each in counted if each.day <= due and (each.makes_up is None or deferred is not None))
        if on_time >= need:
            return _Verdict(State.FULFILLED, waiver=deferred)
        waived = self._waivers.get((id_, Outcome.WAIVED))
        if waived is not None:
            reason = say("waived by {who}: {reason}", who=waived.approved_by, reason=waived.reason)
            return _Verdict(State.WAIVED, reason, waived)
        if len(counted) >= need:
            return _Verdict(State.LATE, say("held on {day}, due by {due}", day=counted[-1].day, due=due), deferred)
        missed = self._waivers.get((id_, Outcome.MISSED))
        if missed is not None:
            return _Verdict(State.OVERDUE, say("missed, as stated: {reason}", reason=missed.reason), missed)
        return _Verdict(self._pending(one, due), _progress(need, len(counted), deferred), deferred)

    def _pending(self, one: Expected, due: date) -> State:
        if self._as_of < one.period.start:
            return State.UPCOMING
        return State.OPEN if self._as_of <= due else State.OVERDUE

    def _evidence(self, meeting: Meeting) -> Evidence:
        recorded = self._recorded.get(meeting.path)
        late = recorded is not None and (recorded - meeting.day).days > self._within
        return Evidence(path=meeting.path, held_on=meeting.day, recorded_on=recorded, recorded_late=late)


def duties(
    rulebook: Rulebook, corpus: Corpus, as_of: date, span: Span, recorded: Mapping[str, date]
) -> tuple[Duty, ...]:
    """Return the duties whose periods share a day with ``span``, by clause, period and subject."""
    settling = Settling(rulebook, corpus, as_of, recorded)
    return tuple(settling.settle(one) for one in expected(rulebook, corpus, span))


def _progress(need: int, have: int, deferred: Waiver | None) -> Text | None:
    if deferred is not None:
        return say("deferred to {until}: {reason}", until=str(deferred.until), reason=deferred.reason)
    return say("held {have} of {need}", have=have, need=need) if need > 1 else None
