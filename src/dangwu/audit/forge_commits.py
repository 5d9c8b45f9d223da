"""Commits that a forge made on its own server: a merge or squash at the press of a button, an edit on its pages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dangwu.model.history import Commit

_FORGE_ADDRESS = re.compile(
    r"noreply@(?:github|gitlab|gitee|codeberg|gitea)\.(?:com|org|io)|(?:gitea|forgejo|gitlab|noreply)@(?:localhost|fake\.local)",
    re.ASCII | re.IGNORECASE,
)


def is_made_by_forge(commit: Commit) -> bool:
    """Tell whether a commit's committer is a forge itself: its clock is right, but it says nothing of a person."""
    return _FORGE_ADDRESS.fullmatch(commit.committer.email.strip()) is not None
