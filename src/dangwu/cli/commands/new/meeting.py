"""``dangwu new KIND`` for meetings and lectures: attendance follows from who was due and the exceptions given."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dangwu.authoring.new.meeting import MeetingInput, build_meeting_fields, find_meeting_fault
from dangwu.authoring.new.record_fields import build_flags
from dangwu.cli.commands.new.answers import ask_value, nest_values
from dangwu.cli.commands.new.shared import (
    DateOption,
    DryRunOption,
    NoInputOption,
    build_request,
    read_records,
    write_record,
)
from dangwu.cli.commands.new.signature import CommandOptions, parse_flags, set_signature
from dangwu.cli.languages import _
from dangwu.cli.prompts import Asker
from dangwu.cli.session import Session, find_session
from dangwu.data import resources
from dangwu.errors import UsageError
from dangwu.model.message import say
from dangwu.model.period import Period
from dangwu.model.record import GROUP_MEETING, LECTURE, Leave
from dangwu.model.schema_node import read_code_word

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from dangwu.authoring.new.request import RecordRequest

_TIME_PATTERN = re.compile(r"([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d", re.ASCII)
_TIME_OPTION = Annotated[str | None, typer.Option("--time", metavar="15:00-16:10", help=_("From when to when."))]
MeetingGroupOption = Annotated[str | None, typer.Option("--group", help=_("The Party group."))]
_PLACE_OPTION = Annotated[str | None, typer.Option("--place", help=_("Where; as last time unless given."))]
_TOPIC_OPTION = Annotated[list[str] | None, typer.Option("--topic", help=_("An issue; may be given several times."))]
_ABSENT_OPTION = Annotated[
    list[str] | None, typer.Option("--absent", metavar="ID", help=_("Absent without reason; ids or names."))
]
_LEAVE_OPTION = Annotated[
    list[str] | None,
    typer.Option("--leave", metavar="ID:CODE[:APPROVER]", help=_("On approved leave, with its reason code.")),
]
_LATE_OPTION = Annotated[list[str] | None, typer.Option("--late", metavar="ID", help=_("Present, but late."))]
_IN_ATTENDANCE_OPTION = Annotated[
    list[str] | None, typer.Option("--in-attendance", help=_("In attendance without a vote."))
]
_CHAIR_OPTION = Annotated[
    str | None, typer.Option("--chair", metavar="ID", help=_("Who chaired; the leader or secretary unless given."))
]
_DELEGATED_BY_OPTION = Annotated[
    str | None, typer.Option("--delegated-by", metavar="ID", help=_("Who delegated the chair."))
]
_RECORDER_OPTION = Annotated[
    str | None, typer.Option("--recorder", metavar="ID", help=_("Who kept the record; as last time unless given."))
]
_LECTURER_OPTION = Annotated[str | None, typer.Option("--lecturer", help=_("Who lectured."))]
_MAKES_UP_OPTION = Annotated[
    str | None, typer.Option("--makes-up", metavar="2026-03", help=_("The period that was missed."))
]

_PROMPTED_FORMS = frozenset({"text", "day"})
"""The forms of required fields that are prompted for; members and hours are computed."""
_HANDLED_FIELDS = (
    "date", "time", "group", "place", "topics", "present", "absent", "leave", "late", "in_attendance", "totals",
    "chair", "delegated_by", "recorder", "lecturer", "makes_up", "resolutions", "documents",
)  # fmt: skip
"""Fields of a meeting with options in ``_COMMON_OPTIONS``, and fields that are computed or edited in the file."""
_COMMON_OPTIONS: CommandOptions = {
    "date": (DateOption, None),
    "time": (_TIME_OPTION, None),
    "place": (_PLACE_OPTION, None),
    "topic": (_TOPIC_OPTION, None),
    "absent": (_ABSENT_OPTION, None),
    "leave": (_LEAVE_OPTION, None),
    "late": (_LATE_OPTION, None),
    "in_attendance": (_IN_ATTENDANCE_OPTION, None),
    "chair": (_CHAIR_OPTION, None),
    "delegated_by": (_DELEGATED_BY_OPTION, None),
    "recorder": (_RECORDER_OPTION, None),
    "makes_up": (_MAKES_UP_OPTION, None),
    "no_input": (NoInputOption, False),
    "dry_run": (DryRunOption, False),
}


def build_meeting_function(kind: str, language: str) -> Callable[..., None]:
    """Return the command of a kind of meeting, with its help in ``language``."""
    flags = build_flags(resources.load_schema(kind), _HANDLED_FIELDS)

    def new(context: typer.Context, **words: Any) -> None:
        session = find_session(context)
        workspace = read_records(session, dry_run=words["dry_run"])
        ask = Asker(session, workspace.corpus, enabled=not words["no_input"])
        values = parse_flags(ask, flags, words)
        meeting = _read_meeting_input(ask, kind, words)
        for flag in flags:
            if flag.required and flag.path not in values and flag.form in _PROMPTED_FORMS:
                value = ask_value(ask, flag)
                values |= {} if value is None else {flag.path: value}
        request = build_request(session, workspace, kind, nest_values(values), day=meeting.day)
        _write_meeting(session, request, meeting, words)

    own: CommandOptions = {"group": (MeetingGroupOption, None)} if kind == GROUP_MEETING else {}
    own |= {"lecturer": (_LECTURER_OPTION, None)} if kind == LECTURE else {}
    set_signature(new, flags, {**own, **_COMMON_OPTIONS}, language)
    return new


def _read_meeting_input(ask: Asker, kind: str, words: Mapping[str, Any]) -> MeetingInput:
    """Parse the options of a meeting, with prompts for time, topics and absences."""
    absent, leave = words["absent"], words["leave"]
    values = {
        "kind": kind,
        "day": ask.day(words["date"]),
        "group": ask.group(words["group"]) if kind == GROUP_MEETING else None,
        "time": ask.text(
            words["time"],
            _("From when to when, as in 15:00-16:10"),
            _TIME_PATTERN,
            "--time",
            normalise=_normalise_time,
            example="15:00-16:10",
        ),
        "place": words["place"],
        "topics": tuple(words["topic"] or ask.several(_("Issues, separated by ;"))),
        "chair": ask.member(words["chair"]),
        "delegated_by": ask.member(words["delegated_by"]),
        "recorder": ask.member(words["recorder"]),
        "lecturer": words.get("lecturer"),
        "late": ask.members(words["late"] or ()),
        "in_attendance": tuple(words["in_attendance"] or ()),
        "makes_up": _parse_period(words["makes_up"]),
    }
    ask.show_due(kind, values["group"], values["day"])
    absent = ask.members(absent if absent is not None else ask.several(_("Absent without reason (ids or names, ;)")))
    leave = leave if leave is not None else ask.several(_("On leave, as in m009:business-trip (;)"))
    return MeetingInput(**values, absent=absent, leave=tuple(_parse_leave(ask, text) for text in leave))


def _normalise_time(text: str) -> str:
    """Return a time range as records write it: ``9：00 至 10：30`` becomes ``09:00-10:30``."""
    plain = re.sub(r"[—–~至到]+", "-", "".join(unicodedata.normalize("NFKC", text).split()))
    return re.sub(r"(?<!\d)\d(?=:)", lambda match: match[0].zfill(2), plain)


def _parse_leave(ask: Asker, text: str) -> Leave:
    """Parse ``MEMBER:REASON[:APPROVER]``; the reason is a code or its word in either language."""
    member, name, approver = (*(part.strip() for part in text.replace("：", ":").split(":", 2)), "", "")[:3]
    reasons = resources.load_schema(GROUP_MEETING)["$defs"]["leaveReason"]
    words = {code: read_code_word(reasons, code) for code in reasons["enum"]}
    reason = next((code for code, word in words.items() if name in {code, *word}), None)
    if reason is None:
        codes = tuple(say("{title} ({kind})", title=word, kind=code) for code, word in words.items())
        hint = say("As in m009:business-trip; the codes are: {codes}.", codes=codes)
        raise UsageError(say("Leave needs a reason code: {text}", text=text), hint)
    return Leave(member=ask.required_member(member), reason=reason, approved_by=ask.member(approver or None))


def _parse_period(label: str | None) -> str | None:
    if label is None:
        return None
    try:
        return Period.parse(label).label
    except ValueError:
        raise UsageError(say("{text} is no period as in 2026-03, 2026-Q1 or 2026-H1.", text=label)) from None


def _write_meeting(session: Session, request: RecordRequest, meeting: MeetingInput, words: Mapping[str, Any]) -> None:
    fault = find_meeting_fault(request.corpus, meeting)
    if fault is not None:
        raise UsageError(fault, say("Correct the date, the group, or the files in members/."))
    write_record(session, request.corpus, build_meeting_fields(request, meeting), dry_run=words["dry_run"])
