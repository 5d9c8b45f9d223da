"""What a Markdown text says: blocks, and in them stretches of text in one look. No mark is left, and no markup."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Span(NamedTuple):
    """Some text in one look. A line feed in it is a line break that was written as such."""

    text: str
    strong: bool = False
    emphasis: bool = False
    struck: bool = False
    code: bool = False

    @property
    def looks(self) -> tuple[str, ...]:
        """The names of its looks, none for plain text."""
        return tuple(name for name, on in zip(self._fields[1:], self[1:], strict=True) if on)


Spans: TypeAlias = tuple[Span, ...]


class BodyHeading(NamedTuple):
    """A heading; ``level`` 1 to 6."""

    text: str
    level: int


class BodyParagraph(NamedTuple):
    """A paragraph."""

    spans: Spans


class BodyListItem(NamedTuple):
    """An entry of a list; ``number`` is what it is counted as, None where it has a bullet."""

    parts: tuple[Part, ...]
    number: int | None = None


class Points(NamedTuple):
    """A list: all of its points have a number, or none has."""

    points: tuple[BodyListItem, ...]


class Quote(NamedTuple):
    """What is quoted."""

    parts: tuple[Part, ...]


class Code(NamedTuple):
    """Lines that are shown as they are, blanks and all."""

    text: str


class BodyTable(NamedTuple):
    """A table; every row has as many cells as the head. ``sides``: "start", "center" or "end" of each column."""

    head: tuple[Spans, ...]
    rows: tuple[tuple[Spans, ...], ...]
    sides: tuple[str, ...]


Part: TypeAlias = BodyHeading | BodyParagraph | Points | Quote | Code | BodyTable
Parts: TypeAlias = tuple[Part, ...]


def flatten_spans(spans: Iterable[Span]) -> str:
    """Return text without its looks; what is struck out keeps its tildes, or it would be said."""
    return "".join(f"~~{each.text}~~" if each.struck else each.text for each in spans)


def has_look(spans: Iterable[Span]) -> bool:
    """Tell whether text is more than a line of plain text."""
    return any(each.looks or "\n" in each.text for each in spans)


def split_spans(spans: Iterable[Span]) -> list[Spans]:
    """Return text as lines, where breaks were written."""
    made: list[list[Span]] = [[]]
    for span in spans:
        first, *others = span.text.split("\n")
        made[-1].append(span._replace(text=first))
        made.extend([span._replace(text=text)] for text in others)
    return [tuple(each for each in line if each.text) for line in made]


def flatten_parts(parts: Iterable[Part]) -> Iterator[str]:
    """Yield what blocks say as lines of plain text; a point has its number before it, or nothing."""
    for part in parts:
        match part:
            case BodyHeading():
                yield part.text
            case BodyParagraph():
                yield from flatten_spans(part.spans).split("\n")
            case Code():
                yield from part.text.split("\n")
            case Quote():
                yield from flatten_parts(part.parts)
            case BodyTable():
                yield from ("  ".join(map(flatten_spans, row)) for row in (part.head, *part.rows))
            case Points():
                for point in part.points:
                    first, *others = [*flatten_parts(point.parts)] or [""]
                    yield first if point.number is None else f"{point.number}. {first}".strip()
                    yield from others
