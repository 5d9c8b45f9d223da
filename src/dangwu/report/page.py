"""A page as plain values: what is shown, and nothing about how. All text is already in one language."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias


class Tone(StrEnum):
    """What a text means to its reader. Renderers choose colour and weight, and never colour alone."""

    PLAIN = "plain"
    STRONG = "strong"
    QUIET = "quiet"
    GOOD = "good"
    WARN = "warn"
    BAD = "bad"
    OPEN = "open"
    WAIVED = "waived"


class Align(StrEnum):
    """Where the text of a column stands."""

    START = "start"
    CENTER = "center"
    END = "end"


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of a part of the page; ``level`` 2 or 3."""

    text: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Some sentences."""

    text: str
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class Cell:
    """One place of a table."""

    text: str
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class Column:
    """The head of a column. A ``short`` column keeps its text on one line; numbers stand at the end."""

    title: str
    align: Align = Align.START
    short: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells, as many in each as there are columns. The first column names the row."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GridCell:
    """A stretch of ``span`` columns of a calendar: a short mark, a note below it, and all of it in words."""

    span: int = 1
    mark: str = ""
    note: str = ""
    words: str = ""
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row of a calendar; without cells it is a heading of the rows below it."""

    label: str
    cells: tuple[GridCell, ...] = ()
    inner: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A calendar. The spans of each row's cells fill the columns. ``legend`` explains the marks."""

    caption: str
    corner: str
    columns: tuple[str, ...]
    rows: tuple[GridRow, ...]
    legend: tuple[GridCell, ...]


@dataclass(frozen=True, slots=True)
class Series:
    """One value per category."""

    name: str
    tone: Tone
    values: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Bars:
    """Stacked bars; ``alternative`` says in words what they show."""

    caption: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    alternative: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An entry of a list: a tag that says its tone, a title, a code, and lines below it."""

    tag: str
    title: str
    tone: Tone = Tone.PLAIN
    code: str = ""
    details: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Items:
    """A list; ``empty`` stands there instead when it has no items."""

    items: tuple[Item, ...]
    empty: str = ""


@dataclass(frozen=True, slots=True)
class KeyValues:
    """Names with their values; ``figures`` are numbers that are to catch the eye."""

    pairs: tuple[tuple[str, Cell], ...]
    figures: bool = False


Block: TypeAlias = Heading | Paragraph | Table | Grid | Bars | Items | KeyValues


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A whole page."""

    title: str
    subtitle: str
    blocks: tuple[Block, ...]
