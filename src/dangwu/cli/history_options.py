"""Options of the commands that read the history: keys, reviewers, audience; and opening the history."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from dangwu.cli.languages import _
from dangwu.cli.session import refuse_unknown_choice
from dangwu.git.repository import require_repository
from dangwu.model.audience import Audience
from dangwu.workspace.history import RepositoryHistory, require_whole_history

if TYPE_CHECKING:
    from dangwu.cli.session import Session

_HISTORY_AUDIENCES = (Audience.COMMITTEE.value, Audience.HANDLERS.value)
"""The history shows names throughout, so it is only for the committee and closer."""
SignersOption: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        "--signers",
        metavar="FILE",
        envvar="DANGWU_SIGNERS",
        show_envvar=False,
        exists=True,
        dir_okay=False,
        help=_("List of keys (allowed_signers form) that the committee above keeps, to verify signatures by."),
    ),
]
ReviewersOption: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--reviewer",
        metavar="EMAIL",
        help=_("Address whose merges count as those of the committee above; may be given several times."),
    ),
]
HistoryRevOption: TypeAlias = Annotated[
    str, typer.Option("--rev", metavar="REV", help=_("The commit whose history is read."))
]
HistoryAudienceOption: TypeAlias = Annotated[
    str,
    typer.Option(
        "--audience",
        metavar="|".join(_HISTORY_AUDIENCES),
        help=_("Who reads the output; the content of confidential records is for handlers only."),
    ),
]


def parse_history_audience(word: str) -> Audience:
    """Return the audience of --audience; a usage error for one that may not see the history."""
    refuse_unknown_choice(word, _HISTORY_AUDIENCES, "--audience")
    return Audience(word)


def tell_key_faults(session: Session, history: RepositoryHistory) -> None:
    """Tell what in the list of keys cannot be read, where no finding of an audit says it."""
    for fault in history.committee.key_faults:
        session.tell(fault)


def open_history(session: Session, rev: str, signers: Path | None, reviewers: list[str] | None) -> RepositoryHistory:
    """Read the history of a commit; CannotRunError in a shallow clone."""
    location = session.location()
    repository = require_whole_history(require_repository(location))
    session.tell_ambiguous_names(location, rev)
    return RepositoryHistory(repository, rev, signers=signers, reviewers=reviewers or ())
