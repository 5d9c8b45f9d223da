"""``dangwu send``: hand the records up, by a push or as one file to carry."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dangwu.audit.committee_marks import REVIEW_TAG_PREFIX
from dangwu.cli.languages import _
from dangwu.cli.options import ForceOption
from dangwu.cli.output import write_output
from dangwu.cli.session import find_session
from dangwu.git.hand_up import build_bundle, find_remote, push_branch
from dangwu.git.new_commit import require_current_branch
from dangwu.git.repository import require_repository, resolve_commit
from dangwu.model.message import say
from dangwu.workspace.history import RepositoryHistory, require_whole_history
from dangwu.workspace.save_records import count_unsaved

if TYPE_CHECKING:
    from dangwu.cli.session import Session
    from dangwu.git.repository import Repository

_HEADS = "refs/heads/"
_NOT_FOR_NAMES = re.compile(r"[\\/:*?\"<>|\s\x00-\x1f]+")
_SHORT_ID_LENGTH = 12


def send(
    context: typer.Context,
    *,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help=_("Write one file to carry, in place of a push.")),
    ] = None,
    force: ForceOption = False,
) -> None:
    """Push the branch to its remote; without one, or with --output, write a bundle and say how it is reviewed."""
    session = find_session(context)
    session.require_branch()
    repository = require_repository(session.location())
    branch = require_current_branch(repository)
    resolve_commit(repository, "HEAD")
    workspace = session.workspace()
    unsaved = count_unsaved(repository, workspace.corpus)
    if unsaved:
        session.tell(say("Not saved yet, so not sent: {count} records. Save them first: dangwu save", count=unsaved))
    remote = None if output is not None else find_remote(repository, branch)
    if remote is not None:
        is_new = push_branch(repository, remote, branch)
        done = (
            say("Sent to {remote}.", remote=remote)
            if is_new
            else say("{remote} has everything already.", remote=remote)
        )
        session.tell(done)
        return
    name = workspace.corpus.branch.name.zh if workspace.corpus.branch else "dangwu"
    target = output or repository.folder.parent / f"{_NOT_FOR_NAMES.sub('-', name)}-{session.as_of}.bundle"
    _write_bundle(session, repository, branch, target, force=force)


def _write_bundle(session: Session, repository: Repository, branch: str, target: Path, *, force: bool) -> None:
    require_whole_history(repository)
    history = RepositoryHistory(repository)
    write_output(session, build_bundle(repository, branch, REVIEW_TAG_PREFIX), target, force=force)
    marked = [history.graph.place[mark.commit] for mark in history.marks if mark.commit in history.graph.place]
    seen = history.graph.commits[max(marked, default=0)].id[:_SHORT_ID_LENGTH]
    session.tell(say("It holds the whole history, confidential records too: give it to the committee above only."))
    range_ = f"{seen}..{branch.removeprefix(_HEADS)}"
    session.tell(
        say("The committee reads it with: dangwu review {range} --quarantine {path}", range=range_, path=str(target))
    )
