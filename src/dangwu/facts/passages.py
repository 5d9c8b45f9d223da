"""Passages: texts in people's own words, from sections of bodies and from certain fields, with their places."""

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
"""Kind → its fields of free text; ``list.field`` is that field of every entry."""
_JOINED_KINDS = {"target", "rectification"}
"""Kinds whose entries are short and are joined into one passage."""
QUOTED_TITLE = re.compile(r"《[^《》\n]*》")
"""The title of a document, which is never the writer's own words."""
_SECTION_LEVEL = 2
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


class Passage(NamedTuple):
    """A text, its record, and the place where it begins."""

    record: Meeting | GenericRecord
    source: Source
    text: str

    @property
    def order(self) -> tuple[date, str, int]:
        """The sort key: the record's day, path and line; records without a day come last."""
        return (self.record.day or date.max, self.record.path, self.source.line)


def find_passages(corpus: Corpus, kinds: Mapping[str, Kind]) -> Iterator[Passage]:
    """Yield every passage of the records, except of confidential kinds."""
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
    """Return the sections of a Markdown body, each with the line on which it begins, without headings and comments.

    A section ends at the next heading of level 1 or 2; the text before the first heading is a section too.
    """
    lines = document.raw.decode(errors="replace").split("\n")
    begin = next((end + 1 for end, line in enumerate(lines) if end and line.rstrip() == "---"), 0)
    for heading in document.headings:
        if heading.level > _SECTION_LEVEL:
            # Lines left out become empty, so that line numbers stay those of the file.
            lines[heading.line - 1] = ""
    edges = [begin, *(heading.line for heading in document.headings if heading.level <= _SECTION_LEVEL)]
    ends = [*(edge - 1 for edge in edges[1:]), len(lines)]
    sections: list[tuple[int, str]] = []
    for edge, end in zip(edges, ends, strict=True):
        first = next((at for at in range(edge, end) if lines[at].strip()), None)
        if first is not None:
            sections.append((first + 1, _remove_comments("\n".join(lines[first:end]))))
    return sections


def _remove_comments(text: str) -> str:
    if "<!--" not in text or "-->" not in text:
        return text
    # After the last "-->" no comment closes, and searching from every "<!--" there would take quadratic time.
    end = text.rfind("-->") + len("-->")
    return _COMMENT.sub(lambda match: "\n" * match.group().count("\n"), text[:end]) + text[end:]


def _find_field_passages(record: GenericRecord) -> Iterator[Passage]:
    joined: list[tuple[Source, str]] = []
    for name in FREE_TEXT_FIELDS.get(record.kind, ()):
        first, _, inner = name.partition(".")
        value = record.data.get(first)
        if not inner:
            texts = [(Source(record.path, (first,)), value)]
        else:
            texts = [(Source(record.path, (first, at, inner)), item.get(inner)) for at, item in enumerate(value or ())]
        written = [(source, text) for source, text in texts if text]
        if record.kind in _JOINED_KINDS:
            joined.extend(written)
        else:
            yield from (Passage(record, source, text) for source, text in written)
    if joined:
        yield Passage(record, joined[0][0], "\n".join(text for _, text in joined))
