"""Is a Word file that somebody brings safe to open? Asked of its list of parts and its XML, before a library reads it.

A .docx is a ZIP archive of XML parts (ECMA-376, part 2). Refused are bombs, macros, document types (and with them every
entity) and parts that are fetched from elsewhere: a link that a reader clicks may lead outside, nothing else.
"""

from __future__ import annotations

import zlib
from io import BytesIO
from typing import TYPE_CHECKING
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile

from dangwu.errors import CannotRunError
from dangwu.formats.docx.word_kind import refuse_other_kind
from dangwu.model.archive_safety import MAX_ARCHIVE_BYTES, find_archive_fault
from dangwu.model.message import say

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    from dangwu.model.message import Text

    Refusal: TypeAlias = Callable[[Text], CannotRunError]

_DOCUMENT = "word/document.xml"
_WITH_PROGRAMS = b"macroEnabled"
_DOCTYPES = tuple("<!DOCTYPE".encode(each) for each in ("utf-8", "utf-16-le", "utf-16-be"))
_LINK = "/hyperlink"


def examine_word_file(raw: bytes, build_refusal: Refusal) -> None:
    """Look through a Word file; CannotRunError, made by ``build_refusal`` of the reason, says why it is not opened."""
    if len(raw) > MAX_ARCHIVE_BYTES:
        raise build_refusal(say("it has more than {limit} MB", limit=MAX_ARCHIVE_BYTES >> 20))
    refuse_other_kind(raw, build_refusal)
    try:
        with ZipFile(BytesIO(raw)) as archive:
            found = find_archive_fault(archive.infolist())
            if found is not None:
                raise build_refusal(found)
            if _DOCUMENT not in archive.namelist():
                raise build_refusal(say("there is no document in it"))
            for entry in archive.infolist():
                _examine_part(entry.filename, archive.read(entry), build_refusal)
    except (BadZipFile, zlib.error, ValueError, OSError, EOFError, RuntimeError, NotImplementedError) as error:
        raise build_refusal(say("it is no Word file (.docx), or a damaged one")) from error


def build_template_refusal(reason: Text) -> CannotRunError:
    """Return why a template is not opened."""
    return CannotRunError(
        say("The template is not opened: {reason}.", reason=reason),
        say("Save it in Word or WPS as a plain .docx, without macros and without parts linked from elsewhere."),
    )


def _examine_part(name: str, raw: bytes, build_refusal: Refusal) -> None:
    if any(each in raw for each in _DOCTYPES):
        raise build_refusal(say("it declares a document type"))
    if name == "[Content_Types].xml" and _WITH_PROGRAMS in raw:
        raise build_refusal(say("it carries programs (macros) or embedded files"))
    if name.lower().endswith((".xml", ".rels")):
        _parse_part(name, raw, build_refusal)


def _parse_part(name: str, raw: bytes, build_refusal: Refusal) -> None:
    """Read a part with a parser that fetches nothing; a part in an unusual encoding is none that Word writes."""
    parser = expat.ParserCreate(namespace_separator=" ")

    def doctype(*_: object) -> None:
        raise build_refusal(say("it declares a document type"))

    def start(tag: str, attributes: dict[str, str]) -> None:
        outside = tag.endswith(" Relationship") and attributes.get("TargetMode") == "External"
        if outside and not attributes.get("Type", "").endswith(_LINK):
            raise build_refusal(
                say("a part of it is linked from elsewhere: {target}", target=attributes.get("Target", ""))
            )

    parser.StartDoctypeDeclHandler = doctype
    parser.StartElementHandler = start
    try:
        parser.Parse(raw, True)  # noqa: FBT003 - takes no names
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise build_refusal(say("a part of it cannot be read: {name}", name=name)) from error
