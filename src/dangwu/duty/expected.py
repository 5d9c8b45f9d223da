"""What is expected: one instance for each duty, period and subject, and whether it applies."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from dangwu.model.period import periods
from dangwu.model.rule import Applies, Becomes, Subject
from dangwu.model.spans import FOREVER, Days, Span
from dangwu.model.text import Text, say

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from dangwu.model.corpus import Corpus
    from dangwu.model.period import Period
    from dangwu.model.record import Branch, Group
    from dangwu.model.rule import Clause, Rulebook, Wording


class Expected(NamedTuple):
    """One instance. ``not_applicable`` is the reason why it is not owed, None when it is."""

    clause: Clause
    wording: Wording
    period: Period
    group: Group | None
    due: date
    not_applicable: Text | None


class _Need(NamedTuple):
    """Days on which a condition holds, and what to say when it does not."""

    days: Days
    reason: Text


def expected(rulebook: Rulebook, corpus: Corpus, span: Span) -> Iterator[Expected]:
    """Yield every instance whose period shares a day with ``span``, clause by clause."""
    if corpus.branch is None:
        return
    for clause in rulebook.clauses:
        if clause.becomes is Becomes.DUTY:
            yield from _instances(clause, corpus, corpus.branch, span)


def _instances(clause: Clause, corpus: Corpus, branch: Branch, span: Span) -> Iterator[Expected]:
    common = _needs(clause, corpus, branch)
    for every in sorted({wording.every for wording in clause.wordings}):
        for period in periods(every, span.start, span.end):
            wording = clause.in_force(period.last)
            if wording is None or wording.every is not every:
                continue
            for group, needs in _subjects(clause, branch, common, period):
                due = wording.due.on(period)
                yield Expected(
                    clause=clause,
                    wording=wording,
                    period=period,
                    group=group,
                    due=due,
                    not_applicable=_not_applicable(needs, period, due)
                    if needs
                    else say("the branch had no Party groups"),
                )


def _subjects(
    clause: Clause, branch: Branch, common: tuple[_Need, ...], period: Period
) -> Iterator[tuple[Group | None, tuple[_Need, ...]]]:
    """Yield who owes a duty in a period, with all conditions; without groups nobody, and no conditions."""
    if clause.subject is not Subject.GROUP:
        yield None, common
        return
    groups = [each for each in branch.groups if each.span.start < period.end and period.start < each.span.end]
    for group in groups:
        existed = _Need(Days([group.span]), say("the group {group} did not exist", group=group.name))
        yield group, (*common, existed)
    if not groups:
        yield None, ()


def _needs(clause: Clause, corpus: Corpus, branch: Branch) -> tuple[_Need, ...]:
    """Return the conditions of a duty, in the order in which their reasons are looked for."""
    in_force = Days(Span(each.start, each.end) for each in clause.wordings if not each.off)
    needs = [
        _Need(in_force, say("the duty was not in force")),
        _Need(Days([Span(branch.founded, FOREVER)]), say("the branch was founded on {day}", day=branch.founded)),
    ]
    if Applies.HAS_COMMITTEE in clause.applies:
        few = say("fewer than seven full members, so there is no committee")
        needs.append(_Need(corpus.roster.enough_for_committee, few))
        needs.append(_Need(corpus.roster.committee_in_office, say("no committee was in office")))
    return tuple(needs)


def _not_applicable(needs: tuple[_Need, ...], period: Period, due: date) -> Text | None:
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
