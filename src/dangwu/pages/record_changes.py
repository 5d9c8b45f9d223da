"""Changes of records in plain words: which record, which field, from what to what, which lines."""

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
    """Says changes in one language; ids of people and groups are shown by name."""

    def __init__(self, lang: Language, *corpora: Corpus) -> None:
        self.lang = lang
        self._corpora = corpora

    def name(self, person: str) -> str:
        """Return somebody's name with the id, or the id alone where nobody is known by it."""
        for corpus in self._corpora:
            name = corpus.name_of(person)
            if name != person:
                return f"{name} ({person})"
        return person

    def record(self, change: RecordChange) -> str:
        """Return what record it is: its kind, day or period, and whom it is about."""
        kind = self.lang.value(change.kind.title) if change.kind else ""
        when = change.day.isoformat() if change.day and not change.label else change.label or ""
        return join_phrases((kind, when, self._about(change.subject)), self.lang) or change.path

    def _about(self, subject: str | None) -> str:
        for corpus in self._corpora if subject else ():
            group = corpus.branch.group(subject or "") if corpus.branch else None
            if group is not None:
                return group.name
        return self.name(subject) if subject else ""

    def lines(self, change: RecordChange, *, most: int | None = None) -> Iterator[str]:
        """Yield a line for each field and the lines of each section; beyond ``most`` only how many there are."""
        if change.hidden:
            yield self.lang.text(say("What it says is not for this audience."))
            return
        if not change.readable:
            yield self.lang.text(say("One of the two states cannot be read as a record: compare the files themselves."))
        whole = change.edit is not Edit.CHANGED
        told = [each for one in change.fields for each in ([self.field(one)] if not whole else self._said(one))]
        told += [line for section in change.sections for line in self.section(section, whole=whole)]
        if not told and change.readable and change.edit is Edit.CHANGED and not change.old_path:
            yield self.lang.text(say("Only comments, blanks or the order of fields changed."))
        yield from told[:most]
        if most is not None and len(told) > most:
            yield self.lang.text(say("and others: {count}", count=len(told) - most))

    def _said(self, change: FieldChange) -> Iterator[str]:
        """Yield what a record that came or went says in a field."""
        told = change.told_after if change.edit is Edit.ADDED else change.told_before
        if told != ():
            place = " / ".join(self._place(step) for step in change.place)
            yield self.lang.text(say("{field}: {value}", field=place, value=self._value(told)))

    def field(self, change: FieldChange) -> str:
        """Return one field's change as a line."""
        place = " / ".join(self._place(step) for step in change.place)
        before, after = (self._value(value) for value in (change.told_before, change.told_after))
        if change.edit is Edit.ADDED:
            return self.lang.text(say("{field}: added: {value}", field=place, value=after))
        if change.edit is Edit.REMOVED:
            return self.lang.text(say("{field}: removed: {value}", field=place, value=before))
        return self.lang.text(say("{field}: {before} → {after}", field=place, before=before, after=after))

    def section(self, change: SectionChange, *, whole: bool = False) -> Iterator[str]:
        """Yield a line with the section's name and how much changed, then the lines that went and those that came."""
        title = change.title or self.lang.text(say("before the first heading"))
        if whole:
            lines = change.come or change.gone
            if lines:
                yield self.lang.text(say("Section “{section}”", section=title))
            yield from (shorten_text(line) for line in lines)
            return
        gone, come = len(change.gone), len(change.come)
        yield self.lang.text(
            say("Section “{section}”: lines removed {gone}, added {come}", section=title, gone=gone, come=come)
        )
        yield from (f"- {shorten_text(line)}" for line in change.gone)
        yield from (f"+ {shorten_text(line)}" for line in change.come)

    def _place(self, place: FieldStep) -> str:
        if isinstance(place, Bilingual):
            return self.lang.value(place)
        if isinstance(place, WrittenValue):
            return self.name(place.text) if place.person else place.text
        return self.lang.text(say("row {number}", number=place))

    def _value(self, told: ChangeValue | None) -> str:
        return shorten_text(self._told(told)) if told is not None else ""

    def _told(self, told: ChangeValue | RowField) -> str:
        if isinstance(told, WrittenValue):
            if told.word is not None:
                return self.lang.value(told.word)
            return self.name(told.text) if told.person else told.text
        if isinstance(told, RowField):
            return self.lang.text(say("{field}: {value}", field=told.title, value=self._told(told.value)))
        inner = [self._told(part) for part in told] or [NO_VALUE_MARK]
        if told and isinstance(told[0], RowField):
            return join_phrases(inner, self.lang)
        if told and isinstance(told[0], tuple) and not isinstance(told[0], WrittenValue):
            # Rows, each with commas of its own.
            return join_sentences(inner, self.lang)
        return self.lang.value(tuple(inner))
