"""Which kind of file is it that somebody brings as a Word file? Told by its content, since anybody can change a name.

A template (.dotx) has the parts of a document (.docx) and another word for its main part (ECMA-376, part 1, 11.3.10).
"""

from __future__ import annotations

import zlib
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import BadZipFile, ZipFile

from dangwu.formats.stable_zip import normalise_zip
from dangwu.model.message import say

if TYPE_CHECKING:
    from collections.abc import Callable

    from dangwu.errors import CannotRunError
    from dangwu.model.message import Text

_TYPES, _LINKS = "[Content_Types].xml", "_rels/.rels"
_TEMPLATE_TYPE, _DOCUMENT_TYPE = (b"wordprocessingml.%b.main+xml" % kind for kind in (b"template", b"document"))
_MACRO_TYPES = {
    b"ms-word.document.macroEnabled.main+xml": ".docm",
    b"ms-word.template.macroEnabledTemplate.main+xml": ".dotm",
}
_OLD_KIND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How a compound file begins: Word until 2003, WPS, and every Office file with a password ([MS-CFB], 2.2)."""
_OTHER_BEGINNINGS = {b"{\\rtf": ".rtf", b"%PDF-": ".pdf", b"<!doctype html": ".html", b"<html": ".html"}
_OTHER_PARTS = {"xl/workbook.xml": ".xlsx", "ppt/presentation.xml": ".pptx", "content.xml": ".odt"}
_STRICT = b"http://purl.oclc.org/ooxml/"
_BEFORE_TEXT = b"\xef\xbb\xbf \t\r\n"
_LONGEST_PART = 1 << 20


def refuse_other_kind(raw: bytes, build_refusal: Callable[[Text], CannotRunError]) -> None:
    """Raise what ``build_refusal`` makes of the reason where a file is of a known kind that is not read."""
    reason = _find_other_kind(raw)
    if reason is not None:
        raise build_refusal(reason)


def turn_into_document(raw: bytes) -> bytes:
    """Return a template (.dotx) as the document (.docx) that Word would begin with it; any other file as it is."""
    types = _read_parts(raw, _TYPES).get(_TYPES, b"")
    if _TEMPLATE_TYPE not in types:
        return raw
    return normalise_zip(raw, {_TYPES: types.replace(_TEMPLATE_TYPE, _DOCUMENT_TYPE)})


def _find_other_kind(raw: bytes) -> Text | None:
    if raw.startswith(_OLD_KIND):
        return say("it is a file of the old kind (.doc, .dot, .wps), or one with a password")
    beginning = raw[:99].lstrip(_BEFORE_TEXT).lower()
    parts = _read_parts(raw, _TYPES, _LINKS, *_OTHER_PARTS)
    other = next((ending for start, ending in _OTHER_BEGINNINGS.items() if beginning.startswith(start.lower())), "")
    other = other or next((ending for name, ending in _OTHER_PARTS.items() if name in parts), "")
    if other:
        return say("it is no Word file (.docx) but one of another kind ({ending})", ending=other)
    types, links = (parts.get(name, b"") for name in (_TYPES, _LINKS))
    if _STRICT in links:
        return say("it is saved as Strict Open XML")
    macros = next((ending for word, ending in _MACRO_TYPES.items() if word in types), "")
    return say("it is a Word file with macros ({ending})", ending=macros) if macros else None


def _read_parts(raw: bytes, *names: str) -> dict[str, bytes]:
    """Return those parts that are there and no longer than a megabyte; nothing where this is no archive."""
    try:
        with ZipFile(BytesIO(raw)) as archive:
            there = [entry for name in names if (entry := archive.NameToInfo.get(name)) is not None]
            return {entry.filename: archive.read(entry) for entry in there if entry.file_size <= _LONGEST_PART}
    except (BadZipFile, zlib.error, ValueError, OSError, EOFError, RuntimeError, NotImplementedError):
        return {}
