"""The pictures as values: who stands where, what each number is, and who may not see them at all."""

from __future__ import annotations

import io
import re
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

import pytest
from rich.console import Console

from dangwu.facts.dues import read_month_payments
from dangwu.facts.study_hours import sum_study_hours
from dangwu.formats.markdown import render_markdown
from dangwu.formats.terminal.page import show_page
from dangwu.language import load_language
from dangwu.model.audience import Audience
from dangwu.model.year_sums import YearSums
from dangwu.pages.charts.trend import build_year_trends
from dangwu.pages.charts.year import (
    build_attendance_bars,
    build_attendance_grid,
    build_dues_bars,
    build_study_hour_bars,
)
from dangwu.pages.page import Bars, Grid, Page, Series, Tone, Trend, build_number_table
from dangwu.pages.registers.attendance import build_member_attendance
from dangwu.pages.scope import find_year_meetings
from dangwu.pages.wording.names import build_people_order, distinguish_names
from dangwu.pages.wording.values import format_figure
from dangwu.pages.year import build_year_page
from dangwu.workspace.load import load_workspace
from dangwu.workspace.workspace import Workspace, build_year_span
from tests.support import canary, values
from tests.support.memory import MemoryTree

if TYPE_CHECKING:
    from dangwu.model.results import YearReport

EN, ZH = load_language("en"), load_language("zh")
DAY = date(2026, 6, 30)
OUTSIDE = [Audience.PUBLIC, Audience.EMPLOYEES, Audience.MEMBERS]


@cache
def branch() -> Workspace:
    """Return a branch with a record of every kind."""
    return load_workspace(MemoryTree(canary.files(), {}))


def report(audience: Audience = Audience.COMMITTEE, year: int = 2026) -> YearReport:
    return branch().report(DAY, year, audience)


def grid() -> Grid:
    made = values.report()
    return build_attendance_grid(made, build_member_attendance(made), EN)


def test_members_stand_by_group_and_id_whoever_came() -> None:
    rows = grid().rows
    assert [row.label for row in rows if not row.cells] == [name for _, name in values.GROUPS]
    names = [row.label for row in rows if row.cells]
    order = build_people_order(values.owed())
    members = sorted((each.id for each in values.corpus().members), key=order)
    assert names == [values.corpus().name_of(each) for each in members]


def test_each_month_says_how_often_due_and_there() -> None:
    rows = {row.label: row.cells for row in grid().rows if row.cells}
    away = rows["王大力"]
    march = away[2]
    assert march.words == "王大力: Mar: 0 of 2 present, 0 on leave, 2 absent"
    assert (march.mark, march.note, march.tone) == ("0/2A", "", Tone.BAD)
    assert {len(cells) for cells in rows.values()} == {12}
    for row in build_member_attendance(values.report()):
        for tally, cell in zip(row.months, rows[row.name], strict=True):
            assert bool(cell.mark) == bool(tally.due)
            assert cell.mark.rstrip("AL?") in {"", str(tally.due), f"{tally.present}/{tally.due}"}
            assert ("A" in cell.mark, "L" in cell.mark) == (tally.absent > 0, tally.leave > 0)
            assert not cell.target
    assert sum(len(set(row.months)) for row in build_member_attendance(values.report())) > 20


def test_the_marks_of_the_members_tell_without_colour() -> None:
    letters = {letter for row in grid().rows for cell in row.cells for letter in re.sub(r"[\d/]", "", cell.mark)}
    assert letters == {"A", "L"} < {cell.mark for cell in grid().legend}
    assert len({cell.mark for cell in grid().legend}) == len(grid().legend)


def test_hours_of_all_beside_what_is_generally_asked_in_the_order_of_people() -> None:
    (bars,) = build_study_hour_bars(report(), EN)
    sums = sum_study_hours(branch().corpus, 2026)
    people = sorted(sums, key=build_people_order(report().owed))
    assert bars.series[0].values == tuple(sums[each] for each in people)
    assert bars.reference is not None
    assert bars.reference[1] == 32
    assert len(bars.categories) == len(people)
    for name, value in zip(bars.categories, bars.series[0].values, strict=True):
        assert f"{name} {format_figure(value)} hours" in bars.alternative
    assert "32" in bars.alternative


def test_dues_of_a_month_are_of_all_together() -> None:
    (bars,) = build_dues_bars(report(), EN)
    (ledger,) = (each for each in branch().corpus.of("dues") if each.data["year"] == 2026)
    own = [each for each in read_month_payments(ledger) if each.month.start.month == 3]
    paid, unpaid = (each.values for each in bars.series)
    assert paid[2] == sum(each.paid for each in own) / 100
    assert unpaid[2] == sum(max(0, each.assessed - each.paid) for each in own) / 100
    assert paid[6:] == (None,) * 6, "no month that has not begun"
    assert f"Mar: assessed {format_figure(sum(each.assessed for each in own) / 100)}" in bars.alternative


@pytest.mark.parametrize("audience", OUTSIDE)
def test_nobody_but_the_committee_sees_a_picture_of_people_or_of_a_month(audience: Audience) -> None:
    shown = report(audience)
    page = build_year_page(shown, EN, at_length=True)
    captions = [each.caption for each in page.blocks if isinstance(each, Bars | Grid | Trend)]
    assert not [each for each in captions if "by member" in each or each.startswith("Dues by month")]
    assert not list(build_study_hour_bars(shown, EN))
    assert not list(build_dues_bars(shown, EN))
    names = {each.name for each in branch().corpus.members}
    pictures = [each for each in page.blocks if isinstance(each, Bars | Trend)]
    assert not [name for name in names if name in repr(pictures)]


@pytest.mark.parametrize("audience", [Audience.MEMBERS, Audience.COMMITTEE, Audience.HANDLERS])
def test_a_year_of_the_trend_is_what_its_own_report_says(audience: Audience) -> None:
    for sums in report(audience).years:
        own = report(audience, sums.year).years[-1]
        assert own == sums
    last = report(audience).years[-1]
    assert last.year == 2026
    assert last.dues == report(audience).totals.dues
    assert last.meetings == len(find_year_meetings(report(audience)))


@pytest.mark.parametrize("audience", [Audience.PUBLIC, Audience.EMPLOYEES])
def test_the_outside_sees_no_years(audience: Audience) -> None:
    assert report(audience).years == ()


def test_years_count_bodies_only_and_nothing_waived_or_open() -> None:
    duties = branch().duties(DAY, build_year_span(2026))
    bodies = [each for each in duties if each.clause not in {"5.2", "5.5b", "9.2(5)", "10.1(6)m"}]
    last = report(Audience.HANDLERS).years[-1]
    settled = [each.state.value for each in bodies if each.state.value in {"fulfilled", "late", "overdue"}]
    assert (last.asked, last.in_time) == (len(settled), settled.count("fulfilled"))
    assert 0 < last.in_time < last.asked < len(duties)


def sums(year: int, present: int, due: int = 10) -> YearSums:
    return YearSums(
        year=year, meetings=present, due=due, present=present, asked=3, done=2, in_time=2, dues=None
    )  # fmt: skip


def test_a_trend_needs_two_years_and_has_gaps_where_nothing_was_due() -> None:
    made = values.report()
    assert not list(build_year_trends(made._replace(years=(sums(2026, 9),)), EN))
    blocks = list(build_year_trends(made._replace(years=(sums(2024, 8), sums(2025, 0, 0), sums(2026, 9))), EN))
    held, shares = (each for each in blocks if isinstance(each, Trend))
    assert held.categories == shares.categories == ("2024", "2025", "2026")
    assert shares.series[0].values == (80.0, None, 90.0)
    assert shares.series[1].values == (66.7, 66.7, 66.7)
    assert "2025: 0 of 0 present (-), 2 of 3 duties done in time (66.7%)" in shares.alternative


def test_people_of_one_name_are_told_apart() -> None:
    assert distinguish_names([("m1", "李伟"), ("m2", "王芳"), ("m3", "李伟")]) == {
        "m1": "李伟 (m1)", "m2": "王芳", "m3": "李伟 (m3)",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("value", "shown"),
    [(None, "-"), (0, "0"), (3.0, "3"), (12.5, "12.5"), (12.25, "12.25"), (100.0, "100"), (1e6, "1000000")],
)
def test_numbers_are_written_as_they_are(value: float | None, shown: str) -> None:
    assert format_figure(value) == shown


def test_terminal_and_markdown_show_the_numbers_of_every_picture() -> None:
    bars = Bars("hours", ("赵䶮", "long"), (Series("h", Tone.PLAIN, (12.5, 44)),), "x", "h", ("asked", 32))
    series = (Series("a", Tone.STRONG, (1, None)), Series("b", Tone.OPEN, (2.5, 3)))
    line = Trend("years", ("2025", "2026"), series, "x", "%")
    page = Page("t", "", (bars, line))
    out = io.StringIO()
    show_page(page, Console(file=out, width=80, force_terminal=True, color_system=None))
    drawn = out.getvalue()
    assert "赵䶮  " + "=" * 13 + " " * 18 + "|  12.5" in drawn
    assert "| asked: 32" in drawn
    assert re.search(r"2025 +1 +2\.5", drawn)
    written = render_markdown(page, EN)
    assert "| 赵䶮 | 12.5 |" in written
    assert "asked: 32 h" in written
    assert "| 2026 | - | 3 |" in written


def test_a_picture_and_its_table_have_the_same_numbers() -> None:
    bars = build_attendance_bars(values.report(), ZH)
    table = build_number_table(bars)
    assert [row[0].text for row in table.rows] == list(bars.categories)
    assert [cell.text for cell in table.rows[2][1:]] == ["28", "1", "2"]
