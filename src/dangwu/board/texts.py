"""The text of a record as a page shows it: part by part, each with the language it is in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dangwu.board.page_values import Passage
from dangwu.model.body import BodyHeading, flatten_parts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dangwu.model.body import Part

_HAN_CHARACTER = re.compile("[\u2e80-\u2fdf\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af]")


def split_passages(parts: Iterable[Part]) -> Iterator[Passage]:
    """Yield the parts of a text. Its first title is on the level of the page's own sections, lower ones are below."""
    highest = 0
    for part in parts:
        heading = ""
        if isinstance(part, BodyHeading):
            highest = highest or part.level
            heading = "h2" if part.level <= highest else "h3"
        yield Passage(detect_language("".join(flatten_parts((part,)))), part, heading)


def detect_language(text: str) -> str:
    """Return the language that a text is written in, as HTML names it: Chinese where a Chinese character stands."""
    return "zh-CN" if _HAN_CHARACTER.search(text) else "en"
