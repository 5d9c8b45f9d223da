"""A Word file whose styles, page, headers and footers a document takes; nothing else of it goes into the document.

Dangwu's own is made by ``tools/paper_file.py``; a committee may bring another. What is left out: text, pictures of the
text, comments, notes, data of other programs, names and paths in the file's own data, protection, tracked changes.
"""

from __future__ import annotations

from copy import deepcopy
from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple

from dangwu.errors import CannotRunError
from dangwu.formats.docx.page import turn_page
from dangwu.formats.docx.styles import (
    FOOTER,
    ORIGIN,
    TITLE,
    find_style,
    find_text_size,
    lend_styles,
    list_style_ids,
)
from dangwu.formats.docx.template_safety import examine_word_file
from dangwu.formats.docx.word_kind import turn_into_document
from dangwu.formats.paper_layout import TITLE_SIZE
from dangwu.model.message import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dangwu.formats.docx.styles import PaperStyle
    from dangwu.model.message import Text

_KEPT_PARTS = frozenset({"styles", "theme", "fontTable", "settings", "numbering", "header", "footer"})
_KEPT_SETTINGS = frozenset({
    "zoom", "embedTrueTypeFonts", "embedSystemFonts", "saveSubsetFonts", "mirrorMargins", "alignBordersAndEdges",
    "bordersDoNotSurroundHeader", "bordersDoNotSurroundFooter", "gutterAtTop", "defaultTabStop", "autoHyphenation",
    "consecutiveHyphenLimit", "hyphenationZone", "doNotHyphenateCaps", "evenAndOddHeaders",
    "drawingGridHorizontalSpacing", "drawingGridVerticalSpacing", "displayHorizontalDrawingGridEvery",
    "displayVerticalDrawingGridEvery", "noPunctuationKerning", "characterSpacingControl", "strictFirstAndLastChars",
    "noLineBreaksAfter", "noLineBreaksBefore", "hdrShapeDefaults", "compat", "themeFontLang", "clrSchemeMapping",
    "shapeDefaults", "decimalSymbol", "listSeparator",
})  # fmt: skip
_KEPT_OF_SECTION = frozenset({
    "headerReference", "footerReference", "pgSz", "pgMar", "paperSrc", "pgBorders", "pgNumType", "titlePg", "rtlGutter",
    "docGrid",
})  # fmt: skip
_NEEDED_MEASURES = ("page_width", "page_height", "top_margin", "right_margin", "bottom_margin", "left_margin")
_UNITS_PER_MM = 36_000
"""Of the library's own unit of length."""
_NARROWEST_MM = 80.0
"""A type area in which a table of a few columns can be read."""


class PaperDocument(NamedTuple):
    """An empty document to write paper into.

    ``across`` is the width of its type area in millimetres, ``styles`` the id of each style, ``title_size`` in points.
    ``notes`` say what the reference file lacks, so that dangwu's own is used.
    """

    document: Any
    across: float
    styles: Mapping[PaperStyle, str]
    title_size: float
    notes: tuple[Text, ...] = ()


def open_paper_document(own: bytes, reference: bytes | None = None, *, wide: bool = False) -> PaperDocument:
    """Return an empty document like the ``reference``, or like dangwu's ``own`` Word file; turned when ``wide``.

    CannotRunError when the reference is not safe to open, no Word file, or leaves too little room on its page.
    """
    if reference is not None:
        examine_word_file(reference, build_reference_refusal, whole=False)
    standard = _open_bare(own)
    if reference is None:
        return _measure(standard, wide=wide, notes=())
    try:
        document = _open_bare(turn_into_document(reference))
        notes = tuple(_complete(document, standard))
        return _measure(document, wide=wide, notes=notes)
    except CannotRunError:
        raise
    except Exception as error:  # what a damaged file makes the library raise is not known
        raise build_reference_refusal(say("it is no Word file (.docx), or a damaged one")) from error


def list_reference_notes(own: bytes, reference: bytes) -> tuple[Text, ...]:
    """Return what a reference file lacks. CannotRunError as in ``open_paper_document``."""
    return open_paper_document(own, reference).notes


def build_reference_refusal(reason: Text) -> CannotRunError:
    """Return why a reference file is not used."""
    return CannotRunError(
        say("The reference file is not used: {reason}.", reason=reason),
        say("Save it in Word or WPS as a plain .docx, without macros and without parts linked from elsewhere."),
    )


def _open_bare(raw: bytes) -> Any:
    """Return a document without text: with its styles, its last page, and the headers and footers of that."""
    from docx import Document  # noqa: PLC0415

    document = Document(BytesIO(raw))
    root = document.element
    for child in list(root):
        if child is not root.body:
            root.remove(child)
    _keep_last_section(root.body)
    _strip_settings(document.settings.element)
    named = set(root.body.xpath(".//@r:id"))
    for key, relation in list(document.part.rels.items()):
        kind = relation.reltype.rpartition("/")[2]
        if kind not in _KEPT_PARTS or (kind in {"header", "footer"} and key not in named):
            del document.part.rels[key]
        elif kind == "settings":
            relation.target_part.rels.clear()
    package = document.part.package
    for key, relation in list(package.rels.items()):
        if relation.is_external or relation.target_part is not document.part:
            del package.rels[key]
    return document


def _keep_last_section(body: Any) -> None:
    """Leave nothing in a body but its last section, with the headers and footers that it takes over from others."""
    sections = body.xpath(".//w:sectPr")
    last = body.get_or_add_sectPr()
    kept = [each for each in last if _name(each) in _KEPT_OF_SECTION]
    there = {(_name(each), each.type_) for each in kept if _name(each).endswith("Reference")}
    for section in reversed(sections):
        for each in section.xpath("w:headerReference | w:footerReference"):
            if (_name(each), each.type_) not in there:
                there.add((_name(each), each.type_))
                kept.insert(0, each)
    for child in list(body):
        body.remove(child)
    for child in list(last):
        last.remove(child)
    last.extend(kept)
    body.append(last)


def _strip_settings(settings: Any) -> None:
    for child in list(settings):
        if not isinstance(child.tag, str) or _name(child) not in _KEPT_SETTINGS:
            settings.remove(child)


def _name(element: Any) -> str:
    """Return the name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def _complete(document: Any, standard: Any) -> Iterator[Text]:
    """Give a document what it lacks, out of dangwu's own, and say what that was."""
    missing = lend_styles(document.styles.element, standard.styles.element)
    if missing:
        names = tuple(each.name for each in missing)
        yield say("The reference file has no style for {names}: those of dangwu are used.", names=names)
    section, model = document.sections[0], standard.sections[0]
    if None in {getattr(section, measure) for measure in _NEEDED_MEASURES}:
        yield say("The reference file says nothing of its page: that of dangwu is used.")
        _copy_page(section, model)
    if not document.element.body.xpath(".//w:footerReference"):
        yield say("The reference file has no footer: that of dangwu is used.")
        _copy_footers(document, standard)


def _copy_page(section: Any, model: Any) -> None:
    for each in section._sectPr.xpath("w:pgSz | w:pgMar"):  # noqa: SLF001 - nothing public leads to it
        section._sectPr.remove(each)  # noqa: SLF001
    for measure in (*_NEEDED_MEASURES, "header_distance", "footer_distance"):
        setattr(section, measure, getattr(model, measure))


def _copy_footers(document: Any, standard: Any) -> None:
    """Put dangwu's own footers below every page; odd and even pages differ where no header says otherwise."""
    section, model = document.sections[0], standard.sections[0]
    if not document.element.body.xpath(".//w:headerReference"):
        document.settings.odd_and_even_pages_header_footer = True
    pairs = [(section.footer, model.footer)]
    if document.settings.odd_and_even_pages_header_footer:
        pairs.append((section.even_page_footer, model.even_page_footer))
    theirs, ours = document.styles.element, standard.styles.element
    ids = {find_style(ours, each).styleId: find_style(theirs, each).styleId for each in (FOOTER, ORIGIN)}
    for footer, source in pairs:
        footer.is_linked_to_previous = False
        element = footer._element  # noqa: SLF001 - nothing public leads to it
        for child in list(element):
            element.remove(child)
        element.extend(deepcopy(list(source._element)))  # noqa: SLF001
        for style in element.xpath(".//w:pStyle"):
            style.val = ids[style.val]


def _measure(document: Any, *, wide: bool, notes: tuple[Text, ...]) -> PaperDocument:
    """Turn the page where that is wanted, and return the document with what its blocks are fitted to."""
    section = document.sections[0]
    if wide:
        turn_page(section)
    styles = document.styles.element
    ids = list_style_ids(styles)
    taken = section.left_margin + section.right_margin + (section.gutter or 0)
    across = round((section.page_width - taken) / _UNITS_PER_MM, 1)
    if across < _NARROWEST_MM:
        raise build_reference_refusal(say("its page leaves {width} mm for the text", width=str(round(across))))
    return PaperDocument(document, across, ids, find_text_size(styles, ids[TITLE]) or TITLE_SIZE, notes)
