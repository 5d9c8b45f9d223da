"""Implausible content: documents studied before publication, and texts that name another Party branch."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from dangwu.facts.other_branches import find_other_branches
from dangwu.facts.passages import find_passages
from dangwu.model.finding import Finding, FindingCode, Severity, Source, build_finding
from dangwu.model.message import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dangwu.check.context import Context
    from dangwu.facts.passages import Passage

STUDIED_BEFORE_PUBLISHED = FindingCode(
    "DW952", "studied-before-published", Severity.ERROR, say("A document was studied before it was published"), "6.3a"
)
OTHER_UNIT = FindingCode("DW953", "other-unit", Severity.WARNING, say("The text names another Party branch"))
CODES = (STUDIED_BEFORE_PUBLISHED, OTHER_UNIT)

_JOINT_WORK = re.compile(
    r"转[入出接到往至移]|共建|联建|结对|联合|联谊|参观|走访|来访|交流|邀请|应邀|特邀|列席|经验|做法|兄弟|借调|对口"
    r"|joint|transfer|visit|invite|exchange|together with|learn(?:ed|t) from|guest",
    re.IGNORECASE,
)
_SENTENCE_REACH = 300
_SENTENCE_END = re.compile(r"[。！？；\n]|[.!?;]\s")


def check_document_days(context: Context) -> Iterator[Finding]:
    """Find documents that were studied or conveyed before the day on which they were published (3.3, 6.3)."""
    for meeting in context.meetings:
        for index, document in enumerate(meeting.data.get("documents", ())):
            published = document.get("published")
            if published is not None and date.fromisoformat(published) > meeting.day:
                message = say(
                    "The meeting was on {day}; the document was published on {published}.",
                    day=meeting.day,
                    published=date.fromisoformat(published),
                )
                hint = say("Correct the day that is wrong; what was not yet there cannot have been studied.")
                pointer = ("documents", index, "published")
                yield build_finding(
                    STUDIED_BEFORE_PUBLISHED, meeting, pointer, message, hint, subject=document["title"]
                )


def check_other_units(context: Context) -> Iterator[Finding]:
    """Find other branches named in a text, a sign that it was copied from elsewhere.

    Only proper names count that end as names of companies and places do. A sentence that mentions a visit, a transfer
    or joint work is passed over.
    """
    branch = context.corpus.branch
    if branch is None:
        return
    seen: set[tuple[str, str]] = set()
    for passage in find_passages(context.corpus, context.kinds):
        for start, name in find_other_branches(branch, passage.text):
            if (passage.record.path, name) in seen or _JOINT_WORK.search(_find_sentence(passage.text, start)):
                continue
            seen.add((passage.record.path, name))
            message = say("The text names another Party branch: {name}.", name=name)
            hint = say("If it was taken over from elsewhere, write your own; if that branch took part, say how.")
            yield Finding(
                code=OTHER_UNIT, source=_build_source(passage, start), message=message, hint=hint, subject=name
            )


def _build_source(passage: Passage, start: int) -> Source:
    """Return the line and column of an offset in a body, or the field that holds the text."""
    source = passage.source
    if source.pointer:
        return source
    text = passage.text
    begin = text.rfind("\n", 0, start) + 1
    return Source(source.path, line=source.line + text.count("\n", 0, start), column=start - begin + 1)


def _find_sentence(text: str, at: int) -> str:
    """Return the sentence around an offset, from at most 300 characters before it."""
    first = max(0, at - _SENTENCE_REACH)
    begin = max((match.end() for match in _SENTENCE_END.finditer(text, first, at)), default=first)
    end = _SENTENCE_END.search(text, at)
    return text[begin : end.start() if end else len(text)]
