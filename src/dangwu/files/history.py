"""When git first had each record."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone
from typing import TYPE_CHECKING

from dangwu.files import git

if TYPE_CHECKING:
    from dangwu.files.repository import Repository

BEIJING = timezone(timedelta(hours=8))
# No path in git begins with a slash. Git leaves the time empty where a commit has none that it can read.
_COMMIT = re.compile(rb"//(\d*)")
_LAST_SECOND = 253_370_764_800  # 9999-01-01: a commit may claim any time, a date may not
_LISTING = (
    "--format=//%ct",
    "--name-only",
    "--diff-filter=A",
    "--topo-order",
    "-z",
    # Of a merge, what stands in none of its parents. The rest undoes what log.* and diff.* in a configuration can ask.
    "-c",
    "--root",
    "--no-renames",
    "--no-follow",
    "--no-relative",
    "-O/dev/null",
    "--no-mailmap",
    "--no-ext-diff",
    "--no-textconv",
)


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
    # With a path git would leave out branches that a merge did not take over, unless told.
    below = ("--full-history", "--", ".") if repository.prefix else ()
    out = git.read(repository.folder, "log", *_LISTING, found.out.decode().strip(), *below)
    prefix = repository.prefix.encode("utf-8", "surrogateescape")
    first: dict[str, date] = {}
    day: date | None = None
    for part in out.split(b"\0"):
        # git sets the names off from the format by a newline, also with -z.
        name = part.removeprefix(b"\n")
        if commit := _COMMIT.fullmatch(part):
            day = _day(commit[1])
        elif name.startswith(prefix) and name and day:
            first[name.decode("utf-8", "surrogateescape")[len(repository.prefix) :]] = day
    return first


def _day(seconds: bytes) -> date | None:
    if not seconds:
        return None
    return datetime.fromtimestamp(min(int(seconds), _LAST_SECOND), BEIJING).date()
