"""Records that are read but for 【待填】: what ``new`` left to people, and an import may fill in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.data import resources
from dangwu.parse.positions import drop_repeated_blanks
from dangwu.parse.schema import find_schema_errors

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dangwu.model.document import Document
    from dangwu.model.finding import Finding
    from dangwu.workspace.workspace import Workspace


def find_errors(document: Document) -> Iterator[Finding]:
    """Yield the findings on the fields of a document."""
    return find_schema_errors(document, resources.list_kinds(), resources.load_schema)


def find_drafts(workspace: Workspace, kind: str) -> Iterator[str]:
    """Yield the paths of the records of a kind with 【待填】 in them and no other fault of their fields."""
    for path, document in workspace.corpus.documents.items():
        is_draft = document.blanks and document.data.get("kind") == kind
        if is_draft and not drop_repeated_blanks(find_errors(document), document):
            yield path
