"""The sheets that ``export`` makes, by name, and those of the year's report as a workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.sheets.write import records, year
from dangwu.sheets.write.registers import build_register_sheets

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from dangwu.model.results import YearReport
    from dangwu.sheets.write.sheet import Sheet, SheetWording

SHEET_BUILDERS: Mapping[str, Callable[[YearReport, SheetWording], Sheet | None]] = {
    "members": records.build_member_sheet,
    "dues": records.build_dues_sheet,
    "attendance": records.build_attendance_sheet,
    "targets": records.build_target_sheet,
    "duties": year.build_duty_sheet,
    "meetings": year.build_meeting_sheet,
    "hours": year.build_study_hour_sheet,
}
"""Sheet → its builder, which returns None where the audience may see nothing of it."""
ALL_REGISTERS, ALL_SHEETS = "registers", "all"
SHEET_NAMES = (*SHEET_BUILDERS, ALL_REGISTERS, ALL_SHEETS)


def build_sheets(name: str, report: YearReport, wording: SheetWording) -> tuple[Sheet, ...]:
    """Return the sheets of one of ``SHEET_NAMES``; an empty tuple where the audience may see nothing of it."""
    if name == ALL_REGISTERS:
        return build_register_sheets(report, wording)
    if name == ALL_SHEETS:
        sheets = (build(report, wording) for build in SHEET_BUILDERS.values())
        return (*(record for record in sheets if record is not None), *build_register_sheets(report, wording))
    sheet = SHEET_BUILDERS[name](report, wording)
    return (sheet,) if sheet is not None else ()


def build_year_sheets(report: YearReport, wording: SheetWording) -> tuple[Sheet, ...]:
    """Return the year's report, sheet by sheet."""
    builders = (
        year.build_overview_sheet,
        year.build_duty_sheet,
        records.build_member_sheet,
        year.build_month_attendance,
        year.build_meeting_sheet,
        year.build_study_hour_sheet,
    )
    sheets = (*(build(report, wording) for build in builders), *build_register_sheets(report, wording))
    return tuple(record for record in (*sheets, year.build_finding_sheet(report, wording)) if record is not None)
