"""The commands, listed by hand: the place to add one."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dangwu import __version__
from dangwu.cli.languages import _
from dangwu.cli.session import Session, emit
from dangwu.cli.usage import Command, Group
from dangwu.lang import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Callable

    from dangwu.lang import Language

BEIJING = timezone(timedelta(hours=8))


def build(language: Language) -> Callable[..., object]:
    """Return the command line in one language."""
    from dangwu.cli import check, completion, demo, doctor, due, explain, init, new, report, rules, schema  # noqa: PLC0415

    app = typer.Typer(
        cls=Group,
        help=_("Records of a Party branch as plain text in git: what is wrong, what is due, the year's report."),
        epilog=_("Begin with: dangwu demo DIR, or dangwu init DIR. The codes of findings: dangwu explain DW301."),
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        add_completion=False,
        no_args_is_help=False,
        invoke_without_command=True,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_root(language))
    listed = (
        ("init", init.init, _("Make a new record repository.")),
        ("demo", demo.demo, _("Make a fictional branch with its history, and say which faults were planted.")),
        ("check", check.check, _("Say what is wrong in the records.")),
        ("due", due.due, _("Say what is owed, in which state, and why.")),
        ("report", report.report, _("Render the report of a year.")),
        ("explain", explain.explain, _("Explain a duty, a clause or the code of a finding.")),
        ("rules", rules.rules, _("Print the rulebook in force, clause by clause.")),
        ("doctor", doctor.doctor, _("See whether git, encoding, hook and schemas are in order.")),
        ("completion", completion.completion, _("Print the completion script for a shell.")),
    )
    for name, function, text in listed:
        app.command(name, cls=Command, help=text)(function)
    app.add_typer(new.build(), name="new")
    app.add_typer(schema.build(), name="schema")
    completion.answer()
    return app


def _root(language: Language) -> Callable[..., None]:
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
        context.obj = Session(path=path, language=language, as_of=_day(as_of), color=color)
        if context.invoked_subcommand is None:
            emit(context.get_help())

    return root


def _day(text: str | None) -> date:
    if text is None:
        return datetime.now(BEIJING).date()
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(
            _("{text} is not a day as in 2026-03-12").format(text=text), param_hint="--as-of"
        ) from None
    if not 1900 < day.year < 9000:  # noqa: PLR2004 - leaves room for date arithmetic on both sides
        raise typer.BadParameter(_("the year {year} is out of range").format(year=day.year), param_hint="--as-of")
    return day
