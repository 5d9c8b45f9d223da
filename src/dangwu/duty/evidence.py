"""Which records count for a duty, and which nearly do."""

from __future__ import annotations

import re
from bisect import bisect_left
from datetime import date
from typing import TYPE_CHECKING

from dangwu.model.conduct import chair_fault, quorum
from dangwu.model.duty import NearMiss
from dangwu.model.record import GROUP_MEETING
from dangwu.model.rule import Condition
from dangwu.model.text import Text, say

if TYPE_CHECKING:
    from collections.abc import Callable

    from dangwu.duty.expected import Expected
    from dangwu.model.corpus import Corpus, Unread
    from dangwu.model.period import Period
    from dangwu.model.record import Meeting

_NAME = re.compile(r"(?P<day>\d{4}-\d{2}-\d{2})-(?P<kind>[a-z]+(?:-meeting)?)(?:-(?P<rest>[a-z0-9-]+))?", re.ASCII)
_NUMBER = re.compile(r"-[2-9]", re.ASCII)


class Index:
    """The meetings of a corpus up to the as-of day, by kind and group, in the order in which they were held."""

    def __init__(self, corpus: Corpus, as_of: date) -> None:
        self._corpus = corpus
        self._held: dict[tuple[str, str | None], list[Meeting]] = {}
        self._made_up: dict[tuple[str, str | None, Period], list[Meeting]] = {}
        for meeting in sorted(corpus.meetings, key=lambda each: each.order):
            if meeting.day > as_of:
                continue
            key = (meeting.kind, meeting.group)
            if meeting.makes_up is None:
                self._held.setdefault(key, []).append(meeting)
            else:
                self._made_up.setdefault((*key, meeting.makes_up), []).append(meeting)
        self._unread = [
            (each, match)
            for each in corpus.unread
            if (match := _NAME.fullmatch(each.id)) and match["day"] <= as_of.isoformat()
        ]

    def of(self, expected: Expected) -> tuple[list[Meeting], list[NearMiss]]:
        """Return the meetings that count for an instance and the records that fail a condition."""
        kind = expected.clause.record or ""
        group = expected.group.id if expected.group else None
        held = self._held.get((kind, group), [])
        first = bisect_left(held, expected.period.start, key=lambda meeting: meeting.day)
        end = bisect_left(held, expected.period.end, key=lambda meeting: meeting.day)
        found = [*held[first:end], *self._made_up.get((kind, group, expected.period), [])]
        counted: list[Meeting] = []
        missed: list[NearMiss] = []
        for meeting in found:
            fault = self._fault(expected.clause.conditions, meeting)
            if fault is None:
                counted.append(meeting)
            else:
                missed.append(NearMiss(path=meeting.path, reason=fault))
        missed.extend(
            NearMiss(path=each.path, reason=say("the file cannot be read as a record; see dangwu check"))
            for each, name in self._unread
            if _named(each, name, kind, group, expected.period)
        )
        return counted, missed

    def _fault(self, conditions: tuple[Condition, ...], meeting: Meeting) -> Text | None:
        for condition in conditions:
            fault = CONDITIONS[condition](self._corpus, meeting)
            if fault is not None:
                return fault
        return None


def _no_quorum(corpus: Corpus, meeting: Meeting) -> Text | None:
    count = quorum(corpus, meeting)
    if count is None or count.reached:
        return None
    return say("no quorum: present with a vote {present} of {due}", present=count.present, due=count.due)


def _nobody_present(corpus: Corpus, meeting: Meeting) -> Text | None:
    return None if corpus.roster.due(meeting).intersection(meeting.present) else say("nobody who was due was present")


CONDITIONS: dict[Condition, Callable[[Corpus, Meeting], Text | None]] = {
    Condition.QUORUM: _no_quorum,
    Condition.CHAIRED_BY_LEADER: chair_fault,
    Condition.CHAIRED_BY_SECRETARY: chair_fault,
    Condition.SOMEONE_PRESENT: _nobody_present,
}
"""Named condition of the rulebook → why a meeting fails it, or None."""


def _named(unread: Unread, name: re.Match[str], kind: str, group: str | None, period: Period) -> bool:
    """Tell from its name alone whether a file that cannot be read was meant for this instance."""
    try:
        day = date.fromisoformat(name["day"])
    except ValueError:
        return False
    same_group = _of_group(name["rest"] or "", group or "") if kind == GROUP_MEETING else True
    return unread.path.startswith("meetings/") and name["kind"] == kind and same_group and day in period


def _of_group(rest: str, group: str) -> bool:
    """Tell whether a file name's ending is the group's, alone or with the -2 of a second meeting on one day."""
    return rest == group or (rest.startswith(group) and _NUMBER.fullmatch(rest, len(group)) is not None)
