"""A page as plain values, without any format. All text is already in one language."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from dangwu.pages.wording.values import format_figure


class Tone(StrEnum):
    """The weight of a text for its reader. Renderers choose colour and weight by it, and never colour alone."""

    PLAIN = "plain"
    STRONG = "strong"
    QUIET = "quiet"
    GOOD = "good"
    WARN = "warn"
    BAD = "bad"
    OPEN = "open"
    WAIVED = "waived"


if TYPE_CHECKING:
    from dangwu.model.body import Part, Spans


class Align(StrEnum):
    """The alignment of a column's text."""

    START = "start"
    CENTER = "center"
    END = "end"


class Link(NamedTuple):
    """A link within the page. Where the page has no anchor ``target``, only the text is shown."""

    text: str
    target: str


class Heading(NamedTuple):
    """The heading of a section; ``level`` is 2 or 3. ``kinds`` are the filter keys of the whole section."""

    text: str
    level: int = 2
    kinds: tuple[str, ...] = ()


class ScreenText(str):
    """A line for those who work in the repository: a command, a path, an id. Pages for paper leave it out."""

    __slots__ = ()


class Paragraph(NamedTuple):
    """One or more sentences. One ``for_screen`` is about commands and files, and is left out on paper."""

    text: str
    tone: Tone = Tone.PLAIN
    for_screen: bool = False


class Prose(NamedTuple):
    """What a record says in its own words, and how they look: a paragraph, list, quotation or piece of code."""

    part: Part


class Cell(NamedTuple):
    """A cell of a table. ``anchor`` is its own anchor, ``target`` the anchor it links to.

    ``kinds`` of the first cell of a row are the filter keys of the row. ``spans`` are the text with its marks, if any.
    """

    text: str
    tone: Tone = Tone.PLAIN
    anchor: str = ""
    target: str = ""
    kinds: tuple[str, ...] = ()
    spans: Spans = ()


class Column(NamedTuple):
    """The head of a column. A ``short`` column keeps its text on one line; numbers are aligned to the end.

    A column ``for_screen`` has paths or ids, and is left out on paper.
    """

    title: str
    align: Align = Align.START
    short: bool = False
    for_screen: bool = False


class Table(NamedTuple):
    """Rows with one cell per column. The first column names the row."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


class GridCell(NamedTuple):
    """A cell over ``span`` columns of a calendar: a short mark, a note below it, and the same in words.

    ``target`` is the anchor it links to, ``kinds`` are its filter keys. The first cell that links to a target has the
    anchor ``format_back_anchor(target)``.
    """

    span: int = 1
    mark: str = ""
    note: str = ""
    words: str = ""
    tone: Tone = Tone.PLAIN
    target: str = ""
    kinds: tuple[str, ...] = ()


class GridRow(NamedTuple):
    """A row of a calendar; without cells it is the heading of the rows below it. ``inner`` rows are indented."""

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
    """Stacked bars; ``alternative`` has the same values in words.

    ``unit`` is the word after a value. ``reference`` is a line to compare the bars with: its name and its value.
    """

    caption: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    alternative: str
    unit: str = ""
    reference: tuple[str, float] | None = None

    @property
    def totals(self) -> tuple[float, ...]:
        """The length of each category's bar."""
        return tuple(sum(series.values[at] or 0 for series in self.series) for at in range(len(self.categories)))


class Trend(NamedTuple):
    """Lines over years, all in one unit; a line has a gap where there is no value. The scale begins at zero."""

    caption: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    alternative: str
    unit: str = ""


class Item(NamedTuple):
    """An entry of a list: a tag with its tone, a title, a code, and lines and links below it.

    The code and a ``ScreenText`` among the lines are left out on paper.
    ``anchor`` is its own anchor, ``target`` the anchor it links to, ``kinds`` are its filter keys.
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
    """A list; ``empty`` is the sentence shown when it has no items.

    ``folded`` is the label under which it starts collapsed, in formats that can collapse a list.
    """

    items: tuple[Item, ...]
    empty: str = ""
    folded: str = ""


class KeyValues(NamedTuple):
    """Names with their values; with ``figures`` the values are key numbers, shown large."""

    pairs: tuple[tuple[str, Cell], ...]
    figures: bool = False


Block: TypeAlias = Heading | Paragraph | Prose | Table | Grid | Bars | Trend | Items | KeyValues


class Filter(NamedTuple):
    """A filter that a reader sets: ``choices`` are kinds with their labels, ``everything`` is the label for no filter.

    A kind is written ``<key>-<name>`` in ASCII letters and digits. What has no kind of this ``key`` is always shown.
    """

    key: str
    title: str
    everything: str
    choices: tuple[tuple[str, str], ...]


class Page(NamedTuple):
    """A whole page. ``filters`` are for interactive formats; the others show everything."""

    title: str
    subtitle: str
    blocks: tuple[Block, ...]
    filters: tuple[Filter, ...] = ()


def build_number_table(picture: Bars | Trend) -> Table:
    """Return the values of a chart as a table: a row for each category, a column for each series."""
    unit = f" ({picture.unit})" if picture.unit else ""
    heads = (Column(""), *(Column(series.name + unit, Align.END, short=True) for series in picture.series))
    rows = tuple(
        (Cell(name), *(_build_number_cell(series.values[number]) for series in picture.series))
        for number, name in enumerate(picture.categories)
    )
    return Table(picture.caption, heads, rows)


def _build_number_cell(value: float | None) -> Cell:
    return Cell(format_figure(value), Tone.PLAIN if value else Tone.QUIET)
