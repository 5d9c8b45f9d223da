"""``dangwu audit``: whether the records were made when they say, with the evidence for each doubt."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dangwu.cli.history_options import FAIL_ON, Eyes, FailOn, Rev, Reviewers, Signers, eyes, fails, open_past
from dangwu.cli.languages import _
from dangwu.cli.output import choose_format, format_option
from dangwu.cli.session import choose, emit, of, show
from dangwu.cli.usage_errors import Command, Group
from dangwu.errors import Exit
from dangwu.formats.machine.audit_json import audit_json
from dangwu.formats.registry import Result
from dangwu.pages.audit import audit_page
from dangwu.workspace.audit import anchor_now, branch_name
from dangwu.workspace.audit import audit as judged
from dangwu.workspace.history import kept_anchors


def build(title: str) -> typer.Typer:
    """Return the command with its one sub-command."""
    app = typer.Typer(
        cls=Group, help=title, rich_markup_mode=None, add_completion=False, invoke_without_command=True, callback=audit
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
    rev: Rev = "HEAD",
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
    signers: Signers = None,
    reviewer: Reviewers = None,
    audience: Eyes = "handlers",
    fail_on: FailOn = "error",
    format_: Annotated[str, format_option(Result.PAGE, _("Form of the output."))] = "text",
) -> int:
    """Say what the history shows; exit 1 when something is at least as severe as --fail-on."""
    if context.invoked_subcommand is not None:
        return Exit.CLEAN
    session = of(context)
    format_ = choose_format(format_, Result.PAGE)
    choose(fail_on, FAIL_ON, "--fail-on")
    wanted = eyes(audience)

    past = open_past(session, rev, signers, reviewer)
    kept = kept_anchors(since_anchor, branch_name(past)) if since_anchor else ()
    audited = judged(past, session.as_of, year=year, anchors=kept, audience=wanted)
    if format_ == "json":
        emit(audit_json(audited, session.language))
    else:
        show(session, audit_page(audited, session.language), format_)
    return Exit.FINDINGS if fails((each.finding for each in audited.observed), fail_on) else Exit.CLEAN


def anchor(context: typer.Context, *, rev: Rev = "HEAD") -> None:
    """Print the anchor of the last commit: append it to a file that the branch cannot change."""
    session = of(context)
    emit(anchor_now(open_past(session, rev, None, None), session.as_of).line)
