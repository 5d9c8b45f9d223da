"""``dangwu explain``: what a duty, a clause or a finding's code means, why, and what to do."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated

import typer

from dangwu import resources
from dangwu.cli.languages import _
from dangwu.cli.options import For
from dangwu.cli.rulebook import rulebook_here
from dangwu.cli.session import Session, audience_of, emit, of, show
from dangwu.errors import UsageError
from dangwu.model.text import say

if TYPE_CHECKING:
    from dangwu.model.audience import Audience
    from dangwu.model.duty import Duty
    from dangwu.model.result import Owed

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
        from dangwu.report.rules import duty_page  # noqa: PLC0415

        duty, owed = _duty(session, id_, audience_of(audience))
        show(session, duty_page(duty, owed, session.language), "text")
    else:
        from dangwu.report.rules import clause_page  # noqa: PLC0415

        clause = rulebook_here(session).clause(id_)
        if clause is None:
            hint = say("dangwu rules lists the clauses, dangwu due the duties; codes look like DW301.")
            raise UsageError(say("There is nothing called {id} here.", id=id_), hint)
        show(session, clause_page(clause, session.as_of, session.language), "text")


def _code(id_: str) -> str | None:
    from dangwu.workspace import codes  # noqa: PLC0415

    for code in codes():
        if id_.lower() in {code.id.lower(), code.name}:
            return code.id
    if _CODE.fullmatch(id_):
        raise UsageError(say("There is no code {id}.", id=id_.upper()), say("dangwu check prints the codes it finds."))
    return None


def _page(session: Session, code: str) -> str:
    raw = resources.read(f"pages/{session.language.code}/{code}.md")
    return raw.decode() if raw is not None else ""


def _duty(session: Session, id_: str, audience: Audience) -> tuple[Duty, Owed]:
    from dangwu.model.period import Period  # noqa: PLC0415
    from dangwu.model.spans import Span  # noqa: PLC0415

    try:
        period = Period.parse(id_.split("/")[1])
    except ValueError:
        raise UsageError(say("{id} names no period.", id=id_), say("Duty ids look like 3.1/2026-03/g1.")) from None
    owed = session.workspace(history=True).due(session.as_of, Span(period.start, period.end), audience)
    duty = next((each for each in owed.duties if each.id == id_), None)
    if duty is None:
        raise UsageError(say("No duty has the id {id}.", id=id_), say("dangwu due lists the ids."))
    return duty, owed
