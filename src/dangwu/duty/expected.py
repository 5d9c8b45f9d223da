"""What is expected: one instance for each duty, period and subject, and whether it applies."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from dangwu.model.message import Text, say
from dangwu.model.period import PeriodLength, list_periods
from dangwu.model.record import Standing
from dangwu.model.rulebook import Applicability, Subject
from dangwu.model.spans import FOREVER, Days, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from dangwu.model.corpus import Corpus
    from dangwu.model.period import Period
    from dangwu.model.record import Branch
    from dangwu.model.rulebook import Clause, DutyWording


class ExpectedDuty(NamedTuple):
    """One instance. ``subject`` is the id of a group or member; ``not_applicable`` the reason why it is not owed."""

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
    """Days on which a condition holds, and what to say when it does not."""

    days: Days
    reason: Text


class _Owner(NamedTuple):
    """Who owes a duty: the subject's id, and the days on which it is there to owe anything."""

    id: str | None
    needs: tuple[_Requirement, ...]


def find_expected_duties(clause: Clause, corpus: Corpus, branch: Branch, span: Span) -> Iterator[ExpectedDuty]:
    """Yield every instance of a periodic duty whose period shares a day with ``span``."""
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
            there = [each for each in owners if all(need.days.count(period.start, period.end) for need in each.needs)]
            for owner in there:
                reason = _find_exempting_reason((*common, *owner.needs), period, due)
                yield ExpectedDuty(clause, wording, period, owner.id, opens, due, reason)
            if not there:
                yield ExpectedDuty(clause, wording, period, None, opens, due, _NO_OWNER_REASONS[clause.subject])


_NO_OWNER_REASONS: dict[Subject, Text] = {
    Subject.GROUP: say("the branch had no Party groups"),
    Subject.MEMBER: say("the branch had no members"),
    Subject.FULL_MEMBER: say("the branch had no full members"),
    Subject.LEADER: say("nobody held a post"),
    Subject.WORKER: say("no Party worker is named in branch.yaml"),
}


def _find_owners(subject: Subject, corpus: Corpus, branch: Branch) -> list[_Owner]:
    """Return everyone who may owe a duty at some time; the branch and the committee owe it as one."""
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
        held = [(post.member, Days([post.span]) & Days([term.span])) for term in branch.terms for post in term.posts]
        return _build_owners(corpus, held, lambda name: say("{name} held no post", name=name))
    if subject is Subject.WORKER:
        worked = [(worker.member, Days([worker.span])) for worker in branch.workers]
        return _build_owners(corpus, worked, lambda name: say("{name} was no Party worker", name=name))
    return [_Owner(None, ())]


def _find_member_owners(corpus: Corpus, *standings: Standing) -> list[_Owner]:
    held = [(each.id, each.days_as(*standings)) for each in corpus.member_by_id.values()]
    return _build_owners(corpus, held, lambda name: say("{name} was not a member of whom this is asked", name=name))


def _build_owners(corpus: Corpus, held: list[tuple[str, Days]], why: Callable[[str], Text]) -> list[_Owner]:
    days: dict[str, Days] = {}
    for member, each in held:
        days[member] = days[member] | each if member in days else each
    return [_Owner(member, (_Requirement(each, why(corpus.name_of(member))),)) for member, each in sorted(days.items())]


def _build_requirements(clause: Clause, corpus: Corpus, branch: Branch) -> tuple[_Requirement, ...]:
    """Return the conditions of a duty, in the order in which their reasons are looked for."""
    in_force = Days(Span(wording.start, wording.end) for wording in clause.wordings if not wording.off)
    needs = [
        _Requirement(in_force, say("the duty was not in force")),
        _Requirement(Days([Span(branch.founded, FOREVER)]), say("the branch was founded on {day}", day=branch.founded)),
    ]
    if Applicability.HAS_COMMITTEE in clause.applies:
        few = say("fewer than seven full members, so there is no committee")
        needs.append(_Requirement(corpus.roster.enough_for_committee, few))
        needs.append(_Requirement(corpus.roster.committee_in_office, say("no committee was in office")))
    return tuple(needs)


def _find_exempting_reason(needs: tuple[_Requirement, ...], period: Period, due: date) -> Text | None:
    """Judge on the due day or, when that is earlier, the period's last day; and over the days up to it.

    All conditions must hold on the judging day, and must have held together on at least half of the days.
    """
    judged = min(due, period.last)
    after = judged + timedelta(days=1)
    total = (after - period.start).days
    together = needs[0].days
    for need in needs[1:]:
        together &= need.days
    if judged in together and together.count(period.start, after) * 2 >= total:
        return None
    for need in needs:
        if judged not in need.days:
            return need.reason
    return next(
        (
            say("{reason} on more than half of the days", reason=need.reason)
            for need in needs
            if need.days.count(period.start, after) * 2 < total
        ),
        say("its conditions held together on fewer than half of the days"),
    )
