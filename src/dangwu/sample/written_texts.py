"""The texts written so far. None of the sample repeats another, by the measure that the check of copies uses."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING
from zlib import crc32

from dangwu.facts.text_similarity import ALIKE_SHARE, SHORTEST_UNITS, build_shingles, compute_shared_part, split_units

if TYPE_CHECKING:
    from collections.abc import Callable

    from dangwu.facts.text_similarity import Shingles

_WELL_BELOW = ALIKE_SHARE * 0.85
_ONE_IN = 6
_WORTH = 4
"""A text is compared with those that have a quarter of its marks."""
_TRIES = 12


class WrittenTexts:
    """Remembers what was written, and says whether a text is new."""

    def __init__(self) -> None:
        self._kept: list[Shingles] = []
        self._by_mark: dict[int, list[int]] = {}

    def draw_new(self, draw: Callable[[], str]) -> str:
        """Draw until a text is new; when the words run out, the last draw is cut until it is too short to compare."""
        for _ in range(_TRIES):
            text = draw()
            if self.is_new(text):
                break
        else:
            text = shorten(draw())
        self.keep(text)
        return text

    def is_new(self, text: str) -> bool:
        """Say whether no earlier text is much like this one; short texts always are new."""
        own, marks = _measure(text)
        met = Counter(number for mark in marks for number in self._by_mark.get(mark, ()))
        return not any(
            count * _WORTH >= len(marks) and compute_shared_part(own, self._kept[number]) >= _WELL_BELOW
            for number, count in met.items()
        )

    def keep(self, text: str) -> None:
        """Remember a text."""
        own, marks = _measure(text)
        for mark in marks:
            self._by_mark.setdefault(mark, []).append(len(self._kept))
        if own:
            self._kept.append(own)


def shorten(text: str) -> str:
    """Return as many lines or sentences of a text, from its beginning, as are too short to compare."""
    for end in ("\n", "。", ". "):
        parts = text.split(end)
        while len(parts) > 1 and len(split_units(end.join(parts))) >= SHORTEST_UNITS:
            parts.pop()
        text = end.join(parts)
    return text if text.endswith(("。", ".")) else text + ("。" if "。" in text else "")


@lru_cache(maxsize=64)
def _measure(text: str) -> tuple[Shingles, list[int]]:
    """Return the shingles of a text and the few of them by which it is looked up; none for one too short to compare."""
    row = split_units(text)
    own = build_shingles(row) if len(row) >= SHORTEST_UNITS else frozenset()
    marks = (crc32("".join(shingle).encode()) for shingle in own)
    return own, sorted(mark for mark in marks if mark % _ONE_IN == 0)
