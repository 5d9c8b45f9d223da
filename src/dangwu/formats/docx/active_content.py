"""What fetches or starts something when a Word file is opened: fields, links, parts (ECMA-376, part 1, 17.16).

Fields are allowed by name, since programs know more of them than the standard; everything else is refused by name.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dangwu.model.message import Text, say

if TYPE_CHECKING:
    from collections.abc import Mapping

_QUIET_FIELDS = frozenset({
    "=", "ADVANCE", "AUTHOR", "AUTONUM", "AUTONUMLGL", "AUTONUMOUT", "BIBLIOGRAPHY", "BIDIOUTLINE", "CITATION",
    "COMMENTS", "COMPARE", "CREATEDATE", "DATE", "DISPLAYBARCODE", "DOCPROPERTY", "DOCVARIABLE", "EDITTIME", "EQ",
    "FILENAME", "FILESIZE", "FORMCHECKBOX", "FORMDROPDOWN", "FORMTEXT", "HYPERLINK", "IF", "INDEX", "INFO",
    "KEYWORDS", "LASTSAVEDBY", "LISTNUM", "MERGEFIELD", "MERGEREC", "MERGESEQ", "NEXT", "NOTEREF", "NUMCHARS",
    "NUMPAGES", "NUMWORDS", "PAGE", "PAGEREF", "PRINTDATE", "QUOTE", "REF", "REVNUM", "SAVEDATE", "SECTION",
    "SECTIONPAGES", "SEQ", "SET", "STYLEREF", "SUBJECT", "SYMBOL", "TC", "TEMPLATE", "TIME", "TITLE", "TOA", "TOC",
    "USERADDRESS", "USERINITIALS", "USERNAME", "XE",
})  # fmt: skip
"""Fields that work out a value from the document itself, or from the clock and the name of its reader."""
_FIELD_NAME = re.compile(r"\s*(=|[^\s\\\"]+)")
_FIRST_ARGUMENT = re.compile(r"\s*HYPERLINK\s+(?:\\[nmh]\s+)*(?:\"([^\"]*)\"|([^\s\\\"]\S*))", re.IGNORECASE)
_SCHEME = re.compile(r"\s*([A-Za-z][A-Za-z0-9+.-]*):|\s*[/\\]{2}")
_PAGES = {"http", "https", "mailto"}
_ACTIVE_PARTS = frozenset({
    "aFChunk", "attachedTemplate", "attachedToolbars", "control", "frame", "keyMapCustomizations",
    "mailMergeHeaderSource", "mailMergeSource", "oleObject", "package", "recipientData", "subDocument", "transform",
    "vbaProject", "webextension", "webextensiontaskpanes", "wordVbaData",
})  # fmt: skip
"""Kinds of parts, by the last word of the type of the relationship that leads to them."""
_ACTIVE_ELEMENTS = frozenset({
    "OLEObject", "altChunk", "attachedTemplate", "control", "entryMacro", "exitMacro", "frameset", "mailMerge",
    "movie", "saveThroughXslt", "scriptAnchor", "subDoc", "webExtension", "webExtensionRef", "webVideoPr",
})  # fmt: skip
_ADDRESS_ATTRIBUTES = frozenset({"href", "src", "manifestLocation", "embeddedHtml"})
_CODE_TEXTS = frozenset({"instrText", "delInstrText", "t", "delText"})
_SHOWN = 60


def find_active_relationship(attributes: Mapping[str, str]) -> Text | None:
    """Return why a relationship is not harmless: the kind of part, or a place outside of the file."""
    kind, target = attributes.get("Type", "").rpartition("/")[2], attributes.get("Target", "")
    if kind == "hyperlink":
        return find_active_link(target)
    if attributes.get("TargetMode") == "External" or _SCHEME.match(target):
        return say("a part of it is linked from elsewhere: {target}", target=target)
    if kind in _ACTIVE_PARTS:
        return say("it has something that acts when it is opened: {name}", name=kind)
    return None


def find_active_link(target: str) -> Text | None:
    """Return why a link is not harmless: it opens something other than a page on the web, a letter or a place here."""
    found = _SCHEME.match(target)
    if found is None or (found[1] or "").lower() in _PAGES:
        return None
    return say("a link in it opens no page on the web: {target}", target=target[:_SHOWN])


class ActiveContent:
    """Follows the elements of one part; the first thing that is not harmless stands in ``found``.

    The instruction of a field may lie in several runs, and hold other fields.
    """

    def __init__(self) -> None:
        self.found: Text | None = None
        self._fields: list[str | None] = []
        """The instructions of the fields that are open, from outside; None where the result has begun."""
        self._reads = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Take an element; names come with their namespace before a space."""
        word = tag.rpartition(" ")[2]
        plain = {name.rpartition(" ")[2]: value for name, value in attributes.items()}
        if word in _ACTIVE_ELEMENTS:
            self._note(say("it has something that acts when it is opened: {name}", name=word))
        if plain.get("action", "").startswith("ppaction:"):
            self._note(say("it has something that acts when it is opened: {name}", name=plain["action"][:_SHOWN]))
        for name in _ADDRESS_ATTRIBUTES & plain.keys():
            self._note(find_active_link(plain[name]) if name == "href" else _find_address(plain[name]))
        if word == "fldSimple":
            self._begin_field()
            self._fields[-1] = None
            self._judge(plain.get("instr", ""))
        elif word == "fldChar":
            self._turn(plain.get("fldCharType", ""))
        self._reads = word in _CODE_TEXTS

    def text(self, text: str) -> None:
        """Take text; what stands before the result of a field is its instruction."""
        if self._reads and self._fields and self._fields[-1] is not None:
            self._fields[-1] += text

    def end(self, tag: str) -> None:
        """Leave an element."""
        self._reads = False
        if tag.rpartition(" ")[2] == "fldSimple" and self._fields:
            self._fields.pop()

    def close(self) -> None:
        """End the part: a field that was never ended is judged too."""
        while self._fields:
            self._turn("end")

    def _turn(self, kind: str) -> None:
        if kind == "begin":
            self._begin_field()
        elif kind in {"separate", "end"} and self._fields:
            instruction = self._fields[-1]
            if instruction is not None:
                self._judge(instruction)
                self._fields[-1] = None
            if kind == "end":
                self._fields.pop()

    def _begin_field(self) -> None:
        # The name of a field that another field works out is known to nobody before it is opened.
        if self._fields and self._fields[-1] is not None and not self._fields[-1].strip():
            self._note(say("it has a field whose name another field works out"))
        self._fields.append("")

    def _judge(self, instruction: str) -> None:
        found = _FIELD_NAME.match(instruction)
        name = found[1] if found else ""
        if name and name.upper() not in _QUIET_FIELDS and not name.startswith("="):
            shown = " ".join(instruction.split())[:_SHOWN]
            self._note(say("it has a field that may fetch or start something: {field}", field=shown))
        link = _FIRST_ARGUMENT.match(instruction)
        if link:
            self._note(find_active_link(link[1] or link[2] or ""))

    def _note(self, reason: Text | None) -> None:
        self.found = self.found or reason


def _find_address(value: str) -> Text | None:
    """Return why an attribute is not harmless: it is an address from which something is taken."""
    if not _SCHEME.match(value) and "<" not in value:
        return None
    return say("a part of it is linked from elsewhere: {target}", target=value[:_SHOWN])
