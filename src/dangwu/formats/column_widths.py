"""How the columns of a table share the room there is, on a terminal and on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def share_width(
    least: Sequence[int], full: Sequence[int], room: int, need: Sequence[int] | None = None
) -> list[int] | None:
    """Return a width for each column within ``room``; None when not even the least that they need fits.

    Columns grow from ``least`` to ``full``, all alike, or with ``need`` in its proportion.
    """
    widths = list(least)
    free = room - sum(widths)
    if free < 0:
        return None
    while free:
        growing = [number for number, wide in enumerate(widths) if wide < full[number]]
        if not growing:
            break
        smallest = min(growing, key=lambda number: widths[number] / (need[number] if need else 1))
        widths[smallest] += 1
        free -= 1
    return widths
