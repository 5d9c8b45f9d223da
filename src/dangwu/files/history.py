"""When git first had each record."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from typing import TYPE_CHECKING

from dangwu.files import git

if TYPE_CHECKING:
    from dangwu.files.repository import Repository

BEIJING = timezone(timedelta(hours=8))
_MARK = b"\x01"


def recorded(repository: Repository, rev: str = "HEAD") -> dict[str, date]:
    """Return, by path, the day of the first commit on the history of ``rev`` that carries the file.

    One pass over the history. Days are the committer's time at +08:00. A file deleted and made again counts from
    the first time. Empty where the history is missing: a shallow clone, no commit yet.
    """
    if repository.shallow:
        return {}
    found = git.ask(repository.folder, "rev-parse", "--verify", "--end-of-options", f"{rev}^{{commit}}")
    if found.code:
        return {}
    out = git.read(
        repository.folder,
        "log",
        "--format=%x01%ct",
        "--name-only",
        "--diff-filter=A",
        "--no-renames",
        "--no-ext-diff",
        "--no-textconv",
        "--topo-order",
        "-z",
        found.out.decode().strip(),
        "--",
        *([repository.prefix] if repository.prefix else []),
    )
    prefix = len(repository.prefix)
    first: dict[str, date] = {}
    day = date.min
    for part in out.split(b"\0"):
        # git sets the names off from the format by a newline, also with -z.
        name = part.lstrip(b"\n")
        if name.startswith(_MARK):
            seconds, _, name = name[1:].partition(b"\n")
            day = datetime.fromtimestamp(int(seconds), BEIJING).date()
        if name:
            first[name.decode("utf-8", "surrogateescape")[prefix:]] = day
    return first
