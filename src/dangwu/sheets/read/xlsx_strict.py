"""Strict Open XML → the same workbook with the names of the usual kind (ECMA-376, part 4: Transitional).

Programs offer “Strict Open XML” in their list of kinds; it differs in the names of its namespaces, and the library that
reads the cells knows the usual ones only.
"""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from dangwu.model.message import say
from dangwu.sheets.read.xlsx_safety import build_refusal

_WORKBOOK = "xl/workbook.xml"
_STRICT = b"http://purl.oclc.org/ooxml/"
_NAME = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/?([\w/]*)")
_YEARS = b"http://schemas.openxmlformats.org/%s/2006/%s"
_OTHER_WORDS = {b"extendedProperties": b"extended-properties", b"customProperties": b"custom-properties"}
_MAX_SIZE = 64 * 1024 * 1024


def use_usual_names(raw: bytes, archive: ZipFile) -> bytes:
    """Return a workbook that was found safe with the usual names; one that has them already as it is."""
    if _STRICT not in archive.read(_WORKBOOK):
        return raw
    if sum(entry.file_size for entry in archive.infolist()) > _MAX_SIZE:
        raise build_refusal(say("The workbook has far more in it than a sheet of a branch needs."))
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED, compresslevel=1) as made:
        for entry in archive.infolist():
            part = archive.read(entry)
            if entry.filename.lower().endswith((".xml", ".rels")):
                part = _NAME.sub(_give_usual_name, part)
            made.writestr(entry.filename, part)
    return out.getvalue()


def _give_usual_name(match: re.Match[bytes]) -> bytes:
    words = b"/".join(_OTHER_WORDS.get(word, word) for word in match[2].split(b"/"))
    return _YEARS % (match[1], words)
