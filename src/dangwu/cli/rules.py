"""``dangwu rules``: the rulebook in force, clause by clause."""

from __future__ import annotations

from typing import Annotated

import typer

from dangwu.cli.languages import _
from dangwu.cli.session import emit, of


def rules(
    context: typer.Context,
    *,
    system: Annotated[int | None, typer.Option("--system", help=_("Only one of the ten systems, by number."))] = None,
    format_: Annotated[str, typer.Option("--format", metavar="text|md|json", help=_("Form of the output."))] = "text",
) -> None:
    """Print each clause with what it becomes in the tool, its wording on the as-of day and its source."""
    from dangwu.report.formats import RULES  # noqa: PLC0415
    from dangwu.workspace import rulebook  # noqa: PLC0415

    session = of(context)
    if format_ not in RULES:
        raise typer.BadParameter(_("choose one of {names}").format(names=", ".join(RULES)), param_hint="--format")
    location = session.location()
    has_records = (location.root / "branch.yaml").is_file()
    book = session.workspace().rulebook if has_records else rulebook()
    emit(RULES[format_](book, session.as_of, system, session.language, session.console()))
