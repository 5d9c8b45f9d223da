"""What of the records is not committed yet, as a count below the output of other commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.errors import CannotRunError
from dangwu.model.message import say
from dangwu.workspace.save_records import count_unsaved

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dangwu.cli.session import Session
    from dangwu.model.corpus import Corpus


def tell_unsaved(session: Session, corpus: Corpus, written: Iterable[str] = ()) -> None:
    """Say how many records of the work tree are not committed; nothing where git cannot tell."""
    repository = session.location().repository
    if repository is None or repository.bare:
        return
    try:
        count = count_unsaved(repository, corpus, written)
    except CannotRunError:
        return
    if count:
        session.tell(say("Not saved in the history yet: {count} records. Save them: dangwu save", count=count))
