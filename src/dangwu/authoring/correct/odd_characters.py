"""Characters that nobody sees, and doubles that look like the ordinary ones → out of the text, or the ordinary ones."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any

from dangwu.authoring.correct.proposal import Proposal, Splice
from dangwu.model.message import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dangwu.authoring.correct.record_state import RecordState
    from dangwu.model.finding import Finding

UNSEEN = frozenset("\u00ad\u180e\u200b\u2060\u2061\u2062\u2063\u2064\ufeff")
"""Characters that nobody sees and that change nothing beside them."""
_JOINERS = frozenset("\u200c\u200d\u200e\u200f\u061c")
"""Characters that change how others are written or ordered; not between Chinese characters, plain letters and signs."""
_RADICALS = ("\u2e80", "\u2fdf")
_DOUBLES = ("\uf900", "\ufa0b")
"""The compatibility characters that stand for a second reading in Korea, and look exactly like the ordinary ones."""


def propose_character(state: RecordState, finding: Finding) -> Iterator[Proposal]:
    """Yield the removal or replacement of the character at a finding, where that changes nothing that people see."""
    line, column = finding.source.line, finding.source.column
    row = state.lines[line - 1] if 0 < line <= len(state.lines) else ""
    char = row[column - 1 : column]
    if not char:
        return
    plain = find_plain_character(char, row[: column - 1], row[column:])
    if plain is None:
        return
    start = state.line_start(line) + column - 1
    code = f"U+{ord(char):04X}"
    what = (
        say("{code}, which nobody sees, is taken out.", code=code)
        if not plain
        else say("{char} ({code}) becomes the ordinary {plain}.", char=char, code=code, plain=plain)
    )
    yield Proposal(finding, (Splice(start, start + 1, plain),), what)


def find_plain_character(char: str, before: str = "", after: str = "") -> str | None:
    """Return what stands for an odd character, "" for nothing; None where that would change what people see."""
    if char in UNSEEN:
        return ""
    if char in _JOINERS:
        around = (_find_neighbour(reversed(before)), _find_neighbour(after))
        return "" if all(map(_stands_alone, around)) else None
    if _RADICALS[0] <= char <= _RADICALS[1] or _DOUBLES[0] <= char <= _DOUBLES[1]:
        plain = unicodedata.normalize("NFKC", char)
        return plain if plain != char and len(plain) == 1 else None
    return None


def _find_neighbour(text: Any) -> str:
    return next((char for char in text if char not in UNSEEN and char not in _JOINERS), "")


def _stands_alone(char: str) -> bool:
    """Tell whether a character is written in one way whatever stands beside it, from left to right."""
    return not char or char.isascii() or "\u3000" <= char <= "\u9fff" or "\uff01" <= char <= "\uff5e"


def fold_characters(node: Any) -> Any:
    """Return data without odd characters that could be corrected, so that two states of it compare."""
    if isinstance(node, dict):
        return {fold_characters(key): fold_characters(value) for key, value in node.items()}
    if isinstance(node, list):
        return [fold_characters(item) for item in node]
    if not isinstance(node, str) or node.isascii():
        return node
    return _MAY_BE_ODD.sub(lambda match: "" if match[0] in _JOINERS else _fold(match[0]), node)


def _fold(char: str) -> str:
    plain = find_plain_character(char)
    return char if plain is None else plain


_MAY_BE_ODD = re.compile(
    f"[{''.join(sorted(UNSEEN | _JOINERS))}{_RADICALS[0]}-{_RADICALS[1]}{_DOUBLES[0]}-{_DOUBLES[1]}]"
)
