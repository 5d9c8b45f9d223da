"""``dangwu audit``: observations on when records were made, with evidence; and the anchor of the last commit."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dangwu.cli.history_options import (
    HistoryAudienceOption,
    HistoryRevOption,
    ReviewersOption,
    SignersOption,
    open_history,
    parse_history_audience,
)
from dangwu.cli.languages import _
from dangwu.cli.options import FailOnOption, choose_exit_code, parse_fail_on
from dangwu.cli.output import build_format_option, choose_format
from dangwu.cli.session import emit, find_session, print_page
from dangwu.cli.usage_errors import Command, CommandGroup
from dangwu.errors import ExitCode
from dangwu.formats.machine.audit_json import render_audit_json
from dangwu.formats.registry import ResultKind
from dangwu.pages.audit import MOST_RELATED, build_audit_page
from dangwu.workspace.audit import audit_history, build_last_anchor, read_branch_name
from dangwu.workspace.history import read_anchors


def build_command(title: str) -> typer.Typer:
    """Return the command with its subcommand."""
    app = typer.Typer(
        cls=CommandGroup,
        help=title,
        rich_markup_mode=None,
        add_completion=False,
        invoke_without_command=True,
        callback=audit,
    )
    app.command(
        "anchor",
        cls=Command,
        help=_("Print the anchor, a line to be kept outside the repository."),
        epilog=_(
            "An anchor names a day, the last commit and its files. The committee above adds it to a file that the "
            "branch cannot change: dangwu audit anchor >>FILE. Later dangwu audit --since-anchor FILE shows whether "
            "the history still holds that commit, and which records were not there yet."
        ),
    )(anchor)
    return app


def audit(
    context: typer.Context,
    *,
    year: Annotated[
        int | None,
        typer.Option("--year", min=2000, max=8000, help=_("Only records of this year; what belongs to no year stays.")),
    ] = None,
    rev: HistoryRevOption = "HEAD",
    since_anchor: Annotated[
        Path | None,
        typer.Option(
            "--since-anchor",
            metavar="FILE",
            exists=True,
            dir_okay=False,
            help=_("Anchors that the committee above keeps: see whether the history still holds them."),
        ),
    ] = None,
    signers: SignersOption = None,
    reviewer: ReviewersOption = None,
    audience: HistoryAudienceOption = "handlers",
    fail_on: FailOnOption = "error",
    format_: Annotated[str, build_format_option(ResultKind.PAGE, _("Form of the output."))] = "text",
) -> int:
    """Print the observations on the history; exit 1 when one is at least as severe as --fail-on."""
    if context.invoked_subcommand is not None:
        return ExitCode.CLEAN
    session = find_session(context)
    format_ = choose_format(format_, ResultKind.PAGE)
    limit = parse_fail_on(fail_on)
    viewers = parse_history_audience(audience)

    history = open_history(session, rev, signers, reviewer)
    anchors = read_anchors(since_anchor, read_branch_name(history)) if since_anchor else ()
    result = audit_history(history, session.as_of, year=year, anchors=anchors, audience=viewers)
    if format_ == "json":
        emit(render_audit_json(result, session.language))
    else:
        most = None if format_ == "md" else MOST_RELATED
        print_page(session, build_audit_page(result, session.language, most), format_)
    return choose_exit_code((observation.finding for observation in result.observed), limit)


def anchor(context: typer.Context, *, rev: HistoryRevOption = "HEAD") -> None:
    """Print the anchor of the last commit."""
    session = find_session(context)
    emit(build_last_anchor(open_history(session, rev, None, None), session.as_of).line)
