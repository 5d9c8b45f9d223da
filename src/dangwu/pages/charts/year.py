"""The pictures of a year: values only, with everything they show said in words too. People stand by group and id."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from dangwu.facts.dues import format_yuan
from dangwu.facts.study_hours import HOURS_A_YEAR, sum_study_hours
from dangwu.model.message import Bilingual, say
from dangwu.pages.charts.numbers import format_figure
from dangwu.pages.page import Bars, Grid, GridCell, GridRow, Series
from dangwu.pages.registers.attendance import count_month_attendance
from dangwu.pages.tone import Tone
from dangwu.pages.wording.names import build_people_order, find_group_name
from dangwu.pages.wording.states import MONTH_NAMES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

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
"""Marks that tell without colour why somebody was not there, the gravest first."""
_FEN_PER_YUAN = 100


def build_attendance_bars(report: YearReport, lang: Language) -> Bars:
    """Show how many were present, on leave and absent in each month."""
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
            (_describe_attendance(MONTH_NAMES[at], each) for at, each in enumerate(months) if each.due), lang
        ),
    )


def build_attendance_grid(report: YearReport, rows: Sequence[MemberAttendance], lang: Language) -> Grid:
    """Show each member's months: how often due and there. ``rows`` are none below the committee."""
    names = distinguish_names([(row.member, row.name) for row in rows])
    made: list[GridRow] = []
    group: str | None = None
    for row in rows:
        if row.group != group and row.group:
            made.append(GridRow(find_group_name(report.owed.corpus, row.group)))
        group = row.group
        cells = (_build_month_cell(names[row.member], at, each, lang) for at, each in enumerate(row.months))
        made.append(GridRow(names[row.member], tuple(cells), inner=bool(group)))
    legend = (
        ("2", say("there each time, here twice"), Tone.GOOD),
        ("1/2", say("there once of twice"), Tone.PLAIN),
        *((lang.value(mark), word, tone) for mark, word, tone in _ABSENCE_MARKS),
    )
    return Grid(
        caption=lang.text(say("Attendance by member and month, all meetings and lectures")),
        corner=lang.text(say("Member")),
        columns=tuple(lang.text(month) for month in MONTH_NAMES),
        rows=tuple(made),
        legend=tuple(GridCell(mark=mark, words=lang.text(word), tone=tone) for mark, word, tone in legend),
    )


def _build_month_cell(name: str, month: int, tally: AttendanceCounts, lang: Language) -> GridCell:
    if not tally.due:
        return GridCell()
    away = [
        each for each, count in zip(_ABSENCE_MARKS, (tally.absent, tally.leave, tally.unlisted), strict=True) if count
    ]
    marks = "".join(lang.value(mark) for mark, _, _ in away)
    return GridCell(
        mark=f"{tally.present}/{tally.due}{marks}" if away else str(tally.due),
        words=f"{name}: {lang.text(_describe_attendance(MONTH_NAMES[month], tally))}",
        tone=away[0][2] if away else Tone.GOOD,
    )


def _describe_attendance(month: Text, tally: AttendanceCounts) -> Text:
    return say(
        "{month}: {present} of {due} present, {leave} on leave, {absent} absent",
        month=month,
        present=tally.present,
        due=tally.due,
        leave=tally.leave,
        absent=tally.absent,
    )


def build_study_hour_bars(report: YearReport, lang: Language) -> Iterator[Bars]:
    """Show each member's hours of study beside what is generally asked: a fact, and no measure of anybody (6.3b)."""
    owed = report.owed
    sums = sum_study_hours(owed.corpus, report.year) if owed.inside else {}
    if not any(sums.values()):
        return
    people = sorted(sums, key=build_people_order(owed))
    names = distinguish_names([(person, owed.corpus.name_of(person)) for person in people])
    unit = lang.text(say("hours"))
    asked = lang.text(say("generally asked in a year (2019 rules, Art. 20)"))
    parts = (say("{name} {hours} hours", name=names[person], hours=format_figure(sums[person])) for person in people)
    yield Bars(
        caption=lang.text(say("Hours of study in {year}, by member", year=f"{report.year:04d}")),
        categories=tuple(names[person] for person in people),
        series=(Series(unit, Tone.PLAIN, tuple(sums[person] for person in people)),),
        alternative=join_sentences((*parts, say("{field}: {value}", field=asked, value=HOURS_A_YEAR)), lang),
        unit=unit,
        reference=(asked, HOURS_A_YEAR),
    )


def build_dues_bars(report: YearReport, lang: Language) -> Iterator[Bars]:
    """Show the dues of all together: paid, and still to be paid, which together are what was assessed."""
    begun = {each.month: each for each in report.totals.dues_by_month}
    if not begun:
        return
    months = [begun.get(number) for number in range(1, len(MONTH_NAMES) + 1)]
    paid = tuple(month.paid / _FEN_PER_YUAN if month else None for month in months)
    unpaid = tuple(month.open / _FEN_PER_YUAN if month else None for month in months)
    parts = (
        say(
            "{month}: assessed {assessed}, paid {paid}, still to pay {open}",
            month=MONTH_NAMES[each.month - 1],
            assessed=format_yuan(each.assessed),
            paid=format_yuan(each.paid),
            open=format_yuan(each.open),
        )
        for each in begun.values()
    )
    yield Bars(
        caption=lang.text(say("Dues by month, all together")),
        categories=tuple(lang.text(month) for month in MONTH_NAMES),
        series=(
            Series(lang.text(say("paid")), Tone.GOOD, paid),
            Series(lang.text(say("still to pay")), Tone.WARN, unpaid),
        ),
        alternative=join_sentences(parts, lang),
        unit=lang.text(say("yuan")),
    )


def distinguish_names(people: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Return how people are called among each other, by id: where several have one name, the id stands behind it."""
    names = Counter(name for _, name in people)
    return {id_: name if names[name] == 1 else f"{name} ({id_})" for id_, name in people}


def join_sentences(parts: Iterable[Text], lang: Language) -> str:
    """Return sentences as one, for who cannot see the picture."""
    return ("；" if lang.code == "zh" else "; ").join(lang.text(part) for part in parts)
