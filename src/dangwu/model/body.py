"""The body of a Markdown record as plain values: titles, paragraphs, points of lists, rows of tables."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias


class BodyHeading(NamedTuple):
    """A heading; ``level`` 1 to 6."""

    text: str
    level: int


class BodyParagraph(NamedTuple):
    """A paragraph."""

    text: str


class BodyListItem(NamedTuple):
    """An entry of a list: ``mark`` is its number as written, "" for a bullet; ``depth`` counts from 0."""

    text: str
    mark: str = ""
    depth: int = 0


class BodyTable(NamedTuple):
    """A table. The first row is its head; all rows have as many cells."""

    rows: tuple[tuple[str, ...], ...]


BodyBlock: TypeAlias = BodyHeading | BodyParagraph | BodyListItem | BodyTable
