"""The body of a record: required sections, none of them empty, and no 【待填】 left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.model.finding import Finding, FindingCode, Severity, Source, build_finding
from dangwu.model.message import say
from dangwu.parse.finding_codes import MAX_FINDINGS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dangwu.check.context import Context
    from dangwu.model.document import SectionHeading
    from dangwu.model.message import Text
    from dangwu.model.record import GenericRecord, Meeting

_ERROR = Severity.ERROR
SECTION_MISSING = FindingCode("DW501", "section-missing", _ERROR, say("A section is missing"))
LEFT_TO_WRITE = FindingCode("DW502", "left-to-write", _ERROR, say("Left to write"))
SECTION_EMPTY = FindingCode("DW503", "section-empty", _ERROR, say("A section is empty"))
CODES = (SECTION_MISSING, LEFT_TO_WRITE, SECTION_EMPTY)


def check_sections(context: Context) -> Iterator[Finding]:
    """Check that each required section, by its Chinese or English title, is in the body and not empty."""
    records: tuple[Meeting | GenericRecord, ...] = (*context.corpus.meetings, *context.corpus.generic_records)
    for record in records:
        written = {heading.title: heading for heading in reversed(record.headings)}
        for wanted in context.kinds[record.kind].headings:
            heading = written.get(wanted.zh) or written.get(wanted.en)
            if heading is None:
                message = say("The section {title} is missing.", title=wanted)
                hint = say("Add a heading line: ## {title}", title=wanted)
                yield build_finding(SECTION_MISSING, record, (), message, hint, subject=wanted.zh)
            elif not heading.written:
                message = say("Nothing is written in the section {title}.", title=wanted)
                hint = _swallowed(heading, record.headings) or say(
                    "Write what was said and done; if there was nothing, say so in a sentence."
                )
                source = Source(record.path, line=heading.line, column=1)
                yield Finding(code=SECTION_EMPTY, source=source, message=message, hint=hint, subject=wanted.zh)


def _swallowed(empty: SectionHeading, headings: Sequence[SectionHeading]) -> Text | None:
    """Say that the words of a section have become a heading, because a line of hyphens stands right below them."""
    after = next((each for each in headings if each.line > empty.line), None)
    if after is None or not after.underlined:
        return None
    return say(
        "Line {line} is a heading, because hyphens or equals signs stand right below it: put an empty line between.",
        line=after.line,
    )


def check_blanks(context: Context) -> Iterator[Finding]:
    """Find 【待填】 left in a record; content is written by people, never by the tool."""
    for path, document in context.corpus.documents.items():
        for line, column in document.blanks[:MAX_FINDINGS]:
            message = say("【待填】 still stands here: a person must write this.")
            hint = say("Write what was really said and done, or delete the line if there was nothing.")
            yield Finding(code=LEFT_TO_WRITE, source=Source(path, line=line, column=column), message=message, hint=hint)
