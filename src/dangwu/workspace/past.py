"""The history joined with the kinds of record: the life of each, and when git first had it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dangwu.files import history as reading
from dangwu.files.repository import commit
from dangwu.review.lives import Lives, lives
from dangwu.workspace import kinds

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from dangwu.files.repository import Repository
    from dangwu.model.history import History


class Past(NamedTuple):
    """A history with the lives of its records."""

    history: History
    lives: Lives

    @property
    def recorded(self) -> Mapping[str, date]:
        """By path the day of the first commit that carries the record."""
        return self.lives.recorded(self.history)


def past(repository: Repository, rev: str = "HEAD") -> Past:
    """Return the past of a commit. CannotRunError where there are no commits yet."""
    history = reading.history(repository, commit(repository, rev))
    return Past(history, lives(history, one_kind))


def recorded(repository: Repository, rev: str = "HEAD") -> Mapping[str, date]:
    """Return the day on which git first had each record; empty where the history is missing or has not begun."""
    from dangwu.errors import CannotRunError  # noqa: PLC0415

    if repository.shallow:
        return {}
    try:
        return past(repository, rev).recorded
    except CannotRunError:
        return {}


def one_kind(old: str, new: str) -> bool:
    """Tell whether two paths are places of one kind of record; where one is none, whether they are in one folder."""
    ways = [{kind.name for kind in kinds().values() if kind.read(path) is not None} for path in (old, new)]
    if not all(ways):
        return old.rpartition("/")[0] == new.rpartition("/")[0]
    return bool(ways[0] & ways[1])
