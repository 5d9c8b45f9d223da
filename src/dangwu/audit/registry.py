"""Every check of the history, listed by hand, and what no check of a history can tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.model.text import Text, say
from dangwu.review import edits, lateness, order

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dangwu.model.audit import Observed
    from dangwu.review.evidence import Evidence

CHECKS: tuple[Callable[[Evidence], Iterator[Observed]], ...] = (
    lateness.recorded_late,
    lateness.one_sitting,
    lateness.filled_in,
    edits.edited,
    edits.day_moved,
    edits.deleted,
    edits.recorded_twice,
    edits.brought_back,
    edits.left_out,
    order.out_of_order,
    order.in_future,
    order.rewritten,
    order.not_here,
    order.signers,
    order.own_review,
    order.doubtful,
)

CODES = (*lateness.CODES, *edits.CODES, *order.CODES)

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
