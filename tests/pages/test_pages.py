from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from dangwu.language import load_language
from dangwu.model.duty import Duty, DutyState
from dangwu.model.period import Period, PeriodLength
from dangwu.pages.charts.month_calendar import build_calendars
from dangwu.pages.duties import build_due_page
from dangwu.pages.findings import build_accepted_page
from dangwu.pages.page import Bars, Grid, Heading, Items, KeyValues, Page, Paragraph, Table, Tone
from dangwu.pages.registers.attendance import build_member_attendance
from dangwu.pages.wording.values import format_percent
from dangwu.pages.year import build_year_page
from tests.support import values
from tests.support.change import replace

if TYPE_CHECKING:
    from dangwu.model.results import DutyResult

EN = load_language("en")


def table(page: Page, caption: str) -> Table:
    return next(each for each in page.blocks if isinstance(each, Table) and each.caption == caption)


def after(page: Page, heading: str) -> list[object]:
    at = next(at for at, each in enumerate(page.blocks) if isinstance(each, Heading) and each.text == heading)
    return list(page.blocks[at + 1 :])


def test_what_to_do_next_is_overdue_first_then_open_by_due_day() -> None:
    items = after(build_due_page(values.owed(), EN), "What to do next")[0]
    assert isinstance(items, Items)
    assert [each.code for each in items.items] == [
        "3.1/2026-05/g2", "3.2/2026-10", "3.1/2026-11/g1", "3.2/2026-11", "3.3/2026-Q4", "3.4/2026-H2",
    ]  # fmt: skip
    first = "\n".join(items.items[0].details)
    assert "days past: 176" in first
    assert "dangwu new group-meeting --group g2 --makes-up 2026-05" in first
    assert "dangwu new waiver --duty 3.1/2026-05/g2" in first
    assert any("2026-10-13-committee-meeting.md" in each for each in items.items[1].details)
    assert "--makes-up" not in "".join(items.items[2].details)


def test_a_stated_miss_is_not_asked_for_again_but_stays_visible() -> None:
    page = build_due_page(values.owed(), EN)
    items = after(page, "What to do next")[0]
    assert isinstance(items, Items)
    assert "3.1/2026-09/g3" not in {each.code for each in items.items}
    figures = page.blocks[0]
    assert isinstance(figures, KeyValues)
    shown = {key: cell.text for key, cell in figures.pairs}
    assert shown["overdue"] == "2"
    assert shown["missed, with the reason stated"] == "1"


def test_the_year_before_is_mentioned() -> None:
    texts = [each.text for each in build_due_page(values.owed(), EN).blocks if isinstance(each, Paragraph)]
    assert "Duties of the year before that are still overdue: 1." in texts
    assert any("Days within which a record counts as made in time 15" in text for text in texts)


@pytest.mark.parametrize("owed", [values.owed(), values.small()])
def test_every_row_of_the_calendar_fills_the_year(owed: DutyResult) -> None:
    (grid,) = build_calendars(owed, EN)
    assert [sum(cell.span for cell in row.cells) for row in grid.rows if row.cells] == [12] * sum(
        bool(row.cells) for row in grid.rows
    )
    marks = {cell.mark.rstrip("*") for row in grid.rows for cell in row.cells}
    assert marks <= {each.mark for each in grid.legend}


def test_the_marks_of_the_legend_differ() -> None:
    for lang in (EN, load_language("zh")):
        (grid,) = build_calendars(values.owed(), lang)
        assert len({each.mark for each in grid.legend}) == len(grid.legend)


def test_overlapping_periods_stand_in_rows_of_their_own() -> None:
    month = values.owed().duties[0]
    quarter = replace(month, period=Period.containing(PeriodLength.QUARTER, date(2026, 2, 1)))
    (grid,) = build_calendars(replace(values.owed(), duties=(month, quarter)), EN)
    assert [[cell.span for cell in row.cells] for row in grid.rows if row.cells] == [[1, 11], [3, 9]]


def test_a_range_over_two_years_has_two_calendars() -> None:
    duties = (*values.owed(2025).duties, *values.owed().duties)
    assert len(build_calendars(replace(values.owed(), duties=duties), EN)) == 2


def test_done_late_and_recorded_late_are_told_apart() -> None:
    page = build_year_page(values.report(), EN)
    held = table(page, "Done after the due day")
    recorded = table(page, "Records made long after the day")
    assert [[cell.text for cell in row[1:4]] for row in held.rows] == [["2026-07-31", "2026-08-06", "6"]]
    assert [[cell.text for cell in row[1:4]] for row in recorded.rows] == [["2026-04-12", "2026-05-23", "41"]]


def test_counts_by_clause() -> None:
    page = build_year_page(values.report(), EN)
    counts = table(page, "Duties by clause and state")
    heads = [each.title for each in counts.columns]
    for row in counts.rows:
        shown = dict(zip(heads, (cell.text for cell in row), strict=True))
        states = [int(shown[head]) for head in heads[2:] if head != "not applicable"]
        assert int(shown["owed"]) == sum(states)
    first = dict(zip(heads, (cell.text for cell in counts.rows[0]), strict=True))
    assert (first["owed"], first["done late"], first["waived"], first["overdue"]) == ("36", "1", "1", "1")


def test_waivers_show_reason_and_approver() -> None:
    rows = table(build_year_page(values.report(), EN), "Duties with a waiver or a stated miss").rows
    assert [(row[1].text, row[2].text, row[3].text) for row in rows] == [
        ("waived", "高温停产检修，全组外派", "柳溪镇党委"),
        ("missed, with the reason stated", "组长出差，忘记安排，已在支委会说明", "支部委员会"),
    ]


def test_the_register_is_complete_and_in_order() -> None:
    rows = table(build_year_page(values.report(), EN), "Meetings and lectures of 2026").rows
    days = [row[0].text for row in rows]
    assert len(days) == 43
    assert days == sorted(days)
    assert any("(held late for 2026-07)" in row[2].text for row in rows)
    assert any(row[-1].text.startswith("lecturer: 周启明") for row in rows)


def test_attendance_is_ordered_by_group_and_id_never_by_rate() -> None:
    rows = build_member_attendance(values.report())
    assert [(row.group, row.member) for row in rows] == sorted((row.group, row.member) for row in rows)
    rates = [row.total.present / row.total.due for row in rows]
    assert rates != sorted(rates)
    assert rates != sorted(rates, reverse=True)
    exempt = next(row for row in rows if row.member == "m008")
    others = [row.total.due for row in rows if row.group == "g2" and row.member not in {"m002", "m008"}]
    assert all(exempt.total.due < due for due in others)


def test_someone_forgotten_in_the_lists_is_counted_and_said() -> None:
    meetings = list(values.corpus().meetings)
    meetings[0] = meetings[0]._replace(present=meetings[0].present[:-1])
    corpus = replace(values.corpus(), meetings=tuple(meetings))
    report = replace(values.report(), owed=replace(values.owed(), corpus=corpus))
    texts = [each.text for each in build_year_page(report, EN).blocks if isinstance(each, Paragraph)]
    assert "Attendances that the records do not state: 1." in texts


def test_the_picture_has_the_numbers_of_the_table() -> None:
    page = build_year_page(values.report(), EN)
    bars = next(each for each in page.blocks if isinstance(each, Bars))
    totals = [sum(value or 0 for value in series.values) for series in bars.series]
    rows = build_member_attendance(values.report())
    assert totals == [sum(getattr(row.total, key) for row in rows) for key in ("present", "leave", "absent")]
    assert "Mar: 28 of 31 present, 1 on leave, 2 absent" in bars.alternative


def test_a_person_is_for_people_to_consider_never_among_the_errors() -> None:
    page = build_year_page(values.report(), EN)
    items = after(page, "Open findings")[0]
    assert isinstance(items, Items)
    assert "DW310" not in {each.code for each in items.items}
    paragraph, people = after(page, "For people to consider: consecutive absences (10.1(5))")[:2]
    assert isinstance(paragraph, Paragraph)
    assert "first ask the member for the reason" in paragraph.text
    assert isinstance(people, Items)
    assert [each.code for each in people.items] == ["DW310"]
    assert all(each.tone not in {Tone.BAD, Tone.WARN} for each in people.items)


def test_findings_of_other_years_are_only_counted() -> None:
    page = build_year_page(values.report(), EN)
    assert "DW004" not in {item.code for each in page.blocks if isinstance(each, Items) for item in each.items}
    texts = [each.text for each in page.blocks if isinstance(each, Paragraph)]
    assert "Findings in the folders of other years are not shown here: 1." in texts


def test_accepted_findings_bear_their_reason() -> None:
    for page in (build_year_page(values.report(), EN), build_accepted_page(values.checked(), EN)):
        items = [item for each in page.blocks if isinstance(each, Items) for item in each.items if item.code == "DW307"]
        assert [each.details[-1] for each in items] == ["Accepted on 2026-07-02: 记录人线上参会，当时规则未写明"]


def test_a_branch_of_three_says_why_duties_do_not_apply() -> None:
    page = build_year_page(values.small_report(), EN)
    reasons = [
        item.details[0]
        for each in page.blocks
        if isinstance(each, Items)
        for item in each.items
        if item.tag == "not applicable"
    ]
    assert reasons == ["the branch had no Party groups", "fewer than seven full members, so there is no committee"]


def test_a_year_with_nothing_at_all() -> None:
    owed = replace(values.owed(), duties=(), corpus=replace(values.corpus(), branch=None, members=(), meetings=()))
    page = build_year_page(replace(values.small_report(), owed=owed), EN)
    assert not [each for each in page.blocks if isinstance(each, Grid | Table | Bars)]


def test_absences_show_no_reason_code() -> None:
    text = repr(build_year_page(values.report(), EN))
    assert not re.search("business-trip|illness", text)


def test_days_of_a_meeting_made_up_name_the_month() -> None:
    (grid,) = build_calendars(values.owed(), EN)
    notes = {cell.note for row in grid.rows for cell in row.cells if cell.mark == "L"}
    assert notes == {"8-6"}
    assert {each.state for each in values.owed().duties} == set(DutyState) - {DutyState.NOT_APPLICABLE}


@pytest.mark.parametrize(("part", "whole", "shown"), [(0, 0, "-"), (1, 3, "33.3%"), (2, 3, "66.7%"), (5, 5, "100.0%")])
def test_percent(part: int, whole: int, shown: str) -> None:
    assert format_percent(part, whole) == shown


def test_an_overdue_duty_of_a_running_period_is_not_made_up() -> None:
    duty = replace(
        values.owed().duties[0],
        state=DutyState.OVERDUE,
        evidence=(),
        period=Period.parse("2026-11"),
        due=values.AS_OF - timedelta(days=1),
    )
    items = after(build_due_page(replace(values.owed(), duties=(duty,)), EN), "What to do next")[0]
    assert isinstance(items, Items)
    assert "--makes-up" not in "".join(items.items[0].details)


def test_what_is_to_do_is_found_without_comparing_duties(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a thousand members each has ten duties: to look for one among all of them takes longer than all else."""

    def refuse(*_: object) -> bool:
        pytest.fail("Two duties are compared.")

    report = values.report()
    monkeypatch.setattr(Duty, "__eq__", refuse)
    build_due_page(report.owed, EN)
    build_year_page(report, EN)
