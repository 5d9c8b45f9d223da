"""The sheets that tell of a year: figures, duties, meetings, attendance by month, hours of study, findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.facts.study_hours import hours
from dangwu.model.audience import Audience
from dangwu.model.message import say
from dangwu.pages.page import KeyValues
from dangwu.pages.registers.attendance import attendance, counts
from dangwu.pages.scope import considered, meetings_of, of_year
from dangwu.pages.tone import SEVERITIES
from dangwu.pages.wording.names import group_name, people_order, period_name, subject_name
from dangwu.pages.wording.states import KINDS, MONTHS, clock, decisive, face, recorded_late
from dangwu.pages.year import year_page
from dangwu.sheets.write.sheet import Holds, Spread

if TYPE_CHECKING:
    from dangwu.model.duty import Duty
    from dangwu.model.finding import Finding
    from dangwu.model.record import Meeting
    from dangwu.model.results import Owed, YearReport
    from dangwu.pages.registers.attendance import Tally
    from dangwu.sheets.write.sheet import Content, SpreadColumn
    from dangwu.sheets.write.wording import Voice

_MANY = 6
"""Digits of the longest count; what has more is a revision or a number of another kind, and stays text."""


def overview(report: YearReport, voice: Voice) -> Spread:
    """Return the figures of the year's page, and how it was made."""
    page = year_page(report, voice.lang)
    pairs = [pair for block in page.blocks if isinstance(block, KeyValues) for pair in block.pairs]
    branch = report.owed.corpus.branch
    rows: list[tuple[Content, ...]] = [(voice.lang.text(say("Year")), report.year)]
    if branch is not None:
        rows.insert(0, (voice.lang.text(say("Party branch")), voice.lang.value(branch.name)))
    rows.extend((name, _figure(cell.text)) for name, cell in pairs)
    columns = (voice.column("what", say("what")), voice.column("value", say("value")))
    return Spread("overview", voice.lang.text(say("Overview")), columns, tuple(rows))


def _figure(text: str) -> Content:
    return int(text) if len(text) <= _MANY and text.isascii() and text.isdecimal() else text


def duties(report: YearReport, voice: Voice) -> Spread:
    """List every duty with its state and what it rests on."""
    columns = (
        voice.column("id", say("id")),
        voice.column("clause", say("clause")),
        voice.column("system", say("system"), Holds.NUMBER),
        voice.column("title", say("Duty")),
        voice.column("subject", say("who, or what about")),
        voice.column("period", say("period")),
        voice.column("opens", say("since"), Holds.DAY),
        voice.column("due", say("due by"), Holds.DAY),
        voice.column("state", say("state")),
        voice.column("held_on", say("held on"), Holds.DAY),
        voice.column("recorded_on", say("recorded on"), Holds.DAY),
        voice.column("recorded_late", say("recorded late")),
        voice.column("evidence", say("evidence")),
        voice.column("reason", say("reason")),
    )
    rows = tuple(_duty(each, report.owed, voice) for each in report.owed.duties)
    return Spread("duties", voice.lang.text(say("Duties and their states")), columns, rows)


def _duty(duty: Duty, owed: Owed, voice: Voice) -> tuple[Content, ...]:
    lang = voice.lang
    proof = decisive(duty)
    return (
        duty.id,
        duty.clause,
        duty.system,
        lang.value(duty.title),
        duty.subject if voice.tidy else subject_name(duty, owed) or None,
        voice.word(duty.period.label, period_name(duty.period)),
        duty.opens,
        duty.due,
        voice.word(duty.state.value, face(duty).word),
        proof.held_on if proof else None,
        proof.recorded_on if proof else None,
        _yes(voice, said=recorded_late(duty)),
        "; ".join(each.path for each in duty.evidence if each.path) or None,
        lang.text(duty.reason) if duty.reason else None,
    )


def _yes(voice: Voice, *, said: bool) -> str | None:
    return voice.word("yes", say("yes")) if said else None


def meetings(report: YearReport, voice: Voice) -> Spread | None:
    """List the year's meetings and lectures with how many were there (form 2.1)."""
    if not report.owed.audience.may_see(Audience.MEMBERS):
        return None
    columns = (
        voice.column("date", say("Date"), Holds.DAY),
        voice.column("time", say("Time")),
        voice.column("kind", say("Meeting")),
        voice.column("group", say("Group")),
        voice.column("place", say("place")),
        voice.column("chair", say("Chair")),
        voice.column("recorder", say("Recorder")),
        voice.column("lecturer", say("lecturer")),
        *_tally_columns(voice),
        voice.column("topics", say("Topics")),
        voice.column("makes_up", say("held late for")),
        voice.column("recorded_on", say("recorded on"), Holds.DAY),
        voice.column("path", say("file")),
    )
    rows = tuple(_meeting(each, report, voice) for each in meetings_of(report))
    return Spread("meetings", voice.lang.text(say("Register of meetings")), columns, rows)


def _tally_columns(voice: Voice) -> tuple[SpreadColumn, ...]:
    titles = {"due": say("due"), "present": say("present"), "leave": say("leave"), "absent": say("absent")}
    return tuple(voice.column(key, title, Holds.NUMBER) for key, title in titles.items())


def _meeting(meeting: Meeting, report: YearReport, voice: Voice) -> tuple[Content, ...]:
    corpus = report.owed.corpus
    return (
        meeting.day,
        f"{clock(meeting.start)}-{clock(meeting.end)}",
        voice.word(meeting.kind, KINDS[meeting.kind]),
        voice.group(corpus, meeting.group),
        meeting.place,
        voice.person(corpus, meeting.chair),
        voice.person(corpus, meeting.recorder),
        voice.person(corpus, meeting.lecturer),
        *counts(meeting, report).as_dict().values(),
        ("；" if voice.lang.code == "zh" else "; ").join(meeting.topics),
        voice.word(meeting.makes_up.label, period_name(meeting.makes_up)) if meeting.makes_up else None,
        report.owed.recorded.get(meeting.path),
        meeting.path,
    )


def attendance_by_month(report: YearReport, voice: Voice) -> Spread | None:
    """List present of due by member and month, everybody in the order of groups and ids."""
    if not report.owed.inside:
        return None
    columns = (
        *_who(voice),
        *(voice.column(f"m{number:02d}", title) for number, title in enumerate(MONTHS, 1)),
        *_tally_columns(voice),
    )
    rows = tuple(
        (
            row.member,
            row.name,
            group_name(report.owed.corpus, row.group),
            *(_of(each) for each in row.months),
            *row.total.as_dict().values(),
        )
        for row in attendance(report)
    )
    return Spread("attendance_by_month", voice.lang.text(say("Present of due by month")), columns, rows)


def _of(tally: Tally) -> str | None:
    return f"{tally.present}/{tally.due}" if tally.due else None


def _who(voice: Voice) -> tuple[SpreadColumn, ...]:
    titles = {"member": say("id"), "name": say("Member"), "group": say("Group")}
    return tuple(voice.column(key, title) for key, title in titles.items())


def study_hours(report: YearReport, voice: Voice) -> Spread | None:
    """List everybody's hours of study in the year: a fact for people, and no measure of anybody (6.3b)."""
    owed = report.owed
    if not owed.inside:
        return None
    counted, members = hours(owed.corpus, report.year), owed.corpus.member_by_id
    rows = tuple(
        (id_, members[id_].name, voice.group(owed.corpus, members[id_].group_on(owed.as_of)), counted[id_])
        for id_ in sorted(counted, key=people_order(owed))
    )
    columns = (*_who(voice), voice.column("hours", say("hours"), Holds.NUMBER))
    return Spread("hours", voice.lang.text(say("Hours of study")), columns, rows)


def findings(report: YearReport, voice: Voice) -> Spread | None:
    """List what is wrong in the year's records, and what is for people to consider, for the committee."""
    if not report.owed.inside:
        return None
    columns = (
        voice.column("severity", say("severity")),
        voice.column("code", say("code")),
        voice.column("clause", say("clause")),
        voice.column("path", say("file")),
        voice.column("line", say("line"), Holds.NUMBER),
        voice.column("message", say("what")),
        voice.column("hint", say("next step")),
        voice.column("for_people", say("for people to consider")),
    )
    rows = tuple(_finding(each, voice) for each in of_year(report)[0])
    return Spread("findings", voice.lang.text(say("Findings")), columns, rows)


def _finding(finding: Finding, voice: Voice) -> tuple[Content, ...]:
    return (
        voice.word(finding.severity.value, SEVERITIES[finding.severity]),
        finding.code.id,
        finding.code.clause,
        finding.source.path,
        finding.source.line or None,
        voice.lang.text(finding.message),
        voice.lang.text(finding.hint) if finding.hint else None,
        _yes(voice, said=considered(finding)),
    )
