"""How alike two texts are, and which of many are nearly the same: near-linear, with a measure that people can check.

A text becomes a row of units: a Chinese character each, or a word of another script; blanks, punctuation, digits,
titles in 《》 and lines with 【待填】 are left out. Its shingles are all runs of three units. The likeness of two texts
is the share of the shorter one's shingles that stand in the other. Each changed unit breaks three shingles at most,
so a copy with a tenth of its units changed keeps about seven tenths: ``ALIKE``, two thirds, finds it. Minutes that
share a subject and an author but not their sentences stay below one half.

Measured are only candidates: texts whose clauses begin alike. An index leads from the opening of a clause to the last
few texts that have it. An opening with a full entry is standing wording: it makes a candidate only where it makes up
most of a text, other openings where they make up a part of it. The best few candidates are measured. So wording that a
branch uses every month costs no more than other wording, and the work grows with the number of texts alone. A copy in
which nearly every clause has another opening is not looked at.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from dangwu.facts.passages import Passage

    Shingles: TypeAlias = frozenset[tuple[str, ...]]

ALIKE = 2 / 3
SHORTEST = 80
"""Fewer units than this are never compared: short sentences are alike by chance."""
_RUN = 3
_KEPT = 8
_MEASURED = 3
_PART, _MOST = 0.15, 0.5
"""From which share of a text common openings make a candidate: rare ones, and all together. Well below ``ALIKE``."""
_OPENING, _OPENING_WORDS = 5, 16
"""How many characters of a clause are its opening: of Chinese, and of scripts that write words."""
_HAN = "\u2e80"
_UNIT = re.compile(r"[a-z]+|[^\W\d_]")
_TITLE = re.compile(r"《[^《》\n]*》")
_BLANK = re.compile(r"^.*【待填】.*$", re.MULTILINE)
_STOPS = re.compile(r"[，。；：、！？,.;:!?()（）“”‘’《》〈〉—…\n\d]+\s*")


class Copy(NamedTuple):
    """A text, the earlier one that it is nearly the same as, and the share of shingles in per cent."""

    later: Passage
    earlier: Passage
    percent: int


def units(text: str) -> list[str]:
    """Return what of a text is compared."""
    if "【" in text:
        text = _BLANK.sub("", text)
    return _UNIT.findall(_TITLE.sub("", unicodedata.normalize("NFKC", text)).lower())


def shingles(row: list[str]) -> Shingles:
    """Return the runs of three units."""
    return frozenset(zip(*(row[start:] for start in range(_RUN)), strict=False))


def share(one: Shingles, other: Shingles) -> float:
    """Return the share of the fewer shingles that stand in the other text, 0 for no shingles."""
    fewer = min(len(one), len(other))
    return len(one & other) / fewer if fewer else 0.0


def copies(passages: Iterable[Passage], apart: Callable[[Passage, Passage], bool]) -> Iterator[Copy]:
    """Yield each text that nearly repeats an earlier one, at most once: with the one that shares most clauses with it.

    ``passages`` come in the order in which they were written; ``apart`` says of a later and an earlier one whether
    they are compared at all.
    """
    index: dict[str, list[int]] = {}
    kept: list[Passage] = []
    sizes: list[int] = []
    for passage in passages:
        if len(passage.text) < SHORTEST:
            continue
        openings = _openings(passage.text)
        size = sum(openings.values())
        rare: dict[int, int] = {}
        all_: dict[int, int] = {}
        for opening, length in openings.items():
            with_it = index.setdefault(opening, [])
            standing = len(with_it) == _KEPT
            for number in with_it:
                all_[number] = all_.get(number, 0) + length
                if not standing:
                    rare[number] = rare.get(number, 0) + length
            with_it.append(len(kept))
            del with_it[:-_KEPT]
        worth = [
            (-weight, number)
            for number, weight in all_.items()
            if (weight >= _MOST * (fewer := min(size, sizes[number])) or rare.get(number, 0) >= _PART * fewer)
            and apart(passage, kept[number])
        ]
        best = _best(passage, [kept[number] for _, number in sorted(worth)[:_MEASURED]])
        if best is not None:
            yield Copy(passage, *best)
        kept.append(passage)
        sizes.append(size)


def _best(passage: Passage, candidates: list[Passage]) -> tuple[Passage, int] | None:
    """Return the first candidate that a text is alike, with the per cent; they come best first by their clauses."""
    own = _measure(passage.text) if candidates else None
    if own is None:
        return None
    for each in candidates:
        theirs = _measure(each.text)
        alike = share(own, theirs) if theirs is not None else 0.0
        if alike >= ALIKE:
            return each, int(alike * 100)
    return None


@lru_cache(maxsize=1024)
def _measure(text: str) -> Shingles | None:
    """Return the shingles of a text, None when it is too short to be compared."""
    row = units(text)
    return shingles(row) if len(row) >= SHORTEST else None


def _openings(text: str) -> dict[str, int]:
    """Return the openings of a text's clauses with the length of each clause; very short clauses have none."""
    found: dict[str, int] = {}
    for clause in _STOPS.split(text):
        opening = clause[: _OPENING if clause[:1] > _HAN else _OPENING_WORDS]
        if len(opening) >= _OPENING:
            found[opening] = len(clause)
    return found
