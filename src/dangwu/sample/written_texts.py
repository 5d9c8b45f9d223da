"""No text of the sample repeats another: by the measure that the check of copies uses."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING
from zlib import crc32

from dangwu.facts.text_similarity import ALIKE, SHORTEST, share, shingles, units

if TYPE_CHECKING:
    from collections.abc import Callable

    from dangwu.facts.text_similarity import Shingles

_WELL_BELOW = ALIKE * 0.85
_ONE_IN = 6
_WORTH = 4
"""A text is compared with those that have a quarter of its marks."""
_TRIES = 12


class Novelty:
    """Remembers what was written, and says whether a text is new."""

    def __init__(self) -> None:
        self._kept: list[Shingles] = []
        self._by_mark: dict[int, list[int]] = {}

    def fresh(self, draw: Callable[[], str]) -> str:
        """Draw until a text is new; when the words run out, the last draw is cut until it is too short to compare."""
        text = draw()
        for _ in range(_TRIES):
            if self.is_new(text):
                break
            text = draw()
        else:
            text = brief(text)
        self.keep(text)
        return text

    def is_new(self, text: str) -> bool:
        """Say whether no earlier text is much like this one; short texts always are new."""
        own = _shingles(text)
        if not own:
            return True
        marks = _marks(own)
        met = Counter(number for mark in marks for number in self._by_mark.get(mark, ()))
        return not any(
            count * _WORTH >= len(marks) and share(own, self._kept[number]) >= _WELL_BELOW
            for number, count in met.items()
        )

    def keep(self, text: str) -> None:
        """Remember a text."""
        own = _shingles(text)
        for mark in _marks(own) if own else ():
            self._by_mark.setdefault(mark, []).append(len(self._kept))
        if own:
            self._kept.append(own)


def brief(text: str) -> str:
    """Return as many lines or sentences of a text, from its beginning, as are too short to compare."""
    for end in ("\n", "。", ". "):
        parts = text.split(end)
        while len(parts) > 1 and len(units(end.join(parts))) >= SHORTEST:
            parts.pop()
        text = end.join(parts)
    return text if text.endswith(("。", ".")) else text + ("。" if "。" in text else "")


def _shingles(text: str) -> Shingles | None:
    row = units(text)
    return shingles(row) if len(row) >= SHORTEST else None


def _marks(own: Shingles) -> list[int]:
    marks = (crc32("".join(each).encode()) for each in own)
    return sorted(mark for mark in marks if mark % _ONE_IN == 0)
