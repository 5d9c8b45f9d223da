"""The sheets that ``export`` makes, by name, and those of the year's report as a workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.report import spreads_records, spreads_year
from dangwu.report.spreads_registers import register_spreads

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from dangwu.model.result import YearReport
    from dangwu.report.spread import Spread
    from dangwu.report.spreads_voice import Voice

SHEETS: Mapping[str, Callable[[YearReport, Voice], Spread | None]] = {
    "members": spreads_records.members,
    "dues": spreads_records.dues,
    "attendance": spreads_records.attendance,
    "targets": spreads_records.targets,
    "duties": spreads_year.duties,
    "meetings": spreads_year.meetings,
    "hours": spreads_year.study_hours,
}
"""Each returns None where nothing of it is for the audience."""
REGISTERS, ALL = "registers", "all"
NAMES = (*SHEETS, REGISTERS, ALL)


def spreads(name: str, report: YearReport, voice: Voice) -> tuple[Spread, ...]:
    """Return the sheets of one of ``NAMES``; none where nothing of it is for the audience."""
    if name == REGISTERS:
        return register_spreads(report, voice)
    if name == ALL:
        made = (maker(report, voice) for maker in SHEETS.values())
        return (*(each for each in made if each is not None), *register_spreads(report, voice))
    alone = SHEETS[name](report, voice)
    return (alone,) if alone is not None else ()


def year_spreads(report: YearReport, voice: Voice) -> tuple[Spread, ...]:
    """Return the year's report, sheet by sheet."""
    makers = (
        spreads_year.overview,
        spreads_year.duties,
        spreads_records.members,
        spreads_year.attendance_by_month,
        spreads_year.meetings,
        spreads_year.study_hours,
    )
    made = (*(maker(report, voice) for maker in makers), *register_spreads(report, voice))
    return tuple(each for each in (*made, spreads_year.findings(report, voice)) if each is not None)
