"""The sheets that come back: roster, dues, attendance and targets, with exactly the columns that import reads.

Everybody stands in the order of groups and ids. What an audience may not see is not in the records it is given.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.model.audience import Audience
from dangwu.model.message import say
from dangwu.model.period import parse_day
from dangwu.pages.scope import meetings_of, sheets_of
from dangwu.pages.wording.names import people_order
from dangwu.sheets.code_words import ABSENT, LEAVE, PRESENT, codes
from dangwu.sheets.columns import SHEETS, Form
from dangwu.sheets.write.sheet import Holds, Spread

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from dangwu.model.message import Text
    from dangwu.model.record import Meeting, Member
    from dangwu.model.results import Owed, YearReport
    from dangwu.sheets.columns import SheetColumn
    from dangwu.sheets.write.sheet import Content
    from dangwu.sheets.write.wording import Voice

    Row = Mapping[str, Content]

_HOLDS = {Form.DAY: Holds.DAY, Form.NUMBER: Holds.NUMBER, Form.YEAR: Holds.NUMBER}
_BY_NAME = ("id", "name", "group")
"""What those see of the roster to whom members are shown by name alone."""


def members(report: YearReport, voice: Voice) -> Spread | None:
    """List the members as they stand on the as-of day (form 2.8)."""
    owed = report.owed
    if not owed.audience.may_see(Audience.MEMBERS):
        return None
    order = people_order(owed)
    people = sorted(owed.corpus.members, key=lambda each: order(each.id))
    keys = None if owed.inside else _BY_NAME
    rows = (_member(each, report) for each in people)
    return _sheet("members", say("Roster of members"), rows, owed, voice, only=keys)


def _member(member: Member, report: YearReport) -> Row:
    owed = report.owed
    document = owed.corpus.documents.get(member.path)
    said = document.data if document else {}
    status, since = next(
        ((standing.value, span.start) for standing, span in member.standings if owed.as_of in span), (None, None)
    )
    # Those who see names alone are given the last group without the days.
    groups = [(group, span.start) for group, span in member.groups if owed.as_of in span or not owed.inside]
    group, entered = groups[0] if groups else (None, None)
    return {
        "id": member.id,
        "name": member.name,
        "joined_on": parse_day(said.get("joined_on")),
        "converted_on": parse_day(said.get("converted_on")),
        "status": status,
        "status_from": since,
        "group": group,
        "group_from": entered,
    }


def dues(report: YearReport, voice: Voice) -> Spread | None:
    """List every payment of the year's ledger (form 2.7); who has not paid yet has one line without a month."""
    return _inside("dues", say("Dues ledger"), _payments, report, voice)


def _payments(report: YearReport) -> Iterator[Row]:
    order = people_order(report.owed)
    rows = [each for ledger in sheets_of(report, "dues") for each in ledger.data["members"]]
    for each in sorted(rows, key=lambda each: order(each["member"])):
        head: Row = {"member": each["member"], "assessed": each["assessed"]}
        paid = sorted(each["paid"], key=lambda one: (one["month"], one["date"]))
        yield from ({**head, **one, "date": parse_day(one["date"])} for one in paid)
        if not paid:
            yield head


def attendance(report: YearReport, voice: Voice) -> Spread | None:
    """List who was present, on leave or absent at each meeting of the year (form 2.2)."""
    return _inside("attendance", say("Attendance book"), _attendances, report, voice)


def _attendances(report: YearReport) -> Iterator[Row]:
    order = people_order(report.owed)
    for meeting in meetings_of(report):
        listed = _listed(meeting)
        for member in sorted(listed, key=order):
            head: Row = {"date": meeting.day, "kind": meeting.kind, "group": meeting.group, "member": member}
            yield {**head, **listed[member]}


def _listed(meeting: Meeting) -> dict[str, Row]:
    """Return what the lists say of each member; of two lists the one that is better for the member."""
    away: dict[str, Row] = {
        each.member: {"attendance": LEAVE, "reason": each.reason, "approved_by": each.approved_by}
        for each in meeting.leave
    }
    return {
        **{each: {"attendance": ABSENT} for each in meeting.absent},
        **away,
        **{each: {"attendance": PRESENT} for each in meeting.present},
    }


def targets(report: YearReport, voice: Voice) -> Spread | None:
    """List the items of every member's targets (form 2.6)."""
    return _inside("targets", say("Members' targets"), _items, report, voice)


def _items(report: YearReport) -> Iterator[Row]:
    order = people_order(report.owed)
    for sheet in sorted(sheets_of(report, "target"), key=lambda each: order(each.data["member"])):
        head = {key: sheet.data[key] for key in ("year", "member", "post")}
        yield from ({**head, **item} for item in sheet.data["items"])


def _inside(
    key: str, title: Text, rows: Callable[[YearReport], Iterator[Row]], report: YearReport, voice: Voice
) -> Spread | None:
    return _sheet(key, title, rows(report), report.owed, voice) if report.owed.inside else None


def _sheet(
    key: str, title: Text, rows: Iterator[Row], owed: Owed, voice: Voice, *, only: tuple[str, ...] | None = None
) -> Spread:
    columns = [each for each in SHEETS[key] if only is None or each.key in only]
    heads = tuple(voice.column(each.key, each.title, _HOLDS.get(each.form, Holds.TEXT)) for each in columns)
    writers = [_writer(each, owed, voice) for each in columns]
    made = tuple(tuple(write(row) for write in writers) for row in rows)
    return Spread(key, voice.lang.text(title), heads, made)


def _writer(column: SheetColumn, owed: Owed, voice: Voice) -> Callable[[Row], Content]:
    """Return what writes the cells of one column."""
    corpus, key = owed.corpus, column.key
    if column.form is Form.NAME:
        known = corpus.member_by_id
        return lambda row: row.get(key) or (known[str(row["member"])].name if row["member"] in known else None)
    if column.form is Form.GROUP:
        return lambda row: voice.group(corpus, _text(row.get(key)))
    if column.form is Form.CODE:
        words = codes(column, voice.schema, owed.kinds)
        return lambda row: voice.word(code, words.get(code, code)) if (code := _text(row.get(key))) else None
    return lambda row: row.get(key)


def _text(value: Content) -> str | None:
    return value if isinstance(value, str) and value else None
