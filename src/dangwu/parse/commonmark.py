"""The door to markdown-it: CommonMark with the tables and the strikethrough of GitHub → tokens (decision 14)."""

from __future__ import annotations

from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_block import table
from markdown_it.rules_inline.state_inline import Scanned, StateInline
from markdown_it.token import Token

__all__ = ["Token", "read_blocks", "read_inlines"]

_WIDE = "\u2e80"
"""From here on characters are Chinese, or punctuation of its width."""
_CONTAINERS = frozenset({"blockquote_open", "list_item_open"})
_INSIDE, _AROUND = "*_~`[]!<&\\", "|->#+"
"""The marks inside a paragraph, and those that make one block of another."""
_MOST_LINES, _MOST_MARKS = 10_000, 50_000
"""A text of more is taken as it is typed: nobody waits for two hundred pages of marks."""
_LONGEST, _MOST_INSIDE = 50_000, 4_000
"""So is a paragraph: looking for pairs of marks may take the square of their number."""


class _Reader(MarkdownIt):
    """Leaves the address of a link as it is written; nothing is ever fetched from it or made of it."""

    def normalizeLink(self, url: str) -> str:  # noqa: N802 - the library's name
        return url

    def normalizeLinkText(self, link: str) -> str:  # noqa: N802 - the library's name
        return link


class _Line(StateInline):
    """Lets marks of emphasis stand beside Chinese, which has no spaces between words and its own punctuation.

    By the letter of CommonMark ``**决议：**通过`` is not strong: a mark after punctuation wants a space behind it, or
    more punctuation.
    """

    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:  # noqa: N802, N803 - the library's names
        scanned: Scanned = super().scanDelims(start, canSplitWord)
        end = start + scanned.length
        before = self.src[start - 1] if start else " "
        after = self.src[end] if end < self.posMax else " "
        if max(before, after) < _WIDE or not canSplitWord:
            return scanned
        return Scanned(not after.isspace(), not before.isspace(), scanned.length)


@cache
def _build_reader(*, field: bool) -> _Reader:
    """Return a reader of bodies, or of fields: there HTML, entities and underlined headings are text.

    Definitions of links are text everywhere: on paper they would be lost.
    """
    made = _Reader("commonmark", {"html": not field})
    made.enable("strikethrough")
    made.disable("reference")
    if field:
        made.disable(["entity", "lheading"])
    # The library tries tables first, so that even a heading with a bar in it could be the head of one.
    made.block.ruler.before("paragraph" if field else "lheading", "table_last", table, {"alt": ["paragraph"]})
    return made


def read_blocks(text: str, *, field: bool = False) -> list[Token] | None:
    """Return the blocks of a text, their own text not yet looked into. ``map`` of a token counts lines, from 0.

    The lines of the text end in LF. None where there are too many of them, or blocks nested too deep to be read.
    """
    if text.count("\n") > _MOST_LINES or _count(text, _INSIDE + _AROUND) > _MOST_MARKS:
        return None
    reader = _build_reader(field=field)
    found: list[Token] = []
    reader.block.parse(text, reader, {}, found)
    # What is deeper is left out by the library, and with it whatever follows.
    deepest = max((each.level for each in found if each.type in _CONTAINERS), default=0)
    return found if deepest < int(reader.options["maxNesting"]) - 1 else None


def read_inlines(text: str, *, field: bool = False) -> list[Token] | None:
    """Return the tokens of a paragraph's text; None where it is too much to be looked through."""
    if len(text) > _LONGEST or _count(text, _INSIDE) > _MOST_INSIDE:
        return None
    reader = _build_reader(field=field)
    state = _Line(text, reader, {}, [])
    reader.inline.tokenize(state)
    for rule in reader.inline.ruler2.getRules(""):
        rule(state)
    return state.tokens


def _count(text: str, marks: str) -> int:
    return sum(map(text.count, marks))
