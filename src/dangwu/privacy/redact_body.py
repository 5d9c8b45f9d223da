"""Taking names out of what a Markdown text says, once its marks are gone: one may have stood inside a name."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from dangwu.model.body import BodyHeading, BodyParagraph, BodyTable, Code, Points, Quote
from dangwu.privacy.redact import REDACTED_NAME

if TYPE_CHECKING:
    from dangwu.facts.people_names import PeoplePattern
    from dangwu.model.body import Part, Parts, Spans


def redact_body(parts: Parts, names: PeoplePattern | None) -> Parts:
    """Return what a text says with every name in it replaced, also one that has a mark inside: 张**三**."""
    return parts if names is None else tuple(_nameless_part(each, names) for each in parts)


def _nameless_part(part: Part, names: PeoplePattern) -> Part:
    match part:
        case BodyParagraph():
            return BodyParagraph(_nameless_spans(part.spans, names))
        case BodyHeading() | Code():
            return part._replace(text=names.replace(part.text, REDACTED_NAME))
        case Quote():
            return Quote(redact_body(part.parts, names))
        case Points():
            return Points(tuple(each._replace(parts=redact_body(each.parts, names)) for each in part.points))
        case BodyTable():
            head, *rows = (tuple(_nameless_spans(cell, names) for cell in row) for row in (part.head, *part.rows))
            return BodyTable(head, tuple(rows), part.sides)


def _nameless_spans(spans: Spans, names: PeoplePattern) -> Spans:
    letters = list("".join(each.text for each in spans))
    for found in names.find("".join(letters)):
        letters[found.start() : found.end()] = [REDACTED_NAME, *[""] * (found.end() - found.start() - 1)]
    ahead = iter(letters)
    made = (each._replace(text="".join(islice(ahead, len(each.text)))) for each in spans)
    return tuple(each for each in made if each.text)
