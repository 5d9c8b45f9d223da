"""Prompts on a terminal; elsewhere a missing answer is a usage error that names its flag."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

from dangwu.cli.languages import _
from dangwu.errors import UsageError
from dangwu.formats.safe_text import make_safe_text
from dangwu.model.message import Text, say
from dangwu.sheets.read import day_cells

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from dangwu.cli.session import Session
    from dangwu.model.corpus import Corpus

_ANSWER_SEPARATOR = re.compile(r"[;；]")


class Asker:
    """Takes what flags gave and asks for the rest where a person can answer; ``asks`` says whether one can."""

    def __init__(self, session: Session, corpus: Corpus, *, enabled: bool) -> None:
        self._session = session
        self.corpus = corpus
        self.asks = enabled and sys.stdin.isatty() and sys.stderr.isatty()

    @property
    def language(self) -> str:
        """The code of the language in which questions are asked."""
        return self._session.language.code

    def tell(self, text: Text) -> None:
        """Say something beside the data."""
        self._session.tell(text)

    def refuse(self, error: UsageError) -> None:
        """Say what was wrong with an answer, and what would be right."""
        for text in (error.message, error.hint):
            if text is not None:
                self._session.tell(text)

    def show(self, line: str) -> None:
        """Show one line beside the data, as it is."""
        print(make_safe_text(line), file=sys.stderr)

    def optional(self, question: str) -> str | None:
        """Return an answer, None where nobody can answer or nothing was typed."""
        if not self.asks:
            return None
        import typer  # noqa: PLC0415

        answer: str = typer.prompt(question, default="", show_default=False, err=True)
        return answer.strip() or None

    def text(
        self,
        given: str | None,
        question: str,
        form: re.Pattern[str],
        flag: str,
        *,
        tidy: Callable[[str], str] = str.strip,
        example: str = "",
    ) -> str:
        """Return a value in the form wanted, once ``tidy`` has been over it; ask again on a terminal until it is."""
        hint = say("As in {example}.", example=example) if example else None
        value = None if given is None else tidy(given)
        while value is None or not form.fullmatch(value):
            if value is not None:
                wrong = say("{text} does not have the form that {flag} wants.", text=value, flag=flag)
                if given is not None or not self.asks:
                    raise UsageError(wrong, hint)
                self._session.tell(wrong)
            elif not self.asks:
                raise UsageError(say("{flag} is missing.", flag=flag))
            reply = self.optional(question)
            value = None if reply is None else tidy(reply)
        return value

    def several(self, question: str) -> list[str]:
        """Return answers separated by semicolons."""
        answer = self.optional(question)
        return [part.strip() for part in _ANSWER_SEPARATOR.split(answer) if part.strip()] if answer else []

    def day(self, given: str | None, flag: str = "--date") -> date:
        """Return the day that was given, in any form in which people write one, or the as-of day."""
        if given is None:
            return self._session.as_of

        found = day_cells.parse_day_cell(given)
        if isinstance(found, Text):
            raise UsageError(say("{flag}: {text} is not a day as in 2026-03-12.", flag=flag, text=given), found)
        return found

    def group(self, given: str | None) -> str:
        """Return the id of a Party group, given by id or name; the only one when there is one."""
        groups = self.corpus.branch.groups if self.corpus.branch else ()
        if not groups:
            hint = say("Groups are entered in branch.yaml; a branch without any meets as a whole.")
            raise UsageError(say("The branch has no Party groups."), hint)
        if given is None and len(groups) == 1:
            return groups[0].id
        options = tuple(f"{group.id} {group.name}" for group in groups)
        listed = say("The groups are: {ids}.", ids=options)
        while True:
            value = given or self.optional(_("The Party group") + f" ({'; '.join(options)})")
            if value is None:
                raise UsageError(say("Say which group: --group ID"), listed)
            found = next((group.id for group in groups if value in {group.id, group.name}), None)
            if found is not None:
                return found
            unknown = UsageError(say("branch.yaml has no group {id}.", id=value), listed)
            if given is not None:
                raise unknown
            self.refuse(unknown)

    def member(self, given: str | None) -> str | None:
        """Return the id of a member, given by id or name; None for None."""
        return None if given is None else self.required_member(given)

    def person(self, given: str, flag: str = "") -> str:
        """Return the id of a member, or of somebody on the branch's staff list."""
        staff = self.corpus.branch.staff if self.corpus.branch else {}
        wanted = given.strip()
        named = [id_ for id_, name in staff.items() if wanted in {id_, name}]
        return named[0] if len(named) == 1 else self.required_member(given, flag)

    def required_member(self, given: str, flag: str = "") -> str:
        """Return the id of a member, given by id or by a name that only one member has."""
        wanted = given.strip()
        if wanted in self.corpus.member_by_id:
            return wanted
        named = [member.id for member in self.corpus.members if member.name == wanted]
        if len(named) == 1:
            return named[0]
        if named:
            raise UsageError(say("Several members are called {name}: {ids}.", name=wanted, ids=tuple(named)))
        unknown = say("No member has the id or name {name}.", name=wanted)
        hint = say("See the files in members/.")
        raise UsageError(
            say("{flag}: no member has the id or name {name}.", flag=flag, name=wanted) if flag else unknown, hint
        )

    def members(self, given: Iterable[str]) -> tuple[str, ...]:
        """Return ids for ids and names; one word may hold several, separated by commas."""
        words = (part for each in given for part in re.split(r"[,，、]", each) if part.strip())
        return tuple(self.required_member(word) for word in words)

    def show_due(self, kind: str, group: str | None, day: date) -> None:
        """Show on a terminal who was due, before asking who was away."""
        if self.asks:
            due = sorted(self.corpus.roster.due_at(kind, group, day))
            names = tuple(f"{member} {self.corpus.name_of(member)}" for member in due)
            self._session.tell(say("Due: {count} ({names})", count=len(due), names=names))
