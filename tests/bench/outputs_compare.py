"""What two builds left behind, byte by byte: which outputs differ, and where each begins to."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple
from zipfile import BadZipFile, ZipFile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from tests.bench.outputs_case import Case

_SHOWN = 160
"""Characters of a line that are shown."""
_MEMBERS = 6
"""Members of a container that are shown."""
_TRACE = b"Traceback (most recent call last)"
_EXIT = re.compile(r"exit(-\d+)?")


class Output(NamedTuple):
    """One thing that a command left behind: its name, and how it differs; empty where both builds gave the same."""

    name: str
    differs: str

    @property
    def family(self) -> str:
        """Return the row of the table."""
        return self.name.partition("/")[0]


def outputs(old: Path, new: Path, wanted: Callable[[str], bool]) -> Iterator[Output]:
    """Compare everything below two folders, case by case; a case that only one build has is one output."""
    mine, theirs = _cases(old), _cases(new)
    for name in sorted(filter(wanted, mine.keys() | theirs.keys())):
        if name not in mine or name not in theirs:
            yield Output(name, f"only in {'OLD' if name in mine else 'NEW'}")
            continue
        for path in sorted(mine[name].keys() | theirs[name].keys()):
            sides = tuple(side[path].read_bytes() if path in side else None for side in (mine[name], theirs[name]))
            if any(sides):
                yield Output(f"{name}/{path}", _difference(*sides))


def _cases(made: Path) -> dict[str, dict[str, Path]]:
    """Return case → its files; a case is two folders deep."""
    found: dict[str, dict[str, Path]] = {}
    for folder in made.glob("*/*"):
        files = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if path.is_file()}
        found[folder.relative_to(made).as_posix()] = files
    return found


def _difference(old: bytes | None, new: bytes | None) -> str:
    if old == new:
        return ""
    if old is None or new is None:
        return f"only in {'NEW' if old is None else 'OLD'}"
    if old.startswith(b"PK") and new.startswith(b"PK"):
        return _members(old, new)
    try:
        return _lines(old.decode(), new.decode())
    except UnicodeDecodeError:
        return f"{len(old)} and {len(new)} bytes, the first difference at byte {_offset(old, new)}"


def _offset(old: bytes | str, new: bytes | str) -> int:
    """Return where two texts part."""
    return next((at for at, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))


def _lines(old: str, new: str) -> str:
    pairs = zip(old.splitlines(keepends=True), new.splitlines(keepends=True), strict=False)
    number = next((at for at, (a, b) in enumerate(pairs) if a != b), min(len(old.splitlines()), len(new.splitlines())))
    shown = [_cut(old, new, number), _cut(new, old, number)]
    return f"line {number + 1}\n    OLD {shown[0]}\n    NEW {shown[1]}"


def _cut(text: str, other: str, number: int) -> str:
    """Return a line about the place where it leaves the same line of the other text."""
    mine, theirs = (
        [*said.splitlines(keepends=True), *[""] * (number + 1)][number] if number < len(said.splitlines()) else None
        for said in (text, other)
    )
    if mine is None:
        return "(ends before)"
    begin = max(0, _offset(mine, theirs or "") - _SHOWN // 2)
    return ("…" if begin else "") + repr(mine[begin : begin + _SHOWN])[1:-1]


def _members(old: bytes, new: bytes) -> str:
    """Name the members of a docx or xlsx that differ, with what each begins to differ in."""
    try:
        mine, theirs = (_opened(raw) for raw in (old, new))
    except BadZipFile:
        return f"{len(old)} and {len(new)} bytes, and one is no container"
    differing = [name for name in {**mine, **theirs} if mine.get(name) != theirs.get(name)]
    if not differing:
        return f"the same members packed otherwise, from byte {_offset(old, new)}"
    told = [
        f"\n  {name}: {_difference(mine.get(name), theirs.get(name)).replace('    ', '      ')}"
        for name in differing[:_MEMBERS]
    ]
    more = f"\n  and others: {len(differing) - _MEMBERS}" if len(differing) > _MEMBERS else ""
    return f"{len(differing)} of {len({**mine, **theirs})} members{''.join(told)}{more}"


def _opened(raw: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(raw)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def failures(old: Path, new: Path, cases: Iterable[Case]) -> dict[str, str]:
    """Return the cases that prove nothing: both builds fail alike, or neither says anything."""
    found = {}
    for asked in cases:
        sides = [made / asked.name for made in (old, new)]
        codes = [_codes(side) for side in sides]
        if codes[0] == codes[1] and not codes[0] <= asked.exits:
            found[asked.name] = f"both exit with {sorted(codes[0] - asked.exits)}: {_said(sides[0])}"
        elif all(_TRACE in b"".join(path.read_bytes() for path in side.glob("std*")) for side in sides):
            found[asked.name] = "both print a traceback"
        elif not any(path.stat().st_size for side in sides for path in _spoken(side)):
            found[asked.name] = "neither says or writes anything"
    return found


def _codes(side: Path) -> frozenset[int]:
    return frozenset(int(path.read_text()) for path in side.iterdir() if _EXIT.fullmatch(path.name))


def _said(side: Path) -> str:
    text = "".join(path.read_text(encoding="utf-8", errors="replace") for path in sorted(side.glob("stderr*")))
    return (text.strip().splitlines() or ["nothing on stderr"])[-1 if _TRACE.decode() in text else 0][:_SHOWN]


def _spoken(side: Path) -> Iterator[Path]:
    return (path for path in side.rglob("*") if path.is_file() and not _EXIT.fullmatch(path.name))


def expected(text: str) -> dict[str, str]:
    """Read named differences: a pattern and its reason on each line. ValueError for a pattern without a reason."""
    named: dict[str, str] = {}
    for line in text.splitlines():
        pattern, _, reason = (part.strip() for part in line.partition("#"))
        if pattern and not reason:
            raise ValueError(pattern)
        if pattern:
            named[pattern] = reason
    return named


def name_of(output: Output, named: Mapping[str, str]) -> list[str]:
    """Return the patterns that name a difference."""
    return [pattern for pattern in named if fnmatchcase(output.name, pattern)]
