"""What the options of ``import members`` and ``init --from`` decide about a roster, and the command line to repeat."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from dangwu.cli.languages import _
from dangwu.cli.session import refuse_unknown_choice
from dangwu.cli.usage_errors import TYPED_WORDS
from dangwu.errors import UsageError
from dangwu.model.message import say
from dangwu.model.roster_answers import MONTH_CHOICES, RosterAnswers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dangwu.cli.prompts import Asker

MonthsOption = Annotated[
    str | None,
    typer.Option(
        "--months",
        metavar="|".join(MONTH_CHOICES),
        help=_("Months without a day in a roster: record the first day, or none."),
    ),
]
SameOption = Annotated[
    list[str] | None,
    typer.Option("--same", metavar="NAME=ID", help=_("A name in the roster that is a member's, written otherwise.")),
]
OtherOption = Annotated[
    list[str] | None,
    typer.Option("--other", metavar="NAME", help=_("A name in the roster that is another person's.")),
]
_PLAIN_WORD = re.compile(r"[\w./:+,~@%-]+")


class RosterWords(NamedTuple):
    """The words of --months, --same and --other."""

    months: str | None = None
    same: Sequence[str] = ()
    others: Sequence[str] = ()


def read_roster_words(ask: Asker, words: RosterWords) -> RosterAnswers:
    """Return what was decided about a roster; UsageError for a word that decides nothing."""
    if words.months is not None:
        refuse_unknown_choice(words.months, MONTH_CHOICES, "--months")
    same = {}
    for word in words.same:
        name, equals, member = word.rpartition("=")
        if not equals or not name.strip():
            hint = say('Write the name of the sheet and the id: --same "NAME=ID"')
            raise UsageError(say("--same {text} does not say who is meant.", text=word), hint)
        same[name.strip()] = ask.required_member(member, "--same")
    return RosterAnswers(words.months, same, frozenset(words.others))


def repeat_command(context: typer.Context) -> str:
    """Return the command as it was typed, to be typed again with more options."""
    return " ".join(("dangwu", *(quote_word(word) for word in context.meta[TYPED_WORDS])))


def quote_word(word: str) -> str:
    """Return a word as it is typed on a command line."""
    return word if _PLAIN_WORD.fullmatch(word) else f'"{word}"'
