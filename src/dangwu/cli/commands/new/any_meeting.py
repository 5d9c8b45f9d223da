"""``dangwu new meeting``: choose the kind of meeting, then run the command of that kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from dangwu.cli.commands.new.meeting import MeetingGroupOption
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
    """A command that lists the kinds of meeting in its help and passes unknown options on to the kind's command."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.ignore_unknown_options = self.allow_extra_args = True

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write the options, then the kinds of meeting."""
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
    group: MeetingGroupOption = None,
    date: DateOption = None,
    no_input: NoInputOption = False,
) -> None:
    """Take the meeting from --kind or --duty, else prompt with the meetings due, and run the kind's command."""
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


def _build_group_flag(ask: Asker, choice: MeetingChoice, word: str | None) -> list[str]:
    """Return the flag of the group; UsageError for another kind of meeting, or a duty of another group."""
    if word is None:
        return []
    if choice.kind != GROUP_MEETING:
        message = say("{title} is not a meeting of a Party group.", title=find_kind_title(choice.kind))
        raise UsageError(message, say("Leave --group out."))
    group = ask.group(word)
    if choice.duty is not None and choice.duty.subject != group:
        message = say("{id} is not a duty of group {group}.", id=choice.duty.id, group=group)
        raise UsageError(message, say("Leave --group out."))
    return ["--group", group]


def _find_meeting_day(ask: Asker, choice: MeetingChoice, word: str | None) -> dt.date:
    """Return the day of the meeting from --date, from a prompt, or the as-of day; UsageError for a day too early."""
    day_question = _("Day of the meeting, as in 2026-03-12")
    question = _("{question}; Enter for {value}").format(question=day_question, value=ask.day(None))
    while True:
        text = word if word is not None else ask.optional(question)
        try:
            day = ask.day(text)
            _refuse_early_day(choice, day)
        except UsageError as error:
            if word is not None or text is None:
                raise
            ask.report_error(error)
        else:
            return day


def _refuse_early_day(choice: MeetingChoice, day: dt.date) -> None:
    """UsageError for a day before the window of the duty opens."""
    duty = choice.duty
    if duty is not None and day < duty.opens:
        message = say(
            "{id} opens on {opens}: a meeting on {day} does not count.", id=duty.id, opens=duty.opens, day=day
        )
        raise UsageError(message, say("Leave --duty out and name the kind: --kind {kind}", kind=choice.kind))


def _build_makes_up_flag(choice: MeetingChoice, day: dt.date) -> list[str]:
    """Return the flag by which a meeting held after the period of its duty still counts for it."""
    duty = choice.duty
    return ["--makes-up", duty.period.label] if duty is not None and day >= duty.period.end else []


def _run_kind_command(context: typer.Context, kind: str, words: list[str]) -> None:
    group_context: Any = context.parent
    command = group_context.command.get_command(group_context, kind)
    with command.make_context(kind, words, parent=group_context) as kind_context:
        command.invoke(kind_context)
