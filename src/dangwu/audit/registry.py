"""Every check of the history, listed by hand, and what no check of a history can tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.audit import commit_order, lateness, later_edits
from dangwu.model.message import Text, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dangwu.audit.context import Evidence
    from dangwu.model.observation import Observed

CHECKS: tuple[Callable[[Evidence], Iterator[Observed]], ...] = (
    lateness.recorded_late,
    lateness.one_sitting,
    lateness.filled_in,
    later_edits.edited,
    later_edits.day_moved,
    later_edits.deleted,
    later_edits.recorded_twice,
    later_edits.brought_back,
    later_edits.left_out,
    commit_order.out_of_order,
    commit_order.in_future,
    commit_order.rewritten,
    commit_order.not_here,
    commit_order.signers,
    commit_order.own_review,
    commit_order.doubtful,
)

CODES = (*lateness.CODES, *later_edits.CODES, *commit_order.CODES)

LIMITS: tuple[Text, ...] = (
    say("Whether what a record says is true: who sat in the room, and what was said there."),
    say("On which day a commit was really made: its dates are what two computers' clocks said, and clocks can be set."),
    say("Who sat at the keyboard: names are what was typed, and a signature shows only who had the key."),
    say("What was taken out of the history before the committee above first saw it, and what was never recorded."),
)
"""What git cannot prove; said with every audit."""


def observe(evidence: Evidence) -> tuple[Observed, ...]:
    """Return what every check finds, by file, then the commits in the order of the history."""
    place = evidence.history.place
    found = [each for check in CHECKS for each in check(evidence)]
    return tuple(
        sorted(found, key=lambda each: (each.finding.source.path, place.get(each.commit, -1), each.finding.code.id))
    )
