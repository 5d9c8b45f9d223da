"""What a save brings into the history, in words: its commit message, and the lines that are shown for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.model.audience import Audience
from dangwu.model.edit import Edit
from dangwu.model.message import say
from dangwu.pages.wording.values import join_phrases

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dangwu.language import Language
    from dangwu.model.record_change import RecordChange
    from dangwu.pages.record_changes import ChangeText

_MAX_LINES = 20


def build_commit_message(changes: Sequence[RecordChange], words: ChangeText) -> str:
    """Return the message of a commit: what it does in one line; for several records a line for each below it.

    Of records that only those who handle them may see it says no more than that there are some.
    """
    lines = describe_changes(changes, words)
    if not lines:
        return words.lang.text(say("Settings of the record repository")) + "\n"
    if len(lines) == 1:
        return f"{lines[0]}\n"
    more = [words.lang.text(say("and others: {count}", count=len(lines) - _MAX_LINES))] if lines[_MAX_LINES:] else []
    return "\n".join([_count_changes(changes, words.lang), "", *lines[:_MAX_LINES], *more, ""])


def describe_changes(changes: Iterable[RecordChange], words: ChangeText) -> list[str]:
    """Return one line for each record that is new, changed or taken out."""
    return [_describe_change(change, words) for change in changes]


def _describe_change(change: RecordChange, words: ChangeText) -> str:
    closed = not Audience.COMMITTEE.may_see(change.audience)
    record = words.lang.text(say("a confidential record")) if closed else words.record(change)
    if change.edit is Edit.ADDED:
        return words.lang.text(say("new: {record}", record=record))
    if change.edit is Edit.REMOVED:
        return words.lang.text(say("taken out: {record}", record=record))
    return words.lang.text(say("changed: {record}", record=record))


def _count_changes(changes: Sequence[RecordChange], lang: Language) -> str:
    """Return how many records are new, changed and taken out, on one line."""
    made = [change.edit for change in changes]
    counts = (
        (made.count(Edit.ADDED), say("records new: {count}", count=made.count(Edit.ADDED))),
        (made.count(Edit.CHANGED), say("changed: {count}", count=made.count(Edit.CHANGED))),
        (made.count(Edit.REMOVED), say("taken out: {count}", count=made.count(Edit.REMOVED))),
    )
    return join_phrases((lang.text(text) for number, text in counts if number), lang)
