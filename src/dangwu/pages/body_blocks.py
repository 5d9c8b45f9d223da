"""What a record says in its own words → blocks of a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.model.body import BodyHeading, BodyParagraph, BodyTable, flatten_spans, has_look
from dangwu.pages.page import Align, Cell, Column, Heading, Paragraph, Prose, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dangwu.model.body import Parts

_SECTION = 2


def build_body_blocks(parts: Parts) -> Iterator[Heading | Paragraph | Prose | Table]:
    """Yield headings, paragraphs, tables, and whatever has a look of its own."""
    for part in parts:
        if isinstance(part, BodyHeading):
            yield Heading(part.text, _SECTION if part.level <= _SECTION else _SECTION + 1)
        elif isinstance(part, BodyTable):
            yield build_body_table(part)
        elif isinstance(part, BodyParagraph) and not has_look(part.spans):
            yield Paragraph(flatten_spans(part.spans))
        else:
            yield Prose(part)


def build_body_table(rows: BodyTable) -> Table:
    """Return a table that a record has in its own words."""
    columns = tuple(Column(flatten_spans(head), Align(side)) for head, side in zip(rows.head, rows.sides, strict=True))
    cells = (
        tuple(Cell(flatten_spans(each), spans=each if has_look(each) else ()) for each in row) for row in rows.rows
    )
    return Table("", columns, tuple(cells))
