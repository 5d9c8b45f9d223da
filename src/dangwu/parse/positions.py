"""Pointers → lines and columns, worked out only for files with findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.model.finding import Source
from dangwu.parse import markdown
from dangwu.parse.encoding import decode_text
from dangwu.parse.schema import VALUE_UNFIT
from dangwu.parse.yaml import find_positions

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from dangwu.model.document import Document
    from dangwu.model.finding import Finding


def locate_findings(findings: Iterable[Finding], documents: Mapping[str, Document]) -> list[Finding]:
    """Return the findings with lines and columns; each file with a finding is parsed once more."""
    listed = list(findings)
    wanted: dict[str, set[Source]] = {}
    for finding in listed:
        for source in (finding.source, *(place.source for place in finding.related)):
            if source.line == 0:
                wanted.setdefault(source.path, set()).add(source)
    places: dict[Source, Source] = {}
    for path, sources in wanted.items():
        document = documents.get(path)
        if document is None:
            places.update({source: Source(path, source.pointer, 1, 1) for source in sources})
        else:
            places.update(_locate_sources(document, sources))
    return [_relocate_finding(finding, places) for finding in listed]


def drop_repeated_blanks(findings: Iterable[Finding], document: Document) -> list[Finding]:
    """Return the findings of a document, located, without DW104 for a value that is 【待填】, which DW502 reports."""
    located = locate_findings(findings, {document.path: document})
    blanks = set(document.blanks)
    return [
        finding
        for finding in located
        if finding.code is not VALUE_UNFIT or (finding.source.line, finding.source.column) not in blanks
    ]


def _relocate_finding(finding: Finding, places: Mapping[Source, Source]) -> Finding:
    related = tuple(place._replace(source=places.get(place.source, place.source)) for place in finding.related)
    return finding._replace(source=places.get(finding.source, finding.source), related=related)


def _locate_sources(document: Document, sources: Iterable[Source]) -> dict[Source, Source]:
    """Return each source of one document with its line and column."""
    text, _ = decode_text(document.raw)
    header = markdown.split_front_matter(text or "").header if document.path.endswith(".md") else text
    values, keys = find_positions(header or "")
    return {source: _locate_source(source, values, keys) for source in sources}


def _locate_source(
    source: Source,
    values: dict[tuple[str | int, ...], tuple[int, int]],
    keys: dict[tuple[str | int, ...], tuple[int, int]],
) -> Source:
    """Return a source with the line and column of its value, or of the nearest value around it."""
    pointer = source.pointer
    place = keys.get(pointer) if source.at_key else None
    while place is None:
        place = values.get(pointer) or ((1, 1) if not pointer else None)
        pointer = pointer[:-1]
    return Source(source.path, source.pointer, *place, at_key=source.at_key)
