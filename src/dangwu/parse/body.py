"""Markdown → what it says, as blocks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dangwu.model.body import (
    BodyHeading,
    BodyListItem,
    BodyParagraph,
    BodyTable,
    Code,
    Points,
    Quote,
    Span,
    flatten_spans,
)
from dangwu.parse import markdown
from dangwu.parse.encoding import decode_text
from dangwu.parse.inline import drop_comments, read_spans, read_typed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dangwu.model.body import Part, Parts, Spans
    from dangwu.parse.commonmark import Token

_UNESCAPED_BAR = re.compile(r"(?<!\\)\|")
_SIDES = {"text-align:center": "center", "text-align:right": "end"}
_BULLET = re.compile(r"^([ \t]*)[-*•·]\s+(?=[^\s*-])")
_TEXT = re.compile(r"[^\s>|:#`~*+-]|[-*+]{1,3}[^\s|:*+-]")
"""What a line of a field begins with that is neither marked nor indented."""
_TAB = 4
_FENCES = ("```", "~~~")


def read_body(raw: bytes) -> Parts:
    """Return what the body of a record's file says, without the heading of the whole document; nothing of no text."""
    text, _ = decode_text(raw)
    if text is None:
        return ()
    parts = _Reading(markdown.split_front_matter(text).body).parts()
    whole = parts and isinstance(parts[0], BodyHeading) and parts[0].level == 1
    return parts[1:] if whole else parts


def read_field(text: str) -> Parts:
    """Return what a field of a record says: each line of text is a paragraph, HTML and entities are text.

    Lines that begin with a dot are points of a list too.
    """
    lines = [_BULLET.sub(r"\1- ", line, count=1) for line in text.splitlines()]
    return _Reading([*_apart(lines)] if not any(each in text for each in _FENCES) else lines, field=True).parts()


def _apart(lines: Iterable[str]) -> Iterator[str]:
    """Put an empty line before each line of text that follows another; a row of a table is none."""
    before = ""
    for line in lines:
        if before.strip() and "|" not in line and _TEXT.match(line):
            yield ""
        yield line
        before = line


class _Reading:
    """One text being read; its blocks come one after the other, each with its end."""

    def __init__(self, lines: Sequence[str], *, field: bool = False) -> None:
        from dangwu.parse import commonmark  # noqa: PLC0415 - the library is heavy

        self.lines, self.field = lines, field
        self.lists = 0
        self.inlines = commonmark.read_inlines
        self.tokens = commonmark.read_blocks("\n".join(lines), field=field)

    def parts(self) -> Parts:
        """Return all blocks; of a text that is too much to be read, its lines as they are typed."""
        if self.tokens is None:
            return tuple(BodyParagraph(read_typed(line)) for line in self.lines if line.strip())
        return tuple(self._parts(iter(self.tokens)))

    def _parts(self, ahead: Iterator[Token]) -> Iterator[Part]:
        """Yield the blocks up to the end of the one that holds them."""
        for token in ahead:
            if token.nesting < 0:
                return
            part = self._part(token, ahead)
            if part is not None:
                yield part

    def _part(self, token: Token, ahead: Iterator[Token]) -> Part | None:
        """Return the block that begins with a token; None of a rule, and where there are no words."""
        made: Part | None = None
        match token.type:
            case "paragraph_open" | "heading_open":
                words = self._spans(next(ahead).content)
                next(ahead)
                made = _words(words)
                # A point is none: no section begins there, and on paper that is signed it would look like one.
                if made and token.type == "heading_open" and not self.lists:
                    made = BodyHeading(flatten_spans(words), int(token.tag[1]))
            case "bullet_list_open" | "ordered_list_open":
                self.lists += 1
                made = Points(tuple(self._points(ahead)))
                self.lists -= 1
            case "blockquote_open":
                made = Quote(tuple(self._parts(ahead)))
            case "fence" | "code_block":
                made = Code(token.content.removesuffix("\n").expandtabs(_TAB))
            case "html_block":
                lines = (line.strip() for line in drop_comments(token.content).split("\n"))
                made = _words((Span("\n".join(line for line in lines if line)),))
            case "table_open":
                made = self._rows(ahead)
        return made

    def _spans(self, text: str) -> Spans:
        tokens = self.inlines(text, field=self.field)
        return read_typed(text) if tokens is None else read_spans(tokens)

    def _points(self, ahead: Iterator[Token]) -> Iterator[BodyListItem]:
        """Yield the points of a list, counted as they are written; where all have one number, one after the other."""
        found: list[tuple[str, Parts]] = []
        for token in ahead:
            if token.nesting < 0:
                break
            found.append((token.info, tuple(self._parts(ahead))))
        first = found[0][0]
        same = all(number == first for number, _ in found)
        for at, (number, parts) in enumerate(found):
            yield BodyListItem(parts, (int(first) + at if same else int(number)) if number else None)

    def _rows(self, ahead: Iterator[Token]) -> BodyTable:
        """Return a table. Cells beyond the head's, which CommonMark leaves out, get columns of their own."""
        rows: list[list[Spans]] = []
        sides: list[str] = []
        for token in ahead:
            if token.type == "table_close":
                break
            if token.type == "tr_open":
                rows.append([])
                line = self.lines[(token.map or [0])[0]]
            elif token.type == "th_open":
                sides.append(_SIDES.get(str(token.attrs.get("style")), "start"))
            elif token.type == "inline":
                rows[-1].append(self._spans(token.content))
            elif token.type == "tr_close" and len(rows) > 1:
                rows[-1].extend(self._spans(cell.strip()) for cell in _cells(line)[len(sides) :])
        wide = max(map(len, rows))
        head, *others = (tuple(row) + ((),) * (wide - len(row)) for row in rows)
        return BodyTable(head, tuple(others), (*sides, *["start"] * (wide - len(sides))))


def _words(spans: Spans) -> BodyParagraph | None:
    return BodyParagraph(spans) if flatten_spans(spans) else None


def _cells(line: str) -> list[str]:
    """Return the cells of a row as it is written."""
    line = line.strip(" \t>").removeprefix("|")
    return _UNESCAPED_BAR.split(line.removesuffix("|") if not line.endswith("\\|") else line)
