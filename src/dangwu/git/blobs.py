"""The bytes of many objects, from one ``git cat-file --batch``."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from dangwu.git import plumbing
from dangwu.git.environment import build_environment

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from pathlib import Path
    from queue import SimpleQueue
    from typing import IO

_MAX_BLOB_BYTES = 1 << 22


def read_blobs(folder: Path, ids: Iterable[str], *, elsewhere: Collection[str] = ()) -> Iterator[bytes | None]:
    """Yield the bytes of many objects in the given order, from one process.

    ``ids`` is read in another thread, and may wait for the next one. Of a larger object only the first 4 MiB: no record
    is that large, and a few compressed kilobytes can be gigabytes. CannotRunError for a missing or damaged object; None
    for a missing one whose id is in ``elsewhere``.
    """
    from queue import SimpleQueue  # noqa: PLC0415
    from threading import Thread  # noqa: PLC0415

    process = plumbing.start_git(folder, ("cat-file", "--batch", "--buffer"), build_environment(folder), quiet=True)
    source, out = process.stdin, process.stdout
    if source is None or out is None:
        return
    # One thread for both pipes would block itself once they are full.
    asked: SimpleQueue[str | None] = SimpleQueue()
    feeder = Thread(target=_feed_ids, args=(source, ids, asked), daemon=True)
    feeder.start()
    try:
        for id_ in iter(asked.get, None):
            raw = _read_next_object(folder, out, id_)
            if raw is None and id_ not in elsewhere:
                raise plumbing.explain_unreadable(folder, id_)
            yield raw
    finally:
        process.kill()
        out.close()
        process.wait()
        feeder.join()


def _feed_ids(source: IO[bytes], ids: Iterable[str], asked: SimpleQueue[str | None]) -> None:
    """Write the ids to git, and name each in ``asked``, the end as None; also those that git did not live to see."""
    try:
        for id_ in ids:
            asked.put(id_)
            with suppress(OSError):
                source.write(f"{id_}\n".encode())
    finally:
        asked.put(None)
        with suppress(OSError):
            source.close()


def _read_next_object(folder: Path, out: IO[bytes], id_: str) -> bytes | None:
    """Read one answer of ``git cat-file --batch``: a line with type and size, the bytes, a line end."""
    _, *facts = out.readline().split() or [b""]
    if facts == [b"missing"]:
        return None
    size = int(facts[1]) if facts[1:] else -1
    raw = out.read(max(0, min(size, _MAX_BLOB_BYTES)))
    left = size + 1 - len(raw)
    while left > 0 and (rest := out.read(min(left, plumbing.CHUNK_BYTES))):
        left -= len(rest)
    if size < 0 or left:
        raise plumbing.explain_unreadable(folder, id_)
    return raw
