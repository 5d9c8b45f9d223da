"""A document to print and sign as plain values, for the PDF and Word renderers. All text is in one language."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from dangwu.pages.page import Align, Block, Items, Paragraph, ScreenText, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from dangwu.pages.page import Cell, Page


class FormCell(NamedTuple):
    """A cell of a ruled form: a printed ``label``, or a value of the record, or empty room to write.

    It spans ``span`` of the form's columns and is at least ``lines`` lines of text high.
    """

    text: str = ""
    span: int = 1
    label: bool = False
    align: Align = Align.START
    lines: int = 1


class Form(NamedTuple):
    """A ruled form (登记表). ``widths`` are the columns' shares of the page; spans of a row add up to their number.

    The first ``head`` rows are repeated on every page. A row is not divided unless it is higher than a page.
    """

    caption: str
    widths: tuple[int, ...]
    rows: tuple[tuple[FormCell, ...], ...]
    head: int = 0


class Signatures(NamedTuple):
    """Places to sign: each party is a label and a name; a name that is known is printed small below the line."""

    parties: tuple[tuple[str, str], ...]


class Break(NamedTuple):
    """A page break; with a title, a new document begins on the page."""

    title: str = ""
    subtitle: str = ""


PaperBlock: TypeAlias = Block | Form | Signatures | Break


class Paper(NamedTuple):
    """A whole document. ``wide`` is landscape; ``origin`` is the small line at its end with its source."""

    title: str
    subtitle: str
    blocks: tuple[PaperBlock, ...]
    wide: bool = False
    origin: str = ""


class PrintSettings(NamedTuple):
    """Settings of a print: the day in the file's metadata, folders of fonts, the text of the typst program.

    Word files need ``styles``, the Word file with dangwu's own, and may get a ``reference`` with others.
    """

    day: date
    font_dirs: tuple[str, ...] = ()
    program: str = ""
    styles: bytes = b""
    reference: bytes | None = None


def leave_out_screen_parts(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield blocks without what is for those who work in the repository: codes, commands, columns of paths and ids."""
    for block in blocks:
        if isinstance(block, Items):
            items = (
                item._replace(code="", details=tuple(line for line in item.details if not isinstance(line, ScreenText)))
                for item in block.items
            )
            yield block._replace(items=tuple(items))
        elif isinstance(block, Table):
            yield _leave_out_columns(block)
        elif not (isinstance(block, Paragraph) and block.for_screen):
            yield block


def _leave_out_columns(table: Table) -> Table:
    kept = [at for at, column in enumerate(table.columns) if not column.for_screen]
    if len(kept) == len(table.columns):
        return table
    rows = (_move_anchor(row[0], [row[at] for at in kept]) for row in table.rows)
    return table._replace(columns=tuple(table.columns[at] for at in kept), rows=tuple(rows))


def _move_anchor(first: Cell, cells: list[Cell]) -> tuple[Cell, ...]:
    """Return the cells of a row; the first has the row's anchor and keys, also where it was not the first before."""
    return (cells[0]._replace(anchor=first.anchor, target=first.target, kinds=first.kinds), *cells[1:])


def build_page_paper(page: Page) -> Paper:
    """Return a page as a document to print."""
    return Paper(title=page.title, subtitle=page.subtitle, blocks=page.blocks)
