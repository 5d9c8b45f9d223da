"""How much work something is, counted: a clock would tell of the machine, and of what else it does."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

LINEAR = 3
"""What twice as much to do may cost at most, as a multiple: linear work takes 2, what compares all pairs takes 4."""
_MOST = 1_000
"""Steps for each thing to do after which a count is given up: nobody waits for work that grows without end."""


class Watched(str):
    """A text that notes each comparison: ``in``, ``index`` and ``remove`` compare without running a line."""

    __slots__ = ()
    comparisons = 0

    def __eq__(self, other: object) -> bool:
        Watched.comparisons += 1
        return str.__eq__(self, other)

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return str.__hash__(self)


class TooManyError(AssertionError):
    """Some work has not come to its end within the steps it may take."""


def steps(work: Callable[[], object], most: int) -> int:
    """Return how many lines of Python some work runs, and how many watched texts it compares."""
    count, first = 0, Watched.comparisons

    def note(_frame: FrameType, event: str, _value: Any) -> Any:
        nonlocal count
        count += event == "line"
        if count + Watched.comparisons - first > most:
            raise TooManyError
        return note

    before = sys.gettrace()
    sys.settrace(note)
    try:
        work()
    finally:
        sys.settrace(before)
    return count + Watched.comparisons - first


def growth(work: Callable[[int], Callable[[], object]], size: int) -> float:
    """Return how many times as many steps some work takes for twice the size."""
    one, two = (steps(work(each), _MOST * each) for each in (size, 2 * size))
    return two / one
