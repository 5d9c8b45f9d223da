"""A page as GitHub-flavoured Markdown. Nothing that came from a record can act as Markdown or HTML."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dangwu.formats.safe_text import one_line
from dangwu.pages.charts.numbers import figure, numbers
from dangwu.pages.page import Align, Bars, Block, Grid, Heading, Items, KeyValues, Paragraph, Prose, Table, Trend
from dangwu.pages.wording.states import SAME_PERIOD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dangwu.language import Language
    from dangwu.pages.page import Page

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&@$])|(?<=[A-Za-z])(:)(?=//)|(?<=\bwww)(\.)", re.IGNORECASE)
_NAMED = re.compile(r"(?<![A-Za-z0-9])\\@(?=[A-Za-z0-9])|\\#(?=[0-9])")
_APART = "&#8203;"
"""A space of no width. Forges look for names to notify and for numbers to link after reading Markdown, so that a
backslash does not keep them from it (github/cmark-gfm, issues 181 and 389)."""
_START = re.compile(r"^(\d+)([.)])|^([-+=])")
_RULES = {Align.START: "---", Align.CENTER: ":-:", Align.END: "--:"}
_SAME = "="


def markdown(page: Page, lang: Language) -> str:
    """Return the page as Markdown ending in one line feed."""
    parts = [f"# {_inline(page.title)}", _start(_inline(page.subtitle))]
    for block in page.blocks:
        parts.extend(_block(block, lang))
    return "\n\n".join(part for part in parts if part) + "\n"


def _block(block: Block, lang: Language) -> Iterator[str]:
    match block:
        case Heading():
            yield f"{'#' * block.level} {_inline(block.text)}"
        case Paragraph():
            yield _start(_inline(block.text))
        case Prose():
            yield from map(_start, map(_inline, _own_words(block)))
        case Table():
            yield from _titled(block)
        case Grid():
            yield from _grid(block, lang)
        case Bars() | Trend():
            yield from _titled(numbers(block))
            if isinstance(block, Bars) and block.reference:
                name, value = block.reference
                yield _start(_inline(f"{name}: {figure(value)} {block.unit}".strip()))
        case Items():
            shown = "\n".join(_items(block)) or _start(_inline(block.empty))
            # An empty line on both sides lets forges read what is inside as Markdown.
            summary = f"<details><summary>{_inline(block.folded)}</summary>"
            yield f"{summary}\n\n{shown}\n\n</details>" if block.folded else shown
        case KeyValues():
            yield "\n".join(f"- {_inline(key)}: **{_inline(cell.text)}**" for key, cell in block.pairs)


def _own_words(block: Prose) -> Iterator[str]:
    from dangwu.model.body import plain_lines  # noqa: PLC0415 - most pages have none

    return plain_lines((block.part,))


def _titled(table: Table) -> Iterator[str]:
    yield f"**{_inline(table.caption)}**"
    heads = [_inline(column.title) for column in table.columns]
    rows = [[_inline(cell.text) for cell in row] for row in table.rows]
    yield _table(heads, [column.align for column in table.columns], rows)


def _grid(grid: Grid, lang: Language) -> Iterator[str]:
    yield f"**{_inline(grid.caption)}**"
    rows = []
    spread = False
    for row in grid.rows:
        cells: list[str] = []
        for cell in row.cells:
            more = _SAME if cell.mark else ""
            spread = spread or (bool(more) and cell.span > 1)
            cells.extend([_inline(f"{cell.mark} {cell.note}".strip()), *[more] * (cell.span - 1)])
        label = _inline(row.label)
        rows.append([label if row.inner else f"**{label}**", *cells, *[""] * (len(grid.columns) - len(cells))])
    heads = [_inline(grid.corner), *(_inline(each) for each in grid.columns)]
    yield _table(heads, [Align.START, *(Align.CENTER for _ in grid.columns)], rows)
    if not grid.legend:
        return
    legend = [f"{_inline(each.mark)} {_inline(each.words)}" for each in grid.legend]
    if spread:
        legend.append(f"{_SAME} {lang.text(SAME_PERIOD)}")
    yield _start("; ".join(legend))


def _items(items: Items) -> Iterator[str]:
    for item in items.items:
        code = f" ({_inline(item.code)})" if item.code else ""
        yield f"- **{_inline(item.tag)}** {_inline(item.title)}{code}"
        for detail in item.details:
            yield f"  - {_start(_inline(detail))}"


def _table(heads: Iterable[str], aligns: Iterable[Align], rows: Sequence[Sequence[str]]) -> str:
    lines = [_row(heads), _row(_RULES[align] for align in aligns), *(_row(row) for row in rows)]
    return "\n".join(lines)


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _inline(text: str) -> str:
    escaped = _SPECIAL.sub(lambda match: f"\\{match.group()}", one_line(text))
    return _NAMED.sub(rf"\g<0>{_APART}", escaped)


def _start(text: str) -> str:
    """Return text that does not begin as a list or a rule would."""
    return _START.sub(lambda match: f"{match[1]}\\{match[2]}" if match[1] else f"\\{match[3]}", text)
