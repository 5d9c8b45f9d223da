"""``dangwu explain``: what a duty, a clause or a finding's code means, why, and what to do."""

from __future__ import annotations

import re
from typing import Annotated

import typer

from dangwu.cli.duty_filter import duty_named
from dangwu.cli.languages import _
from dangwu.cli.options import For
from dangwu.cli.session import Session, audience_of, emit, of, show
from dangwu.data import resources
from dangwu.errors import UsageError
from dangwu.model.message import say
from dangwu.pages.rules import clause_page, duty_page
from dangwu.workspace.catalogue import codes

_CODE = re.compile(r"dw\d{3}", re.ASCII | re.IGNORECASE)


def explain(
    context: typer.Context,
    id_: Annotated[str, typer.Argument(metavar="ID", help=_("DW301 or its name, 3.1, or 3.1/2026-03/g1."))],
    *,
    audience: For = "committee",
) -> None:
    """Explain one id."""
    session = of(context)
    code = _code(id_)
    if code is not None:
        emit(_page(session, code))
    elif "/" in id_:
        workspace = session.workspace(history=True)
        duty, owed = duty_named(workspace, id_, session.as_of, audience_of(audience))
        show(session, duty_page(duty, owed, session.language), "text")
    else:
        clause = session.rulebook().clause(id_)
        if clause is None:
            hint = say("dangwu rules lists the clauses, dangwu due the duties; codes look like DW301.")
            raise UsageError(say("There is nothing called {id} here.", id=id_), hint)
        show(session, clause_page(clause, session.as_of, session.language), "text")


def _code(id_: str) -> str | None:
    for code in codes():
        if id_.lower() in {code.id.lower(), code.name}:
            return code.id
    if _CODE.fullmatch(id_):
        raise UsageError(say("There is no code {id}.", id=id_.upper()), say("dangwu check prints the codes it finds."))
    return None


def _page(session: Session, code: str) -> str:
    raw = resources.read(f"codes/{session.language.code}/{code}.md")
    return raw.decode() if raw is not None else ""
