"""The files that a merge itself renamed.

git pairs the files of a merge with those of one parent at a time, with the other line's new files among them: it may
take one of them for the renamed file.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from dangwu.git.log_rows import MIN_SIMILARITY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from dangwu.git.log_rows import LogRow

_MAX_PAIRS = 160_000
"""Beyond so many pairs of files in one merge only identical ones are paired."""


class RenamedFile(NamedTuple):
    """A file that a merge renamed: its name and blob in the first parent that has it, and how much of it stayed."""

    name: bytes
    blob: str
    alike: int


class _MergedFiles(NamedTuple):
    """The files by name with their blobs: ``made`` are in no parent, ``gone`` in some parent and not in the merge."""

    made: Mapping[bytes, str]
    gone: Mapping[bytes, tuple[str, ...]]


def pair_renamed_files(
    rows: Iterable[str | LogRow], read_blobs: Callable[[list[str]], Iterator[bytes | None]]
) -> dict[bytes, RenamedFile]:
    """Return the files that a merge renamed by their new name, from its rows against each parent, without renames."""
    files = _sort_files(rows)
    if not files.made or not files.gone:
        return {}
    found: dict[bytes, RenamedFile] = {}
    used: set[bytes] = set()
    for alike, new, old in sorted(_measure_pairs(files, read_blobs), key=lambda pair: (-pair[0], pair[1], pair[2])):
        if new not in found and old not in used:
            used.add(old)
            found[new] = RenamedFile(old, files.gone[old][0], alike)
    return found


def _sort_files(rows: Iterable[str | LogRow]) -> _MergedFiles:
    parents = 0
    times: Counter[bytes] = Counter()
    made: dict[bytes, str] = {}
    gone: dict[bytes, tuple[str, ...]] = {}
    for row in rows:
        if isinstance(row, str):
            parents += 1
            continue
        *_modes, old, new, status = row.facts.split(" ")
        if status == "A":
            times[row.names[0]] += 1
            made[row.names[0]] = new
        elif status == "D":
            gone[row.names[0]] = (*gone.get(row.names[0], ()), old)
    return _MergedFiles({name: blob for name, blob in made.items() if times[name] == parents}, gone)


def _measure_pairs(
    files: _MergedFiles, read_blobs: Callable[[list[str]], Iterator[bytes | None]]
) -> Iterator[tuple[int, bytes, bytes]]:
    """Yield the similarity of each new file with each old one, the most alike of its versions in the parents."""
    few = len(files.made) * len(files.gone) <= _MAX_PAIRS
    ids = [*dict.fromkeys((*files.made.values(), *(blob for blobs in files.gone.values() for blob in blobs)))]
    raws = dict(zip(ids, read_blobs(ids), strict=True)) if few else {}
    lines = {id_: _count_lines(raw or b"") for id_, raw in raws.items()}
    for new, made in files.made.items():
        for old, blobs in files.gone.items():
            alike = (
                100 if made in blobs else max((_measure(lines[blob], lines[made]) for blob in blobs if few), default=0)
            )
            if alike >= MIN_SIMILARITY:
                yield alike, new, old


def _count_lines(raw: bytes) -> Counter[bytes]:
    return Counter(raw.splitlines(keepends=True))


def _measure(old: Counter[bytes], new: Counter[bytes]) -> int:
    """Return how much of a file stayed in per cent: the bytes of the common lines, of those of the longer file."""
    common, longer = _sum_bytes(old & new), max(_sum_bytes(old), _sum_bytes(new))
    return 100 * common // longer if longer else 0


def _sum_bytes(lines: Counter[bytes]) -> int:
    return sum(len(line) * times for line, times in lines.items())
