"""The charts of a year, with everything they show in words as well. People are listed by Party group and id."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.facts.dues import format_yuan
from dangwu.facts.study_hours import HOURS_A_YEAR, sum_study_hours
from dangwu.model.message import Bilingual, say
from dangwu.pages.page import Bars, Grid, GridCell, GridRow, Series, Tone
from dangwu.pages.registers.attendance import count_month_attendance
from dangwu.pages.wording.names import build_people_order, distinguish_names, find_group_name
from dangwu.pages.wording.values import MONTH_NAMES, format_figure, join_sentences

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dangwu.facts.attendance_counts import AttendanceCounts
    from dangwu.language import Language
    from dangwu.model.message import Text
    from dangwu.model.results import YearReport
    from dangwu.pages.registers.attendance import MemberAttendance

_ABSENCE_MARKS = (
    (Bilingual("缺", "A"), say("absent"), Tone.BAD),
    (Bilingual("假", "L"), say("on leave"), Tone.WAIVED),
    (Bilingual("?", "?"), say("not stated in the record"), Tone.WARN),
)
"""Marks for the reason of an absence, readable without colour, the most serious first."""
_FEN_PER_YUAN = 100


def build_attendance_bars(report: YearReport, lang: Language) -> Bars:
    """Return stacked bars of those present, on leave and absent in each month."""
    months = count_month_attendance(report)
    series = (
        Series(lang.text(say("present")), Tone.GOOD, tuple(month.present if month.due else None for month in months)),
        Series(lang.text(say("leave")), Tone.WAIVED, tuple(month.leave if month.due else None for month in months)),
        Series(lang.text(say("absent")), Tone.BAD, tuple(month.absent if month.due else None for month in months)),
    )
    return Bars(
        caption=lang.text(say("Attendance by month, all meetings and lectures")),
        categories=tuple(lang.text(month) for month in MONTH_NAMES),
        series=series,
        alternative=join_sentences(
            (lang.text(_describe_attendance(MONTH_NAMES[at], month)) for at, month in enumerate(months) if month.due),
            lang,
        ),
    )


def build_attendance_grid(report: YearReport, rows: Sequence[MemberAttendance], lang: Language) -> Grid:
    """Return a grid of members and months: how often each was due and present. ``rows`` is empty below committee."""
    names = distinguish_names([(row.member, row.name) for row in rows])
    grid_rows: list[GridRow] = []
    group: str | None = None
    for row in rows:
        if row.group != group and row.group:
            grid_rows.append(GridRow(find_group_name(report.owed.corpus, row.group)))
        group = row.group
        cells = (_build_month_cell(names[row.member], at, month, lang) for at, month in enumerate(row.months))
        grid_rows.append(GridRow(names[row.member], tuple(cells), inner=bool(group)))
    legend = (
        ("2", say("present each time, here twice"), Tone.GOOD),
        ("1/2", say("present once, due twice"), Tone.PLAIN),
        *((lang.value(mark), word, tone) for mark, word, tone in _ABSENCE_MARKS),
    )
    return Grid(
        caption=lang.text(say("Attendance by member and month, all meetings and lectures")),
        corner=lang.text(say("Member")),
        columns=tuple(lang.text(month) for month in MONTH_NAMES),
        rows=tuple(grid_rows),
        legend=tuple(GridCell(mark=mark, words=lang.text(word), tone=tone) for mark, word, tone in legend),
    )


def _build_month_cell(name: str, month: int, counts: AttendanceCounts, lang: Language) -> GridCell:
    if not counts.due:
        return GridCell()
    away = [
        mark
        for mark, count in zip(_ABSENCE_MARKS, (counts.absent, counts.leave, counts.unlisted), strict=True)
        if count
    ]
    marks = "".join(lang.value(mark) for mark, _, _ in away)
    return GridCell(
        mark=f"{counts.present}/{counts.due}{marks}" if away else str(counts.due),
        words=f"{name}: {lang.text(_describe_attendance(MONTH_NAMES[month], counts))}",
        tone=away[0][2] if away else Tone.GOOD,
    )


def _describe_attendance(month: Text, counts: AttendanceCounts) -> Text:
    return say(
        "{month}: {present} of {due} present, {leave} on leave, {absent} absent",
        month=month,
        present=counts.present,
        due=counts.due,
        leave=counts.leave,
        absent=counts.absent,
    )


def build_study_hour_bars(report: YearReport, lang: Language) -> Iterator[Bars]:
    """Yield bars of each member's hours of study beside the yearly guideline (6.3b); hours are facts, no ranking."""
    result = report.owed
    counts = sum_study_hours(result.corpus, report.year) if result.inside else {}
    if not any(counts.values()):
        return
    people = sorted(counts, key=build_people_order(result))
    names = distinguish_names([(person, result.corpus.name_of(person)) for person in people])
    unit = lang.text(say("hours"))
    guideline = lang.text(say("generally asked in a year (2019 rules, Art. 20)"))
    hours = (say("{name} {hours} hours", name=names[person], hours=format_figure(counts[person])) for person in people)
    sentences = (*hours, say("{field}: {value}", field=guideline, value=HOURS_A_YEAR))
    yield Bars(
        caption=lang.text(say("Hours of study in {year}, by member", year=f"{report.year:04d}")),
        categories=tuple(names[person] for person in people),
        series=(Series(unit, Tone.PLAIN, tuple(counts[person] for person in people)),),
        alternative=join_sentences(map(lang.text, sentences), lang),
        unit=unit,
        reference=(guideline, HOURS_A_YEAR),
    )


def build_dues_bars(report: YearReport, lang: Language) -> Iterator[Bars]:
    """Yield stacked bars of the dues of all members by month: paid and still to pay, together the assessed amount."""
    dues = {month.month: month for month in report.totals.dues_by_month}
    if not dues:
        return
    months = [dues.get(number) for number in range(1, len(MONTH_NAMES) + 1)]
    paid = tuple(month.paid / _FEN_PER_YUAN if month else None for month in months)
    unpaid = tuple(month.open / _FEN_PER_YUAN if month else None for month in months)
    sentences = (
        say(
            "{month}: assessed {assessed}, paid {paid}, still to pay {open}",
            month=MONTH_NAMES[month.month - 1],
            assessed=format_yuan(month.assessed),
            paid=format_yuan(month.paid),
            open=format_yuan(month.open),
        )
        for month in dues.values()
    )
    yield Bars(
        caption=lang.text(say("Dues by month, all together")),
        categories=tuple(lang.text(month) for month in MONTH_NAMES),
        series=(
            Series(lang.text(say("paid")), Tone.GOOD, paid),
            Series(lang.text(say("still to pay")), Tone.WARN, unpaid),
        ),
        alternative=join_sentences(map(lang.text, sentences), lang),
        unit=lang.text(say("yuan")),
    )
