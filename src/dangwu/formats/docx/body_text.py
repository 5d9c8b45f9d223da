"""What a record says in its own words, written into a Word document: paragraphs, lists, quotations, code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from dangwu.formats import paper_layout
from dangwu.formats.docx.numbering import DEEPEST, HANGING, STEP, add_list
from dangwu.formats.docx.page import build_element
from dangwu.formats.docx.styles import BODY_TEXT
from dangwu.formats.docx.text_run import build_runs
from dangwu.formats.safe_text import make_safe_text
from dangwu.model.body import BodyHeading, BodyParagraph, BodyTable, Code, Points, Quote, Span, split_spans
from dangwu.pages.body_blocks import build_body_table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from dangwu.formats.docx.reference import PaperDocument
    from dangwu.model.body import Part, Spans
    from dangwu.pages.page import Table

_POINT = 20
"""In twentieths of a point, Word's measure."""


def make_printable(spans: Iterable[Span]) -> Spans:
    """Return text fit to be printed."""
    return tuple(each._replace(text=make_safe_text(each.text, lines=True)) for each in spans)


def write_body_part(paper: PaperDocument, part: Part, write_table: Callable[[Table], None], *, follows: bool) -> None:
    """Write a part of a body as body text; where something ``follows``, the last paragraph, if short, stays with it."""
    writer = _Writer(paper, write_table)
    writer.write(part, _Place())
    if follows and writer.last is not None and _is_short(writer.last.getparent()):
        writer.last.insert(1, build_element("w:keepNext"))


def _is_short(paragraph: Any) -> bool:
    return sum(map(len, paragraph.itertext())) <= paper_layout.MAX_KEPT_LENGTH


class _Place(NamedTuple):
    """Where a paragraph stands: how far from the edge, in points; in how many lists; whether it is quoted.

    ``number`` is the list that it begins a point of.
    """

    left: float = 0
    depth: int = 0
    quoted: bool = False
    number: int | None = None


class _Writer:
    """Writes parts into a document one after the other."""

    def __init__(self, paper: PaperDocument, write_table: Callable[[Table], None]) -> None:
        self.paper, self.write_table = paper, write_table
        self.last: Any = None
        """The properties of the last paragraph."""

    def write(self, part: Part, place: _Place) -> None:
        """Write a part."""
        match part:
            case BodyParagraph():
                self._paragraph(part.spans, place)
            case BodyHeading():
                self._paragraph((Span(part.text, strong=True),), place)
            case Code():
                for line in part.text.split("\n"):
                    self._paragraph((Span(line, code=True),), place, size=paper_layout.FORM_SIZE)
            case Quote():
                for inner in part.parts:
                    self.write(inner, place._replace(left=place.left + STEP, quoted=True))
            case BodyTable():
                self.write_table(build_body_table(part))
                self.last = None
            case Points():
                self._points(part, place)

    def _points(self, part: Points, place: _Place) -> None:
        """Write a list. Where its numbers leave some out, another list begins, with the number that was written."""
        depth = min(place.depth, DEEPEST)
        inside = _Place(place.left + STEP + HANGING, place.depth + 1, place.quoted)
        counted: int | None = None
        list_ = 0
        for point in part.points:
            if not list_ or point.number != counted:
                list_ = add_list(self.paper.document, depth, point.number)
            counted = None if point.number is None else point.number + 1
            first, *others = point.parts or (BodyParagraph(()),)
            if not isinstance(first, BodyParagraph):
                first, others = BodyParagraph(()), [first, *others]
            self._paragraph(first.spans, inside._replace(number=list_))
            for other in others:
                self.write(other, inside)

    def _paragraph(self, spans: Spans, place: _Place, *, size: float | None = None) -> None:
        """Write a paragraph with its breaks; a plain one stands as the style of body text has it."""
        paragraph = self.paper.document.add_paragraph()._p  # noqa: SLF001
        self.last = paragraph.get_or_add_pPr()
        self.last.style = self.paper.styles[BODY_TEXT]
        if place.number is not None:
            number = build_element("w:numPr")
            number.append(build_element("w:ilvl", **{"w:val": str(min(place.depth - 1, DEEPEST))}))
            number.append(build_element("w:numId", **{"w:val": str(place.number)}))
            self.last.append(number)
        if place.quoted:
            border = build_element("w:pBdr")
            border.append(
                build_element("w:left", **{"w:val": "single", "w:sz": "8", "w:space": "8", "w:color": "808080"})
            )
            self.last.append(border)
        if size is not None:
            pitch = str(int(paper_layout.LINE_PITCH * size / paper_layout.TEXT_SIZE * _POINT))
            self.last.append(build_element("w:spacing", **{"w:line": pitch, "w:lineRule": "atLeast"}))
        if place != _Place() or size is not None:
            second = {"w:hanging": HANGING} if place.number is not None else {"w:firstLineChars": 0, "w:firstLine": 0}
            indent = {"w:left": place.left, **second}
            self.last.append(
                build_element("w:ind", **{name: str(int(points * _POINT)) for name, points in indent.items()})
            )
        for number_, line in enumerate(split_spans(make_printable(spans))):
            if number_:
                run = build_element("w:r")
                run.append(build_element("w:br"))
                paragraph.append(run)
            for run in build_runs(line, size):
                paragraph.append(run)
