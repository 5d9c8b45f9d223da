"""Two states of a text → the lines that went and came, in a Markdown body by its sections."""

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
"""Pairs of equal lines, and looks at them, beyond which the least difference is not looked for: with many lines that
repeat, or that are equal one by one, it takes too long, and somebody may have written them for that."""


def find_section_changes(before: Document | None, after: Document | None) -> Iterator[SectionChange]:
    """Yield the sections in which two bodies differ, in their order; a section is told by its heading."""
    old, new = (_split_by_heading(each) if each is not None else {} for each in (before, after))
    for title in dict.fromkeys((*new, *old)):
        gone, come = find_line_changes(old.get(title, ()), new.get(title, ()))
        if gone or come or (title and (title in old) != (title in new)):
            edit = Edit.ADDED if title not in old else Edit.REMOVED if title not in new else Edit.CHANGED
            yield SectionChange(title, edit, gone, come)


def find_line_changes(before: Sequence[str], after: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the lines that went and those that came, empty ones left out."""
    old, new = ([row for row in rows if row.strip()] for rows in (before, after))
    gone: list[str] = []
    come: list[str] = []
    for first, end, start, stop in find_differences(old, new):
        gone += old[first:end]
        come += new[start:stop]
    return tuple(gone), tuple(come)


def find_differences(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    """Yield the stretches in which two lists differ: where one begins and ends in the first and in the second."""
    shorter = min(len(before), len(after))
    head = next((at for at in range(shorter) if before[at] != after[at]), shorter)
    tail = next((at for at in range(shorter - head) if before[-1 - at] != after[-1 - at]), shorter - head)
    old, new = before[head : len(before) - tail], after[head : len(after) - tail]
    if _takes_too_long(old, new):
        yield head, head + len(old), head, head + len(new)
        return
    for tag, first, end, start, stop in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            yield head + first, head + end, head + start, head + stop


def _takes_too_long(old: Sequence[str], new: Sequence[str]) -> bool:
    """Tell whether the least difference takes too long: each run of equal lines is looked for in all that is left."""
    counts, beside = Counter(new), set(pairwise(new))
    pairs = sum(counts[line] for line in old)
    runs = sum(line in counts for line in old) - sum(both in beside for both in pairwise(old))
    return pairs > _MAX_EQUAL_PAIRS or runs * (pairs + len(old)) > _MAX_STEPS


def _split_by_heading(document: Document) -> dict[str, list[str]]:
    """Return the lines of a body by the heading above them; of headings that repeat, in one."""
    rows = (decode_text(document.raw)[0] or "").split("\n")
    begin = next((end + 1 for end, line in enumerate(rows) if end and line.rstrip() == "---"), 0)
    if not document.path.endswith(".md"):
        return {}
    titles = {heading.line - 1: heading.title for heading in document.headings if heading.level <= _SECTION_LEVEL}
    found: dict[str, list[str]] = {}
    title = ""
    for at in range(begin, len(rows)):
        title = titles.get(at, title)
        if at in titles:
            found.setdefault(title, [])
        else:
            found.setdefault(title, []).append(rows[at].rstrip())
    return found
