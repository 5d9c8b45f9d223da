"""Pages and findings on a terminal. Only Text objects reach rich: nothing from a record is read as markup."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.report.frame import finding_lines, summary_line
from dangwu.report.page import Align, Bars, Grid, Heading, Items, KeyValues, Paragraph, Table, Tone
from dangwu.report.safe import one_line
from dangwu.report.terminal_grid import grid_lines
from dangwu.report.width import width

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from rich.console import Console, RenderableType
    from rich.text import Text

    from dangwu.lang import Language
    from dangwu.model.result import Checked
    from dangwu.report.frame import Line
    from dangwu.report.page import Block, Cell, Page

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

_NARROW = 12
_BAR = {Tone.GOOD: "#", Tone.WAIVED: "/", Tone.BAD: "!"}


def show_page(page: Page, console: Console) -> None:
    """Write a page to the console. On anything but a terminal long sentences stay on one line."""
    _line(console, text((one_line(page.title), Tone.STRONG)))
    _line(console, text((one_line(page.subtitle), Tone.QUIET)))
    for block in page.blocks:
        if isinstance(block, Heading):
            console.print()
            _line(console, text((one_line(block.text), Tone.STRONG)))
            _line(console, text(("-" * min(width(one_line(block.text)), console.width), Tone.QUIET)))
            continue
        if not isinstance(block, Paragraph):
            console.print()
        for each in _block(block, console.width):
            _line(console, each)
    console.print()


def show_findings(
    checked: Checked, lang: Language, console: Console, read: Callable[[str], bytes | None] | None = None
) -> None:
    """Write every finding with its frame, then the summary. ``read`` gives the bytes of a file by its path."""
    for finding in checked.findings:
        raw = read(finding.source.path) if read else None
        for line in finding_lines(finding, lang, raw, console.width):
            _line(console, _joined(line))
        console.print()
    _line(console, _joined(summary_line(checked, lang)))


def text(*parts: tuple[str, Tone]) -> Text:
    """Return pieces with their tones as one Text. The pieces are already safe."""
    from rich.text import Text  # noqa: PLC0415

    joined = Text(no_wrap=False, overflow="fold")
    for piece, tone in parts:
        joined.append(piece, STYLES[tone])
    return joined


def _joined(line: Line) -> Text:
    return text(*((part.text, part.tone) for part in line))


def _line(console: Console, what: RenderableType) -> None:
    console.print(what, soft_wrap=not console.is_terminal, markup=False, emoji=False, highlight=False)


def _block(block: Block, columns: int) -> Iterator[RenderableType]:
    match block:
        case Paragraph():
            yield text((one_line(block.text), block.tone))
        case Table():
            yield from _table(block, columns)
        case Grid():
            for line in grid_lines(block, columns):
                yield text(*line)
        case Bars():
            yield from _bars(block, columns)
        case Items():
            yield from _items(block)
        case KeyValues():
            yield from _pairs(block)
        case Heading():  # pragma: no cover - show_page has its own way
            return


def _items(items: Items) -> Iterator[RenderableType]:
    from rich.padding import Padding  # noqa: PLC0415

    if not items.items:
        yield text((one_line(items.empty), Tone.QUIET))
    for item in items.items:
        code = (f"  {one_line(item.code)}", Tone.QUIET)
        tag = (f"[{one_line(item.tag)}] ", item.tone)
        yield text(tag, (one_line(item.title), Tone.STRONG), *([code] if item.code else []))
        for detail in item.details:
            yield Padding(text((one_line(detail), Tone.PLAIN)), (0, 0, 0, 4), expand=False)


def _pairs(block: KeyValues) -> Iterator[RenderableType]:
    if block.figures:
        parts: list[tuple[str, Tone]] = []
        for key, cell in block.pairs:
            parts.extend([(f"{one_line(key)} ", Tone.QUIET), (one_line(cell.text), cell.tone), ("   ", Tone.PLAIN)])
        yield text(*parts[:-1])
        return
    wide = max((width(one_line(key)) for key, _ in block.pairs), default=0)
    for key, cell in block.pairs:
        name = one_line(key)
        yield text((name + " " * (wide - width(name) + 2), Tone.QUIET), (one_line(cell.text), cell.tone))


def _bars(bars: Bars, columns: int) -> Iterator[RenderableType]:
    yield text((one_line(bars.caption), Tone.STRONG))
    names = [one_line(each) for each in bars.categories]
    wide = max((width(name) for name in names), default=0)
    totals = [sum(each.values[number] for each in bars.series) for number in range(len(names))]
    room = max(10, min(60, columns - wide - 24))
    unit = max(1, -(-max(totals, default=0) // room))
    for number, name in enumerate(names):
        parts = [(" " * (wide - width(name)) + name + "  ", Tone.QUIET)]
        parts.extend((_BAR.get(s.tone, "#") * -(-s.values[number] // unit), s.tone) for s in bars.series)
        values = "/".join(str(each.values[number]) for each in bars.series)
        yield text(*parts, (f"  {values}" if totals[number] else "", Tone.QUIET))
    yield text(*((f"{_BAR.get(each.tone, '#')} {one_line(each.name)}   ", each.tone) for each in bars.series))


def _table(table: Table, columns: int) -> Iterator[RenderableType]:
    yield text((one_line(table.caption), Tone.STRONG))
    shown = [[one_line(cell.text) for cell in row] for row in table.rows]
    heads = [one_line(column.title) for column in table.columns]
    if _least(table, shown, heads) <= columns:
        yield _ruled(table, heads)
    else:
        yield from _stacked(table.rows, heads)


def _least(table: Table, rows: Sequence[Sequence[str]], heads: Sequence[str]) -> int:
    """Return the columns that the table needs: short columns whole, the others at least legible."""
    needed = 2 * (len(heads) - 1)
    for number, column in enumerate(table.columns):
        widest = max((width(row[number]) for row in rows), default=0)
        needed += max(widest, width(heads[number])) if column.short else min(widest, _NARROW)
    return needed


def _ruled(table: Table, heads: Sequence[str]) -> RenderableType:
    from rich.box import Box  # noqa: PLC0415
    from rich.table import Table as RichTable  # noqa: PLC0415

    # Only ASCII: terminals disagree about the width of the line-drawing characters beside Chinese text.
    rules = Box("    \n    \n -- \n    \n    \n    \n    \n    \n", ascii=True)
    drawn = RichTable(box=rules, show_edge=False, pad_edge=False, padding=(0, 1), header_style="")
    for column, head in zip(table.columns, heads, strict=True):
        drawn.add_column(
            text((head, Tone.QUIET)),
            justify={Align.START: "left", Align.CENTER: "center", Align.END: "right"}[column.align],
            no_wrap=column.short,
            overflow="fold",
            min_width=None if column.short else 4,
        )
    for row in table.rows:
        drawn.add_row(*(text((one_line(cell.text), cell.tone)) for cell in row))
    return drawn


def _stacked(rows: Sequence[Sequence[Cell]], heads: Sequence[str]) -> Iterator[RenderableType]:
    """Yield each row as a few lines: where the console is too narrow for columns."""
    from rich.padding import Padding  # noqa: PLC0415

    for row in rows:
        yield text((one_line(row[0].text), Tone.STRONG))
        parts: list[tuple[str, Tone]] = []
        for head, cell in zip(heads[1:], row[1:], strict=True):
            if cell.text:
                parts.extend([(f"{head} ", Tone.QUIET), (one_line(cell.text), cell.tone), ("  ", Tone.PLAIN)])
        yield Padding(text(*parts[:-1]), (0, 0, 0, 4), expand=False)
