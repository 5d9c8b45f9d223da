"""The body of a record: its sections are there, written, and nothing is left as 【待填】."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.check.context import found
from dangwu.model.finding import FindingCode, Finding, Severity
from dangwu.model.message import say
from dangwu.model.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dangwu.check.context import Context
    from dangwu.model.document import SectionHeading
    from dangwu.model.message import Text
    from dangwu.model.record import Meeting, GenericRecord

_ERROR = Severity.ERROR
SECTION_MISSING = FindingCode("DW501", "section-missing", _ERROR, say("A section is missing"))
LEFT_TO_WRITE = FindingCode("DW502", "left-to-write", _ERROR, say("Left to write"))
SECTION_EMPTY = FindingCode("DW503", "section-empty", _ERROR, say("A section is empty"))
CODES = (SECTION_MISSING, LEFT_TO_WRITE, SECTION_EMPTY)
_MOST_BLANKS = 100
"""Nobody reads more of one file."""


def check_sections(context: Context) -> Iterator[Finding]:
    """See that each required section stands in the body and holds words; Chinese or English titles both do."""
    records: tuple[Meeting | GenericRecord, ...] = (*context.corpus.meetings, *context.corpus.sheets)
    for record in records:
        written = {heading.title: heading for heading in reversed(record.headings)}
        for wanted in context.kinds[record.kind].headings:
            heading = written.get(wanted.zh) or written.get(wanted.en)
            if heading is None:
                message = say("The section {title} is missing.", title=wanted)
                hint = say("Add a heading line: ## {title}", title=wanted)
                yield found(SECTION_MISSING, record, (), message, hint, subject=wanted.zh)
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
    """Refuse 【待填】: the tool writes no content for people."""
    for path, document in context.corpus.documents.items():
        for line, column in document.blanks[:_MOST_BLANKS]:
            message = say("【待填】 still stands here: a person must write this.")
            hint = say("Write what was really said and done, or delete the line if there was nothing.")
            yield Finding(code=LEFT_TO_WRITE, source=Source(path, line=line, column=column), message=message, hint=hint)
