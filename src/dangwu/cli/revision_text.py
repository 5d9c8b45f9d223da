"""The message about names of revisions that mean several commits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.git.revision_names import find_ambiguous_names
from dangwu.model.message import say

if TYPE_CHECKING:
    from dangwu.cli.session import Session
    from dangwu.git.repository import RecordRoot


def tell_ambiguous_names(session: Session, location: RecordRoot, words: str) -> None:
    """Say which names in a revision or a range mean several commits, and which of them counts."""
    if location.repository is None:
        return
    for name, chosen in find_ambiguous_names(location.repository, words):
        session.tell(say("{name} is ambiguous: here it means {chosen}.", name=name, chosen=chosen))
