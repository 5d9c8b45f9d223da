"""A record's text with what reading it finds: its data, findings with their lines, and the places of its values."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from dangwu.authoring.edit.marked_text import MarkedText
from dangwu.data import resources
from dangwu.model.finding_list import count_findings
from dangwu.model.schema_node import read_node_title
from dangwu.parse import markdown
from dangwu.parse.document import parse_document
from dangwu.parse.finding_codes import MAX_FINDINGS
from dangwu.parse.positions import drop_repeated_blanks, locate_findings
from dangwu.parse.schema import find_schema_errors
from dangwu.parse.yaml import find_positions

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dangwu.model.document import Document
    from dangwu.model.finding import Finding


@dataclass(frozen=True)
class RecordState:
    """One state of a record's text. Without a document its fields cannot be read whole."""

    path: str
    text: str
    document: Document | None
    findings: tuple[Finding, ...]

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the text."""
        return self.text.split("\n")

    @cached_property
    def data(self) -> dict[str, Any]:
        """The fields; none where they cannot be read."""
        return self.document.data if self.document else {}

    @cached_property
    def schema(self) -> Mapping[str, Any] | None:
        """The schema of the record's kind, None for an unknown one."""
        kind = self.data.get("kind")
        return resources.load_schema(kind) if isinstance(kind, str) and kind in resources.list_kinds() else None

    @cached_property
    def marked(self) -> MarkedText:
        """The text with the places of its values and keys."""
        header, last = self.text, self.text.count("\n") + 1
        if self.path.endswith(".md"):
            parts = markdown.split_front_matter(self.text)
            header, last = parts.header or "", parts.body_line - 2
        return MarkedText(self.text, *find_positions(header), last)

    @property
    def is_cut(self) -> bool:
        """Whether there are more findings than were listed."""
        return len(self.findings) > MAX_FINDINGS or count_findings(self.findings) > len(self.findings)

    def line_start(self, line: int) -> int:
        """Return the offset of a line, from 1."""
        return self._starts[line - 1]

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *accumulate(len(row) + 1 for row in self.lines)]


def read_record_state(path: str, text: str) -> RecordState:
    """Read a text as ``check`` does one file: the findings of reading and of the fields, with their lines."""
    document, found = parse_document(path, "", text.encode())
    findings = list(found)
    if document is not None:
        errors = list(find_schema_errors(document, resources.list_kinds(), resources.load_schema))
        findings += drop_repeated_blanks(errors, document)
        findings = locate_findings(findings, {path: document})
    return RecordState(path, text, document, tuple(findings))


@cache
def list_field_names() -> Mapping[str, frozenset[str]]:
    """Return the names of all fields of all kinds, each with its titles in Chinese."""
    names: dict[str, set[str]] = {}
    for kind in resources.list_kinds():
        for key, node in _walk_properties(resources.load_schema(kind)):
            names.setdefault(key, set()).add(read_node_title(node, key).zh)
    return {key: frozenset(titles) for key, titles in names.items()}


def _walk_properties(node: Any) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield every field of a schema and of the definitions that it brings, by name."""
    if isinstance(node, list):
        for item in node:
            yield from _walk_properties(item)
    elif isinstance(node, dict):
        for key, below in node.get("properties", {}).items():
            if isinstance(below, dict):
                yield key, below
        for below in node.values():
            yield from _walk_properties(below)
