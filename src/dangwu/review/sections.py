"""Two states of a text → the lines that went and came, in a Markdown body by its sections."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from dangwu.model.change import Edit, SectionChange

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dangwu.model.document import Document

_SECTION = 2
_MOST = 4000
"""Lines beyond which a difference is told as a whole: looking for the least one would take too long."""


def sections(before: Document | None, after: Document | None) -> Iterator[SectionChange]:
    """Yield the sections in which two bodies differ, in their order; a section is told by its heading."""
    old, new = (_parted(each) if each is not None else {} for each in (before, after))
    for title in dict.fromkeys((*new, *old)):
        gone, come = lines(old.get(title, ()), new.get(title, ()))
        if gone or come:
            edit = Edit.ADDED if title not in old else Edit.REMOVED if title not in new else Edit.CHANGED
            yield SectionChange(title, edit, gone, come)


def lines(before: Sequence[str], after: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the lines that went and those that came, empty ones left out."""
    if len(before) + len(after) > _MOST:
        gone, come = list(before), list(after)
        if gone == come:
            return (), ()
    else:
        gone, come = [], []
        for tag, first, end, start, stop in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
            if tag != "equal":
                gone += before[first:end]
                come += after[start:stop]
    return tuple(each for each in gone if each.strip()), tuple(each for each in come if each.strip())


def _parted(document: Document) -> dict[str, list[str]]:
    """Return the lines of a body by the heading above them; of headings that repeat, in one."""
    rows = document.raw.decode(errors="replace").replace("\r\n", "\n").split("\n")
    begin = next((end + 1 for end, line in enumerate(rows) if end and line.rstrip() == "---"), 0)
    if not document.path.endswith(".md"):
        return {}
    titles = {heading.line - 1: heading.title for heading in document.headings if heading.level <= _SECTION}
    found: dict[str, list[str]] = {}
    title = ""
    for at in range(begin, len(rows)):
        title = titles.get(at, title)
        if at in titles:
            found.setdefault(title, [])
        else:
            found.setdefault(title, []).append(rows[at].rstrip())
    return found
