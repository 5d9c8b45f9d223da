"""Changes of records as text: record, field, value before and after, changed lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.model.edit import Edit
from dangwu.model.message import Bilingual, say
from dangwu.model.record_change import RowField, WrittenValue
from dangwu.pages.wording.values import NO_VALUE_MARK, join_phrases, join_sentences, shorten_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dangwu.language import Language
    from dangwu.model.corpus import Corpus
    from dangwu.model.record_change import ChangeValue, FieldChange, FieldStep, RecordChange, SectionChange


class ChangeText:
    """Formats changes in one language; ids of people and Party groups get their names from the corpora."""

    def __init__(self, lang: Language, *corpora: Corpus) -> None:
        self.lang = lang
        self._corpora = corpora

    def name(self, person: str) -> str:
        """Return a person's name with the id; the id alone where it is unknown."""
        for corpus in self._corpora:
            name = corpus.name_of(person)
            if name != person:
                return f"{name} ({person})"
        return person

    def record(self, change: RecordChange) -> str:
        """Return the record's kind, day or period, and whom it is about; its path where nothing of this is known."""
        kind = self.lang.value(change.kind.title) if change.kind else ""
        when = change.day.isoformat() if change.day and not change.label else change.label or ""
        return join_phrases((kind, when, self._format_subject(change.subject)), self.lang) or change.path

    def _format_subject(self, subject: str | None) -> str:
        for corpus in self._corpora if subject else ():
            group = corpus.branch.group(subject or "") if corpus.branch else None
            if group is not None:
                return group.name
        return self.name(subject) if subject else ""

    def lines(self, change: RecordChange, *, most: int | None = None) -> Iterator[str]:
        """Yield a line for each field and the lines of each section; what is beyond ``most`` lines is only counted."""
        if change.hidden:
            yield self.lang.text(say("Its content is not for this audience."))
            return
        if not change.readable:
            yield self.lang.text(say("One of the two states cannot be read as a record: compare the files themselves."))
        whole = change.edit is not Edit.CHANGED
        lines = [
            line for field in change.fields for line in (self._describe_value(field) if whole else (self.field(field),))
        ]
        lines += [line for section in change.sections for line in self.section(section, whole=whole)]
        if not lines and change.readable and change.edit is Edit.CHANGED and not change.old_path:
            yield self.lang.text(say("Only comments, blanks or the order of fields changed."))
        yield from lines[:most]
        if most is not None and len(lines) > most:
            yield self.lang.text(say("and others: {count}", count=len(lines) - most))

    def _describe_value(self, change: FieldChange) -> Iterator[str]:
        """Yield a field with its value, for a record that was added or deleted as a whole."""
        value = change.told_after if change.edit is Edit.ADDED else change.told_before
        if value != ():
            field = " / ".join(self._format_step(step) for step in change.place)
            yield self.lang.text(say("{field}: {value}", field=field, value=self._shorten_value(value)))

    def field(self, change: FieldChange) -> str:
        """Return one field's change as a line."""
        field = " / ".join(self._format_step(step) for step in change.place)
        before, after = (self._shorten_value(value) for value in (change.told_before, change.told_after))
        if change.edit is Edit.ADDED:
            return self.lang.text(say("{field}: added: {value}", field=field, value=after))
        if change.edit is Edit.REMOVED:
            return self.lang.text(say("{field}: removed: {value}", field=field, value=before))
        return self.lang.text(say("{field}: {before} → {after}", field=field, before=before, after=after))

    def section(self, change: SectionChange, *, whole: bool = False) -> Iterator[str]:
        """Yield the section's name with the number of changed lines, then the lines removed and the lines added."""
        title = change.title or self.lang.text(say("before the first heading"))
        if whole:
            lines = change.come or change.gone
            if lines:
                yield self.lang.text(say("Section “{section}”", section=title))
            yield from (shorten_text(line) for line in lines)
            return
        removed, added = len(change.gone), len(change.come)
        yield self.lang.text(
            say("Section “{section}”: lines removed {gone}, added {come}", section=title, gone=removed, come=added)
        )
        yield from (f"- {shorten_text(line)}" for line in change.gone)
        yield from (f"+ {shorten_text(line)}" for line in change.come)

    def _format_step(self, step: FieldStep) -> str:
        if isinstance(step, Bilingual):
            return self.lang.value(step)
        if isinstance(step, WrittenValue):
            return self.name(step.text) if step.person else step.text
        return self.lang.text(say("row {number}", number=step))

    def _shorten_value(self, value: ChangeValue | None) -> str:
        return shorten_text(self._format_value(value)) if value is not None else ""

    def _format_value(self, value: ChangeValue | RowField) -> str:
        if isinstance(value, WrittenValue):
            if value.word is not None:
                return self.lang.value(value.word)
            return self.name(value.text) if value.person else value.text
        if isinstance(value, RowField):
            return self.lang.text(say("{field}: {value}", field=value.title, value=self._format_value(value.value)))
        parts = [self._format_value(part) for part in value] or [NO_VALUE_MARK]
        if value and isinstance(value[0], RowField):
            return join_phrases(parts, self.lang)
        if value and isinstance(value[0], tuple) and not isinstance(value[0], WrittenValue):
            # Rows, each with commas of its own.
            return join_sentences(parts, self.lang)
        return self.lang.value(tuple(parts))
