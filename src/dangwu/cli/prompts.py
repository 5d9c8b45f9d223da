"""Values from flags or from prompts on a terminal; elsewhere a missing value is a usage error that names its flag."""

from __future__ import annotations

import re
import sys
from difflib import get_close_matches
from typing import TYPE_CHECKING, TypeVar

from dangwu.cli.languages import _
from dangwu.errors import CannotRunError, UsageError
from dangwu.formats.safe_text import defuse_commands, make_safe_text
from dangwu.model.message import Text, say
from dangwu.model.schema_node import find_choice, format_choice, name_choice
from dangwu.sheets.read import day_cells

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from dangwu.cli.session import Session
    from dangwu.model.corpus import Corpus
    from dangwu.model.message import Bilingual

_Value = TypeVar("_Value")
_SEE_MEMBERS = say("See the files in members/.")
_NEAR = 0.6
"""How alike two names are of which one may be a slip: one character of three."""
_YES_WORDS = frozenset({"y", "yes", "是", "对"})
_ANSWER_SEPARATOR = re.compile(r"[;；]")


class Asker:
    """Parses the values of flags and prompts for missing ones if the run is ``interactive``."""

    def __init__(self, session: Session, corpus: Corpus, *, enabled: bool) -> None:
        self._session = session
        self.corpus = corpus
        self.interactive = enabled and sys.stdin.isatty() and sys.stderr.isatty()

    @property
    def language(self) -> str:
        """The code of the language of the prompts."""
        return self._session.language.code

    def tell(self, text: Text) -> None:
        """Print a message on stderr."""
        self._session.tell(text)

    def report_error(self, error: UsageError) -> None:
        """Print the message and the hint of a wrong answer."""
        for text in (error.message, error.hint):
            if text is not None:
                self._session.tell(text)

    def show(self, line: str) -> None:
        """Print a line on stderr, untranslated."""
        self._session.show(line)

    def optional(self, question: str) -> str | None:
        """Prompt for an answer; None if it is empty or the run is not interactive."""
        if not self.interactive:
            return None
        import typer  # noqa: PLC0415

        safe = defuse_commands(make_safe_text(question))
        answer: str = typer.prompt(safe, default="", show_default=False, err=True).strip()
        if answer and self._session.answered is not None:
            self._session.answered.append((question, answer))
        return answer or None

    def agrees(self, question: str) -> bool:
        """Prompt for a yes; an empty answer is none."""
        return (self.optional(question) or "").lower() in _YES_WORDS

    def text(
        self,
        word: str | None,
        question: str,
        pattern: re.Pattern[str],
        flag: str,
        *,
        normalise: Callable[[str], str] = str.strip,
        example: str = "",
        assumed: str | None = None,
    ) -> str:
        """Return the flag's value, normalised and matching a pattern; prompt until an answer matches.

        An empty answer is ``assumed``, which the prompt shows; without prompts nothing is assumed.
        UsageError when a value from the flag does not match, and when it is missing in a run that is not interactive.
        """
        hint = say("As in {example}.", example=example) if example else None
        value = None if word is None else normalise(word)
        question = self._offer(question, assumed)
        while value is None or not pattern.fullmatch(value):
            if value is not None:
                message = say("{text} does not have the form that {flag} wants.", text=value, flag=flag)
                if word is not None or not self.interactive:
                    raise UsageError(message, hint)
                self._session.tell(message)
            elif not self.interactive:
                raise UsageError(say("{flag} is missing.", flag=flag))
            reply = self.optional(question) or assumed
            value = None if reply is None else normalise(reply)
        return value

    @staticmethod
    def _offer(question: str, shown: str | None) -> str:
        """Return a question that says what Enter means."""
        return question if shown is None else _("{question}; Enter for {value}").format(question=question, value=shown)

    def parsed(
        self,
        word: str | None,
        question: str,
        parse: Callable[[str], _Value],
        assumed: str | None = None,
        shown: str | None = None,
    ) -> _Value | None:
        """Return the parsed value of a flag, else of the first answer that can be parsed; UsageError from a flag.

        An empty answer is ``assumed``, which the prompt shows, as ``shown`` if given. Without prompts it is None, and
        nothing is assumed.
        """
        if word is not None:
            return parse(word)
        question = self._offer(question, assumed and (shown or assumed))
        while self.interactive:
            answer = self.optional(question) or assumed
            if answer is None:
                break
            try:
                return parse(answer)
            except UsageError as error:
                self.report_error(error)
        return None

    def choice(self, word: str | None, question: str, options: Mapping[str, Bilingual], flag: str) -> str | None:
        """Return the code that a flag or an answer names, by itself or by its word in either language."""
        listed = "|".join(format_choice(code, name, self.language) for code, name in options.items())

        def parse(text: str) -> str:
            code = find_choice(options, text)
            if code is None:
                choices = tuple(name_choice(*choice) for choice in options.items())
                raise UsageError(
                    say("{flag}: {text} is none of these: {options}.", flag=flag, text=text, options=choices)
                )
            return code

        return self.parsed(word, f"{question} ({listed})", parse)

    def several(self, question: str) -> list[str]:
        """Prompt for several answers, separated by semicolons."""
        answer = self.optional(question)
        return [part.strip() for part in _ANSWER_SEPARATOR.split(answer) if part.strip()] if answer else []

    def day(self, word: str | None, flag: str = "--date") -> date:
        """Return a day in any common notation, else the as-of day; UsageError for other text."""
        if word is None:
            return self._session.as_of

        day = day_cells.parse_day_cell(word)
        if isinstance(day, Text):
            raise UsageError(say("{flag}: {text} is not a day as in 2026-03-12.", flag=flag, text=word), day)
        return day

    def day_or_month(self, word: str, flag: str) -> str:
        """Return a day, or a month of which the day is not known, as records have it; UsageError for other text."""
        month = day_cells.parse_month_cell(word)
        is_day = not isinstance(day_cells.parse_day_cell(word), Text)
        return month if isinstance(month, str) and not is_day else self.day(word, flag).isoformat()

    def group(self, word: str | None) -> str:
        """Return the id of the Party group with an id or name; without a word the branch's only one, else prompt."""
        groups = self.corpus.branch.groups if self.corpus.branch else ()
        if not groups:
            hint = say("Groups are entered in branch.yaml; a branch without any meets as a whole.")
            raise UsageError(say("The branch has no Party groups."), hint)
        if word is None and len(groups) == 1:
            return groups[0].id
        options = tuple(f"{group.id} {group.name}" for group in groups)
        hint = say("The groups are: {ids}.", ids=options)
        while True:
            value = word or self.optional(_("The Party group") + f" ({'; '.join(options)})")
            if value is None:
                raise UsageError(say("Say which group: --group ID"), hint)
            id_ = next((group.id for group in groups if value in {group.id, group.name}), None)
            if id_ is not None:
                return id_
            unknown = UsageError(say("branch.yaml has no group {id}.", id=value), hint)
            if word is not None:
                raise unknown
            self.report_error(unknown)

    def member(self, word: str | None) -> str | None:
        """Return the id of the member with an id or name; None without a word."""
        return None if word is None else self.required_member(word)

    def find_own_id(self) -> str | None:
        """Return the id of the member in whose name git would record; None where that is nobody, or several."""
        from dangwu.git.identity import read_identity  # noqa: PLC0415

        repository = self._session.location().repository
        identity = read_identity(repository) if repository else None
        own = [member.id for member in self.corpus.members if identity and member.name == identity.name.strip()]
        return own[0] if len(own) == 1 else None

    def person(self, word: str, flag: str = "") -> str:
        """Return the id of a member, or of a person on the branch's staff list, by id or name."""
        staff = self.corpus.branch.staff if self.corpus.branch else {}
        wanted = word.strip()
        ids = [id_ for id_, name in staff.items() if wanted in {id_, name}]
        return ids[0] if len(ids) == 1 else self.required_member(word, flag)

    def required_member(self, word: str, flag: str = "") -> str:
        """Return the id of the member with an id or name; UsageError when none or several have the name."""
        wanted = word.strip()
        if wanted in self.corpus.member_by_id:
            return wanted
        ids = [member.id for member in self.corpus.members if member.name == wanted]
        if len(ids) == 1:
            return ids[0]
        if ids:
            raise UsageError(say("Several members are called {name}: {ids}.", name=wanted, ids=tuple(ids)))
        if (near := self._ask_near_member(wanted)) is not None:
            return near
        if wanted in self.corpus.unread_members:
            path = next(file.path for file in self.corpus.unread if file.kind == "member" and file.id == wanted)
            hint = say("See what is wrong with it: dangwu check {path}", path=path)
            raise CannotRunError(say("{path} cannot be read as a record.", path=path), hint)
        unknown = say("No member has the id or name {name}.", name=wanted)
        raise UsageError(
            say("{flag}: no member has the id or name {name}.", flag=flag, name=wanted) if flag else unknown,
            self._suggest_members(wanted),
        )

    def _ask_near_member(self, wanted: str) -> str | None:
        """Prompt whether the one member with a name like a word is meant; None where there is none, or not."""
        if not self.interactive or wanted in self.corpus.unread_members:
            return None
        near = get_close_matches(wanted, {member.name for member in self.corpus.members}, 2, _NEAR)
        ids = [member.id for member in self.corpus.members if member.name in near]
        if len(ids) != 1:
            return None
        question = _("No member is called {name}. Is {near} ({id}) meant? Enter for yes, n for no")
        reply = self.optional(question.format(name=wanted, near=near[0], id=ids[0]))
        return ids[0] if reply is None or reply.lower() in _YES_WORDS else None

    def _suggest_members(self, wanted: str) -> Text:
        """Return a hint with the ids and names that are like a word, else with the first and the last id."""
        ids = sorted(self.corpus.member_by_id)
        near = get_close_matches(wanted, [*ids, *(member.name for member in self.corpus.members)])
        if near:
            return say("Did you mean {near}?", near=tuple(near))
        return say("The ids go from {first} to {last}.", first=ids[0], last=ids[-1]) if ids else _SEE_MEMBERS

    def members(self, words: Iterable[str]) -> tuple[str, ...]:
        """Return the ids of several members; one word may hold several ids or names, separated by commas."""
        parts = (part for word in words for part in re.split(r"[,，、]", word) if part.strip())
        return tuple(self.required_member(part) for part in parts)

    def show_due(self, kind: str, group: str | None, day: date) -> None:
        """Print who is due at a meeting, before the prompt for absent members; only in an interactive run."""
        if self.interactive:
            due = sorted(self.corpus.roster.due_at(kind, group, day))
            names = tuple(f"{member} {self.corpus.name_of(member)}" for member in due)
            self._session.tell(say("Due: {count} ({names})", count=len(due), names=names))
