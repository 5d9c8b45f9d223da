"""Similarity of texts, and near copies among many texts, in nearly linear time.

A text is split into units: Chinese characters, and words of other scripts. Blanks, punctuation, digits, titles in 《》
and lines with 【待填】 are left out. Its shingles are all runs of three units. The similarity of two texts is the share
of the shorter one's shingles that are in the other. Each changed unit breaks at most three shingles, so a copy with a
tenth of its units changed keeps about seven tenths, above ``ALIKE_SHARE`` (two thirds). Minutes that share a subject
and an author but not their sentences stay below one half.

Only candidates are compared: texts with clauses that begin alike. An index maps the opening of a clause to the last
few texts that contain it. An opening whose index entry is full is standard wording: it makes a candidate only where it
makes up most of a text, another opening where it makes up a part of it. Only the best few candidates are compared, so
standard wording costs no more than other wording, and time grows with the number of texts. A copy in which nearly
every clause begins differently is not found.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
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
"""Texts with fewer units are never compared: short sentences are similar by chance."""
_SHINGLE_LENGTH = 3
_KEPT_PER_OPENING = 8
_MEASURED_CANDIDATES = 3
_RARE_SHARE, _COMMON_SHARE = 0.15, 0.5
"""The share of a text from which shared openings make a candidate: rare ones alone, and all openings."""
_CHINESE_OPENING, _WORD_OPENING = 5, 16
"""How many characters of a clause are its opening: in Chinese, and in scripts with spaces between words."""
_FIRST_HAN = "\u2e80"
_UNIT = re.compile(r"[a-z]+|[^\W\d_]")
_UNWRITTEN_LINE = re.compile(rf"^.*{PLACEHOLDER}.*$", re.MULTILINE)
_CLAUSE_BREAK = re.compile(r"[，。；：、！？,.;:!?()（）“”‘’《》〈〉—…\n\d]+\s*")


class NearCopy(NamedTuple):
    """A passage, the earlier one that it nearly repeats, and the share of common shingles in per cent."""

    later: Passage
    earlier: Passage
    percent: int


def split_units(text: str) -> list[str]:
    """Return the units of a text that are compared."""
    if "【" in text:
        text = _UNWRITTEN_LINE.sub("", text)
    return _UNIT.findall(QUOTED_TITLE.sub("", unicodedata.normalize("NFKC", text)).lower())


def build_shingles(units: list[str]) -> Shingles:
    """Return the runs of three units."""
    return frozenset(zip(*(units[start:] for start in range(_SHINGLE_LENGTH)), strict=False))


def compute_shared_part(one: Shingles, other: Shingles) -> float:
    """Return the share of common shingles in the smaller set, 0 to 1; 0 for an empty set."""
    fewer = min(len(one), len(other))
    return len(one & other) / fewer if fewer else 0.0


def find_near_copies(
    passages: Iterable[Passage], is_comparable: Callable[[Passage, Passage], bool]
) -> Iterator[NearCopy]:
    """Yield each passage that nearly repeats an earlier one, paired with the one that shares most clauses with it.

    ``passages`` are in order of time; ``is_comparable`` tells of a later and an earlier one whether to compare them.
    """
    index: dict[str, list[int]] = {}
    kept: list[Passage] = []
    sizes: list[int] = []
    for passage in passages:
        if len(passage.text) < SHORTEST_UNITS:
            continue
        openings = _find_openings(passage.text)
        size = sum(openings.values())
        rare: defaultdict[int, int] = defaultdict(int)
        shared: defaultdict[int, int] = defaultdict(int)
        for opening, length in openings.items():
            numbers = index.setdefault(opening, [])
            is_standard = len(numbers) == _KEPT_PER_OPENING
            for number in numbers:
                shared[number] += length
                if not is_standard:
                    rare[number] += length
            numbers.append(len(kept))
            del numbers[:-_KEPT_PER_OPENING]
        candidates = [
            (-weight, number)
            for number, weight in shared.items()
            if (weight >= _COMMON_SHARE * (fewer := min(size, sizes[number])) or rare[number] >= _RARE_SHARE * fewer)
            and is_comparable(passage, kept[number])
        ]
        best = _find_best_copy(passage, [kept[number] for _, number in sorted(candidates)[:_MEASURED_CANDIDATES]])
        if best is not None:
            yield NearCopy(passage, *best)
        kept.append(passage)
        sizes.append(size)


def _find_best_copy(passage: Passage, candidates: list[Passage]) -> tuple[Passage, int] | None:
    """Return the first candidate that a passage nearly repeats, with the share in per cent; the best come first."""
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
    """Return the shingles of a text, None for one too short to compare."""
    units = split_units(text)
    return build_shingles(units) if len(units) >= SHORTEST_UNITS else None


def _find_openings(text: str) -> dict[str, int]:
    """Return the openings of a text's clauses with the length of each clause, without very short clauses."""
    openings: dict[str, int] = {}
    for clause in _CLAUSE_BREAK.split(text):
        opening = clause[: _CHINESE_OPENING if clause[:1] >= _FIRST_HAN else _WORD_OPENING]
        if len(opening) >= _CHINESE_OPENING:
            openings[opening] = len(clause)
    return openings
