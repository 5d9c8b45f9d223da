"""``dangwu rules diff``: what two days, or two states of the records, ask differently."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from dangwu.cli.languages import _
from dangwu.cli.output import choose_format, format_option
from dangwu.cli.session import Session, emit, of, show
from dangwu.errors import UsageError
from dangwu.formats.machine.rules import rules_diff_json
from dangwu.formats.registry import Result
from dangwu.git.repository import needed, resolve_range
from dangwu.model.message import say
from dangwu.model.rule_change import Side
from dangwu.pages.rule_changes import rules_diff_page
from dangwu.workspace.rules_diff import between_days, between_states

if TYPE_CHECKING:
    from dangwu.model.rule_change import RulesDiff
    from dangwu.workspace.workspace import Workspace

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_DOTS = re.compile(r"(?P<before>.*?)(?P<dots>\.{2,3})(?P<after>.*)", re.DOTALL)
_RULES = ("branch.yaml", "rules/")
_TWO = 2


def diff(
    context: typer.Context,
    words: Annotated[
        list[str],
        typer.Argument(
            metavar="A [B]",
            help=_("Two days as in 2026-01-01, or two revisions; without B today or the work tree. Also A..B."),
        ),
    ],
    *,
    system: Annotated[
        int | None, typer.Option("--system", min=0, max=10, help=_("Only one of the ten systems, by number."))
    ] = None,
    format_: Annotated[str, format_option(Result.PAGE, _("Form of the output."))] = "text",
) -> None:
    """Print the duties that ask something else, and the settings that have another value."""
    session = of(context)
    format_ = choose_format(format_, Result.PAGE)
    first, second, dots = _sides(words)
    if _is_day(first) or _is_day(second):
        before, after, changes = _days(session, first, second)
    else:
        before, after, changes = _states(session, first, second, dots)

    changes = changes.of(system)
    if format_ == "json":
        emit(rules_diff_json(changes, before, after, session.language))
        return
    show(session, rules_diff_page(changes, before, after, session.language), format_)


def _sides(words: list[str]) -> tuple[str, str, str]:
    """Return both names and the dots between them; an empty name is today or the work tree."""
    hint = say("As in: dangwu rules diff 2026-01-01 2026-07-01, or dangwu rules diff main HEAD.")
    if len(words) > _TWO:
        raise UsageError(say("Two are compared, and no more."), hint)
    match = _DOTS.fullmatch(words[0]) if len(words) == 1 else None
    before, dots, after = match.group("before", "dots", "after") if match else (words[0], "", "".join(words[1:]))
    if not before and not after:
        raise UsageError(say("Name what is compared."), hint)
    return before, after, dots


def _is_day(word: str) -> bool:
    return _DAY.fullmatch(word) is not None


def _days(session: Session, first: str, second: str) -> tuple[Side, Side, RulesDiff]:
    for word in (first, second):
        if word and not _is_day(word):
            raise UsageError(
                say("{day} is a day and {word} is none.", day=second if word == first else first, word=word),
                say("Compare two days or two revisions; a branch named like a day is written heads/2026-01-01."),
            )
    days = [_day(word) if word else session.as_of for word in (first, second)]
    return Side(day=days[0]), Side(day=days[1]), between_days(session.rulebook(), *days)


def _day(word: str) -> date:
    reason = _("{text} is not a day as in 2026-03-12").format(text=word)
    try:
        day = date.fromisoformat(word)
    except ValueError:
        raise typer.BadParameter(reason, param_hint="A B") from None
    if not 1900 < day.year < 9000:  # noqa: PLR2004 - as for --as-of
        raise typer.BadParameter(_("the year {year} is out of range").format(year=day.year), param_hint="A B")
    return day


def _states(session: Session, first: str, second: str, dots: str) -> tuple[Side, Side, RulesDiff]:
    if dots == "...":
        first, second = resolve_range(needed(session.location()), f"{first}...{second}")
    before, after = _state(session, first), _state(session, second)
    return Side(revision=before.label), Side(revision=after.label), between_states(before, after)


def _state(session: Session, word: str) -> Workspace:
    """Read a state, and say which of the files that rules come from could not be read: they change nothing."""
    workspace = session.workspace(rev=word or None)
    for each in workspace.corpus.unread:
        if each.path.startswith(_RULES):
            where = word or say("the work tree")
            session.tell(say("{path} cannot be read in {where}, so nothing in it counts.", path=each.path, where=where))
    return workspace
