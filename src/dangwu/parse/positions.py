"""Pointers → lines and columns, worked out only for the files that have findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.model.finding import Source
from dangwu.parse import markdown
from dangwu.parse.encoding import decode_text
from dangwu.parse.yaml import find_positions

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from dangwu.model.document import Document
    from dangwu.model.finding import Finding


def locate_findings(findings: Iterable[Finding], documents: Mapping[str, Document]) -> list[Finding]:
    """Work out lines and columns, reading each file once more that has a finding, and no other."""
    listed = list(findings)
    wanted: dict[str, set[Source]] = {}
    for finding in listed:
        for source in (finding.source, *(each.source for each in finding.related)):
            if source.line == 0:
                wanted.setdefault(source.path, set()).add(source)
    places: dict[Source, Source] = {}
    for path, sources in wanted.items():
        each = documents.get(path)
        if each is None:
            places.update({source: Source(path, source.pointer, 1, 1) for source in sources})
        else:
            places.update(_locate_sources(each, sources))
    return [_relocate_finding(finding, places) for finding in listed]


def _relocate_finding(finding: Finding, places: Mapping[Source, Source]) -> Finding:
    related = tuple(each._replace(source=places.get(each.source, each.source)) for each in finding.related)
    return finding._replace(source=places.get(finding.source, finding.source), related=related)


def _locate_sources(document: Document, sources: Iterable[Source]) -> dict[Source, Source]:
    """Work out line and column of places in one document that have only a pointer so far."""
    text, _ = decode_text(document.raw)
    header = markdown.split_front_matter(text or "").header if document.path.endswith(".md") else text
    values, keys = find_positions(header or "")
    return {source: _locate_source(source, values, keys) for source in sources}


def _locate_source(
    source: Source,
    values: dict[tuple[str | int, ...], tuple[int, int]],
    keys: dict[tuple[str | int, ...], tuple[int, int]],
) -> Source:
    """Find the place, or that of the nearest value around it."""
    pointer = source.pointer
    place = keys.get(pointer) if source.at_key else None
    while place is None:
        place = values.get(pointer) or ((1, 1) if not pointer else None)
        pointer = pointer[:-1]
    return Source(source.path, source.pointer, *place, at_key=source.at_key)
