"""``dangwu rules``: the rulebook in force, clause by clause."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from dangwu.cli.languages import _
from dangwu.cli.session import Session, choose, emit, of, show

if TYPE_CHECKING:
    from dangwu.model.rule import Rulebook


def rules(
    context: typer.Context,
    *,
    system: Annotated[int | None, typer.Option("--system", help=_("Only one of the ten systems, by number."))] = None,
    format_: Annotated[str, typer.Option("--format", metavar="text|md|json", help=_("Form of the output."))] = "text",
) -> None:
    """Print each clause with what it becomes in the tool, its wording on the as-of day and its source."""
    session = of(context)
    choose(format_, ("text", "md", "json"), "--format")
    book = rulebook_here(session)
    from dangwu.report.rules import rules_json, rules_page  # noqa: PLC0415

    if format_ == "json":
        emit(rules_json(book, session.as_of, system, session.language))
        return
    show(session, rules_page(book, session.as_of, system, session.language), format_)


def rulebook_here(session: Session) -> Rulebook:
    """Return the rulebook with the amendments of the repository, where there is one."""
    if session.location().has_branch:
        return session.workspace().rulebook
    from dangwu.workspace import rulebook  # noqa: PLC0415

    return rulebook()
