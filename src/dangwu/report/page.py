"""A page as plain values: what is shown, and nothing about how. All text is already in one language."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple, TypeAlias

from dangwu.report.tone import Tone


class Align(StrEnum):
    """Where the text of a column stands."""

    START = "start"
    CENTER = "center"
    END = "end"


class Heading(NamedTuple):
    """The heading of a part of the page; ``level`` 2 or 3."""

    text: str
    level: int = 2


class Paragraph(NamedTuple):
    """Some sentences."""

    text: str
    tone: Tone = Tone.PLAIN


class Cell(NamedTuple):
    """One place of a table."""

    text: str
    tone: Tone = Tone.PLAIN


class Column(NamedTuple):
    """The head of a column. A ``short`` column keeps its text on one line; numbers stand at the end."""

    title: str
    align: Align = Align.START
    short: bool = False


class Table(NamedTuple):
    """Rows of cells, as many in each as there are columns. The first column names the row."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


class GridCell(NamedTuple):
    """A stretch of ``span`` columns of a calendar: a short mark, a note below it, and all of it in words."""

    span: int = 1
    mark: str = ""
    note: str = ""
    words: str = ""
    tone: Tone = Tone.PLAIN


class GridRow(NamedTuple):
    """A row of a calendar; without cells it is a heading of the rows below it."""

    label: str
    cells: tuple[GridCell, ...] = ()
    inner: bool = False


class Grid(NamedTuple):
    """A calendar. The spans of each row's cells fill the columns. ``legend`` explains the marks."""

    caption: str
    corner: str
    columns: tuple[str, ...]
    rows: tuple[GridRow, ...]
    legend: tuple[GridCell, ...]


class Series(NamedTuple):
    """One value per category."""

    name: str
    tone: Tone
    values: tuple[int, ...]


class Bars(NamedTuple):
    """Stacked bars; ``alternative`` says in words what they show."""

    caption: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    alternative: str


class Item(NamedTuple):
    """An entry of a list: a tag that says its tone, a title, a code, and lines below it."""

    tag: str
    title: str
    tone: Tone = Tone.PLAIN
    code: str = ""
    details: tuple[str, ...] = ()


class Items(NamedTuple):
    """A list; ``empty`` stands there instead when it has no items.

    With ``folded``, the words that stand for it, it is closed at first where a page can be opened and closed.
    """

    items: tuple[Item, ...]
    empty: str = ""
    folded: str = ""


class KeyValues(NamedTuple):
    """Names with their values; ``figures`` are numbers that are to catch the eye."""

    pairs: tuple[tuple[str, Cell], ...]
    figures: bool = False


Block: TypeAlias = Heading | Paragraph | Table | Grid | Bars | Items | KeyValues


class Page(NamedTuple):
    """A whole page."""

    title: str
    subtitle: str
    blocks: tuple[Block, ...]
