"""The ten systems in the year's report, each with its duties by clause and month, its registers and its chart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.model.message import say
from dangwu.pages.charts.month_calendar import build_calendars
from dangwu.pages.charts.year import build_dues_bars, build_study_hour_bars
from dangwu.pages.clauses import build_clause_table, build_not_applicable_list, build_shared_duty_notes
from dangwu.pages.duties import build_event_blocks
from dangwu.pages.filters import format_system_kind
from dangwu.pages.page import Block, Heading
from dangwu.pages.registers.ledger import build_register_table
from dangwu.pages.registers.meetings import build_attendance_blocks, build_meeting_register
from dangwu.pages.wording.names import format_system_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dangwu.language import Language
    from dangwu.model.results import YearReport
    from dangwu.pages.registers.ledger import Register

_MEETING_SYSTEM = 3
"""The system with the register of meetings and the attendance book."""
_CHART_BUILDERS = {6: build_study_hour_bars, 10: build_dues_bars}


def build_system_blocks(report: YearReport, registers: Sequence[Register], lang: Language) -> Iterator[Block]:
    """Yield the systems that have duties or records, in the order of the rulebook."""
    result = report.owed
    numbers = {duty.system for duty in result.duties} | {register.system for register in registers if register.rows}
    if result.corpus.meetings:
        numbers.add(_MEETING_SYSTEM)
    for number in sorted(numbers, key=lambda number: number or len(result.rulebook.systems) + 1):
        yield Heading(format_system_name(number, result, lang), kinds=(format_system_kind(number),))
        if any(duty.system == number for duty in result.duties):
            yield build_clause_table(result, number, lang)
            yield from build_shared_duty_notes(result, number, lang)
            yield from build_calendars(result, lang, number)
            yield from build_event_blocks(result, lang, number)
            yield from build_not_applicable_list(result, number, lang)
        if number == _MEETING_SYSTEM:
            yield from _build_meeting_blocks(report, lang)
        yield from (build_register_table(register, lang) for register in registers if register.system == number)
        if number in _CHART_BUILDERS:
            yield from _CHART_BUILDERS[number](report, lang)


def _build_meeting_blocks(report: YearReport, lang: Language) -> Iterator[Block]:
    if not report.owed.corpus.meetings:
        return
    yield Heading(lang.text(say("Register of meetings")), 3)
    yield from build_meeting_register(report, lang)
    yield Heading(lang.text(say("Attendance")), 3)
    yield from build_attendance_blocks(report, lang)
