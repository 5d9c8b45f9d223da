"""What every command that reads the history shares: who counts as the committee, and opening the past."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dangwu.cli.languages import _
from dangwu.cli.session import refuse_unknown_choice
from dangwu.git.repository import require_repository
from dangwu.model.audience import Audience
from dangwu.model.finding import Severity
from dangwu.workspace.history import RepositoryHistory, require_whole_history

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dangwu.cli.session import Session
    from dangwu.model.finding import Finding

SignersOption = Annotated[
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
ReviewersOption = Annotated[
    list[str] | None,
    typer.Option(
        "--reviewer",
        metavar="EMAIL",
        help=_("Address whose merges count as those of the committee above; may be given several times."),
    ),
]
HistoryRevOption = Annotated[str, typer.Option("--rev", metavar="REV", help=_("The commit whose history is read."))]
FailOnOption = Annotated[
    str, typer.Option("--fail-on", metavar="error|warning|note|never", help=_("Exit with 1 from this severity on."))
]
_HISTORY_AUDIENCES = (Audience.COMMITTEE.value, Audience.HANDLERS.value)
HistoryAudienceOption = Annotated[
    str,
    typer.Option(
        "--audience",
        metavar="|".join(_HISTORY_AUDIENCES),
        help=_("For whom it is made; what confidential records say is for handlers only."),
    ),
]
"""The history names people everywhere: it is for the committee and closer, never for the outside."""
FAIL_ON_LEVELS = ("error", "warning", "note", "never")


def parse_history_audience(word: str) -> Audience:
    """Return who looks; a usage error for anybody whom the history is not for."""
    refuse_unknown_choice(word, _HISTORY_AUDIENCES, "--audience")
    return Audience(word)


def has_severe_finding(findings: Iterable[Finding], fail_on: str) -> bool:
    """Tell whether something is at least as severe as was asked."""
    if fail_on == "never":
        return False
    return any(finding.severity.rank <= Severity(fail_on).rank for finding in findings)


def open_history(session: Session, rev: str, signers: Path | None, reviewers: list[str] | None) -> RepositoryHistory:
    """Read the whole history of a commit; CannotRunError where a part of it is missing."""
    repository = require_whole_history(require_repository(session.location()))
    return RepositoryHistory(repository, rev, signers=signers, reviewers=reviewers or ())
