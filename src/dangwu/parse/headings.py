"""The headings of a body as CommonMark has them: by a scan where that is surely the same, else by its reader."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dangwu.model.document import SectionHeading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dangwu.parse.commonmark import Token

_LINE = re.compile(
    r"""(?P<heading>\#{1,6}) (?:[ \t]+ (?P<title>[^\\`*_~\[<&|]*))?
    | [ \t]* (?:(?:[-*+]|[0-9]{1,9}[.)])[ \t]+){0,3} [*_]{0,3} (?![0-9]{1,9}[.)](?:[ \t]|$))
      (?P<text>[^\s\#=\-*+_>|<\[~`:\\!&]) .*
    | (?P<rule>-{3,}|\*{3,}|_{3,})? [ \t]*""",
    re.VERBOSE,
)
"""A line that means the same whatever else stands in the body: a heading; text, behind the marks of at most three lists
and the first marks of emphasis; a rule, or nothing."""
_CONFLICT = "<<<<<<< "
_WIDE = "\u2e80"
_ATX = re.compile(r" {0,3}(#{1,6})(?:[ \t](.*))?")


def find_headings(body: Sequence[str], first: int) -> tuple[SectionHeading, ...]:
    """Return the headings of a body, whose first line has the number ``first``; those inside lists and quotes are none.

    A heading is written when text stands below it or below its own sub-headings: comments and rules are no text.
    """
    found = _scan_headings(body, first)
    return tuple(_mark_written_parents(_read_headings(body, first) if found is None else found))


def _scan_headings(body: Sequence[str], first: int) -> list[SectionHeading] | None:
    """Return the headings of a body of simple lines; None where a line is not."""
    found: list[SectionHeading] = []
    written = True
    for row, line in enumerate(body):
        if not line or (written and line[0] >= _WIDE):
            continue
        simple = _LINE.fullmatch(line)
        # Hyphens right below text make a heading of it.
        if simple is None or (line[0] == "-" and simple["rule"] and row and body[row - 1].strip(" \t")):
            return None
        if simple["heading"]:
            found.append(
                SectionHeading(_title(simple["title"] or ""), row + first, len(simple["heading"]), written=False)
            )
            written = False
        elif not written and simple["text"]:
            found[-1] = found[-1]._replace(written=True)
            written = True
    return found


def _write(found: list[SectionHeading]) -> None:
    """Note that something stands below the last heading."""
    if found and not found[-1].written:
        found[-1] = found[-1]._replace(written=True)


def _title(text: str) -> str:
    """Return a heading's text without the hash signs that may close it."""
    text = text.strip(" \t")
    bare = text.rstrip("#")
    return (bare if bare[-1:] in {"", " ", "\t"} else text).strip()


def _read_headings(body: Sequence[str], first: int) -> list[SectionHeading]:
    """Return the headings as CommonMark has them; by the lines alone where the body is too much to be read.

    So too where two versions of it stand beside each other: the signs between them would make headings of words.
    """
    from dangwu.model.body import flatten_spans  # noqa: PLC0415 - a check of simple bodies does without all this
    from dangwu.parse.commonmark import read_blocks, read_inlines  # noqa: PLC0415
    from dangwu.parse.inline import read_spans, read_typed  # noqa: PLC0415

    tokens = None if any(line.startswith(_CONFLICT) for line in body) else read_blocks("\n".join(body))
    if tokens is None:
        return _find_typed_headings(body, first)
    found: list[SectionHeading] = []
    ahead = iter(tokens)
    for token in ahead:
        if token.type == "heading_open" and token.level == 0:
            content = next(ahead).content
            said = read_inlines(content)
            title = flatten_spans(read_spans(said) if said is not None else read_typed(content))
            row, underlined = (token.map or [0])[0], token.markup[0] != "#"
            found.append(SectionHeading(title, row + first, int(token.tag[1]), written=False, underlined=underlined))
        elif _says(token):
            _write(found)
    return found


def _says(token: Token) -> bool:
    """Tell whether a token has text."""
    from dangwu.parse.inline import drop_comments  # noqa: PLC0415

    return bool((drop_comments(token.content) if token.type == "html_block" else token.content).strip())


def _find_typed_headings(body: Sequence[str], first: int) -> list[SectionHeading]:
    found: list[SectionHeading] = []
    for row, line in enumerate(body):
        if atx := _ATX.fullmatch(line):
            found.append(SectionHeading(_title(atx[2] or ""), row + first, len(atx[1]), written=False))
        elif line.strip():
            _write(found)
    return found


def _mark_written_parents(found: list[SectionHeading]) -> list[SectionHeading]:
    """Count what is written below sub-headings for the headings above them."""
    # From the end: whether anything is written in the part below, by the lowest level that the part may have.
    below = [False] * 8
    for at in range(len(found) - 1, -1, -1):
        level = found[at].level
        written = found[at].written or below[level + 1]
        found[at] = found[at]._replace(written=written)
        below = [(each or written) if lowest <= level else False for lowest, each in enumerate(below)]
    return found
