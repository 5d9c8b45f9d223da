"""The few things that ``init`` asks: one after the other, with a way back, then all of them to look at."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dangwu.cli.languages import _
from dangwu.cli.roster_words import quote_word
from dangwu.errors import DangwuError, UsageError
from dangwu.files.read_input import read_sheet
from dangwu.model.message import Text, say
from dangwu.model.period import Period, PeriodLength
from dangwu.sheets.branch_columns import BRANCH_FACTS
from dangwu.sheets.read.day_cells import parse_day_cell
from dangwu.sheets.read.filled_book import BranchBook, read_filled_book
from dangwu.sheets.read.post_words import read_posts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date
    from pathlib import Path

    from dangwu.cli.prompts import Asker
    from dangwu.sheets.read.filled_book import BookRow

_BACK = frozenset({"<", "\uff1c", "back", "返回", "上一个"})
FILE, SECRETARY = "from", "secretary"
_FLAGS = {
    "name": "--name",
    "superior": "--superior",
    "founded": "--founded",
    "records_from": "--records-from",
    SECRETARY: "--secretary",
}


class BranchAnswers(NamedTuple):
    """What is known of a branch that is being set up: facts and the secretary's name by key, and the file."""

    facts: dict[str, str]
    file: Path | None = None
    raw: bytes = b""
    book: BranchBook = BranchBook({})

    @property
    def secretary(self) -> str | None:
        """The name given as that of the secretary, which counts before the workbook's."""
        return self.facts.get(SECRETARY)

    @property
    def shown_secretary(self) -> str | None:
        """The name of the secretary, as given or as the workbook has it."""
        return self.secretary or next((row.who for row in self.book.posts if is_secretary_row(row)), None)

    def list_options(self, given: Mapping[str, str | None], file: Path | None) -> Iterator[str]:
        """Yield, as they are typed, the options for what was answered and is neither ``given`` nor in the file."""
        if self.file is not None and file is None:
            yield f"--from {quote_word(str(self.file))}"
        for key, flag in _FLAGS.items():
            value = self.facts.get(key)
            if value and not given.get(key) and value != self.book.facts.get(key):
                yield f"{flag} {quote_word(value)}"

    def read(self, file: Path) -> BranchAnswers:
        """Return the answers with those that a workbook gives; what was said otherwise stays."""
        raw = read_sheet(file)
        book = read_filled_book(file.name, raw)
        return BranchAnswers({**book.facts, **self.facts}, file, raw, book)


def is_secretary_row(row: BookRow) -> bool:
    """Tell whether a row of the workbook's committee names the secretary."""
    return bool(row.who) and SECRETARY in read_posts(row.what).codes


def parse_fact(key: str, word: str, flag: str) -> str:
    """Return the value of a fact, a day as in records; UsageError for a word that is no day."""
    if key not in BRANCH_FACTS or not BRANCH_FACTS[key].is_day:
        return word.strip()
    day = parse_day_cell(word)
    if isinstance(day, Text):
        raise UsageError(say("{flag}: {text} is not a day as in 2026-03-12.", flag=flag, text=word), day)
    return day.isoformat()


def find_quarter_start(day: date) -> str:
    """Return the first day of a day's quarter, which is offered as that from which records are kept."""
    return Period.containing(PeriodLength.QUARTER, day).start.isoformat()


class BranchQuestions:
    """Asks for what is not known yet, shows the answers, and lets each be changed before anything is written."""

    def __init__(self, ask: Asker, answers: BranchAnswers, as_of: date, to_path: Callable[[str], Path]) -> None:
        self._ask, self.answers, self._as_of, self._to_path = ask, answers, as_of, to_path
        self._told = frozenset(answers.facts) | ({FILE} if answers.file else frozenset())
        self._titles = {
            FILE: _("Roster or workbook (Enter: none)"),
            "name": _("Name of the branch"),
            "superior": _("The Party organization above"),
            "founded": _("Day of founding"),
            "records_from": _("Records are kept from"),
            SECRETARY: _("Name of the secretary"),
        }

    def run(self) -> BranchAnswers:
        """Ask the questions that are open, then show every answer until they are right."""
        keys = [key for key in self._titles if key not in self._told]
        at, told = 0, False
        asked: list[int] = []
        while at < len(keys):
            key = keys[at]
            if key in self.answers.book.facts or (key == SECRETARY and self.answers.shown_secretary):
                at += 1
                continue
            if not told:
                self._ask.show(_("< goes back to the question before."))
                told = True
            if self._put(key):
                at = asked.pop() if asked else at
            else:
                asked.append(at)
                at += 1
        while (wrong := self._review()) is not None:
            self._put(wrong)
        return self.answers

    def _put(self, key: str) -> bool:
        """Ask one question until it is answered; True where the person wants to go back."""
        while True:
            default = self._offer(key)
            title = self._titles[key]
            if default:
                title = f"{title} [{default}]"
            elif key == SECRETARY and self.answers.file:
                title = _("{question} (Enter: as the roster has it)").format(question=title)
            word = self._ask.optional(title)
            if word in _BACK:
                return True
            answer = word or default
            if answer is None:
                if not self._is_needed(key):
                    return False
                self._ask.tell(say("This is needed; it can be changed later in branch.yaml."))
                continue
            try:
                self._keep(key, answer)
            except DangwuError as error:
                self._ask.report_error(UsageError(error.message, error.hint))
                continue
            return False

    def _offer(self, key: str) -> str | None:
        """Return what Enter means: the answer so far, or the first day of this quarter."""
        known = self.answers.shown_secretary if key == SECRETARY else self._show(key)
        if known is None and key == "records_from":
            return max(find_quarter_start(self._as_of), self.answers.facts.get("founded", ""))
        return known or None

    def _show(self, key: str) -> str | None:
        """Return the answer so far."""
        if key == FILE:
            return str(self.answers.file) if self.answers.file else None
        if key == SECRETARY and self.answers.file:
            return self.answers.shown_secretary or _("as the roster has it")
        return self.answers.shown_secretary if key == SECRETARY else self.answers.facts.get(key)

    def _is_needed(self, key: str) -> bool:
        return key in {"founded", "records_from"} or (self.answers.file is not None and key in BRANCH_FACTS)

    def _keep(self, key: str, word: str) -> None:
        if key == FILE:
            self.answers = self.answers.read(self._to_path(word))
        else:
            self.answers.facts[key] = parse_fact(key, word, self._titles[key])

    def _review(self) -> str | None:
        """Show every answer with its number; return the one to change, None where all are right."""
        for number, (key, title) in enumerate(self._titles.items(), 1):
            self._ask.show(f"  {number}  {title.partition(' (')[0].partition('（')[0]}: {self._show(key) or '—'}")
        numbers = {str(number): key for number, key in enumerate(self._titles, 1)}
        while True:
            word = self._ask.optional(_("Enter if all is right, or the number of what to change"))
            if word is None:
                return None
            if word in numbers:
                return numbers[word]
