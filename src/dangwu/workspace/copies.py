"""Files that are a second version of a record: a sync client's copy, or a file that gives another record's id."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from dangwu.model.document import Document
    from dangwu.model.kind import Kind

_COPY_MARK = re.compile(
    r"""(?P<stem>.+?)(?:
        [ _]?[(（]\d{1,3}[)）]                                 # browsers, Windows, WPS
      | [ ]?[-_]?[ ]?副本(?:[ ]?[(（]?\d{1,3}[)）]?)?          # Windows in Chinese
      | [ ]的副本(?:[ ]\d{1,3})?                               # macOS in Chinese
      | [ ]-[ ]Copy(?:[ ]\(\d{1,3}\))?                         # Windows
      | [ ]copy(?:[ ]\d{1,3})?                                 # macOS
      | [ ]\d{1,3}                                             # iCloud
      | [ _-]*[(（\[][^()（）\[\]]*(?:conflict|冲突)[^()（）\[\]]*[)）\]]
      | [ ._~-]+(?:sync-)?(?:conflict|冲突).*                  # Syncthing and others
    )""",
    re.VERBOSE | re.IGNORECASE,
)


def find_copies(documents: Mapping[str, Document], paths: Collection[str], kinds: Mapping[str, Kind]) -> dict[str, str]:
    """Return the files that are no records of their own, each with the record that has its name.

    That is a file whose content belongs at another path, where a file is. For kinds whose name says more than the
    content does, it is a file named like another with the mark of a copy.
    """
    copies = {}
    for path, document in documents.items():
        kind = kinds.get(str(document.data.get("kind", "")))
        original = None if kind is None else _find_original(path, document, kind)
        if original is not None and original != path and original in paths:
            copies[path] = original
    return copies


def _find_original(path: str, document: Document, kind: Kind) -> str | None:
    """Return the path of the record that a file may be a copy of; None where its own name fits."""
    wanted = kind.path(document.data)
    if "{slug}" not in wanted:
        return None if kind.fits(path, document.data) else wanted
    stem, dot, ending = path.rpartition(".")
    match = _COPY_MARK.fullmatch(stem)
    return f"{match['stem']}{dot}{ending}" if match else None
