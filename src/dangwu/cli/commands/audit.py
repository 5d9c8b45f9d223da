"""``dangwu audit``: observations on when records were made, with evidence; and the anchor of the last commit."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

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
from dangwu.cli.session import Session, emit, find_session, print_page
from dangwu.cli.usage_errors import Command, CommandGroup
from dangwu.errors import ExitCode
from dangwu.formats.machine.audit_json import render_audit_json
from dangwu.formats.registry import ResultKind
from dangwu.model.message import say
from dangwu.pages.audit import MOST_RELATED, build_audit_page
from dangwu.workspace.anchor_file import append_anchor, read_anchors
from dangwu.workspace.audit import audit_history, build_last_anchor

if TYPE_CHECKING:
    from dangwu.audit.anchor_lines import Anchor
    from dangwu.workspace.history import RepositoryHistory


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
            "branch cannot change: dangwu audit anchor --append FILE. Later dangwu audit --since-anchor FILE shows "
            "whether the history still holds that commit, and which records were not there yet."
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
    anchors = _read_own_anchors(session, since_anchor, history) if since_anchor else ()
    result = audit_history(history, session.as_of, year=year, anchors=anchors, audience=viewers)
    if format_ == "json":
        emit(render_audit_json(result, session.language))
    else:
        most = None if format_ == "md" else MOST_RELATED
        print_page(session, build_audit_page(result, session.language, most), format_)
    return choose_exit_code((observation.finding for observation in result.observed), limit)


def _read_own_anchors(session: Session, path: Path, history: RepositoryHistory) -> tuple[Anchor, ...]:
    """Return the anchors of the branch, and tell of those that were passed over."""
    found = read_anchors(path, history)
    if found.others:
        names = tuple(dict.fromkeys(other.branch for other in found.others))
        session.tell(
            say("Anchors of other branches, passed over: {count} ({names}).", count=len(found.others), names=names)
        )
    return found.own


def anchor(
    context: typer.Context,
    *,
    rev: HistoryRevOption = "HEAD",
    append: Annotated[
        Path | None,
        typer.Option("--append", metavar="FILE", help=_("Add the line to this file instead of printing it.")),
    ] = None,
) -> None:
    """Print the anchor of the last commit, or add it to the file of anchors."""
    session = find_session(context)
    history = open_history(session, rev, None, None)
    last = build_last_anchor(history, session.as_of)
    if append is None:
        emit(last.line)
        return
    path = session.path / append
    if append_anchor(path, last, history.repository):
        session.tell(say("Added to {path}: {line}", path=str(path), line=last.line))
    else:
        session.tell(say("{path} has this line already.", path=str(path)))
