"""The records that count as evidence for a duty, and the near misses."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from dangwu.duty.conditions import CONDITION_JUDGES, ConditionInput
from dangwu.duty.facts import DUES_KIND, Fact, build_half_label, find_facts
from dangwu.model.duty import NearMiss
from dangwu.model.message import say
from dangwu.model.period import parse_day

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from dangwu.duty.expected import ExpectedDuty
    from dangwu.model.corpus import Corpus, UnreadFile
    from dangwu.model.message import Text
    from dangwu.model.period import Period
    from dangwu.model.record import Branch
    from dangwu.model.rulebook import EvidenceRule

_FactKey = tuple[str, str | None]
_FORWARD_KINDS = frozenset(
    {"annual-plan", "quarter-plan", "month-plan", "education-plan", "development-plan", "target", DUES_KIND}
)
"""Kinds that may be dated before the period that they are for: plans, targets, and dues paid ahead."""


class EvidenceIndex:
    """The facts of a corpus up to the as-of day, by kind and subject, in order of time."""

    def __init__(self, corpus: Corpus, context: ConditionInput, as_of: date) -> None:
        self._context = context
        self._by_day: dict[_FactKey, list[Fact]] = {}
        self._named: dict[_FactKey, list[Fact]] = {}
        for fact in sorted((fact for fact in find_facts(corpus) if fact.day <= as_of), key=lambda fact: fact.order):
            key = (fact.kind, fact.subject)
            if fact.period is None:
                self._by_day.setdefault(key, []).append(fact)
            else:
                self._named.setdefault(key, []).append(fact)
        self._unread: dict[_FactKey, list[UnreadFile]] = {}
        for file in corpus.unread:
            if file.kind is not None and (file.day or "") <= as_of.isoformat():
                self._unread.setdefault((file.kind, _find_unread_subject(file, corpus.branch)), []).append(file)

    def match(self, expected: ExpectedDuty) -> tuple[list[Fact], list[NearMiss]]:
        """Return the facts that count for an expected duty, in order, and the records that fail a condition."""
        counted: list[Fact] = []
        missed: list[NearMiss] = []
        for rule in expected.clause.evidence:
            for fact in self._find_candidates(rule, expected):
                fault = self._find_fault(rule, fact, expected)
                if fault is None:
                    counted.append(fact)
                else:
                    missed.append(NearMiss(path=fact.path, reason=fault))
            missed.extend(self._find_unread(rule, expected))
        return sorted(counted, key=lambda fact: fact.order), missed

    def _find_candidates(self, rule: EvidenceRule, expected: ExpectedDuty) -> Iterator[Fact]:
        """Yield the facts of the duty's period and subject to which an evidence rule applies by its ``where``."""
        key = (rule.record, expected.subject)
        dated = self._by_day.get(key, [])
        first = bisect_left(dated, expected.period.start, key=lambda fact: fact.day)
        end = bisect_left(dated, expected.period.end, key=lambda fact: fact.day)
        named = (_match_period(expected.period, fact) for fact in self._named.get(key, ()))
        for fact in (*dated[first:end], *(fact for fact in named if fact is not None)):
            if all(CONDITION_JUDGES[condition](self._context, fact, expected) is None for condition in rule.where):
                yield fact

    def _find_fault(self, rule: EvidenceRule, fact: Fact, expected: ExpectedDuty) -> Text | None:
        if fact.period is not None and fact.day < fact.period.start and fact.kind not in _FORWARD_KINDS:
            return say("dated before {period}, for which it is", period=fact.period.label)
        faults = (CONDITION_JUDGES[condition](self._context, fact, expected) for condition in rule.conditions)
        return next((fault for fault in faults if fault is not None), None)

    def _find_unread(self, rule: EvidenceRule, expected: ExpectedDuty) -> Iterator[NearMiss]:
        """Yield the files that by their paths are for this duty and could not be read."""
        if rule.where:
            return
        for file in self._unread.get((rule.record, expected.subject), ()):
            label = build_half_label(rule.record, file.label) if file.label else None
            if label == expected.period.label or (label is None and parse_day(file.day) in expected.period):
                yield NearMiss(path=file.path, reason=say("the file cannot be read as a record; see dangwu check"))


def _match_period(period: Period, fact: Fact) -> Fact | None:
    """Return a fact that names a period if it counts for this one, else None.

    A meeting that makes up for a part of this period also counts for the whole period, by its own day; so does one
    that lies in the period itself and makes up for nothing (DW407).
    """
    if fact.period == period:
        return fact._replace(made_up=fact.made_up and fact.day not in period)
    if fact.made_up and fact.period and period.start <= fact.period.start and fact.period.end <= period.end:
        return fact._replace(made_up=False)
    return None


def _find_unread_subject(unread: UnreadFile, branch: Branch | None) -> str | None:
    """Return the group or member of a file by its name; a name like ``line-2`` is read as the group that exists."""
    groups = [group.id for group in branch.groups if unread.id.endswith(f"-{group.id}")] if branch else []
    return max(groups, key=len) if unread.subject and groups else unread.subject
