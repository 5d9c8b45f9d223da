"""``dangwu review``: what a change brings, and the committee's mark that it was seen."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dangwu.cli.commands.check import sarif_text
from dangwu.cli.history_options import FAIL_ON, Eyes, FailOn, Reviewers, Signers, eyes, fails
from dangwu.cli.languages import _
from dangwu.cli.output import choose_format, format_option
from dangwu.cli.review_mark import accept as mark
from dangwu.cli.session import Session, choose, emit, of
from dangwu.errors import Exit, UsageError
from dangwu.formats.machine import review as formats
from dangwu.formats.registry import Result
from dangwu.formats.terminal.page import show_page
from dangwu.git.quarantine import quarantined
from dangwu.git.repository import needed, resolve_change, rooted
from dangwu.model.message import say
from dangwu.pages.record_changes import Words
from dangwu.pages.review import review_page
from dangwu.workspace.history import Past, whole
from dangwu.workspace.review import review as reviewed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dangwu.git.repository import Location
    from dangwu.model.audience import Audience
    from dangwu.model.review import Reviewed


def review(
    context: typer.Context,
    change: Annotated[str, typer.Argument(metavar="A..B", help=_("A..B, A...B (since they parted), or one commit."))],
    *,
    format_: Annotated[str, format_option(Result.CHANGE, _("Form of the output."))] = "text",
    fail_on: FailOn = "error",
    audience: Eyes = "committee",
    quarantine: Annotated[
        Path | None,
        typer.Option(
            "--quarantine",
            metavar="PATH",
            help=_("Review a repository handed in as a folder, archive or bundle, in a copy apart."),
        ),
    ] = None,
    signers: Signers = None,
    reviewer: Reviewers = None,
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
    session = of(context)
    format_ = choose_format(format_, Result.CHANGE)
    choose(fail_on, FAIL_ON, "--fail-on")
    wanted = eyes(audience)
    if (make or unsigned or by) and not accept:
        raise UsageError(say("--make, --unsigned and --by go with --accept."))
    if accept and quarantine is not None:
        raise UsageError(say("Make the mark in a clone of your own; the quarantined copy is deleted afterwards."))
    with _place(session, quarantine) as location:
        past, made, words = _reviewed(session, location, change, (signers, reviewer), wanted)
        if accept:
            mark(session, past, made, by=by, make=make, sign=not unsigned)
            return Exit.CLEAN
        _print(session, past, made, words, format_)
    found = (*made.checked.findings, *(each.finding for each in made.observed))
    return Exit.FINDINGS if fails(found, fail_on) else Exit.CLEAN


def _reviewed(
    session: Session,
    location: Location,
    change: str,
    committee: tuple[Path | None, list[str] | None],
    audience: Audience,
) -> tuple[Past, Reviewed, Words]:
    """Review a change; ``committee`` are its list of keys and the addresses whose merges are its own."""
    repository = whole(needed(location))
    older, newer = resolve_change(repository, change)
    signers, reviewers = committee
    # The state before has the first word: a change must not decide which records are looked at.
    repository = rooted(repository, older) if older else repository
    past = Past(repository, newer, signers=signers, reviewers=reviewers or ())
    made, before, after = reviewed(past, older, session.as_of, audience)
    return past, made, Words(session.language, after.corpus, before.corpus)


@contextmanager
def _place(session: Session, quarantine: Path | None) -> Iterator[Location]:
    if quarantine is None:
        yield session.location()
        return

    with quarantined(session.path / quarantine) as location:
        yield location


def _print(session: Session, past: Past, made: Reviewed, words: Words, format_: str) -> None:
    prefix = past.repository.prefix
    if format_ == "text":
        show_page(review_page(made, words), session.console())
    elif format_ == "sarif":
        findings = (*made.checked.findings, *(each.finding for each in made.observed if each.finding.source.path))
        emit(sarif_text(session, made.checked._replace(findings=findings), prefix))
    elif format_ == "md":
        emit(formats.review_markdown(made, words))
    elif format_ == "json":
        emit(formats.review_json(made, session.language))
    else:
        emit(formats.review_github(made, session.language, prefix))
