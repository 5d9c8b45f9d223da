"""Two states of a text → removed and added lines, for a Markdown body by section."""

from __future__ import annotations

from collections import Counter
from difflib import SequenceMatcher
from itertools import pairwise
from typing import TYPE_CHECKING

from dangwu.model.edit import Edit
from dangwu.model.record_change import SectionChange
from dangwu.parse.encoding import decode_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dangwu.model.document import Document

_SECTION_LEVEL = 2
_MAX_EQUAL_PAIRS, _MAX_STEPS = 20_000, 4_000_000
"""Limits in pairs of equal lines and in comparisons, above which no minimal difference is computed: difflib takes too
long on texts with many repeated lines, and a text may be written to exploit that."""


def find_section_changes(before: Document | None, after: Document | None) -> Iterator[SectionChange]:
    """Yield the sections in which two bodies differ, in order; sections are matched by heading."""
    old, new = (_split_by_heading(document) if document is not None else {} for document in (before, after))
    for title in dict.fromkeys((*new, *old)):
        gone, come = find_line_changes(old.get(title, ()), new.get(title, ()))
        if gone or come or (title and (title in old) != (title in new)):
            edit = Edit.ADDED if title not in old else Edit.REMOVED if title not in new else Edit.CHANGED
            yield SectionChange(title, edit, gone, come)


def find_line_changes(before: Sequence[str], after: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the removed and the added lines, without empty ones."""
    old, new = ([row for row in rows if row.strip()] for rows in (before, after))
    gone: list[str] = []
    come: list[str] = []
    for first, end, start, stop in find_differences(old, new):
        gone += old[first:end]
        come += new[start:stop]
    return tuple(gone), tuple(come)


def find_differences(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    """Yield the stretches in which two lists differ, as half-open ranges (start, end, start, end) in both."""
    shorter = min(len(before), len(after))
    head = next((index for index in range(shorter) if before[index] != after[index]), shorter)
    unequal = (index for index in range(shorter - head) if before[-1 - index] != after[-1 - index])
    tail = next(unequal, shorter - head)
    old, new = before[head : len(before) - tail], after[head : len(after) - tail]
    if _takes_too_long(old, new):
        yield head, head + len(old), head, head + len(new)
        return
    for tag, first, end, start, stop in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            yield head + first, head + end, head + start, head + stop


def _takes_too_long(old: Sequence[str], new: Sequence[str]) -> bool:
    """Tell whether the minimal difference takes too long: difflib searches each run of equal lines in all the rest."""
    counts, neighbours = Counter(new), set(pairwise(new))
    pairs = sum(counts[line] for line in old)
    runs = sum(line in counts for line in old) - sum(pair in neighbours for pair in pairwise(old))
    return pairs > _MAX_EQUAL_PAIRS or runs * (pairs + len(old)) > _MAX_STEPS


def _split_by_heading(document: Document) -> dict[str, list[str]]:
    """Return the lines of a Markdown body by heading, "" before the first; equal headings share their lines."""
    if not document.path.endswith(".md"):
        return {}
    lines = (decode_text(document.raw)[0] or "").split("\n")
    begin = next((index + 1 for index, line in enumerate(lines) if index and line.rstrip() == "---"), 0)
    titles = {heading.line - 1: heading.title for heading in document.headings if heading.level <= _SECTION_LEVEL}
    sections: dict[str, list[str]] = {}
    title = ""
    for index in range(begin, len(lines)):
        title = titles.get(index, title)
        section = sections.setdefault(title, [])
        if index not in titles:
            section.append(lines[index].rstrip())
    return sections
