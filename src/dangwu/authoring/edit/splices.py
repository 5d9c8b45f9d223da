"""Replacements of parts of a text, put together."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dangwu.authoring.edit.marked_text import PatchError

if TYPE_CHECKING:
    from collections.abc import Iterable


class Splice(NamedTuple):
    """The replacement of one part of a text; of those at one offset the one with the lesser ``order`` comes first."""

    start: int
    order: int
    end: int
    new: str


def join_splices(text: str, splices: Iterable[Splice]) -> str:
    """Return the text with all replacements. PatchError where two overlap."""
    parts, done = [], 0
    for splice in sorted(splices, key=lambda splice: (splice.start, splice.order)):
        if splice.start < done:
            raise PatchError
        parts += [text[done : splice.start], splice.new]
        done = splice.end
    return "".join([*parts, text[done:]])
