"""Which rulebook a command speaks of."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dangwu.cli.session import Session
    from dangwu.model.rulebook import Rulebook


def rulebook_here(session: Session) -> Rulebook:
    """Return the rulebook with the amendments of the repository, where there is one."""
    if session.location().has_branch:
        return session.workspace().rulebook
    from dangwu.workspace.catalogue import rulebook  # noqa: PLC0415

    return rulebook()
