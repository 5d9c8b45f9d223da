"""The report of one calendar year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.model.duty import State
from dangwu.model.text import say
from dangwu.report.attendance import attendance, percent
from dangwu.report.clauses import clause_table, not_applicable
from dangwu.report.duties import assumed_lines, state_figures, to_do
from dangwu.report.findings import accepted_blocks, finding_blocks
from dangwu.report.lateness import held_late, recorded_late, waivers
from dangwu.report.months import calendars
from dangwu.report.naming import origin
from dangwu.report.page import Block, Cell, Heading, Items, KeyValues, Page, Paragraph
from dangwu.report.register import attendance_blocks, register
from dangwu.report.scope import considered, in_year, meetings_of, of_year
from dangwu.report.tone import Tone
from dangwu.report.words import recorded_late as came_late

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dangwu.lang import Language
    from dangwu.model.result import YearReport


def year_page(report: YearReport, lang: Language) -> Page:
    """Return the whole report: numbers, calendar, clauses, what was late or missed, meetings, attendance, findings."""
    parts = (_summary, _duties, _lateness, _meetings, _findings, _making)
    blocks = tuple(block for part in parts for block in part(report, lang))
    title = say("Party branch report for {year}: three meetings and one lecture", year=f"{report.year:04d}")
    return Page(title=lang.text(title), subtitle=origin(report.owed, lang), blocks=blocks)


def _summary(report: YearReport, lang: Language) -> Iterator[Block]:
    yield state_figures(report.owed.duties, lang)
    late = sum(came_late(duty) for duty in report.owed.duties)
    total = [row.total for row in attendance(report)]
    due, present = sum(each.due for each in total), sum(each.present for each in total)
    pairs = [(lang.text(say("Meetings and lectures held")), Cell(str(len(meetings_of(report)))))]
    if due:
        rate = f"{present}/{due} ({percent(present, due)})"
        pairs.append((lang.text(say("Present of those due, all meetings")), Cell(rate)))
    pairs.append((lang.text(say("Duties whose record came late")), Cell(str(late))))
    findings, _ = of_year(report)
    open_ = sum(not considered(each) for each in findings)
    pairs.append((lang.text(say("Open findings")), Cell(str(open_))))
    yield KeyValues(tuple(pairs))


def _duties(report: YearReport, lang: Language) -> Iterator[Block]:
    if not report.owed.duties:
        return
    yield Heading(lang.text(say("Duties by month")))
    yield from calendars(report.owed, lang)
    yield Heading(lang.text(say("Duties by clause")))
    yield clause_table(report.owed, lang)
    yield from not_applicable(report.owed, lang)


def _lateness(report: YearReport, lang: Language) -> Iterator[Block]:
    owed = report.owed
    yield from held_late(owed, lang)
    yield from recorded_late(owed, lang)
    yield from waivers(owed, lang)
    yield Heading(lang.text(say("Overdue and open")))
    yield Items(to_do(owed, lang), lang.text(say("Nothing is overdue or open.")))
    if any(duty.state is State.UPCOMING for duty in owed.duties):
        text = say(
            "The year is not over on {day}; duties whose period has not begun are shown as upcoming.", day=owed.as_of
        )
        yield Paragraph(lang.text(text), Tone.QUIET)


def _meetings(report: YearReport, lang: Language) -> Iterator[Block]:
    yield Heading(lang.text(say("Register of meetings")))
    yield from register(report, lang)
    yield Heading(lang.text(say("Attendance")))
    yield from attendance_blocks(report, lang)


def _findings(report: YearReport, lang: Language) -> Iterator[Block]:
    findings, elsewhere = of_year(report)
    yield from finding_blocks(findings, lang)
    if elsewhere:
        text = say("Findings in the folders of other years are not shown here: {count}.", count=elsewhere)
        yield Paragraph(lang.text(text), Tone.QUIET)
    accepted = [pair for pair in report.checked.accepted if in_year(pair[0].source.path, report.year)]
    yield from accepted_blocks(accepted, lang)


def _making(report: YearReport, lang: Language) -> Iterator[Block]:
    yield Heading(lang.text(say("How this report was made")))
    owed = report.owed
    pairs = (
        (lang.text(say("As-of day")), Cell(owed.as_of.isoformat())),
        (lang.text(say("Revision")), Cell(owed.revision or lang.text(say("the files as they stand")))),
        (lang.text(say("Records read")), Cell(str(report.checked.records))),
        (lang.text(say("Rulebook")), Cell(owed.rulebook.name)),
    )
    yield KeyValues(pairs)
    yield from assumed_lines(owed, lang)
    text = say("Everything here is worked out from the records in the repository; nothing was entered by hand.")
    yield Paragraph(lang.text(text), Tone.QUIET)
