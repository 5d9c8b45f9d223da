"""The list of commands, and the options before them. A new command is added here."""

from __future__ import annotations

import os
from datetime import datetime
from importlib import import_module
from keyword import iskeyword
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dangwu import __version__
from dangwu.cli.languages import _
from dangwu.cli.options import parse_day
from dangwu.cli.session import Session, emit
from dangwu.cli.usage_errors import Command, CommandGroup
from dangwu.language import LANGUAGES
from dangwu.model.history import BEIJING_TIME

if TYPE_CHECKING:
    from collections.abc import Callable

    from dangwu.language import Language

_FOLDER_MODULES = {"new": "new.group"}
"""Module of each command that has a folder of subcommands."""


def _list_command_titles() -> dict[str, str]:
    """Return the help line of each command, in the order of help. Each command is a module of ``cli/commands``."""
    return {
        "init": _("Make a new record repository."),
        "demo": _("Make a fictional branch with its history, and say which faults were planted."),
        "new": _("Write a new record in its place."),
        "check": _("Say what is wrong in the records."),
        "fix": _("Correct what is safe to correct: encoding, line ends, full-width signs, names for ids; shown first."),
        "save": _("Check what changed and commit it, with a message in words."),
        "send": _("Hand up what is saved: by a push, or as one file to carry."),
        "desk": _("Open what is due and the records in the browser, for whoever types no command."),
        "due": _("Say what is owed, in which state, and why."),
        "report": _("Render the report of a year."),
        "export": _("Write rosters, ledgers and registers for Excel and WPS, or for analysis."),
        "import": _("Import members, dues, attendance or targets from a sheet: shown first, written on demand."),
        "calendar": _("Write the duties as a calendar for phones and desks (ICS)."),
        "board": _("Write the openness board as a static site."),
        "form": _("Print a record as the form that people sign, or an empty one to fill in."),
        "explain": _("Explain a duty, a clause, a finding's code, a kind of record or a setting."),
        "review": _("Say what a change brings: control files, records, duties, findings."),
        "log": _("Show the life of one record: who recorded, changed, merged and reviewed it."),
        "audit": _("Check in git's history whether the records were made when they say."),
        "rules": _("Print the rulebook in force, clause by clause."),
        "adopt": _("Adopt an optional profile of stricter rules, from a day and with an approval."),
        "migrate": _("Bring records of an older version up to date, shown as a difference first."),
        "hook": _("Install git hooks that check each commit, and show their state."),
        "doctor": _("See whether git, encoding, hook and schemas are in order."),
        "schema": _("Print or export the JSON Schemas of the records."),
        "completion": _("Print the completion script for a shell."),
    }


class _RootGroup(CommandGroup):
    """All commands by name; a command's module is imported only when that command runs."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._known = _list_command_titles()
        self.commands = {name: Command(name=name, help=title) for name, title in self._known.items()}

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002
        """Import and return a command."""
        title = self._known.pop(cmd_name, None)
        if title is not None:
            self.commands[cmd_name] = _load_command(cmd_name, title)
        return self.commands.get(cmd_name)

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002
        """List the commands without importing any."""
        with formatter.section(_("Commands")):
            formatter.write_dl([(name, command.help) for name, command in self.commands.items()])


def _load_command(name: str, title: str) -> Any:
    # For a command named like a Python keyword, module and function end in an underscore.
    identifier = f"{name}_" if iskeyword(name) else name
    module = import_module(f"dangwu.cli.commands.{_FOLDER_MODULES.get(name, identifier)}")
    if hasattr(module, "build_command"):
        app = module.build_command(title)
    else:
        app = typer.Typer(rich_markup_mode=None, add_completion=False)
        app.command(name, cls=Command, help=title)(getattr(module, identifier))
    command = typer.main.get_command(app)
    command.name = name
    return command


def build_app(language: Language) -> Callable[..., object]:
    """Return the command line with its help in one language."""
    app = typer.Typer(
        cls=_RootGroup,
        help=_("Records of a Party branch as plain text in git: what is wrong, what is due, the year's report."),
        epilog=_("Begin with: dangwu demo DIR, or dangwu init DIR. The codes of findings: dangwu explain DW301."),
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        add_completion=False,
        no_args_is_help=False,
        invoke_without_command=True,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_build_root_callback(language))
    if "_DANGWU_COMPLETE" in os.environ:
        from dangwu.cli.commands.completion import register_shells  # noqa: PLC0415

        register_shells()
    return app


def _build_root_callback(language: Language) -> Callable[..., None]:
    def root(
        context: typer.Context,
        path: Annotated[
            Path, typer.Option("-C", metavar="DIR", help=_("The record repository, or a folder inside it."))
        ] = Path(),
        lang: Annotated[str | None, typer.Option("--lang", metavar="zh|en", help=_("Language of all output."))] = None,
        as_of: Annotated[
            str | None,
            typer.Option("--as-of", metavar="DATE", help=_("The day to judge on; today unless given.")),
        ] = None,
        color: Annotated[
            str, typer.Option("--color", metavar="auto|always|never", help=_("Colour on a terminal."))
        ] = "auto",
        *,
        debug: Annotated[bool, typer.Option("--debug", help=_("Print a traceback for a fault in dangwu."))] = False,
        version: Annotated[bool, typer.Option("--version", help=_("Print the version and exit."))] = False,
    ) -> None:
        del debug
        if version:
            emit(f"dangwu {__version__}")
            raise typer.Exit
        if lang is not None and lang not in LANGUAGES:
            raise typer.BadParameter(_("choose zh or en"), param_hint="--lang")
        if color not in {"auto", "always", "never"}:
            raise typer.BadParameter(_("choose auto, always or never"), param_hint="--color")
        day = datetime.now(BEIJING_TIME).date() if as_of is None else parse_day(as_of, "--as-of")
        context.obj = Session(path=path, language=language, as_of=day, color=color, answered=[])
        if context.invoked_subcommand is None:
            emit(context.get_help())

    return root
