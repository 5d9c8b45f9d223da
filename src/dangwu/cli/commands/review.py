"""``dangwu review``: print what a change brings, and make the committee's review mark."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dangwu.cli.history_options import (
    HistoryAudienceOption,
    ReviewersOption,
    SignersOption,
    parse_history_audience,
    tell_key_faults,
)
from dangwu.cli.languages import _
from dangwu.cli.options import FailOnOption, choose_exit_code, parse_fail_on
from dangwu.cli.output import build_format_option, choose_format
from dangwu.cli.review_mark import accept_review
from dangwu.cli.sarif_report import render_sarif_report
from dangwu.cli.session import Session, emit, find_session
from dangwu.errors import ExitCode, UsageError
from dangwu.formats.machine.review import render_review_github, render_review_json, render_review_markdown
from dangwu.formats.registry import ResultKind
from dangwu.formats.terminal.page import show_page
from dangwu.git.quarantine import quarantine_repository
from dangwu.git.repository import require_repository, resolve_change, resolve_record_prefix
from dangwu.model.message import say
from dangwu.pages.audit import MOST_RELATED
from dangwu.pages.record_changes import ChangeText
from dangwu.pages.review import PageLimits, build_review_page
from dangwu.workspace.history import RepositoryHistory, require_whole_history
from dangwu.workspace.review import review_change

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
    """Print control files, records, duties and findings; exit 1 for a new finding at least as severe as --fail-on."""
    session = find_session(context)
    format_ = choose_format(format_, ResultKind.CHANGE)
    limit = parse_fail_on(fail_on)
    viewers = parse_history_audience(audience)
    if (make or unsigned or by) and not accept:
        raise UsageError(say("--make, --unsigned and --by go with --accept."))
    if accept and quarantine is not None:
        raise UsageError(say("Make the mark in a clone of your own; the quarantined copy is deleted afterwards."))
    with _open_record_root(session, quarantine) as location:
        history, result, change_text = _run_review(session, location, change, (signers, reviewer), viewers)
        if accept:
            accept_review(session, history, result, by=by, make=make, sign=not unsigned)
            return ExitCode.CLEAN
        _print_review(session, history.repository.prefix, result, change_text, format_)
    findings = (*result.checked.findings, *(observation.finding for observation in result.observed))
    return choose_exit_code(findings, limit)


def _run_review(
    session: Session,
    location: RecordRoot,
    change: str,
    committee: tuple[Path | None, list[str] | None],
    audience: Audience,
) -> tuple[RepositoryHistory, ReviewResult, ChangeText]:
    """Review a change; ``committee`` are its list of keys and the addresses whose merges count as its own."""
    repository = require_whole_history(require_repository(location))
    older, newer = resolve_change(repository, change)
    session.tell_ambiguous_names(location, change)
    signers, reviewers = committee
    # The record root is that of the older state: a change must not choose which records are reviewed.
    repository = resolve_record_prefix(repository, older) if older else repository
    history = RepositoryHistory(repository, newer, signers=signers, reviewers=reviewers or ())
    tell_key_faults(session, history)
    result, before, after = review_change(history, older, session.as_of, audience)
    return history, result, ChangeText(session.language, after.corpus, before.corpus)


@contextmanager
def _open_record_root(session: Session, quarantine: Path | None) -> Iterator[RecordRoot]:
    """Yield the session's record root, or that of a quarantined copy."""
    if quarantine is None:
        yield session.location()
        return

    with quarantine_repository(session.path / quarantine) as location:
        yield location


def _print_review(session: Session, prefix: str, result: ReviewResult, change_text: ChangeText, format_: str) -> None:
    if format_ == "text":
        show_page(build_review_page(result, change_text, PageLimits(related=MOST_RELATED)), session.console())
    elif format_ == "sarif":
        observed = (observation.finding for observation in result.observed)
        findings = (*result.checked.findings, *(finding for finding in observed if finding.source.path))
        emit(render_sarif_report(session, result.checked._replace(findings=findings), prefix))
    elif format_ == "md":
        emit(render_review_markdown(result, change_text))
    elif format_ == "json":
        emit(render_review_json(result, session.language))
    else:
        emit(render_review_github(result, session.language, prefix), commands=True)
