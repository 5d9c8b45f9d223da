"""``dangwu rules diff``: print how the duties and settings of two days, or two states of the records, differ."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated

import typer

from dangwu.cli.languages import _
from dangwu.cli.options import parse_day
from dangwu.cli.output import build_format_option, choose_format
from dangwu.cli.session import Session, emit, find_session, print_page
from dangwu.errors import UsageError
from dangwu.formats.machine.rules import render_rules_diff_json
from dangwu.formats.registry import ResultKind
from dangwu.git.repository import require_repository, resolve_range
from dangwu.model.message import say
from dangwu.model.rule_change import ComparisonSide
from dangwu.pages.rule_changes import build_rules_diff_page
from dangwu.workspace.rules_diff import compare_days, compare_states

if TYPE_CHECKING:
    from dangwu.model.rule_change import RulesDiff
    from dangwu.workspace.workspace import Workspace

_DAY_PATTERN = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_RANGE_PATTERN = re.compile(r"(?P<before>.*?)(?P<dots>\.{2,3})(?P<after>.*)", re.DOTALL)
_RULE_PATHS = ("branch.yaml", "rules/")
_MAX_SIDES = 2


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
    format_: Annotated[str, build_format_option(ResultKind.PAGE, _("Form of the output."))] = "text",
) -> None:
    """Print the changed duties and settings."""
    session = find_session(context)
    format_ = choose_format(format_, ResultKind.PAGE)
    first, second, dots = _parse_sides(words)
    if _is_day(first) or _is_day(second):
        before, after, changes = _build_day_diff(session, first, second)
    else:
        before, after, changes = _build_state_diff(session, first, second, dots)

    changes = changes.of(system)
    if format_ == "json":
        emit(render_rules_diff_json(changes, before, after, session.language))
        return
    print_page(session, build_rules_diff_page(changes, before, after, session.language), format_)


def _parse_sides(words: list[str]) -> tuple[str, str, str]:
    """Return both sides and the dots between them, as in ``A...B``; an empty side is today or the work tree."""
    hint = say("As in: dangwu rules diff 2026-01-01 2026-07-01, or dangwu rules diff main HEAD.")
    if len(words) > _MAX_SIDES:
        raise UsageError(say("Only two can be compared."), hint)
    match = _RANGE_PATTERN.fullmatch(words[0]) if len(words) == 1 else None
    before, dots, after = match.group("before", "dots", "after") if match else (words[0], "", "".join(words[1:]))
    if not before and not after:
        raise UsageError(say("Name what is compared."), hint)
    return before, after, dots


def _is_day(word: str) -> bool:
    return _DAY_PATTERN.fullmatch(word) is not None


def _build_day_diff(session: Session, first: str, second: str) -> tuple[ComparisonSide, ComparisonSide, RulesDiff]:
    for word in (first, second):
        if word and not _is_day(word):
            raise UsageError(
                say("{day} is a day, but {word} is not.", day=second if word == first else first, word=word),
                say("Compare two days or two revisions; a branch named like a day is written heads/2026-01-01."),
            )
    days = [parse_day(word, "A B") if word else session.as_of for word in (first, second)]
    return ComparisonSide(day=days[0]), ComparisonSide(day=days[1]), compare_days(session.rulebook(), *days)


def _build_state_diff(
    session: Session, first: str, second: str, dots: str
) -> tuple[ComparisonSide, ComparisonSide, RulesDiff]:
    if dots == "...":
        location = session.location()
        session.tell_ambiguous_names(location, f"{first}...{second}")
        first, second = resolve_range(require_repository(location), f"{first}...{second}")
    before, after = _open_state(session, first), _open_state(session, second)
    return ComparisonSide(revision=before.label), ComparisonSide(revision=after.label), compare_states(before, after)


def _open_state(session: Session, word: str) -> Workspace:
    """Read a state of the records; print a warning for each file of rules that cannot be read."""
    workspace = session.workspace(rev=word or None)
    for file in workspace.corpus.unread:
        if file.path.startswith(_RULE_PATHS):
            where = word or say("the work tree")
            session.tell(say("{path} cannot be read in {where}, so nothing in it counts.", path=file.path, where=where))
    return workspace
