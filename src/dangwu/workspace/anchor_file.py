"""The committee's file of anchors: read for one branch, and added to."""

from __future__ import annotations

import re
from codecs import BOM_UTF16_LE
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from dangwu.audit.anchor_lines import ReadAnchors, choose_own_anchors, parse_anchor_lines
from dangwu.errors import CannotRunError, UsageError
from dangwu.files.line_append import append_line, detect_line_encoding, read_lines_file
from dangwu.files.write import refuse_closed_place
from dangwu.model.message import say
from dangwu.workspace.audit import read_branch_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date
    from pathlib import Path

    from dangwu.audit.anchor_lines import Anchor
    from dangwu.git.repository import Repository
    from dangwu.workspace.history import RepositoryHistory

_BEGINNING = "dangwu-anchor/1 "
_WIDE_LINE = re.compile(_BEGINNING.encode("utf-16-le") + rb"(?:[^\n]|\n(?!\0))*(?:\n\0|\Z)", re.DOTALL)
"""A line that PowerShell added in UTF-16 to a file in another encoding."""


def read_anchors(path: Path, history: RepositoryHistory) -> ReadAnchors:
    """Read the anchors of a history's branch from a file; of other branches they are passed over.

    CannotRunError when the file cannot be read, UsageError for a line that is no anchor and when none is the branch's.
    """
    raw = read_lines_file(path)
    if raw is None:
        raise CannotRunError(say("{path} cannot be read.", path=str(path)))
    anchors = parse_anchor_lines(_decode_lines(raw))
    return choose_own_anchors(anchors, history.graph, find_branch_names(history), read_branch_name(history))


def _decode_lines(raw: bytes) -> str:
    """Return the text of a file to which shells may have added lines in several encodings."""
    encoding = detect_line_encoding(raw)
    if encoding.startswith("utf-16") and _BEGINNING.encode() not in raw:
        return raw.decode(encoding, "replace")
    raw = raw.removeprefix(BOM_UTF16_LE)
    encoding = detect_line_encoding(_WIDE_LINE.sub(b"", raw))

    def narrow(match: re.Match[bytes]) -> bytes:
        return match.group().decode("utf-16-le", "replace").encode(encoding, "replace")

    return _WIDE_LINE.sub(narrow, raw).decode(encoding, "replace")


def find_branch_names(history: RepositoryHistory) -> Mapping[str, date | None]:
    """Return every name that the branch had in its history, with the last day on which it had it, None for now."""
    names: dict[str, date | None] = {}
    before = ""
    for day, name in _list_names(history):
        if before and before != name:
            names[before] = day
        names[name] = None
        before = name
    return names | {read_branch_name(history): None}


def _list_names(history: RepositoryHistory) -> Iterator[tuple[date, str]]:
    """Yield the names in the versions of branch.yaml with the day after which the one before was given up."""
    life = history.lives.by_path.get("branch.yaml")
    for step in life.steps if life else ():
        document = history.read_version(step.path, step.blob) if step.blob else None
        name = _find_name(document.data if document else {})
        day = history.graph.commits[step.commit].committer.day
        if name and day is not None:
            yield day + timedelta(days=1), name


def _find_name(data: Mapping[str, Any]) -> str:
    name = data.get("name")
    name = name.get("zh") if isinstance(name, dict) else name
    return name if isinstance(name, str) else ""


def append_anchor(path: Path, anchor: Anchor, repository: Repository) -> bool:
    """Add an anchor to the committee's file, created where there is none; False where the line is there already.

    UsageError for a place inside the repository, where the branch could change it, and for a file of other content.
    """
    top = () if repository.bare else (repository.folder.joinpath(*[".."] * repository.prefix.count("/")),)
    refuse_closed_place(path, (repository.git_dir, *top))
    raw = read_lines_file(path)
    try:
        lines = parse_anchor_lines(_decode_lines(raw or b""))
    except UsageError as error:
        raise UsageError(say("{path} is no file of anchors.", path=str(path)), error.message) from None
    if any(line.line == anchor.line for line in lines):
        return False
    append_line(path, raw, anchor.line)
    return True
