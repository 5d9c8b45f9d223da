"""One of the ten systems in the year's report: its duties by clause and month, and its registers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.model.text import say
from dangwu.report.clauses import clause_table, not_applicable, shared
from dangwu.report.duties import events
from dangwu.report.filters import system_kind
from dangwu.report.ledger import table
from dangwu.report.months import calendars
from dangwu.report.naming import system_name
from dangwu.report.page import Block, Heading
from dangwu.report.pictures import dues_by_month, study_hours
from dangwu.report.register import attendance_blocks, register

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dangwu.lang import Language
    from dangwu.model.result import YearReport
    from dangwu.report.ledger import Register

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
