"""Which records count for a duty, and which nearly do."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from dangwu.duty.conditions import CONDITION_JUDGES, ConditionInput
from dangwu.duty.facts import Fact, build_half_label, find_facts
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


class EvidenceIndex:
    """The facts of a corpus up to the as-of day, by kind and subject, in the order in which they happened."""

    def __init__(self, corpus: Corpus, given: ConditionInput, as_of: date) -> None:
        self._given = given
        self._by_day: dict[_FactKey, list[Fact]] = {}
        self._named: dict[_FactKey, list[Fact]] = {}
        for fact in sorted((each for each in find_facts(corpus) if each.day <= as_of), key=lambda fact: fact.order):
            key = (fact.kind, fact.subject)
            if fact.period is None:
                self._by_day.setdefault(key, []).append(fact)
            else:
                self._named.setdefault(key, []).append(fact)
        self._unread: dict[_FactKey, list[UnreadFile]] = {}
        for each in corpus.unread:
            if each.kind is not None and (each.day or "") <= as_of.isoformat():
                self._unread.setdefault((each.kind, _find_unread_subject(each, corpus.branch)), []).append(each)

    def of(self, expected: ExpectedDuty) -> tuple[list[Fact], list[NearMiss]]:
        """Return the facts that count for an instance and the records that fail a condition."""
        counted: list[Fact] = []
        missed: list[NearMiss] = []
        for proof in expected.clause.evidence:
            for fact in self._meant(proof, expected):
                fault = self._fault(proof, fact, expected)
                if fault is None:
                    counted.append(fact)
                else:
                    missed.append(NearMiss(path=fact.path, reason=fault))
            missed.extend(self._unreadable(proof, expected))
        return sorted(counted, key=lambda fact: fact.order), missed

    def _meant(self, proof: EvidenceRule, expected: ExpectedDuty) -> Iterator[Fact]:
        """Yield the facts of an instance's period that are what a proof speaks of at all."""
        key = (proof.record, expected.subject)
        held = self._by_day.get(key, [])
        first = bisect_left(held, expected.period.start, key=lambda fact: fact.day)
        end = bisect_left(held, expected.period.end, key=lambda fact: fact.day)
        named = (_match_period(expected.period, fact) for fact in self._named.get(key, ()))
        for fact in (*held[first:end], *(each for each in named if each is not None)):
            if all(CONDITION_JUDGES[each](self._given, fact, expected) is None for each in proof.where):
                yield fact

    def _fault(self, proof: EvidenceRule, fact: Fact, expected: ExpectedDuty) -> Text | None:
        faults = (CONDITION_JUDGES[condition](self._given, fact, expected) for condition in proof.conditions)
        return next((fault for fault in faults if fault is not None), None)

    def _unreadable(self, proof: EvidenceRule, expected: ExpectedDuty) -> Iterator[NearMiss]:
        """Yield the files that by their names were meant for an instance and cannot be read."""
        if proof.where:
            return
        for each in self._unread.get((proof.record, expected.subject), ()):
            label = build_half_label(proof.record, each.label) if each.label else None
            if label == expected.period.label or (label is None and parse_day(each.day) in expected.period):
                yield NearMiss(path=each.path, reason=say("the file cannot be read as a record; see dangwu check"))


def _match_period(period: Period, fact: Fact) -> Fact | None:
    """Return a fact that names its period where it counts for this one, else None.

    A meeting that makes up for a part of this period counts for the whole of it too, and there by its own day.
    """
    names = fact.period
    if names == period:
        return fact
    if fact.made_up and names and period.start <= names.start and names.end <= period.end:
        return fact._replace(made_up=False)
    return None


def _find_unread_subject(unread: UnreadFile, branch: Branch | None) -> str | None:
    """Return the group or member that a file's name means; of a name like line-2 the group that is really there."""
    groups = [group.id for group in branch.groups if unread.id.endswith(f"-{group.id}")] if branch else []
    return max(groups, key=len) if unread.subject and groups else unread.subject
