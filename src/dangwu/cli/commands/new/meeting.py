"""``dangwu new KIND`` for meetings and lectures: attendance follows from who was due and the exceptions given."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from dangwu.authoring.new.meeting import build_meeting_fields, find_meeting_fault
from dangwu.authoring.new.record_fields import build_flags
from dangwu.cli.commands.new.answers import ask_value, nest_values
from dangwu.cli.commands.new.meeting_questions import ask_sections, read_meeting_input
from dangwu.cli.commands.new.shared import (
    DateOption,
    DryRunOption,
    NoInputOption,
    build_request,
    read_records,
    write_record,
)
from dangwu.cli.commands.new.signature import CommandOptions, parse_flags, set_signature
from dangwu.cli.complete import complete_group, complete_member
from dangwu.cli.languages import _
from dangwu.cli.prompts import Asker
from dangwu.cli.session import Session, find_session
from dangwu.data import resources
from dangwu.errors import UsageError
from dangwu.model.message import say
from dangwu.model.record import GROUP_MEETING, LECTURE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from dangwu.authoring.new.meeting import MeetingInput
    from dangwu.authoring.new.record_fields import Flag
    from dangwu.authoring.new.request import RecordRequest
    from dangwu.model.corpus import Corpus

_TIME_OPTION = Annotated[str | None, typer.Option("--time", metavar="15:00-16:10", help=_("From when to when."))]
MeetingGroupOption = Annotated[
    str | None, typer.Option("--group", autocompletion=complete_group, help=_("The Party group."))
]
_PLACE_OPTION = Annotated[str | None, typer.Option("--place", help=_("Where; as last time unless given."))]
_TOPIC_OPTION = Annotated[list[str] | None, typer.Option("--topic", help=_("An issue; may be given several times."))]
_ABSENT_OPTION = Annotated[
    list[str] | None,
    typer.Option(
        "--absent", metavar="ID", autocompletion=complete_member, help=_("Absent without reason; ids or names.")
    ),
]
_LEAVE_OPTION = Annotated[
    list[str] | None,
    typer.Option("--leave", metavar="ID:CODE[:APPROVER]", help=_("On approved leave, with its reason code.")),
]
_LATE_OPTION = Annotated[
    list[str] | None, typer.Option("--late", metavar="ID", autocompletion=complete_member, help=_("Present, but late."))
]
_IN_ATTENDANCE_OPTION = Annotated[
    list[str] | None, typer.Option("--in-attendance", help=_("In attendance without a vote."))
]
_CHAIR_OPTION = Annotated[
    str | None,
    typer.Option(
        "--chair",
        metavar="ID",
        autocompletion=complete_member,
        help=_("Who chaired; the leader or secretary unless given."),
    ),
]
_DELEGATED_BY_OPTION = Annotated[
    str | None,
    typer.Option("--delegated-by", metavar="ID", autocompletion=complete_member, help=_("Who delegated the chair.")),
]
_RECORDER_OPTION = Annotated[
    str | None,
    typer.Option(
        "--recorder",
        metavar="ID",
        autocompletion=complete_member,
        help=_("Who kept the record; as last time unless given."),
    ),
]
_LECTURER_OPTION = Annotated[str | None, typer.Option("--lecturer", help=_("Who lectured."))]
_MAKES_UP_OPTION = Annotated[
    str | None, typer.Option("--makes-up", metavar="2026-03", help=_("The period that was missed."))
]

_EVERYONE_WORDS = frozenset({"all", "everyone", "全体", "全部"})
"""Words for everyone present, for a flag that names members, as --spoke."""
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
        everyone = [flag for flag in flags if _means_everyone(flag, words[flag.key])]
        values = parse_flags(ask, [flag for flag in flags if flag not in everyone], words)
        meeting = read_meeting_input(ask, kind, words)
        values |= {flag.path: _list_everyone(workspace.corpus, meeting, flag) for flag in everyone}
        for flag in flags:
            if flag.required and flag.path not in values and flag.form in _PROMPTED_FORMS:
                value = ask_value(ask, flag)
                values |= {} if value is None else {flag.path: value}
        request = build_request(session, workspace, kind, nest_values(values), day=meeting.day)
        sections = ask_sections(ask, request.schema)
        _write_meeting(session, request, meeting, sections, dry_run=words["dry_run"])

    own: CommandOptions = {"group": (MeetingGroupOption, None)} if kind == GROUP_MEETING else {}
    own |= {"lecturer": (_LECTURER_OPTION, None)} if kind == LECTURE else {}
    set_signature(new, flags, {**own, **_COMMON_OPTIONS}, language)
    return new


def _means_everyone(flag: Flag, words: Any) -> bool:
    """Tell whether a flag for members says that all were meant who were there."""
    return flag.many and flag.form == "member" and words is not None and set(words) <= _EVERYONE_WORDS


def _list_everyone(corpus: Corpus, meeting: MeetingInput, flag: Flag) -> list[str]:
    """Return everyone present; of self-checks, which may be read out, those on leave too."""
    due = corpus.roster.due_at(meeting.kind, meeting.group, meeting.day)
    away = {*meeting.absent}
    if flag.path != ("self_checks",):
        away |= {leave.member for leave in meeting.leave}
    return sorted(due - away)


def _write_meeting(
    session: Session, request: RecordRequest, meeting: MeetingInput, sections: Mapping[str, str], *, dry_run: bool
) -> None:
    fault = find_meeting_fault(request.corpus, meeting)
    if fault is not None:
        raise UsageError(fault, say("Correct the date, the group, or the files in members/."))
    fields = build_meeting_fields(request, meeting)
    write_record(session, request.corpus, fields, sections=sections, dry_run=dry_run)
