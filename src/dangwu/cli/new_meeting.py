"""``dangwu new`` for meetings and lectures: who was due is known, so only exceptions are typed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dangwu import resources
from dangwu.cli.ask import Asker
from dangwu.cli.languages import _
from dangwu.cli.scaffold import Date, DryRun, NoInput, write
from dangwu.cli.session import Session, of
from dangwu.errors import UsageError
from dangwu.model.period import Period
from dangwu.model.record import GROUP_MEETING, LECTURE, Leave
from dangwu.model.text import say

if TYPE_CHECKING:
    from collections.abc import Callable

    from dangwu.draft.fresh import Typed
    from dangwu.model.corpus import Corpus

_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d", re.ASCII)
_TIME = Annotated[str | None, typer.Option("--time", metavar="15:00-16:10", help=_("From when to when."))]
_GROUP = Annotated[str | None, typer.Option("--group", help=_("The Party group."))]
_PLACE = Annotated[str | None, typer.Option("--place", help=_("Where; as last time unless given."))]
_TOPIC = Annotated[list[str] | None, typer.Option("--topic", help=_("An issue; may be given several times."))]
_ABSENT = Annotated[
    list[str] | None, typer.Option("--absent", metavar="ID", help=_("Absent without reason; ids or names."))
]
_LEAVE = Annotated[
    list[str] | None,
    typer.Option("--leave", metavar="ID:CODE[:APPROVER]", help=_("On approved leave, with its reason code.")),
]
_LATE = Annotated[list[str] | None, typer.Option("--late", metavar="ID", help=_("Present, but late."))]
_IN_ATTENDANCE = Annotated[list[str] | None, typer.Option("--in-attendance", help=_("In attendance without a vote."))]
_CHAIR = Annotated[
    str | None, typer.Option("--chair", metavar="ID", help=_("Who chaired; the leader or secretary unless given."))
]
_DELEGATED = Annotated[str | None, typer.Option("--delegated-by", metavar="ID", help=_("Who delegated the chair."))]
_RECORDER = Annotated[
    str | None, typer.Option("--recorder", metavar="ID", help=_("Who kept the record; as last time unless given."))
]
_LECTURER = Annotated[str | None, typer.Option("--lecturer", help=_("Who lectured."))]
_MAKES_UP = Annotated[str | None, typer.Option("--makes-up", metavar="2026-03", help=_("The period that was missed."))]


def meeting(kind: str) -> Callable[..., None]:
    """Return the command for one kind of meeting."""

    def new(
        context: typer.Context,
        *,
        date: Date = None,
        time: _TIME = None,
        group: _GROUP = None,
        place: _PLACE = None,
        topic: _TOPIC = None,
        absent: _ABSENT = None,
        leave: _LEAVE = None,
        late: _LATE = None,
        in_attendance: _IN_ATTENDANCE = None,
        chair: _CHAIR = None,
        delegated_by: _DELEGATED = None,
        recorder: _RECORDER = None,
        lecturer: _LECTURER = None,
        makes_up: _MAKES_UP = None,
        no_input: NoInput = False,
        dry_run: DryRun = False,
    ) -> None:
        session = of(context)
        corpus = session.workspace().corpus
        ask = Asker(session, corpus, enabled=not no_input)
        given = {
            "kind": kind,
            "day": ask.day(date),
            "group": ask.group(group) if kind == GROUP_MEETING else None,
            "time": ask.text(time, _("From when to when, as in 15:00-16:10"), _CLOCK, "--time"),
            "place": place,
            "topics": tuple(topic or ask.several(_("Issues, separated by ;"))),
            "chair": ask.member(chair),
            "delegated_by": ask.member(delegated_by),
            "recorder": ask.member(recorder),
            "lecturer": lecturer,
            "late": ask.members(late or ()),
            "in_attendance": tuple(in_attendance or ()),
            "makes_up": _period(makes_up),
        }
        _write_meeting(session, corpus, _typed(ask, given, absent, leave), dry_run=dry_run)

    if kind != GROUP_MEETING:
        _drop(new, "group")
    if kind != LECTURE:
        _drop(new, "lecturer")
    return new


def _typed(ask: Asker, given: dict[str, Any], absent: list[str] | None, leave: list[str] | None) -> Typed:
    from dangwu.draft.fresh import Typed  # noqa: PLC0415

    ask.show_due(given["kind"], given["group"], given["day"])
    away = ask.members(absent if absent is not None else ask.several(_("Absent without reason (ids or names, ;)")))
    excused = leave if leave is not None else ask.several(_("On leave, as in m009:business-trip (;)"))
    return Typed(**given, absent=away, leave=tuple(_leave(ask, each) for each in excused))


def _drop(function: Callable[..., None], name: str) -> None:
    """Take an option away that the kind does not have; its default stays."""
    import inspect  # noqa: PLC0415

    signature = inspect.signature(function, eval_str=True)
    kept = [each for each in signature.parameters.values() if each.name != name]
    function.__signature__ = signature.replace(parameters=kept)  # type: ignore[attr-defined]


def _leave(ask: Asker, text: str) -> Leave:
    who, _colon, rest = text.partition(":")
    reason, _colon, approver = rest.partition(":")
    codes = resources.schema(GROUP_MEETING)["$defs"]["leaveReason"]["enum"]
    if reason not in codes:
        hint = say("As in m009:business-trip; the codes are: {codes}.", codes=tuple(codes))
        raise UsageError(say("Leave needs a reason code: {text}", text=text), hint)
    return Leave(member=ask.required_member(who), reason=reason, approved_by=ask.member(approver or None))


def _period(label: str | None) -> str | None:
    if label is None:
        return None
    try:
        return Period.parse(label).label
    except ValueError:
        raise UsageError(say("{text} is no period as in 2026-03, 2026-Q1 or 2026-H1.", text=label)) from None


def _write_meeting(session: Session, corpus: Corpus, typed: Typed, *, dry_run: bool) -> None:
    from dangwu.draft import fresh  # noqa: PLC0415

    fault = fresh.fault(corpus, typed)
    if fault is not None:
        raise UsageError(fault, say("Correct the date, the group, or the files in members/."))
    write(session, corpus, fresh.meeting(corpus, typed), dry_run=dry_run)
