"""The sheets that can be imported again: roster, dues, attendance and targets, with the columns that import reads.

People are listed by Party group and id. The records are redacted for the audience before they come here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.facts.dues import find_assessed
from dangwu.model.audience import Audience
from dangwu.model.day_or_month import DayOrMonth
from dangwu.model.message import say
from dangwu.model.period import parse_day
from dangwu.pages.scope import find_year_meetings, find_year_records
from dangwu.pages.wording.names import build_people_order
from dangwu.sheets.columns import ABSENT, LEAVE, PRESENT, SHEET_COLUMNS, CellType, find_column_codes
from dangwu.sheets.write.sheet import CellFormat, Sheet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date

    from dangwu.model.message import Text
    from dangwu.model.record import Meeting, Member
    from dangwu.model.results import DutyResult, YearReport
    from dangwu.sheets.columns import SheetColumn
    from dangwu.sheets.write.sheet import CellContent, SheetWording

    RowValues = Mapping[str, CellContent]

_CELL_FORMATS = {
    CellType.DAY: CellFormat.DAY,
    **dict.fromkeys((CellType.NUMBER, CellType.MONEY, CellType.YEAR), CellFormat.NUMBER),
}
_ROSTER_COLUMNS = ("id", "name", "joined_on", "converted_on", "status", "status_from", "group", "group_from")
_PUBLIC_COLUMNS = ("id", "name", "group")
"""The columns of the roster for an audience that sees only names."""


def build_member_sheet(report: YearReport, wording: SheetWording) -> Sheet | None:
    """List the members with their status and Party group on the as-of day (form 2.8)."""
    result = report.owed
    if not result.audience.may_see(Audience.MEMBERS):
        return None
    order = build_people_order(result)
    people = sorted(result.corpus.members, key=lambda member: order(member.id))
    keys = _ROSTER_COLUMNS if result.inside else _PUBLIC_COLUMNS
    rows = (_build_member_row(person, report) for person in people)
    return _build_sheet("members", say("Roster of members"), rows, result, wording, only=keys)


def _build_member_row(member: Member, report: YearReport) -> RowValues:
    result = report.owed
    document = result.corpus.documents.get(member.path)
    data = document.data if document else {}
    status, since = next(
        ((standing.value, span.start) for standing, span in member.standings if result.as_of in span), (None, None)
    )
    # An audience that sees only names gets the last group without days.
    groups = [(group, span.start) for group, span in member.groups if result.as_of in span or not result.inside]
    group, entered = groups[0] if groups else (None, None)
    return {
        "id": member.id,
        "name": member.name,
        "joined_on": _read_day_or_month(data.get("joined_on")),
        "converted_on": _read_day_or_month(data.get("converted_on")),
        "status": status,
        "status_from": since,
        "group": group,
        "group_from": entered,
    }


def _read_day_or_month(value: object) -> date | str | None:
    """Return a day as one, and a month of which the day is not known as its text."""
    known = DayOrMonth.parse(value)
    return known and (known.day or known.label)


def build_dues_sheet(report: YearReport, wording: SheetWording) -> Sheet | None:
    """List every payment of the year's ledger (form 2.7); a member who has not paid has one row without a month."""
    return _build_inside_sheet("dues", say("Dues ledger"), _build_payment_rows, report, wording)


def _build_payment_rows(report: YearReport) -> Iterator[RowValues]:
    order = build_people_order(report.owed)
    rows = [member for ledger in find_year_records(report, "dues") for member in ledger.data["members"]]
    for row in sorted(rows, key=lambda row: order(row["member"])):
        head: RowValues = {"member": row["member"], "assessed": row["assessed"]}
        paid = sorted(row["paid"], key=lambda one: (one["month"], one["date"]))
        for one in paid:
            yield {**head, **one, "assessed": find_assessed(row, one["month"]), "date": parse_day(one["date"])}
        if not paid:
            yield head


def build_attendance_sheet(report: YearReport, wording: SheetWording) -> Sheet | None:
    """List who was present, on leave or absent at each meeting of the year (form 2.2)."""
    return _build_inside_sheet("attendance", say("Attendance book"), _build_attendance_rows, report, wording)


def _build_attendance_rows(report: YearReport) -> Iterator[RowValues]:
    order = build_people_order(report.owed)
    for meeting in find_year_meetings(report):
        attendance = _read_attendance_lists(meeting)
        for member in sorted(attendance, key=order):
            head: RowValues = {"date": meeting.day, "kind": meeting.kind, "group": meeting.group, "member": member}
            yield {**head, **attendance[member]}


def _read_attendance_lists(meeting: Meeting) -> dict[str, RowValues]:
    """Return the attendance of each member; of several lists the one most favourable to the member."""
    away: dict[str, RowValues] = {
        leave.member: {"attendance": LEAVE, "reason": leave.reason, "approved_by": leave.approved_by}
        for leave in meeting.leave
    }
    return {
        **{member: {"attendance": ABSENT} for member in meeting.absent},
        **away,
        **{member: {"attendance": PRESENT} for member in meeting.present},
    }


def build_target_sheet(report: YearReport, wording: SheetWording) -> Sheet | None:
    """List the items of every member's targets (form 2.6)."""
    return _build_inside_sheet("targets", say("Members' targets"), _build_target_rows, report, wording)


def _build_target_rows(report: YearReport) -> Iterator[RowValues]:
    order = build_people_order(report.owed)
    for sheet in sorted(find_year_records(report, "target"), key=lambda record: order(record.data["member"])):
        head = {key: sheet.data[key] for key in ("year", "member", "post")}
        yield from ({**head, **item} for item in sheet.data["items"])


def _build_inside_sheet(
    key: str, title: Text, rows: Callable[[YearReport], Iterator[RowValues]], report: YearReport, wording: SheetWording
) -> Sheet | None:
    return _build_sheet(key, title, rows(report), report.owed, wording) if report.owed.inside else None


def _build_sheet(
    key: str,
    title: Text,
    rows: Iterator[RowValues],
    result: DutyResult,
    wording: SheetWording,
    *,
    only: tuple[str, ...] | None = None,
) -> Sheet:
    columns = [column for column in SHEET_COLUMNS[key] if only is None or column.key in only]
    heads = tuple(
        wording.column(column.key, column.title, _CELL_FORMATS.get(column.form, CellFormat.TEXT)) for column in columns
    )
    writers = [_build_cell_writer(column, result, wording) for column in columns]
    sheet_rows = tuple(tuple(write(row) for write in writers) for row in rows)
    return Sheet(key, wording.lang.text(title), heads, sheet_rows)


def _build_cell_writer(
    column: SheetColumn, result: DutyResult, wording: SheetWording
) -> Callable[[RowValues], CellContent]:
    """Return the function that writes the cell of one column from a row."""
    corpus, key = result.corpus, column.key
    if column.form is CellType.NAME:
        members = corpus.member_by_id
        return lambda row: row.get(key) or (members[str(row["member"])].name if row["member"] in members else None)
    if column.form is CellType.GROUP:
        return lambda row: wording.group(corpus, _keep_text(row.get(key)))
    if column.form is CellType.CODE:
        words = find_column_codes(column, wording.schema, result.kinds)
        return lambda row: wording.word(code, words.get(code, code)) if (code := _keep_text(row.get(key))) else None
    return lambda row: row.get(key)


def _keep_text(value: CellContent) -> str | None:
    return value if isinstance(value, str) and value else None
