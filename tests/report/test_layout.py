"""How tables are fitted onto paper."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dangwu.report.layout import SIZES, breakable, laid_grid, laid_table, text_width
from dangwu.report.page import Cell, Column, Grid, GridCell, GridRow, Table

WORDS = st.text(alphabet="党员abc1 ", max_size=40)


@given(
    st.integers(1, 14).flatmap(
        lambda count: st.tuples(
            st.lists(st.tuples(WORDS, st.booleans()), min_size=count, max_size=count),
            st.lists(st.lists(WORDS, min_size=count, max_size=count), max_size=8),
        )
    ),
    st.booleans(),
)
def test_every_column_gets_a_share(made: tuple[list[tuple[str, bool]], list[list[str]]], wide: bool) -> None:
    heads, rows = made
    table = Table(
        "",
        tuple(Column(title, short=short) for title, short in heads),
        tuple(tuple(Cell(text) for text in row) for row in rows),
    )
    widths, size, _ = laid_table(table, wide=wide)
    assert len(widths) == len(heads)
    assert all(each > 0 for each in widths)
    assert size in SIZES
    assert sum(widths) * size / 2 <= text_width(wide=wide) * 72 / 25.4 + size * len(heads) * 8


def test_a_small_table_stays_large_and_whole_and_a_huge_one_becomes_small() -> None:
    columns = (Column("日期", short=True), Column("议题"))
    few = Table("", columns, ((Cell("2026-03-12"), Cell("学习")),))
    many = Table(
        "",
        (*columns, *(Column(f"第{n}项") for n in range(6))),
        tuple((Cell("2026-03-12"), *(Cell("学习内容较长" * 4),) * 7) for _ in range(80)),
    )
    assert laid_table(few, wide=False)[1:] == (SIZES[0], True)
    assert laid_table(many, wide=False).size < SIZES[0]
    assert not laid_table(many, wide=False).whole


def test_a_calendar_leaves_its_months_room() -> None:
    rows = (GridRow("很长的事项名称" * 10, (GridCell(12),)),)
    laid = laid_grid(Grid("", "事项", tuple("一二三四五六七八九十冬腊"), rows, ()), wide=False)
    assert len(laid.widths) == 13
    assert sum(laid.widths[1:]) > laid.widths[0]


@given(st.text(alphabet="abc123/_.-@ 党", max_size=120))
def test_stops_change_nothing_else(text: str) -> None:
    made = breakable(text)
    assert made.replace("\u200b", "") == text
    assert (
        max((len(part) for run in made.split("\u200b") for part in run.split()), default=0) <= max(24, *(0, 0))
        or "党" in text
    )


def test_a_path_may_break_and_a_word_may_not() -> None:
    assert "\u200b" in breakable("meetings/2026/2026-03-12-group-meeting-g1.md")
    assert "\u200b" not in breakable("organizational life meeting 2026-03-12")
