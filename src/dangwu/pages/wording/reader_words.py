"""The words of a report for people without the repository: days, periods, records and people instead of their codes."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from dangwu.language import ReaderLanguage
from dangwu.model.message import say
from dangwu.model.period import Period, parse_day
from dangwu.model.record import Branch, Meeting, Member
from dangwu.pages.wording.names import find_group_name
from dangwu.pages.wording.states import MEETING_NAMES
from dangwu.pages.wording.values import add_remark, format_day, format_period_name, join_phrases

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dangwu.language import Language
    from dangwu.model.message import Argument
    from dangwu.model.record import Record
    from dangwu.model.results import DutyResult

_PLACE_IN_FILE = re.compile(r"(?::[0-9]+){1,2}$")
_ENTRY_IN_RECORD = re.compile(r"-[a-z]?[0-9]+$")
_PATH = re.compile(r"[\w./-]+\.(?:md|ya?ml)", re.ASCII)
_PERIOD = re.compile(r"[0-9]{4}-(?:[0-9]{2}|Q[1-4]|H[12])")


def build_reader_language(result: DutyResult, lang: Language) -> ReaderLanguage:
    """Return the language in which a report of these records speaks to people without the repository."""
    return ReaderLanguage(lang, _ReaderWords(result, lang).describe)


class _ReaderWords:
    """What stands for a day, a period, a path or an id."""

    def __init__(self, result: DutyResult, lang: Language) -> None:
        self.result, self.lang = result, lang
        corpus = result.corpus
        self.record_by_path: dict[str, Record] = {record.path: record for record in corpus.records}
        self.kind_by_path = {file.path: file.kind for file in corpus.unread}
        self.groups = {group.id: group.name for group in corpus.branch.groups} if corpus.branch else {}

    def describe(self, value: date | str) -> str | None:
        """Return the words for a value; None where it says itself what it is."""
        if isinstance(value, date):
            return format_day(value, self.lang)
        day = parse_day(value) if len(value) == len("2026-01-01") else None
        if day is not None:
            return format_day(day, self.lang)
        if _PERIOD.fullmatch(value):
            return self._describe_period(value)
        path = _PLACE_IN_FILE.sub("", value)
        if path in self.record_by_path:
            return self._describe_record(self.record_by_path[path])
        if _PATH.fullmatch(path):
            kind = self.result.kinds.get(self.kind_by_path.get(path) or "")
            return self.lang.value(kind.title) if kind else self.lang.text(say("another file of the branch"))
        return self._describe_id(value)

    def _describe_period(self, label: str) -> str | None:
        try:
            return self.lang.text(format_period_name(Period.parse(label)))
        except ValueError:
            return None

    def _describe_id(self, word: str) -> str | None:
        corpus = self.result.corpus
        if word in corpus.member_by_id:
            return corpus.name_of(word)
        record = corpus.by_id.get(word) or corpus.by_id.get(_ENTRY_IN_RECORD.sub("", word))
        if record is not None:
            return self._describe_record(record)
        return corpus.staff.get(word) or self.groups.get(word)

    def _describe_record(self, record: Record) -> str:
        """Return the kind of a record with whom and which day or period it is about."""
        if isinstance(record, Member):
            return record.name
        kind = self.result.kinds.get(getattr(record, "kind", "branch"))
        title: Argument = kind.title if kind else ""
        if isinstance(record, Meeting):
            title = MEETING_NAMES.get(record.kind, title)
        # The branch has groups, and is about none.
        about = "" if isinstance(record, Branch) else join_phrases(self._find_remarks(record), self.lang)
        return add_remark(self.lang.value(title), about, self.lang) if about else self.lang.value(title)

    def _find_remarks(self, record: Record) -> Iterator[str]:
        subject = getattr(record, "group", None) or getattr(record, "subject", None)
        if subject:
            member = self.result.corpus.member_by_id.get(subject)
            yield member.name if member else find_group_name(self.result.corpus, subject)
        period, day = getattr(record, "period", None), getattr(record, "day", None)
        if period is not None:
            yield self.lang.text(format_period_name(period))
        elif day is not None:
            yield format_day(day, self.lang)
