"""Names of the tables that scroll on their own: each has its own, since a screen reader lists them without the rest."""

from __future__ import annotations

from collections import Counter
from itertools import count
from typing import TYPE_CHECKING

from dangwu.formats.safe_text import make_one_line
from dangwu.model.message import say
from dangwu.pages.page import Bars, Grid, Heading, Table, Trend
from dangwu.pages.paper import Form
from dangwu.pages.wording.values import join_phrases

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dangwu.language import Language
    from dangwu.pages.paper import PaperBlock


def name_regions(blocks: Sequence[PaperBlock], lang: Language) -> list[str]:
    """Return the name for each block, empty for one that does not scroll.

    It is the caption; with its headings before it where the page has that caption twice; with a number if even these
    are the same. A table without a caption is called a table. A chart has its name for the table of its numbers.
    """
    captions = [_read_caption(block, lang) for block in blocks]
    uses = Counter(caption.casefold() for caption in captions)
    names: list[str] = []
    taken = {""}
    headings: tuple[str, ...] = ()
    for block, caption in zip(blocks, captions, strict=True):
        if isinstance(block, Heading):
            text = make_one_line(block.text)
            headings = (text,) if block.level == Heading("").level else (*headings[:1], text)
        wanted = caption if uses[caption.casefold()] == 1 else join_phrases((*headings, caption), lang)
        names.append(_find_free_name(wanted, taken) if caption else "")
        taken.add(names[-1].casefold())
    return names


def _read_caption(block: PaperBlock, lang: Language) -> str:
    if not isinstance(block, Table | Grid | Bars | Trend) and not (isinstance(block, Form) and block.head):
        return ""
    return make_one_line(block.caption) or lang.text(say("Table"))


def _find_free_name(wanted: str, taken: set[str]) -> str:
    numbered = (wanted if number == 1 else f"{wanted} ({number})" for number in count(1))
    return next(name for name in numbered if name.casefold() not in taken)
