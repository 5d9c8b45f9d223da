"""Days of a person that contradict each other: joining, confirmation, statuses, groups, exemptions, recruitment."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from dangwu.check.times import IN_THE_FUTURE
from dangwu.check.twins import link_twins
from dangwu.model.day_or_month import DayOrMonth
from dangwu.model.finding import FindingCode, Severity, build_finding
from dangwu.model.message import Text, say
from dangwu.model.record import Standing
from dangwu.model.spans import Days

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dangwu.check.context import Context
    from dangwu.model.corpus import Corpus
    from dangwu.model.finding import Finding, Pointer
    from dangwu.model.record import GenericRecord, Member

DAYS_CONTRADICT = FindingCode(
    "DW607", "days-contradict", Severity.ERROR, say("Days of a person that contradict each other")
)
CODES = (DAYS_CONTRADICT,)

_BELONGING = (Standing.PROBATIONARY, Standing.FULL, Standing.SUSPENDED)
_GONE = (Standing.TRANSFERRED, Standing.LEFT)
_RECRUITMENT_DAYS = ("applied_on", "talked_on", "activist_on", "candidate_on")
_STANDING_NAMES: Mapping[Standing, Text] = {
    Standing.PROBATIONARY: say("a probationary member"),
    Standing.FULL: say("a full member"),
    Standing.SUSPENDED: say("suspended from membership"),
}
_HINT = say("Compare both with the papers, and correct the one that is wrong.")


def check_member_days(context: Context) -> Iterator[Finding]:
    """Find days in a member's file of which not all can be right."""
    for member in context.corpus.members:
        data = context.corpus.documents[member.path].data
        faults = (
            *_find_party_faults(context, data),
            *_find_group_faults(context.corpus, member, data),
            *_find_exemption_faults(member, data),
        )
        for pointer, message in faults:
            yield build_finding(DAYS_CONTRADICT, member, pointer, message, _HINT, subject=member.id)
        for key in ("joined_on", "converted_on"):
            known = DayOrMonth.parse(data.get(key))
            if known is not None and known.is_after(context.as_of):
                message = say("{day} lies after the as-of day {as_of}.", day=data[key], as_of=context.as_of)
                hint = say("Correct the date; a record is written after the event.")
                yield build_finding(IN_THE_FUTURE, member, (key,), message, hint)


def _find_party_faults(context: Context, data: Mapping[str, Any]) -> Iterator[tuple[Pointer, Text]]:
    """Yield each contradiction between joining, confirmation and the statuses in this branch.

    Who left and joined anew has two of each day; the file has one, of either time. A month of which the day is not
    known contradicts a day only if each of its days does.
    """
    joined, converted = DayOrMonth.parse(data.get("joined_on")), DayOrMonth.parse(data.get("converted_on"))
    if joined and converted and converted.is_before(joined.first):
        yield (
            ("converted_on",),
            say(
                "Became a full member on {converted}, before joining the Party on {joined}.",
                converted=converted.label,
                joined=joined.label,
            ),
        )
    statuses = [(Standing(row["status"]), date.fromisoformat(row["from"])) for row in data["status"]]
    if statuses and statuses[0][0] in _GONE:
        yield (
            ("status", 0),
            say("The first entry says that the person left; none says since when they were here."),
        )
    for index, (standing, start) in enumerate(statuses):
        pointer = ("status", index, "from")
        if (
            joined
            and standing in _BELONGING
            and joined.is_after(start)
            and not _left_between(statuses, index, joined.last)
        ):
            yield (
                pointer,
                say(
                    "Here as {status} since {day}, before joining the Party on {joined}.",
                    status=_STANDING_NAMES[standing],
                    day=start,
                    joined=joined.label,
                ),
            )
        if converted is not None and not (joined and converted.is_before(joined.first)):
            yield from _find_confirmation_faults(context.as_of, statuses, index, converted)


def _find_confirmation_faults(
    as_of: date, statuses: list[tuple[Standing, date]], index: int, converted: DayOrMonth
) -> Iterator[tuple[Pointer, Text]]:
    """Yield the contradiction of a status in this branch with becoming a full member."""
    standing, start = statuses[index]
    pointer = ("status", index, "from")
    if standing is Standing.FULL and converted.is_after(start) and not _left_between(statuses, index, converted.last):
        yield (
            pointer,
            say(
                "Here as {status} since {day}, before becoming a full member on {converted}.",
                status=_STANDING_NAMES[standing],
                day=start,
                converted=converted.label,
            ),
        )
    if standing is Standing.PROBATIONARY and _is_confirmed(as_of, statuses, index, converted):
        yield (
            pointer,
            say(
                "Here as {status} since {day}, though a full member since {converted}.",
                status=_STANDING_NAMES[standing],
                day=start,
                converted=converted.label,
            ),
        )


def _left_between(statuses: list[tuple[Standing, date]], index: int, day: date) -> bool:
    """Tell whether after a status the person left and joined anew, no earlier than on a day of joining."""
    later = statuses[index + 1 :]
    return any(
        one is Standing.LEFT and start <= day and other is Standing.PROBATIONARY
        for (one, start), (other, _) in pairwise(later)
    )


def _is_confirmed(as_of: date, statuses: list[tuple[Standing, date]], index: int, converted: DayOrMonth) -> bool:
    """Tell whether a probationary status begins after the confirmation, or still stands on the as-of day.

    A status of full member may begin after the confirmation, which can be decided with effect from an earlier day.
    """
    start = statuses[index][1]
    again = any(standing is Standing.LEFT and converted.first <= day for standing, day in statuses[:index])
    if start >= converted.last:
        return not again
    return index == len(statuses) - 1 and converted.last <= as_of


def _find_group_faults(corpus: Corpus, member: Member, data: Mapping[str, Any]) -> Iterator[tuple[Pointer, Text]]:
    """Yield each entry into a group on a day on which the person was not in the branch, or the group not there."""
    for index, row in enumerate(data.get("groups", ())):
        if row["group"] is None:
            continue
        day, pointer = date.fromisoformat(row["from"]), ("groups", index, "from")
        group = corpus.branch.group(row["group"]) if corpus.branch else None
        if day not in member.days_in_branch:
            yield pointer, say("In a Party group since {day}, on which the person was not in this branch.", day=day)
        elif group is not None and day not in group.span:
            yield (
                pointer,
                say("In the group {group} since {day}, on which it did not exist.", group=group.name, day=day),
            )


def _find_exemption_faults(member: Member, data: Mapping[str, Any]) -> Iterator[tuple[Pointer, Text]]:
    """Yield each exemption that covers no day on which the person was in the branch."""
    for index, exemption in enumerate(member.exemptions):
        row = data["exemptions"][index]
        backward = isinstance(row.get("to"), str) and row["to"] < row["from"]
        if not backward and not (Days([exemption.span]) & member.days_in_branch).spans:
            yield ("exemptions", index), say("Exempt only on days on which the person was not in this branch.")


def check_recruitment_days(context: Context) -> Iterator[Finding]:
    """Find people in development plans whose days contradict an earlier plan, or their own membership."""
    known: dict[tuple[str, str, str], tuple[GenericRecord, Pointer]] = {}
    for plan in sorted(context.corpus.of("development-plan"), key=lambda plan: (plan.data["year"], plan.path)):
        for index, person in enumerate(plan.data["people"]):
            for field in _RECRUITMENT_DAYS:
                if field not in person:
                    continue
                pointer = ("people", index, field)
                yield from _check_membership(context.corpus, plan, pointer, person)
                key = (person["id"], person["name"], field)
                earlier, place = known.setdefault(key, (plan, pointer))
                one, other = _Step(earlier, place), _Step(plan, pointer)
                if one.day != other.day:
                    findings = (_build_plan_finding(*pair) for pair in ((one, other), (other, one)))
                    yield from link_twins(findings, say("the earlier plan"), say("the later plan"))


class _Step(NamedTuple):
    """A day in the recruitment of a person, as one plan has it."""

    plan: GenericRecord
    pointer: Pointer

    @property
    def person(self) -> Mapping[str, Any]:
        """The row of the person."""
        row: Mapping[str, Any] = self.plan.data["people"][self.pointer[1]]
        return row

    @property
    def day(self) -> str:
        """The day, as in 2026-03-12."""
        return str(self.person[str(self.pointer[-1])])


def _build_plan_finding(step: _Step, other: _Step) -> Finding:
    message = say(
        "{name}: {day} here, {other} in the plan of {year}.",
        name=step.person["name"],
        day=step.day,
        other=other.day,
        year=str(other.plan.data["year"]),
    )
    return build_finding(DAYS_CONTRADICT, step.plan, step.pointer, message, _HINT, subject=step.person["id"])


def _check_membership(
    corpus: Corpus, plan: GenericRecord, pointer: Pointer, person: Mapping[str, Any]
) -> Iterator[Finding]:
    """Find a step of recruitment of a member of this branch on or after the day of joining.

    The only member of a name counts as the same person if another step came before joining.
    """
    for member in corpus.members:
        if member.name != person["name"]:
            continue
        joined = member.joined
        day, steps = person[str(pointer[-1])], [person[field] for field in _RECRUITMENT_DAYS if field in person]
        namesakes = sum(other.name == member.name for other in corpus.members)
        same = member.id == person["id"] or (
            namesakes == 1 and joined is not None and min(steps) < joined.first.isoformat()
        )
        if same and joined is not None and day >= joined.last.isoformat():
            message = say(
                "{name}: {day}, on or after joining the Party on {joined}.",
                name=member.name,
                day=day,
                joined=joined.label,
            )
            yield build_finding(DAYS_CONTRADICT, plan, pointer, message, _HINT, subject=person["id"])
