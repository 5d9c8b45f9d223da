"""Records of an older version → the current one, as edits of their text: comments and layout stay as they were.

A step renames fields or replaces words of closed lists; more than that a new kind of record is for. Steps are listed
in ``STEPS``, oldest first. Version 1 is the first, so the list is empty.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from dangwu.parse import markdown
from dangwu.parse.encoding import decode
from dangwu.parse.yaml import load, marks

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from dangwu.model.finding import Pointer
    from dangwu.model.kind import Pattern


class Step(NamedTuple):
    """What changed with version ``to``, by kind: fields that have new names, and words that are written differently."""

    to: int
    renamed: Mapping[str, Mapping[Pattern, str]]
    replaced: Mapping[str, Mapping[Pattern, Mapping[str, str]]]


class _Edit(NamedTuple):
    line: int
    column: int
    old: str
    new: str


STEPS: tuple[Step, ...] = ()


def version(data: object) -> int:
    """Return the version that a record's data says; 0 where it says none that is a number."""
    said = data.get("schema") if isinstance(data, dict) else None
    return said if isinstance(said, int) and not isinstance(said, bool) else 0


def migrated(path: str, raw: bytes, steps: Sequence[Step] = STEPS) -> bytes:
    """Return a record's bytes brought up to date; the same bytes where there is nothing to do or it cannot be read."""
    text, problems = decode(raw)
    if text is None or problems:
        return raw
    for step in steps:
        text = _stepped(path, text, step)
    return text.encode()


def _stepped(path: str, text: str, step: Step) -> str:
    header = markdown.split(text).header if path.endswith(".md") else text
    data, problems = load(header or "")
    if problems or version(data) != step.to - 1:
        return text
    values, keys = marks(header or "")
    edits = [_Edit(*values["schema",], str(step.to - 1), str(step.to))]
    kind = str(data.get("kind"))
    for pattern, name in step.renamed.get(kind, {}).items():
        edits += [_Edit(*keys[each], str(each[-1]), name) for each, _ in _at(data, pattern, ())]
    for pattern, words in step.replaced.get(kind, {}).items():
        found = [(each, value) for each, value in _at(data, pattern, ()) if value in words]
        edits += [_Edit(*values[each], value, words[value]) for each, value in found]
    return _edited(text, edits)


def _edited(text: str, edits: Sequence[_Edit]) -> str:
    """Apply edits from the end on, so that no earlier place moves. Quotation marks around a word stay."""
    lines = text.split("\n")
    for edit in sorted(edits, reverse=True):
        line, at = lines[edit.line - 1], edit.column - 1
        at += line[at : at + 1] in {'"', "'"}
        if line.startswith(edit.old, at):
            lines[edit.line - 1] = line[:at] + edit.new + line[at + len(edit.old) :]
    return "\n".join(lines)


def _at(node: Any, pattern: Pattern, pointer: Pointer) -> Iterator[tuple[Pointer, Any]]:
    if not pattern:
        yield pointer, node
    elif pattern[0] is None:
        for index, each in enumerate(node if isinstance(node, list) else ()):
            yield from _at(each, pattern[1:], (*pointer, index))
    elif isinstance(node, dict) and pattern[0] in node:
        yield from _at(node[pattern[0]], pattern[1:], (*pointer, pattern[0]))
