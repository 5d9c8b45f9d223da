"""Paper as plain values: what is printed and signed, for the PDF and the Word renderer. All text is in one language."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from dangwu.pages.page import Align, Block

if TYPE_CHECKING:
    from datetime import date

    from dangwu.pages.page import Page


class FormCell(NamedTuple):
    """A place of a ruled form. A ``label`` is printed; anything else is what the record says, or room to write.

    It spans ``span`` of the form's columns and is at least ``lines`` lines of text high.
    """

    text: str = ""
    span: int = 1
    label: bool = False
    align: Align = Align.START
    lines: int = 1


class Form(NamedTuple):
    """A ruled form (登记表). ``widths`` are the columns' shares of the page; spans of a row add up to their number.

    The first ``head`` rows are repeated on every page. A row is never torn unless it is longer than a page.
    """

    caption: str
    widths: tuple[int, ...]
    rows: tuple[tuple[FormCell, ...], ...]
    head: int = 0


class Signatures(NamedTuple):
    """Places to sign: before each the words for who signs; ``name`` where it is known, printed small below the line."""

    parties: tuple[tuple[str, str], ...]


class Break(NamedTuple):
    """A new page begins; with a title, a document of its own on it."""

    title: str = ""
    subtitle: str = ""


PaperBlock: TypeAlias = Block | Form | Signatures | Break


class Paper(NamedTuple):
    """A whole document. ``wide`` turns the sheet; ``origin`` is the small line at its end: where it is from."""

    title: str
    subtitle: str
    blocks: tuple[PaperBlock, ...]
    wide: bool = False
    origin: str = ""


class PrintSettings(NamedTuple):
    """What printing needs beside the paper: the day in the file's own data, where fonts lie, the typst program.

    Word files need ``styles``, the Word file in which dangwu's own stand, and may get a ``reference`` that has others.
    """

    day: date
    font_dirs: tuple[str, ...] = ()
    program: str = ""
    styles: bytes = b""
    reference: bytes | None = None


def build_page_paper(page: Page) -> Paper:
    """Return a page as it is printed."""
    return Paper(title=page.title, subtitle=page.subtitle, blocks=page.blocks)
