"""Commits that a forge made on its own server: a merge or squash at the press of a button, an edit on its pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dangwu.model.history import Commit

_FORGE_MAILBOXES = frozenset({"noreply", "no-reply"})
"""What stands before the ``@`` in the address of a forge; a person's hidden address has a name there."""


def is_made_by_forge(commit: Commit) -> bool:
    """Tell whether a commit's committer is a forge itself: its clock is right, but it says nothing of a person."""
    return commit.committer.email.strip().lower().partition("@")[0] in _FORGE_MAILBOXES
