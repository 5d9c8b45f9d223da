"""What a value of a template is when it is printed: words for people, never the spelling of a program."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dangwu.model.message import say
from dangwu.pages.wording.values import NO, YES, format_figure, join_phrases, join_sentences

if TYPE_CHECKING:
    from dangwu.language import Language

_MOST_LEVELS = 20


class WordedList(list[Any]):
    """A list that is printed as words wherever a template prints it, also within a text or by a filter."""

    lang: Language

    def __str__(self) -> str:
        return put_into_words(list(self), self.lang)


class WordedRow(dict[str, Any]):
    """A row that is printed as the words of its fields."""

    lang: Language

    def __str__(self) -> str:
        return put_into_words(dict(self), self.lang)


class AttendanceCount(WordedRow):
    """How many were due, present, on leave and absent."""

    def __str__(self) -> str:
        words = {name: self.get(name) or "0" for name in ("due", "present", "leave", "absent")}
        return self.lang.text(say("due {due}, present {present}, on leave {leave}, absent {absent}", **words))


def build_worded_list(values: list[Any], lang: Language) -> WordedList:
    """Return a list that is printed as words."""
    made = WordedList(values)
    made.lang = lang
    return made


def build_worded_row(values: dict[str, Any], lang: Language, shape: type[WordedRow] = WordedRow) -> WordedRow:
    """Return a row that is printed as words."""
    made = shape(values)
    made.lang = lang
    return made


def put_into_words(value: Any, lang: Language, level: int = 0) -> str:
    """Return a value as it is printed: entries of a list joined, rows apart by semicolons, yes and no in words."""
    if value is None or level > _MOST_LEVELS:
        return ""
    if isinstance(value, bool | float):
        return lang.text(YES if value else NO) if isinstance(value, bool) else format_figure(value)
    if isinstance(value, dict) and not isinstance(value, WordedRow):
        return join_phrases((put_into_words(each, lang, level + 1) for each in value.values()), lang)
    if (isinstance(value, list | tuple | range) and not isinstance(value, WordedList)) or hasattr(value, "__next__"):
        entries = list(value)
        parts = tuple(filter(None, (put_into_words(each, lang, level + 1) for each in entries)))
        return join_sentences(parts, lang) if any(isinstance(each, dict) for each in entries) else lang.value(parts)
    return str(value)
