"""``dangwu new meeting``: settle which meeting it was, then let the command of its kind write it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from dangwu.cli.commands.new.meeting import MeetingGroupOption as OfGroup
from dangwu.cli.commands.new.meeting_choice import MeetingChoice, ask_meeting_choice, find_meeting_choice
from dangwu.cli.commands.new.shared import DateOption, NoInputOption, read_records
from dangwu.cli.languages import _, read_current_language
from dangwu.cli.prompts import Asker
from dangwu.cli.session import find_session
from dangwu.cli.usage_errors import Command
from dangwu.errors import UsageError
from dangwu.model.message import say
from dangwu.model.record import GROUP_MEETING, MEETING_KINDS
from dangwu.workspace.kind_names import find_kind_title

if TYPE_CHECKING:
    import datetime as dt


class MeetingCommand(Command):
    """The command whose help lists the kinds of meeting; options that it does not know are those of the kind."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.ignore_unknown_options = self.allow_extra_args = True

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write the options, then the kinds."""
        super().format_options(ctx, formatter)
        with formatter.section(_("Kinds of meeting")):
            formatter.write_dl([(kind, read_current_language().value(find_kind_title(kind))) for kind in MEETING_KINDS])


def meeting(
    context: typer.Context,
    *,
    kind: Annotated[
        str | None, typer.Option("--kind", metavar="KIND", help=_("The kind of meeting: its name or its title."))
    ] = None,
    duty: Annotated[
        str | None,
        typer.Option("--duty", metavar="ID", help=_("The duty that the meeting is for, as in 3.1/2026-03/g1.")),
    ] = None,
    group: OfGroup = None,
    date: DateOption = None,
    no_input: NoInputOption = False,
) -> None:
    """Ask on a terminal which meeting it was, with what is owed; elsewhere --kind or --duty says it."""
    session = find_session(context)
    workspace = read_records(session)
    session.refuse_without_branch(workspace)
    ask = Asker(session, workspace.corpus, enabled=not no_input)
    choice = (
        find_meeting_choice(session, workspace, kind, duty)
        if kind or duty
        else ask_meeting_choice(ask, session, workspace)
    )
    words = [*choice.flags, *_build_group_flag(ask, choice, group)]
    day = _find_meeting_day(ask, choice, date)
    words += ["--date", day.isoformat(), *_build_makes_up_flag(choice, day), *(["--no-input"] if no_input else ())]
    _run_kind_command(context, choice.kind, [*words, *context.args])


def _build_group_flag(ask: Asker, choice: MeetingChoice, said: str | None) -> list[str]:
    """Return the group as a flag, unless the duty says it; UsageError where the two differ."""
    if said is None:
        return []
    if choice.kind != GROUP_MEETING:
        message = say("{title} is not a meeting of a Party group.", title=find_kind_title(choice.kind))
        raise UsageError(message, say("Leave --group out."))
    group = ask.group(said)
    if choice.duty is not None and choice.duty.subject != group:
        message = say("{id} is not a duty of group {group}.", id=choice.duty.id, group=group)
        raise UsageError(message, say("Leave --group out."))
    return ["--group", group]


def _find_meeting_day(ask: Asker, choice: MeetingChoice, said: str | None) -> dt.date:
    """Return the day of the meeting: as said, as answered on a terminal, or the as-of day."""
    question = _("Day of the meeting, as in 2026-03-12; Enter for {day}").format(day=ask.day(None))
    while True:
        typed = said if said is not None else ask.optional(question)
        try:
            day = ask.day(typed)
            _refuse_early_day(choice, day)
        except UsageError as error:
            if said is not None or typed is None:
                raise
            ask.refuse(error)
        else:
            return day


def _refuse_early_day(choice: MeetingChoice, day: dt.date) -> None:
    duty = choice.duty
    if duty is not None and day < duty.opens:
        early = say("{id} opens on {opens}: a meeting on {day} does not count.", id=duty.id, opens=duty.opens, day=day)
        raise UsageError(early, say("Leave --duty out and name the kind: --kind {kind}", kind=choice.kind))


def _build_makes_up_flag(choice: MeetingChoice, day: dt.date) -> list[str]:
    """Return the flag that a meeting held after the period of its duty needs to count for it."""
    duty = choice.duty
    return ["--makes-up", duty.period.label] if duty is not None and day >= duty.period.end else []


def _run_kind_command(context: typer.Context, kind: str, words: list[str]) -> None:
    kinds: Any = context.parent
    command = kinds.command.get_command(kinds, kind)
    with command.make_context(kind, words, parent=kinds) as inner:
        command.invoke(inner)
