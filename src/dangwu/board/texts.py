"""The text of an item as paragraphs and lists without markup, and the language of a text."""

from __future__ import annotations

import re
from typing import NamedTuple

from dangwu.formats.safe_text import make_one_line

_HAN_CHARACTER = re.compile("[\u2e80-\u2fdf\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af]")
_BULLET = re.compile(r"\s*[-*•·]\s+(?=\S)")


class TextBlock(NamedTuple):
    """A paragraph, or the points of a list."""

    lines: tuple[str, ...]
    points: bool = False


def split_text_blocks(text: str) -> tuple[TextBlock, ...]:
    """Return a text as paragraphs; lines that begin with a hyphen, a star or a dot are points of a list.

    Nothing else is read into it: no heading, link, picture or HTML.
    """
    made: list[TextBlock] = []
    for line in text.splitlines():
        bullet = _BULLET.match(line)
        shown = make_one_line(line[bullet.end() :] if bullet else line)
        if not shown:
            continue
        if bullet and made and made[-1].points:
            made[-1] = TextBlock((*made[-1].lines, shown), points=True)
        else:
            made.append(TextBlock((shown,), points=bullet is not None))
    return tuple(made)


def detect_language(text: str) -> str:
    """Return the language that a text is written in, as HTML names it: Chinese where a Chinese character stands."""
    return "zh-CN" if _HAN_CHARACTER.search(text) else "en"
