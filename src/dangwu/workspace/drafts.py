"""Records that are read but for 【待填】 in fields that an import fills in, as ``new`` leaves them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from dangwu.data import resources
from dangwu.model.document import PLACEHOLDER
from dangwu.parse.positions import drop_repeated_blanks
from dangwu.parse.schema import find_schema_errors

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dangwu.model.document import Document
    from dangwu.model.finding import Finding
    from dangwu.workspace.workspace import Workspace

_OPEN_FIELDS = {
    "dues": re.compile(r"collector|members/\d+/assessed"),
    "target": re.compile(r"(?!year$|member$|items$)\w+|items/\d+/(?:item|points)"),
}
"""Kind → its fields that may be open in a draft; whatever else is open, people write."""


def find_errors(document: Document) -> Iterator[Finding]:
    """Yield the findings on the fields of a document."""
    return find_schema_errors(document, resources.list_kinds(), resources.load_schema)


def find_drafts(workspace: Workspace, kind: str) -> Iterator[str]:
    """Yield the paths of the records of a kind in which nothing is wrong but fields that are still open."""
    for path, document in workspace.corpus.documents.items():
        if not document.blanks or document.data.get("kind") != kind:
            continue
        fillable = all(_OPEN_FIELDS[kind].fullmatch(field) for field in _list_blanks(document.data))
        if fillable and not drop_repeated_blanks(find_errors(document), document):
            yield path


def _list_blanks(value: Any, field: str = "") -> Iterator[str]:
    """Yield the fields that are 【待填】, as in members/3/assessed."""
    if isinstance(value, str):
        if PLACEHOLDER in value:
            yield field
        return
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield from _list_blanks(item, f"{field}/{key}" if field else str(key))
