"""The sheets that ``export`` makes, by name, and those of the year's report as a workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.sheets.write import records, year
from dangwu.sheets.write.registers import register_spreads

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from dangwu.model.results import YearReport
    from dangwu.sheets.write.sheet import Spread
    from dangwu.sheets.write.wording import Voice

SHEETS: Mapping[str, Callable[[YearReport, Voice], Spread | None]] = {
    "members": records.members,
    "dues": records.dues,
    "attendance": records.attendance,
    "targets": records.targets,
    "duties": year.duties,
    "meetings": year.meetings,
    "hours": year.study_hours,
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
        year.overview,
        year.duties,
        records.members,
        year.attendance_by_month,
        year.meetings,
        year.study_hours,
    )
    made = (*(maker(report, voice) for maker in makers), *register_spreads(report, voice))
    return tuple(each for each in (*made, year.findings(report, voice)) if each is not None)
