"""Pages and findings on a terminal. Only Text objects reach rich: nothing from a record is read as markup."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from dangwu.formats.code_frame import finding_lines, summary_line
from dangwu.formats.safe_text import one_line
from dangwu.formats.terminal.bars import bar_lines
from dangwu.formats.terminal.grid import grid_lines
from dangwu.formats.terminal.table import table_lines
from dangwu.formats.text_width import width
from dangwu.formats.wrap import wrapped
from dangwu.pages.charts.numbers import numbers
from dangwu.pages.page import Bars, Grid, Heading, Items, KeyValues, Paragraph, Prose, Table, Trend
from dangwu.pages.tone import Tone

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from rich.console import Console

    from dangwu.language import Language
    from dangwu.model.results import Checked
    from dangwu.pages.page import Block, Page

STYLES = {
    Tone.PLAIN: "",
    Tone.STRONG: "bold",
    Tone.QUIET: "dim",
    Tone.GOOD: "green",
    Tone.WARN: "yellow",
    Tone.BAD: "bold red",
    Tone.OPEN: "cyan",
    Tone.WAIVED: "magenta",
}
"""The sixteen colours only, so that a person's own scheme decides how they look."""

Line: TypeAlias = "Iterable[tuple[str, Tone]]"

_INDENT = 4
_UNBROKEN = 100_000


def show_page(page: Page, console: Console) -> None:
    """Write a page to the console. Anything but a terminal gets sentences unbroken, so that they can be searched."""
    room = console.width if console.is_terminal else _UNBROKEN
    for line in page_lines(page, console.width, room):
        _write(console, line)


def show_findings(
    checked: Checked, lang: Language, console: Console, read: Callable[[str], bytes | None] | None = None
) -> None:
    """Write every finding with its frame, then the summary. ``read`` gives the bytes of a file by its path."""
    for finding in checked.findings:
        raw = read(finding.source.path) if read else None
        for line in finding_lines(finding, lang, raw, console.width):
            _write(console, line)
        _write(console, ())
    _write(console, summary_line(checked, lang))


def page_lines(page: Page, columns: int, room: int) -> Iterator[Line]:
    """Yield the page's lines: tables and calendars within ``columns``, sentences within ``room``."""
    yield from _sentence(page.title, Tone.STRONG, room)
    if page.subtitle:
        yield from _sentence(page.subtitle, Tone.QUIET, room)
    for block in page.blocks:
        if not isinstance(block, Paragraph):
            yield []
        yield from _block(block, columns, room)


def _write(console: Console, line: Line) -> None:
    from rich.text import Text  # noqa: PLC0415

    text = Text()
    for piece, tone in line:
        text.append(piece, STYLES[tone])
    text.rstrip()
    console.print(text, soft_wrap=True, markup=False, emoji=False, highlight=False)


def _block(block: Block, columns: int, room: int) -> Iterator[Line]:
    match block:
        case Heading():
            yield from _sentence(block.text, Tone.STRONG, room)
            yield [("-" * min(width(one_line(block.text)), columns), Tone.QUIET)]
        case Paragraph():
            yield from _sentence(block.text, block.tone, room)
        case Prose():
            yield from _own_words(block, room)
        case Table() | Trend():
            yield from table_lines(numbers(block) if isinstance(block, Trend) else block, columns)
        case Grid():
            yield from grid_lines(block, columns)
        case Bars():
            yield from bar_lines(block, columns)
        case Items():
            yield from _items(block, room)
        case KeyValues():
            yield from _figures(block, columns) if block.figures else _pairs(block, room)


def _sentence(text: str, tone: Tone, room: int) -> Iterator[Line]:
    for line in wrapped(one_line(text), room):
        yield [(line, tone)]


def _own_words(block: Prose, room: int) -> Iterator[Line]:
    from dangwu.model.body import plain_lines  # noqa: PLC0415 - most pages have none

    for line in plain_lines((block.part,)):
        yield from _sentence(line, Tone.PLAIN, room)


def _items(items: Items, room: int) -> Iterator[Line]:
    if not items.items:
        yield from _sentence(items.empty, Tone.QUIET, room)
    for item in items.items:
        tag, title, code = f"[{one_line(item.tag)}] ", one_line(item.title), one_line(item.code)
        first, *more = wrapped(title, room - width(tag))
        last = ("  " + code, Tone.QUIET) if code else ("", Tone.PLAIN)
        fits = width(tag) + width(first) + width(code) + 2 <= room
        yield [(tag, item.tone), (first, Tone.STRONG), *([last] if not more and fits else [])]
        yield from ([(" " * _INDENT + line, Tone.STRONG)] for line in more)
        if code and (more or not fits):
            yield [(" " * _INDENT + code, Tone.QUIET)]
        for detail in item.details:
            yield from ([(" " * _INDENT + line, Tone.PLAIN)] for line in wrapped(one_line(detail), room - _INDENT))


def _figures(block: KeyValues, columns: int) -> Iterator[Line]:
    line: list[tuple[str, Tone]] = []
    used = 0
    for key, cell in block.pairs:
        name, value = one_line(key), one_line(cell.text)
        wide = width(name) + width(value) + 4
        if line and used + wide > columns:
            yield line
            line, used = [], 0
        line.extend([(f"{name} ", Tone.QUIET), (value, cell.tone), ("   ", Tone.PLAIN)])
        used += wide
    yield line


def _pairs(block: KeyValues, room: int) -> Iterator[Line]:
    wide = max((width(one_line(key)) for key, _ in block.pairs), default=0) + 2
    for key, cell in block.pairs:
        name = one_line(key)
        for number, line in enumerate(wrapped(one_line(cell.text), max(10, room - wide))):
            lead = "" if number else name
            yield [(lead + " " * (wide - width(lead)), Tone.QUIET), (line, cell.tone)]
