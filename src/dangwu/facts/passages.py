"""The texts that people wrote in their own words, each with its place: sections of bodies, and certain fields."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from dangwu.model.audience import Audience
from dangwu.model.finding import Source
from dangwu.model.record import GenericRecord, Meeting

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dangwu.model.corpus import Corpus
    from dangwu.model.document import Document
    from dangwu.model.kind import Kind

FREE_TEXT_FIELDS: dict[str, tuple[str, ...]] = {
    "assessment": ("statement", "reason"),
    "facility-check": ("remark",),
    "participation-check": ("findings",),
    "plan-inspection": ("findings",),
    "rectification": ("items.issue", "items.measure"),
    "study-check": ("members.result",),
    "superior-inspection": ("points.measure",),
    "talk-feedback": ("feedback",),
    "target": ("items.item",),
    "target-log": ("entries.facts",),
    "target-report": ("summary",),
}
"""Kind → the fields in which people write about their work; ``list.field`` is that field of every entry."""
_JOINED_KINDS = {"target", "rectification"}
"""Their entries are short and make one text together."""
QUOTED_TITLE = re.compile(r"《[^《》\n]*》")
"""The title of a document, which is never the writer's own words."""
_SECTION_LEVEL = 2
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


class Passage(NamedTuple):
    """A text, where it begins, and the record that it stands in."""

    record: Meeting | GenericRecord
    source: Source
    text: str

    @property
    def order(self) -> tuple[date, str, int]:
        """By the record's day, then its path; a record without a day comes last."""
        return (self.record.day or date.max, self.record.path, self.source.line)


def find_passages(corpus: Corpus, kinds: Mapping[str, Kind]) -> Iterator[Passage]:
    """Yield every text of the records, those of confidential kinds left out."""
    records: tuple[Meeting | GenericRecord, ...] = (*corpus.meetings, *corpus.generic_records)
    for record in records:
        if not Audience.COMMITTEE.may_see(kinds[record.kind].audience):
            continue
        if record.path.endswith(".md"):
            for line, text in split_sections(corpus.documents[record.path]):
                yield Passage(record, Source(record.path, line=line, column=1), text)
        elif isinstance(record, GenericRecord):
            yield from _find_field_passages(record)


def split_sections(document: Document) -> list[tuple[int, str]]:
    """Return the sections of a Markdown body with the line they begin on, headings and comments left out.

    A section runs to the next heading of its level or above; what stands before the first heading is one too.
    """
    lines = document.raw.decode(errors="replace").split("\n")
    begin = next((end + 1 for end, line in enumerate(lines) if end and line.rstrip() == "---"), 0)
    for heading in document.headings:
        if heading.level > _SECTION_LEVEL:
            # Left-out lines stay as empty ones: a place in the text is a line of the file.
            lines[heading.line - 1] = ""
    edges = [begin, *(heading.line for heading in document.headings if heading.level <= _SECTION_LEVEL)]
    ends = [*(edge - 1 for edge in edges[1:]), len(lines)]
    found: list[tuple[int, str]] = []
    for edge, end in zip(edges, ends, strict=True):
        first = next((at for at in range(edge, end) if lines[at].strip()), None)
        if first is not None:
            found.append((first + 1, _remove_comments("\n".join(lines[first:end]))))
    return found


def _remove_comments(text: str) -> str:
    if "<!--" not in text or "-->" not in text:
        return text
    # Beyond the last end no comment closes, and looking for one at every beginning would take hours.
    end = text.rfind("-->") + len("-->")
    return _COMMENT.sub(lambda match: "\n" * match.group().count("\n"), text[:end]) + text[end:]


def _find_field_passages(sheet: GenericRecord) -> Iterator[Passage]:
    joined: list[tuple[Source, str]] = []
    for name in FREE_TEXT_FIELDS.get(sheet.kind, ()):
        first, _, inner = name.partition(".")
        value = sheet.data.get(first)
        if not inner:
            each = [(Source(sheet.path, (first,)), value)]
        else:
            each = [(Source(sheet.path, (first, at, inner)), item.get(inner)) for at, item in enumerate(value or ())]
        told = [(source, text) for source, text in each if text]
        if sheet.kind in _JOINED_KINDS:
            joined.extend(told)
        else:
            yield from (Passage(sheet, source, text) for source, text in told)
    if joined:
        yield Passage(sheet, joined[0][0], "\n".join(text for _, text in joined))
