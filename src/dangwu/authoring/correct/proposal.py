"""What a correction would do to a text, and to the data in it: proposed for a finding, made only if it proves right."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dangwu.model.finding import Finding, Pointer
    from dangwu.model.message import Text


class Splice(NamedTuple):
    """The replacement of one part of a text, by offsets."""

    start: int
    end: int
    new: str


class Proposal(NamedTuple):
    """The splices that would cure a finding, with a sentence of what they do.

    Of the data they change what is said here and nothing else: ``put`` is a place and its new value, ``renamed`` the
    place of a field and its new name. ``opens`` says that what stands below the place is judged only afterwards;
    ``key_lines`` are the lines on which a field must begin afterwards.
    """

    finding: Finding
    splices: tuple[Splice, ...]
    what: Text
    put: tuple[Pointer, Any] | None = None
    renamed: tuple[Pointer, str] | None = None
    opens: bool = False
    key_lines: tuple[int, ...] = ()
    person: str | None = None


class Refusal(NamedTuple):
    """Why a finding that a correction could be meant for is left to a person."""

    finding: Finding
    reason: Text


def splice_text(text: str, splices: Iterable[Splice]) -> str | None:
    """Return the text with all replacements, None where two overlap."""
    parts, done = [], 0
    for splice in sorted(set(splices)):
        if splice.start < done:
            return None
        parts += [text[done : splice.start], splice.new]
        done = splice.end
    return "".join([*parts, text[done:]])


def change_data(data: dict[str, Any], proposals: Sequence[Proposal]) -> dict[str, Any]:
    """Return the data that proposals mean to leave; places are those of before."""
    changed = deepcopy(data)
    for proposal in proposals:
        if proposal.put is not None:
            pointer, value = proposal.put
            _follow(changed, pointer[:-1])[pointer[-1]] = value
    renames = [proposal.renamed for proposal in proposals if proposal.renamed is not None]
    for pointer, name in sorted(renames, key=lambda rename: -len(rename[0])):
        node = _follow(changed, pointer[:-1])
        node[name] = node.pop(pointer[-1])
    return changed


def _follow(data: Any, pointer: Pointer) -> Any:
    for part in pointer:
        data = data[part]
    return data
