"""Commit objects, read and parsed in a thread of their own while git is still listing their ids."""

from __future__ import annotations

from queue import SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING

from dangwu.git.blobs import read_blobs
from dangwu.git.commit_object import parse_commit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from dangwu.model.history import Commit


class CommitReader:
    """Reads the commits whose ids are given one by one; ``finish`` must be called, also after an error."""

    def __init__(self, folder: Path) -> None:
        self._ids: SimpleQueue[str | None] = SimpleQueue()
        self._commits: list[Commit] = []
        self._error: Exception | None = None
        self._thread = Thread(target=self._read, args=(folder,), daemon=True)
        self._thread.start()

    def ask(self, id_: str) -> None:
        """Have a commit read, given by its full id."""
        self._ids.put(id_)

    def finish(self) -> tuple[Commit, ...]:
        """Return all commits in the order of their ids; CannotRunError for a missing or damaged one."""
        self._ids.put(None)
        self._thread.join()
        if self._error is not None:
            raise self._error
        return tuple(self._commits)

    def _take(self, asked: list[str]) -> Iterator[str]:
        for id_ in iter(self._ids.get, None):
            asked.append(id_)
            yield id_

    def _read(self, folder: Path) -> None:
        asked: list[str] = []
        try:
            for number, raw in enumerate(read_blobs(folder, self._take(asked))):
                self._commits.append(parse_commit(asked[number], raw or b""))
        except Exception as error:  # noqa: BLE001 - told by finish, in the thread that asked
            self._error = error
