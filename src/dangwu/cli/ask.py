"""Prompts on a terminal; elsewhere a missing answer is a usage error that names its flag."""

from __future__ import annotations

import re
import sys
from datetime import date
from typing import TYPE_CHECKING

from dangwu.cli.languages import _
from dangwu.errors import UsageError
from dangwu.model.text import say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dangwu.cli.session import Session
    from dangwu.model.corpus import Corpus
    from dangwu.model.text import Text

_SEPARATORS = re.compile(r"[;；]")


class Asker:
    """Takes what flags gave and asks for the rest where a person can answer."""

    def __init__(self, session: Session, corpus: Corpus, *, enabled: bool) -> None:
        self._session = session
        self.corpus = corpus
        self._asks = enabled and sys.stdin.isatty() and sys.stderr.isatty()

    @property
    def language(self) -> str:
        """The code of the language in which questions are asked."""
        return self._session.language.code

    def tell(self, text: Text) -> None:
        """Say what was wrong with an answer."""
        self._session.tell(text)

    def optional(self, question: str) -> str | None:
        """Return an answer, None where nobody can answer or nothing was typed."""
        if not self._asks:
            return None
        import typer  # noqa: PLC0415

        answer: str = typer.prompt(question, default="", show_default=False, err=True)
        return answer.strip() or None

    def text(self, given: str | None, question: str, form: re.Pattern[str], flag: str) -> str:
        """Return a value in the form wanted; ask again on a terminal until it is."""
        value = given
        while value is None or not form.fullmatch(value):
            if value is not None:
                wrong = say("{text} does not have the form that {flag} wants.", text=value, flag=flag)
                if given is not None or not self._asks:
                    raise UsageError(wrong)
                self._session.tell(wrong)
            elif not self._asks:
                raise UsageError(say("{flag} is missing.", flag=flag))
            value = self.optional(question)
        return value

    def several(self, question: str) -> list[str]:
        """Return answers separated by semicolons."""
        answer = self.optional(question)
        return [part.strip() for part in _SEPARATORS.split(answer) if part.strip()] if answer else []

    def day(self, given: str | None, flag: str = "--date") -> date:
        """Return the day that was given, or the as-of day."""
        if given is None:
            return self._session.as_of
        try:
            return date.fromisoformat(given)
        except ValueError:
            raise UsageError(say("{flag}: {text} is not a day as in 2026-03-12.", flag=flag, text=given)) from None

    def group(self, given: str | None) -> str:
        """Return the id of a Party group, given by id or name; the only one when there is one."""
        groups = self.corpus.branch.groups if self.corpus.branch else ()
        options = tuple(f"{group.id} {group.name}" for group in groups)
        value = given or (groups[0].id if len(groups) == 1 else None)
        value = value or self.optional(_("The Party group") + f" ({'; '.join(options)})")
        if value is None:
            raise UsageError(say("Say which group: --group ID"), say("The groups are: {ids}.", ids=options))
        found = next((group.id for group in groups if value in {group.id, group.name}), None)
        if found is None:
            raise UsageError(
                say("branch.yaml has no group {id}.", id=value), say("The groups are: {ids}.", ids=options)
            )
        return found

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
        if self._asks:
            due = sorted(self.corpus.roster.due_at(kind, group, day))
            names = tuple(f"{member} {self.corpus.name_of(member)}" for member in due)
            self._session.tell(say("Due: {count} ({names})", count=len(due), names=names))
