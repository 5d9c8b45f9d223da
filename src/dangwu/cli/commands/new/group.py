"""``dangwu new``: one command for each kind of record, built from its schema when it is called."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

from dangwu.cli.commands.new.any_kind import build_kind_function
from dangwu.cli.commands.new.any_meeting import MeetingCommand, meeting
from dangwu.cli.commands.new.meeting import build_meeting_function
from dangwu.cli.commands.new.member import member
from dangwu.cli.commands.new.payment import payment
from dangwu.cli.commands.new.waiver import waiver
from dangwu.cli.languages import _, read_current_language
from dangwu.cli.usage_errors import Command, CommandGroup
from dangwu.model.record import MEETING_KINDS
from dangwu.workspace.kind_names import ANY_MEETING, KIND_GROUPS, NEW_KINDS, PAYMENT, find_kind, find_kind_title

if TYPE_CHECKING:
    from collections.abc import Callable

_OTHER_WORDS = {ANY_MEETING: frozenset({"会议", "开会"}), PAYMENT: frozenset({"交费", "交纳党费", "缴费", "收党费"})}
"""What is written by ``new`` and is no kind → words for it."""
_OWN_FUNCTIONS: dict[str, Callable[..., None]] = {"member": member, "waiver": waiver}
"""The kinds with a command module of their own."""
_NAME_WIDTH = max(map(len, NEW_KINDS))


def build_command(title: str) -> typer.Typer:
    """Return the group of commands that write new records."""
    return typer.Typer(cls=_KindGroup, help=title, rich_markup_mode=None, add_completion=False, callback=_do_nothing)


def _do_nothing() -> None:
    """Do nothing; typer needs a callback for a group."""


class _KindGroup(CommandGroup):
    """The commands by kind; each is built from the kind's schema on first use."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        names = (ANY_MEETING, PAYMENT, *NEW_KINDS)
        self._unbuilt = set(names)
        self.commands = {name: Command(name=name) for name in names}

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Return the command of a kind, given by name or title; UsageError for an unknown one."""
        if cmd_name not in self.commands and ctx.resilient_parsing:
            return None
        name = cmd_name if cmd_name in self.commands else _find_command_name(cmd_name)
        if name in self._unbuilt:
            self._unbuilt.discard(name)
            self.commands[name] = _OTHER_BUILDERS.get(name, _build_kind_command)(name)
        return self.commands[name]

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002
        """List the kinds in groups without building their commands."""
        for group, names in KIND_GROUPS:
            rows = [(name, _format_kind_title(name)) for name in names]
            if names == MEETING_KINDS:
                rows.insert(0, (ANY_MEETING, _build_meeting_title()))
            if "dues" in names:
                rows.insert(names.index("dues") + 1, (PAYMENT, _build_payment_title()))
            with formatter.section(read_current_language().value(group)):
                formatter.write_dl([(name.ljust(_NAME_WIDTH), title) for name, title in rows])


def _find_command_name(word: str) -> str:
    other = next((name for name, words in _OTHER_WORDS.items() if word in words), None)
    return other or find_kind(word, NEW_KINDS)


def _build_meeting_title() -> str:
    return _("Minutes of a meeting: it offers what is owed and asks which one it was.")


def _build_payment_title() -> str:
    return _("Dues that were paid for a month, entered in the ledger: one member, several, or all but some.")


def _build_payment_command(name: str) -> Any:
    return _convert_to_command(name, payment, Command, _build_payment_title())


def _build_meeting_command(name: str) -> Any:
    further = _("Every option of the kind may follow, such as --time, --topic and --leave: {command}")
    text = f"{_build_meeting_title()}\n\n{further.format(command='dangwu new group-meeting --help')}"
    return _convert_to_command(name, meeting, MeetingCommand, text)


_OTHER_BUILDERS: dict[str, Callable[[str], Any]] = {
    ANY_MEETING: _build_meeting_command,
    PAYMENT: _build_payment_command,
}


def _format_kind_title(kind: str) -> str:
    return read_current_language().value(find_kind_title(kind))


def _build_kind_command(kind: str) -> Any:
    return _convert_to_command(kind, _choose_function(kind), Command, _format_kind_title(kind))


def _convert_to_command(name: str, function: Callable[..., None], cls: type[Command], title: str) -> Any:
    app = typer.Typer(rich_markup_mode=None, add_completion=False)
    app.command(name, cls=cls, help=title)(function)
    command = typer.main.get_command(app)
    command.name = name
    return command


def _choose_function(kind: str) -> Callable[..., None]:
    if kind in _OWN_FUNCTIONS:
        return _OWN_FUNCTIONS[kind]
    build_function = build_meeting_function if kind in MEETING_KINDS else build_kind_function
    return build_function(kind, read_current_language().code)
