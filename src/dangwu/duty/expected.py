"""Expected duties: one for each duty clause, period and subject, and whether it applies."""

from __future__ import annotations

from datetime import timedelta
from functools import reduce
from operator import and_
from typing import TYPE_CHECKING, NamedTuple

from dangwu.model.message import Text, say
from dangwu.model.period import PeriodLength, add_months, list_periods
from dangwu.model.record import Standing
from dangwu.model.rulebook import Applicability, Subject
from dangwu.model.spans import FOREVER, Days, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from dangwu.model.corpus import Corpus
    from dangwu.model.period import Period
    from dangwu.model.record import Branch, Member
    from dangwu.model.rulebook import Clause, DutyWording


_LEAST_MONTHS = 3
"""The months of a period that must be left for a member who comes in it to owe a duty of the whole period."""


class ExpectedDuty(NamedTuple):
    """A duty of one subject for one period.

    ``subject`` is the id of a group or member, None for the branch. ``not_applicable`` is why it is not owed.
    """

    clause: Clause
    wording: DutyWording
    period: Period
    subject: str | None
    opens: date
    due: date
    not_applicable: Text | None

    @property
    def id(self) -> str:
        """``<clause>/<period>[/<subject>]``."""
        return f"{self.clause.id}/{self.period.label}" + (f"/{self.subject}" if self.subject else "")


class _Requirement(NamedTuple):
    """The days on which a condition holds, and the reason to give where it does not."""

    days: Days
    reason: Text


class _Owner(NamedTuple):
    """A subject that can owe a duty: its id, and the requirements on its own days."""

    id: str | None
    requirements: tuple[_Requirement, ...]

    def exists_in(self, period: Period) -> bool:
        """Tell whether each requirement holds on some day of a period."""
        return all(requirement.days.count(period.start, period.end) for requirement in self.requirements)


def find_expected_duties(clause: Clause, corpus: Corpus, branch: Branch, span: Span) -> Iterator[ExpectedDuty]:
    """Yield every expected duty of a clause whose period shares a day with ``span``."""
    common = _build_requirements(clause, corpus, branch)
    owners = _find_owners(clause.subject, corpus, branch)
    lengths = {wording.every for wording in clause.wordings if isinstance(wording.every, PeriodLength)}
    for every in sorted(lengths):
        for period in list_periods(every, span.start, span.end):
            wording = clause.in_force(period.last)
            if wording is None or wording.every is not every:
                continue
            due = wording.due.on(period)
            opens = wording.opens.on(period) if wording.opens else period.start
            present = [owner for owner in owners if owner.exists_in(period)]
            for owner in present:
                reason = _find_exempting_reason((*common, *owner.requirements), period.start, min(due, period.last))
                duty = ExpectedDuty(clause, wording, period, owner.id, opens, due, reason)
                duty = _adjust_for_transfer(duty, corpus, branch, (*common, *owner.requirements))
                yield _exempt_before_records(duty, branch.records_from)
            if not present:
                yield ExpectedDuty(clause, wording, period, None, opens, due, _NO_OWNER_REASONS[clause.subject])


_NO_OWNER_REASONS: dict[Subject, Text] = {
    Subject.GROUP: say("the branch had no Party groups"),
    Subject.MEMBER: say("the branch had no members"),
    Subject.FULL_MEMBER: say("the branch had no full members"),
    Subject.LEADER: say("nobody held a post"),
    Subject.WORKER: say("no Party worker is named in branch.yaml"),
}


def _find_owners(subject: Subject, corpus: Corpus, branch: Branch) -> list[_Owner]:
    """Return every subject that owes a duty at some time; the branch and the committee owe it as one body."""
    if subject is Subject.GROUP:
        return [
            _Owner(
                group.id, (_Requirement(Days([group.span]), say("the group {group} did not exist", group=group.name)),)
            )
            for group in branch.groups
        ]
    if subject is Subject.MEMBER:
        return _find_member_owners(corpus, Standing.PROBATIONARY, Standing.FULL)
    if subject is Subject.FULL_MEMBER:
        return _find_member_owners(corpus, Standing.FULL)
    if subject is Subject.LEADER:
        held = [(post.member, post.days) for post in corpus.offices.posts]
        return _build_owners(corpus, held, lambda name: say("{name} held no post", name=name))
    if subject is Subject.WORKER:
        worked = [(worker.member, worker.days) for worker in corpus.offices.workers]
        return _build_owners(corpus, worked, lambda name: say("{name} was no Party worker", name=name))
    return [_Owner(None, ())]


def _find_member_owners(corpus: Corpus, *standings: Standing) -> list[_Owner]:
    days = [(member.id, member.days_as(*standings)) for member in corpus.member_by_id.values()]
    return _build_owners(corpus, days, lambda name: say("{name} was not a member who owes this duty", name=name))


def _build_owners(corpus: Corpus, terms: list[tuple[str, Days]], reason: Callable[[str], Text]) -> list[_Owner]:
    """Return one owner for each member, with all days of the member's terms, by id."""
    by_member: dict[str, Days] = {}
    for member, days in terms:
        by_member[member] = by_member[member] | days if member in by_member else days
    return [
        _Owner(member, (_Requirement(days, reason(corpus.name_of(member))),))
        for member, days in sorted(by_member.items())
    ]


def _build_requirements(clause: Clause, corpus: Corpus, branch: Branch) -> tuple[_Requirement, ...]:
    """Return the requirements of a clause that concern no single owner, in the order in which reasons are sought."""
    in_force = Days(Span(wording.start, wording.end) for wording in clause.wordings if not wording.off)
    requirements = [
        _Requirement(in_force, say("the duty was not in force")),
        _Requirement(Days([Span(branch.founded, FOREVER)]), say("the branch was founded on {day}", day=branch.founded)),
    ]
    if Applicability.HAS_COMMITTEE in clause.applies:
        few = say("fewer than seven full members, so there is no committee")
        requirements.append(_Requirement(corpus.roster.enough_for_committee, few))
        requirements.append(_Requirement(corpus.roster.committee_in_office, say("no committee was in office")))
    return tuple(requirements)


def _exempt_before_records(duty: ExpectedDuty, begin: date | None) -> ExpectedDuty:
    """Return the duty as not applicable where it was due before the day from which records are kept."""
    if begin is None or duty.due >= begin or duty.not_applicable is not None:
        return duty
    return duty._replace(not_applicable=say("due before records were kept here, from {day} on", day=begin))


def _adjust_for_transfer(
    duty: ExpectedDuty, corpus: Corpus, branch: Branch, requirements: tuple[_Requirement, ...]
) -> ExpectedDuty:
    """Return the duty as someone owes it who came from another branch with three months of the period left.

    It is due so many days after the transfer, and its conditions are judged on the days from then on. A transfer after
    the due day of a duty that the member owed already changes nothing.
    """
    within, member = duty.wording.joiners_within, corpus.member_by_id.get(duty.subject or "")
    if within is None or member is None:
        return duty
    first, last = (
        max(duty.period.start, branch.founded) + timedelta(days=1),
        add_months(duty.period.end, -_LEAST_MONTHS),
    )
    came = _find_transfers(member, first, last)
    if not came or (duty.not_applicable is None and came[-1] > duty.due):
        return duty
    due = came[-1] + timedelta(days=int(within))
    wording = duty.wording._replace(assumed=duty.wording.joiners_assumed)
    reason = _find_exempting_reason(requirements, came[-1], min(due, duty.period.last))
    return duty._replace(wording=wording, opens=came[-1], due=due, not_applicable=reason)


def _find_transfers(member: Member, first: date, last: date) -> tuple[date, ...]:
    """Return the days, from the first to the last, on which a member came from another branch.

    That is the first day in the branch of somebody who was in the Party before: a full member, or one who had joined
    earlier, surely where only the month is known. Whoever was admitted here came by no transfer.
    """
    return tuple(
        span.start
        for span in member.days_in_branch.spans
        if first <= span.start <= last
        and (
            member.standing_on(span.start) is Standing.FULL
            or (member.joined is not None and member.joined.is_before(span.start))
        )
    )


def _find_exempting_reason(requirements: tuple[_Requirement, ...], start: date, judged: date) -> Text | None:
    """Return why a duty does not apply, None where it does.

    All requirements must hold on the day of judging (the due day or the period's last day, whichever is earlier), and
    must have held together on at least half of the days from ``start`` to it.
    """
    after = judged + timedelta(days=1)
    total = (after - start).days
    together = reduce(and_, (requirement.days for requirement in requirements))
    if judged in together and together.count(start, after) * 2 >= total:
        return None
    for requirement in requirements:
        if judged not in requirement.days:
            return requirement.reason
    return next(
        (
            say("{reason} on more than half of the days", reason=requirement.reason)
            for requirement in requirements
            if requirement.days.count(start, after) * 2 < total
        ),
        say("its conditions held together on fewer than half of the days"),
    )
