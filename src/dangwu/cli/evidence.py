"""What every command that reads the history shares: who counts as the committee, and opening the past."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dangwu.cli.languages import _

if TYPE_CHECKING:
    from dangwu.cli.session import Session
    from dangwu.workspace.past import Past

Signers = Annotated[
    Path | None,
    typer.Option(
        "--signers",
        metavar="FILE",
        envvar="DANGWU_SIGNERS",
        show_envvar=False,
        exists=True,
        dir_okay=False,
        help=_("The committee's own list of keys (allowed_signers form) to verify signatures by."),
    ),
]
Reviewers = Annotated[
    list[str] | None,
    typer.Option("--reviewer", metavar="EMAIL", help=_("Whose merges are the committee's; several times for several.")),
]
Rev = Annotated[str, typer.Option("--rev", metavar="REV", help=_("Read the history of another commit."))]
FAIL_ON = ("error", "warning", "note", "never")


def open_past(session: Session, rev: str, signers: Path | None, reviewers: list[str] | None) -> Past:
    """Read the whole history of a commit; CannotRunError where a part of it is missing."""
    from dangwu.files.repository import needed  # noqa: PLC0415
    from dangwu.workspace.past import Past, whole  # noqa: PLC0415

    repository = whole(needed(session.location()))
    return Past(repository, rev, signers=signers, reviewers=reviewers or ())
