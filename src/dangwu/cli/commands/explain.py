"""``dangwu explain``: print what a duty, a clause or a finding code means, and what to do."""

from __future__ import annotations

import re
from typing import Annotated

import typer

from dangwu.cli.duty_filter import find_duties
from dangwu.cli.languages import _
from dangwu.cli.options import AudienceOption
from dangwu.cli.session import emit, find_session, parse_audience, print_page
from dangwu.data import resources
from dangwu.errors import UsageError
from dangwu.model.message import say
from dangwu.pages.explained_duty import build_duties_page
from dangwu.pages.rules import build_clause_page
from dangwu.workspace.code_list import list_codes

_CODE_PATTERN = re.compile(r"dw\d{3}", re.ASCII | re.IGNORECASE)


def explain(
    context: typer.Context,
    id_: Annotated[str, typer.Argument(metavar="ID", help=_("DW301 or its name, 3.1, or 3.1/2026-03/g1."))],
    *,
    audience: AudienceOption = "committee",
) -> None:
    """Print the page on a code, a duty or a clause."""
    session = find_session(context)
    code = _find_code(id_)
    if code is not None:
        emit(resources.read_code_page(code, session.language.code))
    elif "/" in id_:
        workspace = session.workspace(history=True)
        duties, result = find_duties(workspace, id_, session.as_of, parse_audience(audience))
        print_page(session, build_duties_page(duties, result, session.language), "text")
    else:
        clause = session.rulebook().clause(id_)
        if clause is None:
            hint = say("dangwu rules lists the clauses, dangwu due the duties; codes look like DW301.")
            raise UsageError(say("There is nothing called {id} here.", id=id_), hint)
        print_page(session, build_clause_page(clause, session.as_of, session.language), "text")


def _find_code(id_: str) -> str | None:
    """Return the finding code with an id or name; UsageError for an unknown code, None for another id."""
    is_code = _CODE_PATTERN.fullmatch(id_) is not None
    # Every code has a page: with it no check is loaded.
    if is_code and resources.read_code_page(id_.upper(), "zh"):
        return id_.upper()
    for code in list_codes():
        if id_.lower() in {code.id.lower(), code.name}:
            return code.id
    if is_code:
        raise UsageError(say("There is no code {id}.", id=id_.upper()), say("dangwu check prints the codes it finds."))
    return None
