"""The text of a record as a page shows it: paragraphs and lists, each with the language it is in, and never markup."""

from __future__ import annotations

import re
from typing import NamedTuple

from dangwu.formats.safe_text import one_line

_HAN = re.compile("[\u2e80-\u2fdf\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af]")
_BULLET = re.compile(r"\s*[-*•·]\s+(?=\S)")


class Passage(NamedTuple):
    """A paragraph, or the points of a list."""

    lines: tuple[str, ...]
    points: bool = False


def passages(text: str) -> tuple[Passage, ...]:
    """Return a text as paragraphs; lines that begin with a hyphen, a star or a dot are points of a list.

    Nothing else is read into it: no heading, link, picture or HTML.
    """
    made: list[Passage] = []
    for line in text.splitlines():
        bullet = _BULLET.match(line)
        shown = one_line(line[bullet.end() :] if bullet else line)
        if not shown:
            continue
        if bullet and made and made[-1].points:
            made[-1] = Passage((*made[-1].lines, shown), points=True)
        else:
            made.append(Passage((shown,), points=bullet is not None))
    return tuple(made)


def tongue(text: str) -> str:
    """Return the language that a text is written in, as HTML names it: Chinese where a Chinese character stands."""
    return "zh-CN" if _HAN.search(text) else "en"
