"""One of the ten systems in the year's report: its duties by clause and month, and its registers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.model.message import say
from dangwu.pages.charts.month_calendar import calendars
from dangwu.pages.charts.year import dues_by_month, study_hours
from dangwu.pages.clauses import clause_table, not_applicable, shared
from dangwu.pages.duties import events
from dangwu.pages.filters import system_kind
from dangwu.pages.page import Block, Heading
from dangwu.pages.registers.ledger import table
from dangwu.pages.registers.meetings import attendance_blocks, register
from dangwu.pages.wording.names import system_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dangwu.language import Language
    from dangwu.model.results import YearReport
    from dangwu.pages.registers.ledger import Register

_MEETINGS = 3
"""The system with the register of meetings and the attendance book."""
_PICTURES = {6: study_hours, 10: dues_by_month}


def system_blocks(report: YearReport, registers: Sequence[Register], lang: Language) -> Iterator[Block]:
    """Yield the systems in which something is owed or on record, in the order of the text."""
    owed = report.owed
    numbers = {duty.system for duty in owed.duties} | {each.system for each in registers if each.rows}
    if owed.corpus.meetings:
        numbers.add(_MEETINGS)
    for number in sorted(numbers, key=lambda each: each or len(owed.rulebook.systems) + 1):
        yield Heading(system_name(number, owed, lang), kinds=(system_kind(number),))
        if any(duty.system == number for duty in owed.duties):
            yield clause_table(owed, number, lang)
            yield from shared(owed, number, lang)
            yield from calendars(owed, lang, number)
            yield from events(owed, lang, number)
            yield from not_applicable(owed, number, lang)
        if number == _MEETINGS:
            yield from _meetings(report, lang)
        yield from (table(each, lang) for each in registers if each.system == number)
        if number in _PICTURES:
            yield from _PICTURES[number](report, lang)


def _meetings(report: YearReport, lang: Language) -> Iterator[Block]:
    if not report.owed.corpus.meetings:
        return
    yield Heading(lang.text(say("Register of meetings")), 3)
    yield from register(report, lang)
    yield Heading(lang.text(say("Attendance")), 3)
    yield from attendance_blocks(report, lang)
