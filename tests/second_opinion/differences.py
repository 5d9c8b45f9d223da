"""Where jsonschema and the validator of dangwu differ, and why. Any other difference is a fault of one of the two."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable


class Side(StrEnum):
    """Who finds an error where the other finds none."""

    OURS = "dangwu"
    THEIRS = "jsonschema"


class Difference(NamedTuple):
    """A difference that is understood: which texts (``holds``) one side refuses by a keyword and the other takes.

    ``example`` is such a text for a field of a lecture.
    """

    name: str
    why: str
    side: Side
    keyword: str
    holds: Callable[[str], bool]
    field: str
    example: str

    def explains(self, side: Side, keyword: str, value: object) -> bool:
        """Tell whether an error that only one side finds is of this difference; alternatives hide which keyword."""
        return side is self.side and keyword in {self.keyword, "anyOf"} and isinstance(value, str) and self.holds(value)


EXPLAINED = (
    Difference(
        name="a line end behind the last character",
        why="JSON Schema takes its patterns from ECMA-262, where $ matches at the very end. In Python it also matches "
        "before a line end that ends the text, so to jsonschema an id with a line end behind it is an id.",
        side=Side.OURS,
        keyword="pattern",
        holds=lambda text: text.endswith("\n"),
        field="recorder",
        example="m001\n",
    ),
    Difference(
        name="the year 0000",
        why="RFC 3339 has a year 0000, a date of Python begins with 0001. Both refuse it by the pattern for days.",
        side=Side.THEIRS,
        keyword="format",
        holds=lambda text: text.startswith("0000-"),
        field="date",
        example="0000-01-01",
    ),
)
