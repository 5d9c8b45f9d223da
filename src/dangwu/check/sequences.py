"""Order of dated steps in records: one table of kinds and fields, and one check (1.4–10.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dangwu.model.audience import Audience
from dangwu.model.finding import FindingCode, Severity, build_finding
from dangwu.model.kind import find_values
from dangwu.model.message import Text, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dangwu.check.context import Context
    from dangwu.model.finding import Finding
    from dangwu.model.record import GenericRecord

_ERROR = Severity.ERROR
TARGET_STEPS = FindingCode(
    "DW851", "target-steps", _ERROR, say("A target set, reviewed and approved out of order"), "5.2"
)
ASSESSMENT_STEPS = FindingCode("DW852", "assessment-steps", _ERROR, say("Steps of an assessment out of order"), "5.5a")
APPRAISAL_STEPS = FindingCode("DW871", "appraisal-steps", _ERROR, say("Stages of the appraisal out of order"), "7.3")
CASE_STEPS = FindingCode("DW891", "case-steps", _ERROR, say("Steps of a case out of order"), "9.2(6)")
LETTER_STEPS = FindingCode("DW892", "letter-steps", _ERROR, say("A letter answered before it came"), "9.2(7)")
ADMONITION_STEPS = FindingCode(
    "DW901", "admonition-steps", _ERROR, say("Steps of an admonitory talk out of order"), "10.2(1)"
)
DEVELOPMENT_STEPS = FindingCode("DW819", "development-steps", _ERROR, say("Steps of recruitment out of order"), "1.6b")
POINT_STEPS = FindingCode("DW820", "point-steps", _ERROR, say("A point due or closed before it was raised"), "1.4g")
ACCOUNTABILITY_STEPS = FindingCode(
    "DW823", "accountability-steps", _ERROR, say("Steps of accountability out of order"), "2.4"
)
RECTIFICATION_STEPS = FindingCode(
    "DW846", "rectification-steps", _ERROR, say("A problem due or closed before it was listed"), "4.6"
)
CODES = (
    DEVELOPMENT_STEPS,
    POINT_STEPS,
    ACCOUNTABILITY_STEPS,
    RECTIFICATION_STEPS,
    TARGET_STEPS,
    ASSESSMENT_STEPS,
    APPRAISAL_STEPS,
    CASE_STEPS,
    LETTER_STEPS,
    ADMONITION_STEPS,
)

_RIGHTS_CLAUSE = "9.1(4)"


class _Step(NamedTuple):
    """A step: its field, with ``*`` for every entry of a list, and its name in messages.

    ``clause`` is what a finding on its day cites, where that is not the clause of the code.
    """

    field: str
    name: Text
    clause: str | None = None


_APPEAL_STEPS = (
    _Step("shown_on", say("shown to the person"), _RIGHTS_CLAUSE),
    _Step("appeal.lodged_on", say("appeal lodged"), _RIGHTS_CLAUSE),
    _Step("appeal.answered_on", say("appeal answered"), _RIGHTS_CLAUSE),
)


class _StepOrder(NamedTuple):
    """Steps in the order in which they must come; with ``apart`` no two on the same day.

    A missing field is passed over. With ``per_entry_of``, every entry of that list is checked by itself.
    """

    code: FindingCode
    steps: tuple[_Step, ...]
    apart: bool = False
    per_entry_of: str = ""


def _build_closing_orders(code: FindingCode, first: Text, field: str) -> tuple[_StepOrder, ...]:
    """Return the orders of a list of problems: due, closed or reported up not before they were raised."""
    fields = (("due", say("due day")), ("closed_on", say("settled")), ("reported_up_on", say("reported up")))
    return tuple(
        _StepOrder(code, (_Step("date", first), _Step(f"{field}.*.{key}", name)), per_entry_of=field)
        for key, name in fields
    )


STEP_ORDERS: Mapping[str, tuple[_StepOrder, ...]] = {
    "development-plan": (
        _StepOrder(
            DEVELOPMENT_STEPS,
            (
                _Step("people.*.applied_on", say("applied")),
                _Step("people.*.talked_on", say("talked to")),
                _Step("people.*.activist_on", say("activist")),
                _Step("people.*.candidate_on", say("candidate for development")),
            ),
            per_entry_of="people",
        ),
    ),
    "superior-inspection": _build_closing_orders(POINT_STEPS, say("inspected"), "points"),
    "rectification": _build_closing_orders(RECTIFICATION_STEPS, say("list drawn up"), "items"),
    "accountability": (
        _StepOrder(ACCOUNTABILITY_STEPS, (_Step("event_on", say("the event")), _Step("date", say("decided")))),
        _StepOrder(
            ACCOUNTABILITY_STEPS,
            (
                _Step("date", say("decided")),
                _Step("persons.*.shown_on", say("shown to the person"), _RIGHTS_CLAUSE),
                _Step("persons.*.appeal.lodged_on", say("appeal lodged"), _RIGHTS_CLAUSE),
                _Step("persons.*.appeal.answered_on", say("appeal answered"), _RIGHTS_CLAUSE),
            ),
            per_entry_of="persons",
        ),
    ),
    "target": (
        _StepOrder(
            TARGET_STEPS,
            (
                _Step("self_set_on", say("set by the member")),
                _Step("reviewed_on", say("reviewed in the group")),
                _Step("approved_on", say("approved")),
            ),
        ),
    ),
    "assessment": (
        _StepOrder(
            ASSESSMENT_STEPS,
            (
                _Step("self_summary_on", say("the member's own summary")),
                _Step("opinions.date", say("opinions asked for")),
                _Step("appraised_on", say("appraised by the organization")),
                _Step("decided_on", say("decided"), "5.5b"),
                _Step("shown_on", say("shown to the person"), "5.5b"),
                _Step("published_on", say("published")),
            ),
        ),
        _StepOrder(ASSESSMENT_STEPS, _APPEAL_STEPS),
    ),
    "appraisal": (
        _StepOrder(
            APPRAISAL_STEPS,
            (
                _Step("stages.study.date", say("study and education")),
                _Step("stages.self.date", say("self-appraisal")),
                _Step("stages.democratic.date", say("democratic appraisal")),
                _Step("stages.examination.date", say("examination by the organization")),
                _Step("stages.follow_up.date", say("commendation and treatment")),
            ),
        ),
        _StepOrder(
            APPRAISAL_STEPS,
            (
                _Step("stages.examination.date", say("examination by the organization")),
                _Step("decided_on", say("decided")),
            ),
        ),
    ),
    "case": (
        _StepOrder(
            CASE_STEPS,
            (
                _Step("received_on", say("received")),
                _Step("verified_on", say("verified")),
                _Step("closed_on", say("closed")),
                *_APPEAL_STEPS,
            ),
        ),
    ),
    "letter": (
        _StepOrder(LETTER_STEPS, (_Step("received_on", say("received")), _Step("replied_on", say("answered")))),
    ),
    "admonition": (
        _StepOrder(
            ADMONITION_STEPS,
            (
                _Step("notice.date", say("told beforehand")),
                _Step("date", say("the talk")),
                _Step("deadline", say("deadline for putting right"), "10.3(2)"),
            ),
            apart=True,
        ),
        _StepOrder(
            ADMONITION_STEPS,
            (_Step("date", say("the talk")), _Step("checks.*.date", say("check of the rectification"), "10.4a")),
        ),
        _StepOrder(ADMONITION_STEPS, (_Step("date", say("the talk")), _Step("outcome.date", say("outcome"), "10.4b"))),
        _StepOrder(ADMONITION_STEPS, (_Step("date", say("the talk")), *_APPEAL_STEPS)),
    ),
}
"""Kind of record → the orders of its steps."""


def check_step_order(context: Context) -> Iterator[Finding]:
    """Check that the steps of each record are in order by their days."""
    for kind, orders in STEP_ORDERS.items():
        shown = Audience.HANDLERS.rank > context.kinds[kind].audience.rank
        for record in context.corpus.of(kind):
            for order in orders:
                for entry in range(len(record.data.get(order.per_entry_of, ()))) if order.per_entry_of else (None,):
                    yield from _check_order(record, order, entry, shown=shown)


def _check_order(record: GenericRecord, order: _StepOrder, entry: int | None, *, shown: bool) -> Iterator[Finding]:
    """Yield a finding for each step before the previous one; ``shown`` says that its message quotes days."""
    last: tuple[str, Text] | None = None
    for step in order.steps:
        path = tuple(None if part == "*" else part for part in step.field.split("."))
        days = sorted(
            (
                (pointer, day)
                for pointer, day in find_values(record.data, path)
                if entry is None or pointer[0] != order.per_entry_of or pointer[1] == entry
            ),
            key=lambda found: found[1],
        )
        for pointer, day in days:
            if last is not None and (day < last[0] or (order.apart and day == last[0])):
                hint = say(
                    "The order is: {steps}. Correct a day only if it is wrong; what was so stays, with its reason in "
                    "accepted.yaml.",
                    steps=_list_step_names(order),
                )
                message = _build_message(order, (day, step.name), last, shown=shown)
                yield build_finding(order.code, record, pointer, message, hint, clause=step.clause)
        if days:
            last = (days[-1][1], step.name)


def _build_message(order: _StepOrder, step: tuple[str, Text], before: tuple[str, Text], *, shown: bool) -> Text:
    day, name = step
    earlier, previous = before
    if not shown:
        if order.apart:
            return say("“{step}” does not come after “{before}”.", step=name, before=previous)
        return say("“{step}” comes before “{before}”.", step=name, before=previous)
    return say(
        "“{step}” on {day} comes before “{before}” on {earlier}.", step=name, day=day, before=previous, earlier=earlier
    )


def _list_step_names(order: _StepOrder) -> tuple[Text, ...]:
    return tuple(step.name for step in order.steps)
