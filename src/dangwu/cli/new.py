"""``dangwu new``: a record in its right place within minutes; only exceptions are typed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dangwu import resources
from dangwu.cli.ask import Asker
from dangwu.cli.languages import _
from dangwu.cli.session import Session, emit, of
from dangwu.cli.usage import Command, Group
from dangwu.errors import UsageError
from dangwu.model.period import Period
from dangwu.model.record import GROUP_MEETING, LECTURE, MEETING_KINDS, Leave, Outcome
from dangwu.model.text import Text, say

if TYPE_CHECKING:
    from collections.abc import Callable

    from dangwu.draft.fresh import Typed
    from dangwu.model.corpus import Corpus

_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d", re.ASCII)
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}", re.ASCII)
_DATE = Annotated[str | None, typer.Option("--date", metavar="DATE", help=_("The day; the as-of day unless given."))]
_NO_INPUT = Annotated[bool, typer.Option("--no-input", help=_("Ask nothing, also on a terminal."))]
_DRY = Annotated[bool, typer.Option("--dry-run", help=_("Print the record and write nothing."))]

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


def build() -> typer.Typer:
    """Return the group of commands that write new records."""
    app = typer.Typer(cls=Group, help=_("Write a new record in its place."), rich_markup_mode=None)
    titles = {
        "general-meeting": _("A Party branch general meeting."),
        "committee-meeting": _("A branch committee meeting."),
        "group-meeting": _("A Party group meeting."),
        "lecture": _("A Party lecture."),
    }
    for kind in MEETING_KINDS:
        app.command(kind, cls=Command, help=titles[kind])(_meeting(kind))
    app.command("member", cls=Command, help=_("A member."))(member)
    app.command("waiver", cls=Command, help=_("A duty waived, deferred or plainly missed, with the reason."))(waiver)
    return app


def _meeting(kind: str) -> Callable[..., None]:
    def new(
        context: typer.Context,
        *,
        date: _DATE = None,
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
        no_input: _NO_INPUT = False,
        dry_run: _DRY = False,
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
    _write(session, corpus, fresh.meeting(corpus, typed), None, dry_run=dry_run)


def member(
    context: typer.Context,
    *,
    name: Annotated[str | None, typer.Option("--name", help=_("The member's name."))] = None,
    id_: Annotated[str | None, typer.Option("--id", help=_("The id; the next free one unless given."))] = None,
    status: Annotated[
        str, typer.Option("--status", metavar="probationary|full", help=_("The status on joining the branch."))
    ] = "full",
    since: Annotated[
        str | None, typer.Option("--from", metavar="DATE", help=_("In this branch since; the as-of day unless given."))
    ] = None,
    group: Annotated[str | None, typer.Option("--group", help=_("The Party group."))] = None,
    joined_on: Annotated[
        str | None, typer.Option("--joined-on", metavar="DATE", help=_("Joined the Party on."))
    ] = None,
    no_input: _NO_INPUT = False,
    dry_run: _DRY = False,
) -> None:
    """Write a member's file."""
    session = of(context)
    corpus = session.workspace().corpus
    ask = Asker(session, corpus, enabled=not no_input)
    if status not in {"probationary", "full"}:
        raise typer.BadParameter(_("choose probationary or full"), param_hint="--status")
    first = ask.day(since)
    groups = {} if group is None else {"groups": [{"from": first.isoformat(), "group": ask.group(group)}]}
    joined = {} if joined_on is None else {"joined_on": ask.day(joined_on).isoformat()}
    fields = {
        "schema": 1,
        "kind": "member",
        "id": ask.text(id_ or _next_id(corpus), "", _ID, "--id"),
        "name": ask.text(name, _("The member's name"), re.compile(r".*\S.*"), "--name"),
        "status": [{"from": first.isoformat(), "status": status}],
    }
    if fields["id"] in corpus.member_by_id or fields["id"] in corpus.unread_members:
        raise UsageError(say("There is a member with the id {id} already.", id=str(fields["id"])))
    _write(session, corpus, {**fields, **groups, **joined}, None, dry_run=dry_run)


def _next_id(corpus: Corpus) -> str:
    used = [int(each[1:]) for each in corpus.member_by_id if re.fullmatch(r"m\d+", each, re.ASCII)]
    return f"m{max(used, default=0) + 1:03d}"


def waiver(
    context: typer.Context,
    *,
    duty: Annotated[
        list[str] | None, typer.Option("--duty", metavar="ID", help=_("The duty's id, from dangwu due."))
    ] = None,
    outcome: Annotated[
        str, typer.Option("--outcome", metavar="waived|deferred|missed", help=_("What was decided."))
    ] = "missed",
    until: Annotated[
        str | None, typer.Option("--until", metavar="DATE", help=_("The new day of a deferred duty."))
    ] = None,
    reason: Annotated[str | None, typer.Option("--reason", help=_("Why."))] = None,
    approved_by: Annotated[str | None, typer.Option("--approved-by", help=_("Who approved it."))] = None,
    date: _DATE = None,
    slug: Annotated[str | None, typer.Option("--slug", help=_("The end of the file's name."))] = None,
    no_input: _NO_INPUT = False,
    dry_run: _DRY = False,
) -> None:
    """Write a waiver; without a reason or an approver 【待填】 stays for a person to write."""
    from dangwu.draft.render import TO_WRITE  # noqa: PLC0415

    session = of(context)
    corpus = session.workspace().corpus
    ask = Asker(session, corpus, enabled=not no_input)
    if outcome not in set(Outcome):
        raise typer.BadParameter(_("choose one of {names}").format(names=", ".join(Outcome)), param_hint="--outcome")
    duties = duty or ask.several(_("Ids of the duties, as in 3.1/2026-07/g2 (;)"))
    if not duties:
        raise UsageError(say("Say which duty: --duty 3.1/2026-07/g2"), say("dangwu due lists the ids."))
    day = ask.day(date)
    fields: dict[str, Any] = {
        "schema": 1,
        "kind": "waiver",
        "date": day.isoformat(),
        "duties": list(duties),
        "outcome": outcome,
        "reason": reason or ask.optional(_("Why")) or TO_WRITE,
        "approved_by": approved_by or ask.optional(_("Who approved it")) or TO_WRITE,
    }
    if outcome == Outcome.DEFERRED:
        if until is None:
            raise UsageError(say("A deferred duty needs its new day: --until DATE"))
        fields["until"] = ask.day(until).isoformat()
    end = slug or re.sub(r"[^a-z0-9]+", "-", duties[0].lower()).strip("-")
    _write(session, corpus, fields, ask.text(end, "", _ID, "--slug"), dry_run=dry_run)


def _write(session: Session, corpus: Corpus, fields: dict[str, Any], slug: str | None, *, dry_run: bool) -> None:
    from dangwu.draft.render import record_path, record_text  # noqa: PLC0415
    from dangwu.files.write import write_file  # noqa: PLC0415

    schema = resources.schema(fields["kind"])
    taken = {*corpus.documents, *(each.path for each in corpus.unread)}
    path = record_path(schema, fields, slug, taken=taken)
    up = "../" * path.count("/")
    line = f"{up}.dangwu/schema/{fields['kind']}.json"
    text = record_text(schema, fields, language=session.language.code, schema_line=line)
    if dry_run:
        emit(text)
        return
    root = session.location().root
    write_file(root / path, text.encode(), root=root)
    session.tell(_written(path, text))


def _written(path: str, text: str) -> Text:
    from dangwu.draft.render import TO_WRITE  # noqa: PLC0415

    count = text.count(TO_WRITE)
    if count:
        return say(
            "Written: {path}. Places left for a person to write (【待填】): {count}. Then: dangwu check",
            path=path,
            count=count,
        )
    return say("Written: {path}. Then: dangwu check", path=path)
