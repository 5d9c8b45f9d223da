"""The rows of ``git log --raw -z``: what a commit did to each file, by the names that files have in git."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from dangwu.model.tree import SUBMODULE_MODE

if TYPE_CHECKING:
    from collections.abc import Iterator

MIN_SIMILARITY = 50
"""Per cent of a file that must stay for it to be a rename."""
LOG_OPTIONS = (
    "--format=//%H",
    "--raw",
    "--no-abbrev",
    # Parents before children, else by time: back-dated commits keep their place, and parallel lines interleave.
    "--date-order",
    "--reverse",
    "-z",
    # Renames as git finds them. Beyond the limit of so many new files in one commit only identical ones are paired.
    f"-M{MIN_SIMILARITY}%",
    "-l400",
    # Of a merge, what stands in none of its parents, with the name that it has in each. The rest undoes what log.* and
    # diff.* in a configuration can ask.
    "-c",
    "--combined-all-paths",
    "--root",
    "--no-follow",
    "--no-relative",
    "--ignore-submodules=none",
    "-O/dev/null",
    "--no-mailmap",
    "--no-ext-diff",
    "--no-textconv",
)
MOVE_STATUSES = frozenset("RC")


class LogRow(NamedTuple):
    """A row of one file: modes, blob ids and status in the commit's parents and in the commit, and its names."""

    facts: str
    names: tuple[bytes, ...]

    @property
    def submodules(self) -> Iterator[str]:
        """The ids in it that are commits of submodules."""
        words = self.facts.lstrip(":").split(" ")
        half = (len(words) - 1) // 2
        return (id_ for mode, id_ in zip(words[:half], words[half:], strict=False) if mode == SUBMODULE_MODE)


def read_rows(parts: Iterator[bytes]) -> Iterator[str | LogRow]:
    """Yield the id of each commit, then the row of each file that it touched.

    The number of names follows from the facts (two for a rename), so a file name is never taken for a row.
    """
    for part in parts:
        # git puts an empty line between the commit line and the raw rows, also with -z.
        line = part[1:] if part[:1] == b"\n" else part
        if line[:1] == b":":
            facts = line.decode()
            if facts[1] != ":" and facts[-4:-3] not in MOVE_STATUSES:
                yield LogRow(facts, (next(parts),))
                continue
            parents = len(facts) - len(facts.lstrip(":"))
            yield LogRow(facts, tuple(islice(parts, max(parents + 1, 2))))
        elif line[:2] == b"//":
            yield line[2:].decode()
