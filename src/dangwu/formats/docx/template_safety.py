"""Is a Word file that somebody brings safe to open? Asked of its list of parts and its XML, before a library reads it.

A .docx is a ZIP archive of XML parts (ECMA-376, part 2). Refused are bombs, macros, document types (and with them every
entity), parts that are fetched from elsewhere, and whatever acts when the file is opened (``active_content.py``): only
a link that a reader clicks leads outside, to a page on the web.
"""

from __future__ import annotations

import re
import zlib
from io import BytesIO
from typing import TYPE_CHECKING
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile

from dangwu.errors import CannotRunError
from dangwu.formats.docx.active_content import ActiveContent, find_active_relationship
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
_BEFORE_XML = b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n"
_TAKEN = re.compile(r"(?i)word/(?:header|footer|styles|numbering|theme|fontTable)|_rels/|\[Content_Types\]")
_LINK = "/hyperlink"
_LEFT_BEHIND = frozenset({"word/_rels/document.xml.rels"})


def examine_word_file(raw: bytes, build_refusal: Refusal, *, whole: bool = True) -> None:
    """Look through a Word file; CannotRunError, made by ``build_refusal`` of the reason, says why it is not opened.

    Without ``whole`` only its styles, headers and footers are taken, and the text may have fields of any kind.
    """
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
            _examine_parts(archive, build_refusal, whole=whole)
    except (BadZipFile, zlib.error, ValueError, OSError, EOFError, RuntimeError, NotImplementedError) as error:
        raise build_refusal(say("it is no Word file (.docx), or a damaged one")) from error


def examine_made_file(raw: bytes) -> None:
    """Look through a form that a template made: pieces that are harmless may have become a field that is not."""
    with ZipFile(BytesIO(raw)) as archive:
        _examine_parts(archive, _build_form_refusal, whole=True)


def _build_form_refusal(reason: Text) -> CannotRunError:
    return CannotRunError(
        say("The form is not made: {reason}.", reason=reason),
        say("Take it out of the template; what a form may hold is in docs/site/en/forms.md."),
    )


def build_template_refusal(reason: Text) -> CannotRunError:
    """Return why a template is not opened."""
    return CannotRunError(
        say("The template is not opened: {reason}.", reason=reason),
        say("Save it in Word or WPS as a plain .docx, without macros and without parts linked from elsewhere."),
    )


def _examine_parts(archive: ZipFile, build_refusal: Refusal, *, whole: bool) -> None:
    for entry in archive.infolist():
        name = entry.filename
        if "webextensions/" in name.lower():
            raise build_refusal(say("it has something that acts when it is opened: {name}", name=name))
        _examine_part(name, archive.read(entry), build_refusal, fields=whole or _TAKEN.match(name) is not None)


def _examine_part(name: str, raw: bytes, build_refusal: Refusal, *, fields: bool) -> None:
    if any(each in raw for each in _DOCTYPES):
        raise build_refusal(say("it declares a document type"))
    if name == "[Content_Types].xml" and _WITH_PROGRAMS in raw:
        raise build_refusal(say("it carries programs (macros) or embedded files"))
    # The list of types may call a part of any name XML.
    if name.lower().endswith((".xml", ".rels")) or raw.lstrip(_BEFORE_XML).startswith(b"<"):
        _parse_part(name, raw, build_refusal, fields=fields)


def _parse_part(name: str, raw: bytes, build_refusal: Refusal, *, fields: bool) -> None:
    """Read a part with a parser that fetches nothing; a part in an unusual encoding is none that Word writes."""
    parser = expat.ParserCreate(namespace_separator=" ")
    content = ActiveContent()

    def doctype(*_: object) -> None:
        raise build_refusal(say("it declares a document type"))

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag.endswith(" Relationship"):
            # What the text of a file leads to stays behind where only its styles are taken.
            reason = find_active_relationship(attributes)
            outside = attributes.get("TargetMode") == "External" and not attributes.get("Type", "").endswith(_LINK)
            left = not fields and name in _LEFT_BEHIND and not outside
            if reason is not None and not left:
                raise build_refusal(reason)
        elif fields:
            content.start(tag, attributes)

    parser.StartDoctypeDeclHandler = doctype
    parser.StartElementHandler = start
    parser.EndElementHandler, parser.CharacterDataHandler = content.end, content.text
    try:
        parser.Parse(raw, True)  # noqa: FBT003 - takes no names
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise build_refusal(say("a part of it cannot be read: {name}", name=name)) from error
    content.close()
    if content.found is not None:
        raise build_refusal(content.found)
