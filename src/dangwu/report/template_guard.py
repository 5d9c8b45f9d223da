"""Is this Word template safe to open? Asked of the archive's own list and of its XML, before any library reads it.

A .docx is a ZIP archive of XML parts (ECMA-376, part 2). Refused are bombs, macros, document types (and with them every
entity) and parts that are fetched from elsewhere: a link that a reader clicks may lead outside, nothing else.
"""

from __future__ import annotations

import zlib
from io import BytesIO
from typing import TYPE_CHECKING
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from dangwu.errors import CannotRunError
from dangwu.model.text import say

if TYPE_CHECKING:
    from zipfile import ZipInfo

    from dangwu.model.text import Text

MAX_BYTES = 20 * 1024 * 1024
MAX_ENTRIES = 200
MAX_RATIO = 100
MAX_SUM = 200 * 1024 * 1024
_SMALL = 64 * 1024
_ENCRYPTED = 0x1
_DOCUMENT = "word/document.xml"
_PROGRAMS = ("vbaproject", "vbadata", "activex/")
_WITH_PROGRAMS = b"macroEnabled"
_DOCTYPES = tuple("<!DOCTYPE".encode(each) for each in ("utf-8", "utf-16-le", "utf-16-be"))
_LINK = "/hyperlink"


def examine(raw: bytes) -> None:
    """Look through a template; CannotRunError says why it is not opened."""
    if len(raw) > MAX_BYTES:
        raise refuse(say("it has more than {limit} MB", limit=MAX_BYTES >> 20))
    try:
        with ZipFile(BytesIO(raw)) as archive:
            _list(archive.infolist())
            for entry in archive.infolist():
                _part(entry.filename, archive.read(entry))
    except (BadZipFile, zlib.error, ValueError, OSError, EOFError, RuntimeError, NotImplementedError) as error:
        raise refuse(say("it is no Word file (.docx), or a damaged one")) from error


def refuse(reason: Text) -> CannotRunError:
    """Return why a template is not opened."""
    return CannotRunError(
        say("The template is not opened: {reason}.", reason=reason),
        say("Save it in Word or WPS as a plain .docx, without macros and without parts linked from elsewhere."),
    )


def _list(entries: list[ZipInfo]) -> None:
    names = [each.filename for each in entries]
    if len(entries) > MAX_ENTRIES:
        raise refuse(say("it has {count} parts, more than {limit}", count=len(entries), limit=MAX_ENTRIES))
    if sum(each.file_size for each in entries) > MAX_SUM:
        raise refuse(say("it would unpack to more than {limit} MB", limit=MAX_SUM >> 20))
    if len({each.lower() for each in names}) < len(names):
        raise refuse(say("it has two parts of one name"))
    for each in entries:
        _entry(each)
    if _DOCUMENT not in names:
        raise refuse(say("there is no document in it"))


def _entry(entry: ZipInfo) -> None:
    name = entry.filename
    if name.startswith(("/", "\\")) or ":" in name or "\\" in name or ".." in name.split("/"):
        raise refuse(say("a part of it has a name that leads out of it"))
    if any(word in name.lower() for word in _PROGRAMS):
        raise refuse(say("it carries macros"))
    if entry.flag_bits & _ENCRYPTED or entry.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
        raise refuse(say("it is encrypted or packed in an unusual way"))
    if entry.file_size > _SMALL and entry.file_size > entry.compress_size * MAX_RATIO:
        raise refuse(say("a part of it is packed far too tightly"))


def _part(name: str, raw: bytes) -> None:
    if any(each in raw for each in _DOCTYPES):
        raise refuse(say("it declares a document type"))
    if name == "[Content_Types].xml" and _WITH_PROGRAMS in raw:
        raise refuse(say("it carries macros"))
    if name.lower().endswith((".xml", ".rels")):
        _parsed(name, raw)


def _parsed(name: str, raw: bytes) -> None:
    """Read a part with a parser that fetches nothing; a part in an unusual encoding is none that Word writes."""
    parser = expat.ParserCreate(namespace_separator=" ")

    def doctype(*_: object) -> None:
        raise refuse(say("it declares a document type"))

    def start(tag: str, attributes: dict[str, str]) -> None:
        outside = tag.endswith(" Relationship") and attributes.get("TargetMode") == "External"
        if outside and not attributes.get("Type", "").endswith(_LINK):
            raise refuse(say("a part of it is linked from elsewhere: {target}", target=attributes.get("Target", "")))

    parser.StartDoctypeDeclHandler = doctype
    parser.StartElementHandler = start
    try:
        parser.Parse(raw, True)  # noqa: FBT003 - takes no names
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise refuse(say("a part of it cannot be read: {name}", name=name)) from error
