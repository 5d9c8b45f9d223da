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

_APPEAL_STEPS = (("shown_on", say("shown to the person")), ("appeal.lodged_on", say("appeal lodged")))
_APPEAL_ANSWER_STEP = ("appeal.answered_on", say("appeal answered"))


class _StepOrder(NamedTuple):
    """Steps in the order in which they must come; with ``apart`` no two on the same day.

    A step is a field, with ``*`` for every entry of a list, and its name in messages. A missing field is passed over.
    With ``per_entry_of``, every entry of that list is checked by itself.
    """

    code: FindingCode
    steps: tuple[tuple[str, Text], ...]
    apart: bool = False
    per_entry_of: str = ""


def _build_closing_orders(code: FindingCode, first: Text, field: str) -> tuple[_StepOrder, ...]:
    """Return the orders of a list of problems: due, closed or reported up not before they were raised."""
    fields = (("due", say("due day")), ("closed_on", say("settled")), ("reported_up_on", say("reported up")))
    return tuple(
        _StepOrder(code, (("date", first), (f"{field}.*.{key}", name)), per_entry_of=field) for key, name in fields
    )


STEP_ORDERS: Mapping[str, tuple[_StepOrder, ...]] = {
    "development-plan": (
        _StepOrder(
            DEVELOPMENT_STEPS,
            (
                ("people.*.applied_on", say("applied")),
                ("people.*.talked_on", say("talked to")),
                ("people.*.activist_on", say("activist")),
                ("people.*.candidate_on", say("candidate for development")),
            ),
            per_entry_of="people",
        ),
    ),
    "superior-inspection": _build_closing_orders(POINT_STEPS, say("inspected"), "points"),
    "rectification": _build_closing_orders(RECTIFICATION_STEPS, say("list drawn up"), "items"),
    "accountability": (
        _StepOrder(ACCOUNTABILITY_STEPS, (("event_on", say("the event")), ("date", say("decided")))),
        _StepOrder(
            ACCOUNTABILITY_STEPS,
            (
                ("date", say("decided")),
                ("persons.*.shown_on", say("shown to the person")),
                ("persons.*.appeal.lodged_on", say("appeal lodged")),
                ("persons.*.appeal.answered_on", say("appeal answered")),
            ),
            per_entry_of="persons",
        ),
    ),
    "target": (
        _StepOrder(
            TARGET_STEPS,
            (
                ("self_set_on", say("set by the member")),
                ("reviewed_on", say("reviewed in the group")),
                ("approved_on", say("approved")),
            ),
        ),
    ),
    "assessment": (
        _StepOrder(
            ASSESSMENT_STEPS,
            (
                ("self_summary_on", say("the member's own summary")),
                ("opinions.date", say("opinions asked for")),
                ("appraised_on", say("appraised by the organization")),
                ("decided_on", say("decided")),
                ("shown_on", say("shown to the person")),
                ("published_on", say("published")),
            ),
        ),
        _StepOrder(ASSESSMENT_STEPS, (*_APPEAL_STEPS, _APPEAL_ANSWER_STEP)),
    ),
    "appraisal": (
        _StepOrder(
            APPRAISAL_STEPS,
            (
                ("stages.study.date", say("study and education")),
                ("stages.self.date", say("self-appraisal")),
                ("stages.democratic.date", say("democratic appraisal")),
                ("stages.examination.date", say("examination by the organization")),
                ("stages.follow_up.date", say("commendation and treatment")),
            ),
        ),
        _StepOrder(
            APPRAISAL_STEPS,
            (("stages.examination.date", say("examination by the organization")), ("decided_on", say("decided"))),
        ),
    ),
    "case": (
        _StepOrder(
            CASE_STEPS,
            (
                ("received_on", say("received")),
                ("verified_on", say("verified")),
                ("closed_on", say("closed")),
                *_APPEAL_STEPS,
                _APPEAL_ANSWER_STEP,
            ),
        ),
    ),
    "letter": (_StepOrder(LETTER_STEPS, (("received_on", say("received")), ("replied_on", say("answered")))),),
    "admonition": (
        _StepOrder(
            ADMONITION_STEPS,
            (
                ("notice.date", say("told beforehand")),
                ("date", say("the talk")),
                ("deadline", say("deadline for putting right")),
            ),
            apart=True,
        ),
        _StepOrder(ADMONITION_STEPS, (("date", say("the talk")), ("checks.*.date", say("check of the rectification")))),
        _StepOrder(ADMONITION_STEPS, (("date", say("the talk")), ("outcome.date", say("outcome")))),
        _StepOrder(ADMONITION_STEPS, (("date", say("the talk")), *_APPEAL_STEPS, _APPEAL_ANSWER_STEP)),
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
    for field, name in order.steps:
        path = tuple(None if part == "*" else part for part in field.split("."))
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
                yield build_finding(
                    order.code, record, pointer, _build_message(order, (day, name), last, shown=shown), hint
                )
        if days:
            last = (days[-1][1], name)


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
    return tuple(name for _, name in order.steps)
