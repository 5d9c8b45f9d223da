"""The report of one calendar year."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from dangwu.model.audience import Audience
from dangwu.model.duty import DutyState
from dangwu.model.finding_list import count_findings
from dangwu.model.message import say
from dangwu.pages.charts.trend import build_year_trends
from dangwu.pages.details import build_detail_blocks
from dangwu.pages.duties import (
    build_assumption_line,
    build_assumption_notes,
    build_recording_note,
    build_state_figures,
    build_to_do_items,
)
from dangwu.pages.filters import build_filters
from dangwu.pages.findings import build_accepted_blocks, build_finding_blocks
from dangwu.pages.lateness import build_done_late_table, build_recorded_late_table, build_waiver_table
from dangwu.pages.page import Block, Cell, Heading, Items, KeyValues, Page, Paragraph, Tone
from dangwu.pages.paper import leave_out_screen_parts
from dangwu.pages.registers.attendance import count_month_attendance
from dangwu.pages.registers.registry import build_registers
from dangwu.pages.scope import find_year_findings, find_year_meetings, is_for_consideration, is_in_year
from dangwu.pages.systems import build_system_blocks
from dangwu.pages.wording.names import format_origin
from dangwu.pages.wording.reader_words import build_reader_language
from dangwu.pages.wording.states import RECORDING_UNKNOWN, count_recorded_late
from dangwu.pages.wording.values import format_percent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dangwu.language import Language
    from dangwu.model.duty import Duty
    from dangwu.model.results import YearReport

SOON_DAYS = 30
"""What is due in so many days is told at the end of a report on paper."""


def build_year_page(report: YearReport, lang: Language, *, at_length: bool = False, for_paper: bool = False) -> Page:
    """Return the whole report: numbers, open duties, trends, the systems, lateness, findings, assumptions.

    ``at_length`` adds each duty in detail, for formats with links. ``for_paper`` is for people without the repository:
    no commands, paths and ids, days in words, the results first and what is due soon last.
    """
    if for_paper:
        lang = build_reader_language(report.owed, lang)
    blocks = [block for part in (_PAPER_PARTS if for_paper else _SCREEN_PARTS) for block in part(report, lang)]
    if at_length:
        blocks.extend(build_detail_blocks(report.owed, lang))
    if for_paper:
        blocks = list(leave_out_screen_parts((*blocks, *_build_due_soon(report, lang))))
    title = say("Party branch report for {year}: the ten working systems", year=f"{report.year:04d}")
    source = report.owed._replace(revision=None) if for_paper else report.owed
    return Page(lang.text(title), format_origin(source, lang), tuple(blocks), build_filters(report.owed, blocks, lang))


def _build_summary(report: YearReport, lang: Language) -> Iterator[Block]:
    yield build_state_figures(report.owed.duties, lang)
    late = count_recorded_late(report.owed)
    months = count_month_attendance(report)
    due, present = sum(month.due for month in months), sum(month.present for month in months)
    if not report.owed.audience.may_see(Audience.MEMBERS):
        return
    pairs = [(lang.text(say("Meetings and lectures held")), Cell(str(len(find_year_meetings(report)))))]
    if due:
        rate = f"{present}/{due} ({format_percent(present, due)})"
        pairs.append((lang.text(say("Present of those due, all meetings")), Cell(rate)))
    shown = Cell(lang.text(RECORDING_UNKNOWN), Tone.WARN) if late is None else Cell(str(late))
    pairs.append((lang.text(say("Duties whose record came late")), shown))
    findings, _ = find_year_findings(report)
    open_ = count_findings(finding for finding in findings if not is_for_consideration(finding))
    pairs.append((lang.text(say("Open findings")), Cell(str(open_))))
    yield KeyValues(tuple(pairs))


def _build_open_duties(report: YearReport, lang: Language) -> Iterator[Block]:
    result = report.owed
    if not result.duties:
        return
    yield Heading(lang.text(say("Overdue and open")))
    yield Items(build_to_do_items(result, lang), lang.text(say("Nothing is overdue or open.")))
    yield from _build_upcoming_note(report, lang)


def _build_overdue_duties(report: YearReport, lang: Language) -> Iterator[Block]:
    result = report.owed
    if not result.duties:
        return
    yield Heading(lang.text(say("Overdue")))
    items = build_to_do_items(result, lang, lambda duty: duty.state is DutyState.OVERDUE)
    yield Items(items, lang.text(say("Nothing is overdue.")))
    yield from _build_upcoming_note(report, lang)


def _build_due_soon(report: YearReport, lang: Language) -> Iterator[Block]:
    """Yield what is open and due soon, and how much is due later; nothing for a year that is over."""
    result = report.owed
    last = result.as_of + timedelta(days=SOON_DAYS)

    def is_soon(duty: Duty) -> bool:
        return duty.state is DutyState.OPEN and duty.due <= last

    items = build_to_do_items(result, lang, lambda duty: duty.state is DutyState.OPEN)
    if not items:
        return
    soon = build_to_do_items(result, lang, is_soon)
    yield Heading(lang.text(say("Due in the next {days} days", days=SOON_DAYS)))
    yield Items(soon, lang.text(say("Nothing is due in these days.")))
    if len(items) > len(soon):
        text = say("Begun and due later: {count}.", count=len(items) - len(soon))
        yield Paragraph(lang.text(text), Tone.QUIET)


def _build_upcoming_note(report: YearReport, lang: Language) -> Iterator[Block]:
    result = report.owed
    if any(duty.state is DutyState.UPCOMING for duty in result.duties):
        text = say(
            "The year is not over on {day}; duties whose period has not begun are shown as upcoming.", day=result.as_of
        )
        yield Paragraph(lang.text(text), Tone.QUIET)


def _build_systems(report: YearReport, lang: Language) -> Iterator[Block]:
    yield from build_system_blocks(report, build_registers(report), lang)


def _build_lateness(report: YearReport, lang: Language) -> Iterator[Block]:
    yield from build_done_late_table(report.owed, lang)
    yield from build_recorded_late_table(report.owed, lang)
    yield from build_recording_note(report.owed, lang)
    yield from build_waiver_table(report.owed, lang)


def _build_findings(report: YearReport, lang: Language) -> Iterator[Block]:
    if not report.owed.audience.may_see(Audience.MEMBERS):
        return
    findings, elsewhere = find_year_findings(report)
    yield from build_finding_blocks(findings, lang)
    if elsewhere:
        text = say("Findings in the folders of other years are not shown here: {count}.", count=elsewhere)
        yield Paragraph(lang.text(text), Tone.QUIET)
    accepted = [pair for pair in report.checked.accepted if is_in_year(pair[0].source.path, report.year)]
    yield from build_accepted_blocks(accepted, lang)


def _build_provenance(report: YearReport, lang: Language) -> Iterator[Block]:
    yield Heading(lang.text(say("How this report was made")))
    result = report.owed
    pairs = (
        (lang.text(say("As-of day")), Cell(lang.value(result.as_of))),
        (lang.text(say("Revision")), Cell(result.revision or lang.text(say("the current files")))),
        (lang.text(say("Records read")), Cell(str(report.checked.records))),
        (lang.text(say("Rulebook")), Cell(result.rulebook.name)),
    )
    yield KeyValues(pairs)
    yield from build_assumption_notes(result, lang)
    yield _build_closing(lang)


def _build_paper_provenance(report: YearReport, lang: Language) -> Iterator[Block]:
    """Yield how the report was made; the revision is told, since by it anyone can prove which records it is from."""
    yield Heading(lang.text(say("How this report was made")))
    result = report.owed
    pairs = [
        (lang.text(say("As-of day")), Cell(lang.value(result.as_of))),
        (lang.text(say("Records read")), Cell(str(report.checked.records))),
    ]
    if result.revision:
        pairs.insert(1, (lang.text(say("Revision")), Cell(result.revision)))
    yield KeyValues(tuple(pairs))
    yield from build_assumption_line(result, lang, for_paper=True)
    yield _build_closing(lang)


def _build_closing(lang: Language) -> Paragraph:
    text = say("Everything here is worked out from the records in the repository; nothing was entered by hand.")
    return Paragraph(lang.text(text), Tone.QUIET)


_SCREEN_PARTS = (
    _build_summary,
    _build_open_duties,
    build_year_trends,
    _build_systems,
    _build_lateness,
    _build_findings,
    _build_provenance,
)
_PAPER_PARTS = (
    _build_summary,
    _build_overdue_duties,
    build_year_trends,
    _build_systems,
    _build_lateness,
    _build_findings,
    _build_paper_provenance,
)
