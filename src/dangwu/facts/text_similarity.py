"""How alike two texts are, and which of many are nearly the same: near-linear, with a measure that people can check.

A text becomes a row of units: a Chinese character each, or a word of another script; blanks, punctuation, digits,
titles in 《》 and lines with 【待填】 are left out. Its shingles are all runs of three units. The likeness of two texts
is the share of the shorter one's shingles that stand in the other. Each changed unit breaks three shingles at most,
so a copy with a tenth of its units changed keeps about seven tenths: ``ALIKE_SHARE``, two thirds, finds it. Minutes
that share a subject and an author but not their sentences stay below one half.

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

from dangwu.facts.passages import QUOTED_TITLE
from dangwu.model.document import PLACEHOLDER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from dangwu.facts.passages import Passage

    Shingles: TypeAlias = frozenset[tuple[str, ...]]

ALIKE_SHARE = 2 / 3
SHORTEST_UNITS = 80
"""Fewer units than this are never compared: short sentences are alike by chance."""
_SHINGLE_LENGTH = 3
_KEPT_PER_OPENING = 8
_MEASURED_CANDIDATES = 3
_RARE_SHARE, _COMMON_SHARE = 0.15, 0.5
"""From which share of a text common openings make a candidate: rare ones, and all together. Below ``ALIKE_SHARE``."""
_CHINESE_OPENING, _WORD_OPENING = 5, 16
"""How many characters of a clause are its opening: of Chinese, and of scripts that write words."""
_FIRST_HAN = "\u2e80"
_UNIT = re.compile(r"[a-z]+|[^\W\d_]")
_UNWRITTEN_LINE = re.compile(rf"^.*{PLACEHOLDER}.*$", re.MULTILINE)
_CLAUSE_BREAK = re.compile(r"[，。；：、！？,.;:!?()（）“”‘’《》〈〉—…\n\d]+\s*")


class NearCopy(NamedTuple):
    """A text, the earlier one that it is nearly the same as, and the share of shingles in per cent."""

    later: Passage
    earlier: Passage
    percent: int


def split_units(text: str) -> list[str]:
    """Return what of a text is compared."""
    if "【" in text:
        text = _UNWRITTEN_LINE.sub("", text)
    return _UNIT.findall(QUOTED_TITLE.sub("", unicodedata.normalize("NFKC", text)).lower())


def build_shingles(row: list[str]) -> Shingles:
    """Return the runs of three units."""
    return frozenset(zip(*(row[start:] for start in range(_SHINGLE_LENGTH)), strict=False))


def compute_shared_part(one: Shingles, other: Shingles) -> float:
    """Return the share of the fewer shingles that stand in the other text, 0 for no shingles."""
    fewer = min(len(one), len(other))
    return len(one & other) / fewer if fewer else 0.0


def find_near_copies(passages: Iterable[Passage], apart: Callable[[Passage, Passage], bool]) -> Iterator[NearCopy]:
    """Yield each text that nearly repeats an earlier one, at most once: with the one that shares most clauses with it.

    ``passages`` come in the order in which they were written; ``apart`` says of a later and an earlier one whether
    they are compared at all.
    """
    index: dict[str, list[int]] = {}
    kept: list[Passage] = []
    sizes: list[int] = []
    for passage in passages:
        if len(passage.text) < SHORTEST_UNITS:
            continue
        openings = _find_openings(passage.text)
        size = sum(openings.values())
        rare: dict[int, int] = {}
        all_: dict[int, int] = {}
        for opening, length in openings.items():
            with_it = index.setdefault(opening, [])
            standing = len(with_it) == _KEPT_PER_OPENING
            for number in with_it:
                all_[number] = all_.get(number, 0) + length
                if not standing:
                    rare[number] = rare.get(number, 0) + length
            with_it.append(len(kept))
            del with_it[:-_KEPT_PER_OPENING]
        worth = [
            (-weight, number)
            for number, weight in all_.items()
            if (
                weight >= _COMMON_SHARE * (fewer := min(size, sizes[number]))
                or rare.get(number, 0) >= _RARE_SHARE * fewer
            )
            and apart(passage, kept[number])
        ]
        best = _find_best_copy(passage, [kept[number] for _, number in sorted(worth)[:_MEASURED_CANDIDATES]])
        if best is not None:
            yield NearCopy(passage, *best)
        kept.append(passage)
        sizes.append(size)


def _find_best_copy(passage: Passage, candidates: list[Passage]) -> tuple[Passage, int] | None:
    """Return the first candidate that a text is alike, with the per cent; they come best first by their clauses."""
    own = _build_text_shingles(passage.text) if candidates else None
    if own is None:
        return None
    for candidate in candidates:
        theirs = _build_text_shingles(candidate.text)
        alike = compute_shared_part(own, theirs) if theirs is not None else 0.0
        if alike >= ALIKE_SHARE:
            return candidate, int(alike * 100)
    return None


@lru_cache(maxsize=1024)
def _build_text_shingles(text: str) -> Shingles | None:
    """Return the shingles of a text, None when it is too short to be compared."""
    row = split_units(text)
    return build_shingles(row) if len(row) >= SHORTEST_UNITS else None


def _find_openings(text: str) -> dict[str, int]:
    """Return the openings of a text's clauses with the length of each clause; very short clauses have none."""
    found: dict[str, int] = {}
    for clause in _CLAUSE_BREAK.split(text):
        opening = clause[: _CHINESE_OPENING if clause[:1] > _FIRST_HAN else _WORD_OPENING]
        if len(opening) >= _CHINESE_OPENING:
            found[opening] = len(clause)
    return found
