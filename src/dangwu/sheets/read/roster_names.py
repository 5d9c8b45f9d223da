"""Names as rosters write them: numbered, with a post behind them, with any dot or none; and names that are nearly one.

``1.郑浩然``, ``夏铁军（书记）`` and ``扎西.多吉`` are the names 郑浩然, 夏铁军 and 扎西·多吉.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import NamedTuple

from dangwu.sheets.read.cell_values import normalise_words

_LIST_NUMBER = re.compile(r"[0-9０-９]{1,4}\s*[.．、,，)）:：\s]\s*(?=[^\W\d_])")
_REMARK = re.compile(r"(.+?)\s*[(（\[【]([^()（）\[\]【】]*)[)）\]】]")
_LETTERS = r"[\u3400-\u9fff\U00020000-\U0003ffff]"
_DOT_BETWEEN = re.compile(rf"(?<={_LETTERS})\s*[·•‧・･∙⋅.．。﹒]\s*(?={_LETTERS})")
_ANY_DOT = re.compile("[·.。]")
_HAN = re.compile(rf"{_LETTERS}+")
_FEWEST_CHARACTERS = 3
"""Names of two characters differ by one as a rule; of three, by one often by a slip."""
_NEAR_RATIO = 0.85


class RosterName(NamedTuple):
    """A name without what stands around it, and what stood in brackets behind it."""

    name: str
    remark: str = ""


def split_roster_name(text: str) -> RosterName:
    """Return a name without a number before it and brackets behind it, with one form of the dot in Chinese names."""
    number = _LIST_NUMBER.match(text.strip())
    bare = text.strip()[number.end() :] if number else text.strip()
    match = _REMARK.fullmatch(bare)
    name, remark = (match[1], match[2].strip()) if match else (bare, "")
    return RosterName(_DOT_BETWEEN.sub("·", name), remark)


def normalise_name(name: str) -> str:
    """Return a name for comparison: as words are, and without its dots."""
    return _ANY_DOT.sub("", normalise_words(name))


def list_name_forms(name: str) -> tuple[str, ...]:
    """Return what a written name may be, for comparison: the whole of it, then without number and brackets."""
    return tuple(dict.fromkeys((normalise_name(name), normalise_name(split_roster_name(name).name))))


def is_nearly(one: str, other: str) -> bool:
    """Tell whether two names differ by so little that one may be the other with a slip of the pen."""
    one, other = normalise_name(one), normalise_name(other)
    if one == other:
        return False
    if not (_HAN.fullmatch(one) and _HAN.fullmatch(other)):
        return SequenceMatcher(None, one, other).ratio() >= _NEAR_RATIO
    if max(len(one), len(other)) < _FEWEST_CHARACTERS:
        return False
    if len(one) == len(other):
        return sum(a != b for a, b in zip(one, other, strict=True)) == 1 or sorted(one) == sorted(other)
    short, long = sorted((one, other), key=len)
    return len(long) - len(short) == 1 and any(long[:at] + long[at + 1 :] == short for at in range(len(long)))
