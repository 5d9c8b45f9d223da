"""The pictures of a year: values only, with everything they show said in words too. People stand by group and id."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from dangwu.facts.dues import yuan
from dangwu.facts.study_hours import HOURS_A_YEAR, hours
from dangwu.model.message import Bilingual, say
from dangwu.pages.charts.numbers import figure
from dangwu.pages.page import Bars, Grid, GridCell, GridRow, Series
from dangwu.pages.registers.attendance import by_month
from dangwu.pages.tone import Tone
from dangwu.pages.wording.names import group_name, people_order
from dangwu.pages.wording.states import MONTHS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dangwu.language import Language
    from dangwu.model.message import Text
    from dangwu.model.results import YearReport
    from dangwu.pages.registers.attendance import Row, Tally

_AWAY = (
    (Bilingual("缺", "A"), say("absent"), Tone.BAD),
    (Bilingual("假", "L"), say("on leave"), Tone.WAIVED),
    (Bilingual("?", "?"), say("not stated in the record"), Tone.WARN),
)
"""Marks that tell without colour why somebody was not there, the gravest first."""
_FEN = 100


def attendance_by_month(report: YearReport, lang: Language) -> Bars:
    """Show how many were present, on leave and absent in each month."""
    months = by_month(report)
    series = (
        Series(lang.text(say("present")), Tone.GOOD, tuple(each.present if each.due else None for each in months)),
        Series(lang.text(say("leave")), Tone.WAIVED, tuple(each.leave if each.due else None for each in months)),
        Series(lang.text(say("absent")), Tone.BAD, tuple(each.absent if each.due else None for each in months)),
    )
    return Bars(
        caption=lang.text(say("Attendance by month, all meetings and lectures")),
        categories=tuple(lang.text(month) for month in MONTHS),
        series=series,
        alternative=said((_counts(MONTHS[at], each) for at, each in enumerate(months) if each.due), lang),
    )


def attendance_by_member(report: YearReport, rows: Sequence[Row], lang: Language) -> Grid:
    """Show each member's months: how often due and there. ``rows`` are none below the committee."""
    names = called([(row.member, row.name) for row in rows])
    made: list[GridRow] = []
    group: str | None = None
    for row in rows:
        if row.group != group and row.group:
            made.append(GridRow(group_name(report.owed.corpus, row.group)))
        group = row.group
        cells = (_month(names[row.member], at, each, lang) for at, each in enumerate(row.months))
        made.append(GridRow(names[row.member], tuple(cells), inner=bool(group)))
    legend = (
        ("2", say("there each time, here twice"), Tone.GOOD),
        ("1/2", say("there once of twice"), Tone.PLAIN),
        *((lang.value(mark), word, tone) for mark, word, tone in _AWAY),
    )
    return Grid(
        caption=lang.text(say("Attendance by member and month, all meetings and lectures")),
        corner=lang.text(say("Member")),
        columns=tuple(lang.text(month) for month in MONTHS),
        rows=tuple(made),
        legend=tuple(GridCell(mark=mark, words=lang.text(word), tone=tone) for mark, word, tone in legend),
    )


def _month(name: str, month: int, tally: Tally, lang: Language) -> GridCell:
    if not tally.due:
        return GridCell()
    away = [each for each, count in zip(_AWAY, (tally.absent, tally.leave, tally.unlisted), strict=True) if count]
    marks = "".join(lang.value(mark) for mark, _, _ in away)
    return GridCell(
        mark=f"{tally.present}/{tally.due}{marks}" if away else str(tally.due),
        words=f"{name}: {lang.text(_counts(MONTHS[month], tally))}",
        tone=away[0][2] if away else Tone.GOOD,
    )


def _counts(month: Text, tally: Tally) -> Text:
    return say(
        "{month}: {present} of {due} present, {leave} on leave, {absent} absent",
        month=month,
        present=tally.present,
        due=tally.due,
        leave=tally.leave,
        absent=tally.absent,
    )


def study_hours(report: YearReport, lang: Language) -> Iterator[Bars]:
    """Show each member's hours of study beside what is generally asked: a fact, and no measure of anybody (6.3b)."""
    owed = report.owed
    sums = hours(owed.corpus, report.year) if owed.inside else {}
    if not any(sums.values()):
        return
    people = sorted(sums, key=people_order(owed))
    names = called([(each, owed.corpus.name_of(each)) for each in people])
    unit = lang.text(say("hours"))
    asked = lang.text(say("generally asked in a year (2019 rules, Art. 20)"))
    parts = (say("{name} {hours} hours", name=names[each], hours=figure(sums[each])) for each in people)
    yield Bars(
        caption=lang.text(say("Hours of study in {year}, by member", year=f"{report.year:04d}")),
        categories=tuple(names[each] for each in people),
        series=(Series(unit, Tone.PLAIN, tuple(sums[each] for each in people)),),
        alternative=said((*parts, say("{field}: {value}", field=asked, value=HOURS_A_YEAR)), lang),
        unit=unit,
        reference=(asked, HOURS_A_YEAR),
    )


def dues_by_month(report: YearReport, lang: Language) -> Iterator[Bars]:
    """Show the dues of all together: paid, and still to be paid, which together are what was assessed."""
    begun = {each.month: each for each in report.totals.dues_by_month}
    if not begun:
        return
    months = [begun.get(number) for number in range(1, len(MONTHS) + 1)]
    paid = tuple(each.paid / _FEN if each else None for each in months)
    unpaid = tuple(each.open / _FEN if each else None for each in months)
    parts = (
        say(
            "{month}: assessed {assessed}, paid {paid}, still to pay {open}",
            month=MONTHS[each.month - 1],
            assessed=yuan(each.assessed),
            paid=yuan(each.paid),
            open=yuan(each.open),
        )
        for each in begun.values()
    )
    yield Bars(
        caption=lang.text(say("Dues by month, all together")),
        categories=tuple(lang.text(month) for month in MONTHS),
        series=(
            Series(lang.text(say("paid")), Tone.GOOD, paid),
            Series(lang.text(say("still to pay")), Tone.WARN, unpaid),
        ),
        alternative=said(parts, lang),
        unit=lang.text(say("yuan")),
    )


def called(people: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Return how people are called among each other, by id: where several have one name, the id stands behind it."""
    names = Counter(name for _, name in people)
    return {id_: name if names[name] == 1 else f"{name} ({id_})" for id_, name in people}


def said(parts: Iterable[Text], lang: Language) -> str:
    """Return sentences as one, for who cannot see the picture."""
    return ("；" if lang.code == "zh" else "; ").join(lang.text(part) for part in parts)
