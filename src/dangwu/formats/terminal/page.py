"""Pages and findings on a terminal. Only Text objects reach rich: nothing from a record is read as markup."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from dangwu.formats.code_frame import MOST_SHOWN, format_finding_lines, format_summary_line, format_unlisted_line
from dangwu.formats.safe_text import make_one_line, make_safe_text
from dangwu.formats.terminal.bars import render_bar_lines
from dangwu.formats.terminal.grid import render_grid_lines
from dangwu.formats.terminal.table import render_table_lines
from dangwu.formats.text_layout import measure_width, wrap_text
from dangwu.pages.page import (
    Bars,
    Grid,
    Heading,
    Items,
    KeyValues,
    Paragraph,
    Prose,
    Table,
    Tone,
    Trend,
    build_number_table,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from rich.console import Console

    from dangwu.language import Language
    from dangwu.model.results import CheckResult
    from dangwu.pages.page import Block, Page

TONE_STYLES = {
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

ScreenLine: TypeAlias = "Iterable[tuple[str, Tone]]"

_INDENT = 4
_UNBROKEN_WIDTH = 100_000


def show_page(page: Page, console: Console) -> None:
    """Write a page to the console. Anything but a terminal gets sentences unbroken, so that they can be searched."""
    room = console.width if console.is_terminal else _UNBROKEN_WIDTH
    for line in render_page_lines(page, console.width, room):
        _write_line(console, line)


def show_findings(
    checked: CheckResult, lang: Language, console: Console, read: Callable[[str], bytes | None] | None = None
) -> None:
    """Write every finding with its frame, then the summary. ``read`` gives the bytes of a file by its path."""
    for finding in checked.findings[:MOST_SHOWN]:
        raw = read(finding.source.path) if read else None
        for line in format_finding_lines(finding, lang, raw, console.width):
            _write_line(console, line)
        _write_line(console, ())
    if unlisted := format_unlisted_line(checked, lang):
        _write_line(console, unlisted)
        _write_line(console, ())
    _write_line(console, format_summary_line(checked, lang))


def show_lines(lines: Iterable[ScreenLine], console: Console) -> None:
    """Write lines as they are, each piece in its tone."""
    for line in lines:
        _write_line(console, line)


def render_page_lines(page: Page, columns: int, room: int) -> Iterator[ScreenLine]:
    """Yield the page's lines: tables and calendars within ``columns``, sentences within ``room``."""
    yield from _render_sentence(page.title, Tone.STRONG, room)
    if page.subtitle:
        yield from _render_sentence(page.subtitle, Tone.QUIET, room)
    for block in page.blocks:
        if not isinstance(block, Paragraph):
            yield []
        yield from _render_block(block, columns, room)


def _write_line(console: Console, line: ScreenLine) -> None:
    from rich.text import Text  # noqa: PLC0415

    text = Text()
    for piece, tone in line:
        text.append(piece, TONE_STYLES[tone])
    text.rstrip()
    console.print(text, soft_wrap=True, markup=False, emoji=False, highlight=False)


def _render_block(block: Block, columns: int, room: int) -> Iterator[ScreenLine]:
    match block:
        case Heading():
            yield from _render_sentence(block.text, Tone.STRONG, room)
            yield [("-" * min(measure_width(make_one_line(block.text)), columns), Tone.QUIET)]
        case Paragraph():
            yield from _render_sentence(block.text, block.tone, room)
        case Prose():
            yield from _own_words(block, room)
        case Table() | Trend():
            yield from render_table_lines(build_number_table(block) if isinstance(block, Trend) else block, columns)
        case Grid():
            yield from render_grid_lines(block, columns)
        case Bars():
            yield from render_bar_lines(block, columns)
        case Items():
            yield from _render_items(block, room)
        case KeyValues():
            yield from _render_figures(block, columns) if block.figures else _render_pairs(block, room)


def _render_sentence(text: str, tone: Tone, room: int) -> Iterator[ScreenLine]:
    for line in wrap_text(make_one_line(text), room):
        yield [(line, tone)]


def _own_words(block: Prose, room: int) -> Iterator[ScreenLine]:
    from dangwu.model.body import Code, flatten_parts  # noqa: PLC0415 - most pages have none

    if isinstance(block.part, Code):
        # Blanks at the beginning and the breaks of lines mean something here.
        yield from ([(make_safe_text(line), Tone.PLAIN)] for line in block.part.text.expandtabs().split("\n"))
        return
    for line in flatten_parts((block.part,)):
        yield from _render_sentence(line, Tone.PLAIN, room)


def _render_items(items: Items, room: int) -> Iterator[ScreenLine]:
    if not items.items:
        yield from _render_sentence(items.empty, Tone.QUIET, room)
    for item in items.items:
        tag, title, code = f"[{make_one_line(item.tag)}] ", make_one_line(item.title), make_one_line(item.code)
        first, *more = wrap_text(title, room - measure_width(tag))
        last = ("  " + code, Tone.QUIET) if code else ("", Tone.PLAIN)
        fits = measure_width(tag) + measure_width(first) + measure_width(code) + 2 <= room
        yield [(tag, item.tone), (first, Tone.STRONG), *([last] if not more and fits else [])]
        yield from ([(" " * _INDENT + line, Tone.STRONG)] for line in more)
        if code and (more or not fits):
            yield [(" " * _INDENT + code, Tone.QUIET)]
        for detail in item.details:
            yield from (
                [(" " * _INDENT + line, Tone.PLAIN)] for line in wrap_text(make_one_line(detail), room - _INDENT)
            )


def _render_figures(block: KeyValues, columns: int) -> Iterator[ScreenLine]:
    line: list[tuple[str, Tone]] = []
    used = 0
    for key, cell in block.pairs:
        name, value = make_one_line(key), make_one_line(cell.text)
        width = measure_width(name) + measure_width(value) + 4
        if line and used + width > columns:
            yield line
            line, used = [], 0
        line.extend([(f"{name} ", Tone.QUIET), (value, cell.tone), ("   ", Tone.PLAIN)])
        used += width
    yield line


def _render_pairs(block: KeyValues, room: int) -> Iterator[ScreenLine]:
    width = max((measure_width(make_one_line(key)) for key, _ in block.pairs), default=0) + 2
    for key, cell in block.pairs:
        name = make_one_line(key)
        for number, line in enumerate(wrap_text(make_one_line(cell.text), max(10, room - width))):
            lead = "" if number else name
            yield [(lead + " " * (width - measure_width(lead)), Tone.QUIET), (line, cell.tone)]
