"""``dangwu new``: a record in its right place within minutes. A kind's command is made when it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

from dangwu.cli.languages import _, current
from dangwu.cli.usage_errors import Command, Group
from dangwu.model.record import MEETING_KINDS
from dangwu.workspace.kind_names import GROUPS, MEETINGS, NEW_KINDS, kind_named, kind_title

if TYPE_CHECKING:
    from collections.abc import Callable

_ANY_MEETING = frozenset({"会议", "开会"})
_WIDTH = max(map(len, NEW_KINDS))


def build(title: str) -> typer.Typer:
    """Return the group of commands that write new records."""
    return typer.Typer(cls=_Kinds, help=title, rich_markup_mode=None, add_completion=False, callback=_nothing)


def _nothing() -> None:
    """Make a group of it: typer wants a function."""


class _Kinds(Group):
    """A command for each kind, made from its schema when it is asked for and no sooner."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        names = (MEETINGS, *NEW_KINDS)
        self._waiting = set(names)
        self.commands = {name: Command(name=name) for name in names}

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Return the command for a kind, which may also be named by its title; UsageError for an unknown one."""
        if cmd_name not in self.commands and ctx.resilient_parsing:
            return None
        name = cmd_name if cmd_name in self.commands else _named(cmd_name)
        if name in self._waiting:
            self._waiting.discard(name)
            self.commands[name] = _any_meeting() if name == MEETINGS else _made(name)
        return self.commands[name]

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002
        """List the kinds in groups without making their commands."""
        for group, names in GROUPS:
            rows = [(name, _title(name)) for name in names]
            if names == MEETING_KINDS:
                rows.insert(0, (MEETINGS, _any_title()))
            with formatter.section(current().value(group)):
                formatter.write_dl([(name.ljust(_WIDTH), title) for name, title in rows])


def _named(word: str) -> str:
    return MEETINGS if word in _ANY_MEETING else kind_named(word, NEW_KINDS)


def _any_title() -> str:
    return _("Minutes of a meeting: it offers what is owed and asks which one it was.")


def _any_meeting() -> Any:
    from dangwu.cli.commands.new.any_meeting import MeetingCommand, meeting  # noqa: PLC0415

    further = _("Every option of the kind may follow, such as --time, --topic and --leave: {command}")
    text = f"{_any_title()}\n\n{further.format(command='dangwu new group-meeting --help')}"
    return _command(MEETINGS, meeting, MeetingCommand, text)


def _title(kind: str) -> str:
    return current().value(kind_title(kind))


def _made(kind: str) -> Any:
    return _command(kind, _function(kind), Command, _title(kind))


def _command(name: str, function: Callable[..., None], cls: type[Command], title: str) -> Any:
    app = typer.Typer(rich_markup_mode=None, add_completion=False)
    app.command(name, cls=cls, help=title)(function)
    command = typer.main.get_command(app)
    command.name = name
    return command


def _function(kind: str) -> Callable[..., None]:
    language = current().code
    if kind in MEETING_KINDS:
        from dangwu.cli.commands.new.meeting import meeting  # noqa: PLC0415

        return meeting(kind, language)
    if kind == "member":
        from dangwu.cli.commands.new.member import member  # noqa: PLC0415

        return member
    if kind == "waiver":
        from dangwu.cli.commands.new.waiver import waiver  # noqa: PLC0415

        return waiver
    from dangwu.cli.commands.new.any_kind import any_kind  # noqa: PLC0415

    return any_kind(kind, language)
