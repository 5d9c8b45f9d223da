"""A page as plain values: what is shown, and nothing about how. All text is already in one language."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from dangwu.pages.tone import Tone

if TYPE_CHECKING:
    from dangwu.model.body import Part, Spans


class Align(StrEnum):
    """Where the text of a column stands."""

    START = "start"
    CENTER = "center"
    END = "end"


class Link(NamedTuple):
    """A way to another place of the page. Where nothing bears the anchor ``target``, only the text is shown."""

    text: str
    target: str


class Heading(NamedTuple):
    """The heading of a part of the page; ``level`` 2 or 3. ``kinds`` are what filters know the whole part by."""

    text: str
    level: int = 2
    kinds: tuple[str, ...] = ()


class Paragraph(NamedTuple):
    """Some sentences."""

    text: str
    tone: Tone = Tone.PLAIN


class Prose(NamedTuple):
    """What a record says in its own words, and how they look: a paragraph, list, quotation or piece of code."""

    part: Part


class Cell(NamedTuple):
    """One place of a table. ``anchor`` is what links lead to it by, ``target`` the anchor of what it leads to.

    ``kinds`` of the first cell of a row are what filters know the row by. ``spans`` are the text as it looks, where it
    has a look.
    """

    text: str
    tone: Tone = Tone.PLAIN
    anchor: str = ""
    target: str = ""
    kinds: tuple[str, ...] = ()
    spans: Spans = ()


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
    """A stretch of ``span`` columns of a calendar: a short mark, a note below it, and all of it in words.

    ``target`` is the anchor of what it leads to, ``kinds`` what filters know it by. The first cell that leads to a
    target bears the anchor ``back_to(target)``.
    """

    span: int = 1
    mark: str = ""
    note: str = ""
    words: str = ""
    tone: Tone = Tone.PLAIN
    target: str = ""
    kinds: tuple[str, ...] = ()


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
    """One value per category, None where there is none."""

    name: str
    tone: Tone
    values: tuple[float | None, ...]


class Bars(NamedTuple):
    """Stacked bars; ``alternative`` says in words what they show.

    ``unit`` is the word after a value. ``reference`` is a line to read the bars against: its name and its value.
    """

    caption: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    alternative: str
    unit: str = ""
    reference: tuple[str, float] | None = None

    @property
    def totals(self) -> tuple[float, ...]:
        """How long the bar of each category is."""
        return tuple(sum(each.values[at] or 0 for each in self.series) for at in range(len(self.categories)))


class Trend(NamedTuple):
    """Lines over years, all in one unit; a line has a gap where there is no value. The scale begins at zero."""

    caption: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    alternative: str
    unit: str = ""


class Item(NamedTuple):
    """An entry of a list: a tag that says its tone, a title, a code, and lines and links below it.

    ``anchor`` is what links lead to it by, ``target`` the anchor of what it leads to, ``kinds`` are what filters know
    it by.
    """

    tag: str
    title: str
    tone: Tone = Tone.PLAIN
    code: str = ""
    details: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    anchor: str = ""
    target: str = ""
    kinds: tuple[str, ...] = ()


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


Block: TypeAlias = Heading | Paragraph | Prose | Table | Grid | Bars | Trend | Items | KeyValues


def format_back_anchor(target: str) -> str:
    """Return the anchor of the cell of a calendar that leads to a target."""
    return f"at-{target}"


class Filter(NamedTuple):
    """What a reader may look at alone: kinds with their words, ``everything`` the word for all of them.

    A kind is written ``<key>-<name>`` in the letters of identifiers. What bears no kind of ``key`` always stays.
    """

    key: str
    title: str
    everything: str
    choices: tuple[tuple[str, str], ...]


class Page(NamedTuple):
    """A whole page. ``filters`` are for renderers whose pages can be used; the others show everything."""

    title: str
    subtitle: str
    blocks: tuple[Block, ...]
    filters: tuple[Filter, ...] = ()
