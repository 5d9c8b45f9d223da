"""The report of one calendar year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.model.audience import Audience
from dangwu.model.duty import State
from dangwu.model.message import say
from dangwu.pages.charts.trend import over_the_years
from dangwu.pages.details import details
from dangwu.pages.duties import assumed_lines, state_figures, to_do
from dangwu.pages.filters import filters
from dangwu.pages.findings import accepted_blocks, finding_blocks
from dangwu.pages.lateness import done_late, recorded_late, waivers
from dangwu.pages.page import Block, Cell, Heading, Items, KeyValues, Page, Paragraph
from dangwu.pages.registers.attendance import by_month, percent
from dangwu.pages.registers.registry import registers
from dangwu.pages.scope import considered, in_year, meetings_of, of_year
from dangwu.pages.systems import system_blocks
from dangwu.pages.tone import Tone
from dangwu.pages.wording.names import origin
from dangwu.pages.wording.states import recorded_late as came_late

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dangwu.language import Language
    from dangwu.model.results import YearReport


def year_page(report: YearReport, lang: Language, *, at_length: bool = False) -> Page:
    """Return the whole report: numbers, what is open, years, the systems, what was late, findings, assumptions.

    ``at_length`` adds every duty one by one, for pages that can be walked through.
    """
    parts = (_summary, _open, over_the_years, _systems, _lateness, _findings, _making)
    blocks = [block for part in parts for block in part(report, lang)]
    if at_length:
        blocks.extend(details(report.owed, lang))
    title = say("Party branch report for {year}: the ten working systems", year=f"{report.year:04d}")
    return Page(lang.text(title), origin(report.owed, lang), tuple(blocks), filters(report.owed, blocks, lang))


def _summary(report: YearReport, lang: Language) -> Iterator[Block]:
    yield state_figures(report.owed.duties, lang)
    late = sum(came_late(duty) for duty in report.owed.duties)
    months = by_month(report)
    due, present = sum(each.due for each in months), sum(each.present for each in months)
    if not report.owed.audience.may_see(Audience.MEMBERS):
        return
    pairs = [(lang.text(say("Meetings and lectures held")), Cell(str(len(meetings_of(report)))))]
    if due:
        rate = f"{present}/{due} ({percent(present, due)})"
        pairs.append((lang.text(say("Present of those due, all meetings")), Cell(rate)))
    pairs.append((lang.text(say("Duties whose record came late")), Cell(str(late))))
    findings, _ = of_year(report)
    open_ = sum(not considered(each) for each in findings)
    pairs.append((lang.text(say("Open findings")), Cell(str(open_))))
    yield KeyValues(tuple(pairs))


def _open(report: YearReport, lang: Language) -> Iterator[Block]:
    owed = report.owed
    if not owed.duties:
        return
    yield Heading(lang.text(say("Overdue and open")))
    yield Items(to_do(owed, lang), lang.text(say("Nothing is overdue or open.")))
    if any(duty.state is State.UPCOMING for duty in owed.duties):
        text = say(
            "The year is not over on {day}; duties whose period has not begun are shown as upcoming.", day=owed.as_of
        )
        yield Paragraph(lang.text(text), Tone.QUIET)


def _systems(report: YearReport, lang: Language) -> Iterator[Block]:
    yield from system_blocks(report, registers(report), lang)


def _lateness(report: YearReport, lang: Language) -> Iterator[Block]:
    yield from done_late(report.owed, lang)
    yield from recorded_late(report.owed, lang)
    yield from waivers(report.owed, lang)


def _findings(report: YearReport, lang: Language) -> Iterator[Block]:
    if not report.owed.audience.may_see(Audience.MEMBERS):
        return
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
