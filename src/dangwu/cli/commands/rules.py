"""``dangwu rules``: print the rulebook in force, clause by clause; ``dangwu rules diff`` is in ``rules_diff``."""

from __future__ import annotations

from typing import Annotated

import typer

from dangwu.cli.commands.explain import list_session_settings
from dangwu.cli.commands.rules_diff import diff
from dangwu.cli.languages import _
from dangwu.cli.options import SystemFilterOption
from dangwu.cli.output import build_format_option, choose_format
from dangwu.cli.session import Session, emit, find_session, print_page
from dangwu.cli.usage_errors import Command, CommandGroup
from dangwu.errors import UsageError
from dangwu.formats.machine.rules import render_rules_json
from dangwu.formats.registry import ResultKind
from dangwu.model.message import say
from dangwu.pages.rules import build_rules_page


def build_command(title: str) -> typer.Typer:
    """Return the command with its subcommand."""
    app = typer.Typer(
        cls=CommandGroup, help=title, rich_markup_mode=None, add_completion=False, invoke_without_command=True
    )
    app.callback()(rules)
    app.command("diff", cls=Command, help=_("Say what two days, or two revisions, ask differently."))(diff)
    return app


def rules(
    context: typer.Context,
    *,
    system: SystemFilterOption = None,
    settings: Annotated[
        bool, typer.Option("--settings", help=_("The settings in the place of the clauses: value, default, limits."))
    ] = False,
    format_: Annotated[str, build_format_option(ResultKind.PAGE, _("Form of the output."))] = "text",
) -> None:
    """Print each clause with its role, its wording on the as-of day and its source."""
    session = find_session(context)
    format_ = choose_format(format_, ResultKind.PAGE)
    if context.invoked_subcommand is not None:
        if system is not None or settings or format_ != "text":
            hint = say("Next: {command}", command="dangwu rules diff A B --format json")
            raise UsageError(say("Write the options after diff."), hint)
        return
    if settings:
        _print_settings(session, system, format_)
        return
    rulebook = session.rulebook()

    if format_ == "json":
        emit(render_rules_json(rulebook, session.as_of, system, session.language))
        return
    print_page(session, build_rules_page(rulebook, session.as_of, system, session.language), format_)


def _print_settings(session: Session, system: int | None, format_: str) -> None:
    """Print every setting, or those of one system."""
    from dangwu.formats.machine.explanations import render_settings_json  # noqa: PLC0415
    from dangwu.pages.explained_settings import build_settings_page  # noqa: PLC0415

    of_system = {setting.key for setting in session.rulebook().settings if system in {None, setting.system}}
    shown = tuple(setting for setting in list_session_settings(session) if setting.key in of_system)
    if format_ == "json":
        emit(render_settings_json(shown))
        return
    print_page(session, build_settings_page(shown, session.language), format_)
