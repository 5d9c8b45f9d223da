"""A page as GitHub-flavoured Markdown, with record text escaped so that it is neither Markdown nor HTML."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dangwu.formats.safe_text import make_one_line, make_safe_text
from dangwu.pages.page import (
    Align,
    Bars,
    Block,
    Grid,
    Heading,
    Items,
    KeyValues,
    Paragraph,
    Prose,
    Table,
    Trend,
    build_number_table,
)
from dangwu.pages.wording.states import SAME_PERIOD
from dangwu.pages.wording.values import format_figure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dangwu.language import Language
    from dangwu.pages.page import Page

_SPECIAL_CHARACTER = re.compile(r"([\\`*_{}\[\]<>#|~&@$])|(?<=[A-Za-z])(:)(?=//)|(?<=\bwww)(\.)", re.IGNORECASE)
_MENTION = re.compile(r"(?<![A-Za-z0-9])\\@(?=[A-Za-z0-9])|\\#(?=[0-9])")
_ZERO_WIDTH_SPACE = "&#8203;"
"""Put behind @ and #: forges look for names to notify and numbers to link after parsing Markdown, so that a backslash
does not stop them (github/cmark-gfm, issues 181 and 389)."""
_BLOCK_START = re.compile(r"^(\d+)([.)])|^([-+=])")
_ALIGN_RULES = {Align.START: "---", Align.CENTER: ":-:", Align.END: "--:"}
_SAME_PERIOD_MARK = "="


def render_markdown(page: Page, lang: Language) -> str:
    """Return the page as Markdown ending in one line feed."""
    parts = [f"# {_escape_inline(page.title)}", _escape_start(_escape_inline(page.subtitle))]
    for block in page.blocks:
        parts.extend(_render_block(block, lang))
    return "\n\n".join(part for part in parts if part) + "\n"


def _render_block(block: Block, lang: Language) -> Iterator[str]:
    match block:
        case Heading():
            yield f"{'#' * block.level} {_escape_inline(block.text)}"
        case Paragraph():
            yield _escape_start(_escape_inline(block.text))
        case Prose():
            yield from _render_own_words(block)
        case Table():
            yield from _render_titled_table(block)
        case Grid():
            yield from _render_grid(block, lang)
        case Bars() | Trend():
            yield from _render_titled_table(build_number_table(block))
            if isinstance(block, Bars) and block.reference:
                name, value = block.reference
                yield _escape_start(_escape_inline(f"{name}: {format_figure(value)} {block.unit}".strip()))
        case Items():
            shown = "\n".join(_render_items(block)) or _escape_start(_escape_inline(block.empty))
            # Forges parse the content as Markdown only with an empty line on both sides.
            summary = f"<details><summary>{_escape_inline(block.folded)}</summary>"
            yield f"{summary}\n\n{shown}\n\n</details>" if block.folded else shown
        case KeyValues():
            yield "\n".join(f"- {_escape_inline(key)}: **{_escape_inline(cell.text)}**" for key, cell in block.pairs)


def _render_own_words(block: Prose) -> Iterator[str]:
    from dangwu.model.body import Code, flatten_parts  # noqa: PLC0415 - most pages have none

    if isinstance(block.part, Code):
        yield _fence(block.part.text)
        return
    yield from map(_escape_start, map(_escape_inline, flatten_parts((block.part,))))


def _fence(text: str) -> str:
    """Return text as a block that is shown as it is; its fence is longer than any run of backquotes in it."""
    longest = max(map(len, re.findall("`+", text)), default=0)
    fence = "`" * max(longest + 1, 3)
    return "\n".join([fence, *map(make_safe_text, text.expandtabs().split("\n")), fence])


def _render_titled_table(table: Table) -> Iterator[str]:
    yield f"**{_escape_inline(table.caption)}**"
    heads = [_escape_inline(column.title) for column in table.columns]
    rows = [[_escape_inline(cell.text) for cell in row] for row in table.rows]
    yield _render_table(heads, [column.align for column in table.columns], rows)


def _render_grid(grid: Grid, lang: Language) -> Iterator[str]:
    yield f"**{_escape_inline(grid.caption)}**"
    rows = []
    has_spans = False
    for row in grid.rows:
        cells: list[str] = []
        for cell in row.cells:
            more = _SAME_PERIOD_MARK if cell.mark else ""
            has_spans = has_spans or (bool(more) and cell.span > 1)
            cells.extend([_escape_inline(f"{cell.mark} {cell.note}".strip()), *[more] * (cell.span - 1)])
        label = _escape_inline(row.label)
        rows.append([label if row.inner else f"**{label}**", *cells, *[""] * (len(grid.columns) - len(cells))])
    heads = [_escape_inline(grid.corner), *(_escape_inline(column) for column in grid.columns)]
    yield _render_table(heads, [Align.START, *(Align.CENTER for _ in grid.columns)], rows)
    if not grid.legend:
        return
    legend = [f"{_escape_inline(cell.mark)} {_escape_inline(cell.words)}" for cell in grid.legend]
    if has_spans:
        legend.append(f"{_SAME_PERIOD_MARK} {lang.text(SAME_PERIOD)}")
    yield _escape_start("; ".join(legend))


def _render_items(items: Items) -> Iterator[str]:
    for item in items.items:
        code = f" ({_escape_inline(item.code)})" if item.code else ""
        yield f"- **{_escape_inline(item.tag)}** {_escape_inline(item.title)}{code}"
        for detail in item.details:
            yield f"  - {_escape_start(_escape_inline(detail))}"


def _render_table(heads: Iterable[str], aligns: Iterable[Align], rows: Sequence[Sequence[str]]) -> str:
    lines = [
        _render_row(heads),
        _render_row(_ALIGN_RULES[align] for align in aligns),
        *(_render_row(row) for row in rows),
    ]
    return "\n".join(lines)


def _render_row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _escape_inline(text: str) -> str:
    escaped = _SPECIAL_CHARACTER.sub(lambda match: f"\\{match.group()}", make_one_line(text))
    return _MENTION.sub(rf"\g<0>{_ZERO_WIDTH_SPACE}", escaped)


def _escape_start(text: str) -> str:
    """Return text whose start is not read as a list or a rule."""
    return _BLOCK_START.sub(lambda match: f"{match[1]}\\{match[2]}" if match[1] else f"\\{match[3]}", text)
