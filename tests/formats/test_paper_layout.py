"""How tables are fitted onto paper."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dangwu.formats.form_layout import balance_lines, lay_out_form
from dangwu.formats.paper_layout import (
    FORM_SIZE,
    POINTS_PER_MM,
    TABLE_SIZES,
    TITLE_SIZE,
    compute_text_width,
    lay_out_grid,
    lay_out_table,
    make_breakable,
)
from dangwu.formats.text_layout import measure_width
from dangwu.pages.page import Cell, Column, Grid, GridCell, GridRow, Table
from dangwu.pages.paper import Form, FormCell

UPRIGHT = compute_text_width(wide=False)

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
    widths, size, *_ = lay_out_table(table, across=compute_text_width(wide=wide))
    assert len(widths) == len(heads)
    assert all(each > 0 for each in widths)
    assert size in TABLE_SIZES
    assert sum(widths) * size / 2 <= compute_text_width(wide=wide) * 72 / 25.4 + size * len(heads) * 8


def test_a_small_table_stays_large_and_whole_and_a_huge_one_becomes_small() -> None:
    columns = (Column("日期", short=True), Column("议题"))
    few = Table("", columns, ((Cell("2026-03-12"), Cell("学习")),))
    many = Table(
        "",
        (*columns, *(Column(f"第{n}项") for n in range(6))),
        tuple((Cell("2026-03-12"), *(Cell("学习内容较长" * 4),) * 7) for _ in range(80)),
    )
    assert lay_out_table(few, across=UPRIGHT)[1:] == (TABLE_SIZES[0], True, False, 0)
    assert lay_out_table(many, across=UPRIGHT).size < TABLE_SIZES[0]
    assert not lay_out_table(many, across=UPRIGHT).whole


def test_a_calendar_leaves_its_months_room() -> None:
    rows = (GridRow("很长的事项名称" * 10, (GridCell(12),)),)
    laid = lay_out_grid(Grid("", "事项", tuple("一二三四五六七八九十冬腊"), rows, ()), across=UPRIGHT)
    assert len(laid.widths) == 13
    assert sum(laid.widths[1:]) > laid.widths[0]


@given(st.text(alphabet="abc123/_.-@ 党", max_size=120))
def test_stops_change_nothing_else(text: str) -> None:
    made = make_breakable(text)
    assert made.replace("\u200b", "") == text
    assert (
        max((len(part) for run in made.split("\u200b") for part in run.split()), default=0) <= max(24, *(0, 0))
        or "党" in text
    )


def test_a_path_may_break_and_a_word_may_not() -> None:
    assert "\u200b" in make_breakable("meetings/2026/2026-03-12-group-meeting-g1.md")
    assert "\u200b" not in make_breakable("organizational life meeting 2026-03-12")


def _list(widths: tuple[int, ...], *rows: tuple[str, ...]) -> Form:
    head, *others = rows
    labels = tuple(FormCell(each, label=True) for each in head)
    return Form("", widths, (labels, *(tuple(map(FormCell, row)) for row in others)), head=1)


def _characters(form: Form) -> list[float]:
    """Return how many Chinese characters each column of an upright form has room for."""
    laid = lay_out_form(form, across=UPRIGHT)
    return [UPRIGHT * POINTS_PER_MM / laid.size * each / sum(laid.widths) for each in laid.widths]


def test_names_and_days_stand_on_one_line() -> None:
    rooms = _characters(
        _list((3, 3, 30, 3), ("序号", "姓名", "事项", "完成期限"), ("1", "扎西·多吉", "学习" * 20, "2026.12.25"))
    )
    assert rooms[0] > len("序号")
    assert rooms[1] > len("扎西·多吉")
    assert rooms[3] > len("完成期限")
    assert rooms[2] > sum(rooms) / 3


def test_where_little_is_short_what_is_long_gets_the_room() -> None:
    shares = (1,) * 5
    row = ("Organization", "Administration", "to be done by everybody " * 6, "2026-12-25", "")
    rooms = _characters(_list(shares, ("Part", "Department", "Measure", "Due day", "Checked"), *(row,) * 9))
    assert rooms[2] == max(rooms)
    assert rooms[4] > len("一二三")


def test_halves_of_a_sheet_are_alike() -> None:
    head = ("序号", "姓名", "签名", "备注")
    rooms = _characters(
        _list((12, 24, 19, 23) * 2, head * 2, ("1", "张三", "", "实到", "2", "欧阳长庚", "", "请假·事假"))
    )
    assert rooms[:4] == rooms[4:]


@given(
    st.integers(1, 17).flatmap(
        lambda count: st.tuples(
            st.lists(st.integers(1, 200), min_size=count, max_size=count),
            st.lists(st.lists(WORDS, min_size=count, max_size=count), min_size=1, max_size=5),
        )
    ),
    st.booleans(),
)
def test_every_column_of_a_form_gets_a_share(made: tuple[list[int], list[list[str]]], wide: bool) -> None:
    widths, rows = made
    laid = lay_out_form(_list(tuple(widths), *map(tuple, rows)), across=compute_text_width(wide=wide))
    assert len(laid.widths) == len(widths)
    assert all(each > 0 for each in laid.widths)


@given(st.text(alphabet="党员会议记录：， \u1dc0", max_size=200), st.booleans())
def test_balanced_lines_say_the_same(text: str, wide: bool) -> None:
    text = " ".join(text.split())
    made = balance_lines(text, TITLE_SIZE, across=compute_text_width(wide=wide))
    assert made.replace("\n", "").replace(" ", "") == text.replace(" ", "")
    room = compute_text_width(wide=wide) * POINTS_PER_MM / (TITLE_SIZE / 2)
    assert all(measure_width(line) <= room + 1 for line in made.split("\n"))


def test_a_title_ends_its_lines_where_it_can() -> None:
    assert (
        balance_lines("2026 年度党支部工作报告：十项基本工作制度", TITLE_SIZE, across=UPRIGHT)
        == "2026 年度党支部工作报告：\n十项基本工作制度"
    )
    assert (
        balance_lines("Summary of the appraisal of members, 2025", TITLE_SIZE, across=UPRIGHT).split("\n")[1] != "2025"
    )
    assert balance_lines("向本人出示日期", FORM_SIZE, share=0.14, across=UPRIGHT) == "向本人\n出示日期"
    assert balance_lines("会议记录", TITLE_SIZE, across=UPRIGHT) == "会议记录"
