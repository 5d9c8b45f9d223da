"""``dangwu review``: what a change brings, and the committee's mark that it was seen."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dangwu.cli.commands.check import render_sarif_text
from dangwu.cli.history_options import (
    FAIL_ON_LEVELS,
    FailOnOption,
    HistoryAudienceOption,
    ReviewersOption,
    SignersOption,
    has_severe_finding,
    parse_history_audience,
)
from dangwu.cli.languages import _
from dangwu.cli.output import build_format_option, choose_format
from dangwu.cli.review_mark import accept_review as mark
from dangwu.cli.session import Session, emit, find_session, refuse_unknown_choice
from dangwu.errors import ExitCode, UsageError
from dangwu.formats.machine import review as formats
from dangwu.formats.registry import ResultKind
from dangwu.formats.terminal.page import show_page
from dangwu.git.quarantine import quarantine_repository
from dangwu.git.repository import require_repository, resolve_change, resolve_record_prefix
from dangwu.model.message import say
from dangwu.pages.record_changes import ChangeText
from dangwu.pages.review import build_review_page
from dangwu.workspace.history import RepositoryHistory, require_whole_history
from dangwu.workspace.review import review_change as reviewed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dangwu.git.repository import RecordRoot
    from dangwu.model.audience import Audience
    from dangwu.model.review import ReviewResult


def review(
    context: typer.Context,
    change: Annotated[str, typer.Argument(metavar="A..B", help=_("A..B, A...B (since they parted), or one commit."))],
    *,
    format_: Annotated[str, build_format_option(ResultKind.CHANGE, _("Form of the output."))] = "text",
    fail_on: FailOnOption = "error",
    audience: HistoryAudienceOption = "committee",
    quarantine: Annotated[
        Path | None,
        typer.Option(
            "--quarantine",
            metavar="PATH",
            help=_("Review a repository handed in as a folder, archive or bundle, in a copy apart."),
        ),
    ] = None,
    signers: SignersOption = None,
    reviewer: ReviewersOption = None,
    accept: Annotated[
        bool, typer.Option("--accept", help=_("Print the mark of the committee above: reviewed up to the last commit."))
    ] = False,
    make: Annotated[
        bool, typer.Option("--make", help=_("With --accept: make the signed tag in the repository."))
    ] = False,
    unsigned: Annotated[bool, typer.Option("--unsigned", help=_("With --make: a tag without a signature."))] = False,
    by: Annotated[
        str | None, typer.Option("--by", metavar="NAME", help=_("With --accept: who reviewed, as Name <address>."))
    ] = None,
) -> int:
    """Show control files first, then records, duties and findings; exit 1 when something new is at least --fail-on."""
    session = find_session(context)
    format_ = choose_format(format_, ResultKind.CHANGE)
    refuse_unknown_choice(fail_on, FAIL_ON_LEVELS, "--fail-on")
    wanted = parse_history_audience(audience)
    if (make or unsigned or by) and not accept:
        raise UsageError(say("--make, --unsigned and --by go with --accept."))
    if accept and quarantine is not None:
        raise UsageError(say("Make the mark in a clone of your own; the quarantined copy is deleted afterwards."))
    with _open_record_root(session, quarantine) as location:
        history, made, words = _run_review(session, location, change, (signers, reviewer), wanted)
        if accept:
            mark(session, history, made, by=by, make=make, sign=not unsigned)
            return ExitCode.CLEAN
        _print_review(session, history, made, words, format_)
    found = (*made.checked.findings, *(each.finding for each in made.observed))
    return ExitCode.FINDINGS if has_severe_finding(found, fail_on) else ExitCode.CLEAN


def _run_review(
    session: Session,
    location: RecordRoot,
    change: str,
    committee: tuple[Path | None, list[str] | None],
    audience: Audience,
) -> tuple[RepositoryHistory, ReviewResult, ChangeText]:
    """Review a change; ``committee`` are its list of keys and the addresses whose merges are its own."""
    repository = require_whole_history(require_repository(location))
    older, newer = resolve_change(repository, change)
    signers, reviewers = committee
    # The state before has the first word: a change must not decide which records are looked at.
    repository = resolve_record_prefix(repository, older) if older else repository
    history = RepositoryHistory(repository, newer, signers=signers, reviewers=reviewers or ())
    made, before, after = reviewed(history, older, session.as_of, audience)
    return history, made, ChangeText(session.language, after.corpus, before.corpus)


@contextmanager
def _open_record_root(session: Session, quarantine: Path | None) -> Iterator[RecordRoot]:
    if quarantine is None:
        yield session.location()
        return

    with quarantine_repository(session.path / quarantine) as location:
        yield location


def _print_review(
    session: Session, history: RepositoryHistory, made: ReviewResult, words: ChangeText, format_: str
) -> None:
    prefix = history.repository.prefix
    if format_ == "text":
        show_page(build_review_page(made, words), session.console())
    elif format_ == "sarif":
        findings = (*made.checked.findings, *(each.finding for each in made.observed if each.finding.source.path))
        emit(render_sarif_text(session, made.checked._replace(findings=findings), prefix))
    elif format_ == "md":
        emit(formats.render_review_markdown(made, words))
    elif format_ == "json":
        emit(formats.render_review_json(made, session.language))
    else:
        emit(formats.render_review_github(made, session.language, prefix))
