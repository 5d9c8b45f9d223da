"""A page with every block in every tone, small enough to be looked at from all sides."""

from __future__ import annotations

from dangwu.pages.body_blocks import build_body_blocks
from dangwu.pages.page import (
    Align,
    Bars,
    Block,
    Cell,
    Column,
    Filter,
    Grid,
    GridCell,
    GridRow,
    Heading,
    Item,
    Items,
    KeyValues,
    Link,
    Page,
    Paragraph,
    Series,
    Table,
    Tone,
    Trend,
)
from dangwu.parse.body import read_body

BODY = """
话，**决议**，*重点*，~~删~~，`x = 1`

- 甲
  1. 乙
  3. 丙

> 引文

```
第一行   对齐
```

| 项目 | 数 |
|------|--:|
| **设备** | 12 |
"""


def every_block() -> Page:
    """Return the page. What has a caption stands in it twice, what can have none has none."""
    prose = build_body_blocks(read_body(f"---\nkind: x\n---\n{BODY}".encode()))
    again = (
        Heading("第二节", kinds=("system-2",)), Heading("小节", 3), _table(), _table(), _grid(),
        Heading("小节", 3), _table(), Paragraph("完"),
    )  # fmt: skip
    filters = (
        Filter("system", "制度", "全部", (("system-1", "一"), ("system-2", "二"))),
        Filter("state", "状态", "全部", tuple((f"state-{at}", tone) for at, tone in enumerate(Tone))),
    )
    more = (Heading(f"第{number}节") for number in "三四五六七八")
    return Page("每一种", "云岭支部", (*_first(), *prose, *again, *more), filters)


def _first() -> tuple[Block, ...]:
    paragraphs = tuple(Paragraph(f"一段话 {tone}", tone) for tone in Tone)
    figures = tuple((f"名 {tone}", Cell("12", tone)) for tone in Tone)
    series = tuple(
        Series(tone, tone, (2.0, None, 3.0)) for tone in (Tone.GOOD, Tone.WARN, Tone.BAD, Tone.OPEN, Tone.QUIET)
    )
    years = ("2024", "2025", "2026")
    return (
        *paragraphs,
        KeyValues(figures, figures=True),
        KeyValues(figures),
        Heading("第一节", kinds=("system-1",)),
        _grid(),
        _table(),
        _items(),
        Items((), empty="没有"),
        Items(_items().items[:1], folded="较早的"),
        Bars("条形", years, series, "各年的数", "次", ("应有", 4.0)),
        Trend("折线", years, series, "各年的数", "次"),
    )


def _table() -> Table:
    columns = (Column(""), *(Column(align, align, short=align is Align.END) for align in Align))
    rows = tuple(
        (Cell(tone, tone, anchor=f"record-{tone}", kinds=(f"state-{at}",)), *(Cell("2026-03-12", tone) for _ in Align))
        for at, tone in enumerate(Tone)
    )
    return Table("同名的表", columns, rows)


def _grid() -> Grid:
    cells = tuple(
        GridCell(1, "✓", "1-12", f"完成 {tone}", tone, f"duty-{tone}", (f"state-{at}",)) for at, tone in enumerate(Tone)
    )
    rows = (GridRow("一部分"), GridRow("一行", cells), GridRow("内行", cells, inner=True))
    return Grid("日历", "事项", tuple(f"{month}月" for month in range(1, len(cells) + 1)), rows, cells)


def _items() -> Items:
    items = (
        Item(
            f"标 {tone}", "题目", tone, f"3.{at}", ("截至 2026-03-12", "次行"), (Link("记录", f"record-{tone}"),),
            f"duty-{tone}", f"at-duty-{tone}", (f"state-{at}",),
        )
        for at, tone in enumerate(Tone)
    )  # fmt: skip
    return Items(tuple(items))
