"""``dangwu new KIND --all``: one record for each person who still owes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dangwu.cli.commands.new.signature import parse_flags
from dangwu.cli.prompts import Asker
from dangwu.errors import UsageError
from dangwu.model.audience import Audience
from dangwu.model.duty import DutyState
from dangwu.model.message import say
from dangwu.workspace.catalogue import load_kinds
from dangwu.workspace.workspace import build_year_span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from dangwu.authoring.new.record_fields import Flag
    from dangwu.cli.session import Session
    from dangwu.workspace.workspace import Workspace

_OWED = frozenset({DutyState.UPCOMING, DutyState.OPEN, DutyState.OVERDUE})


def list_owing_words(
    session: Session, workspace: Workspace, kind: str, flags: Sequence[Flag], words: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """Return the words of the command for each person who owes a record of the kind for the year, without prompts.

    A person with a file already is left out, also where it is a draft. UsageError where nobody is left.
    """
    if words["member_"] is not None:
        raise UsageError(say("Give --all or --member, not both."))
    values = parse_flags(Asker(session, workspace.corpus, enabled=False), flags, words)
    year = int(values.get(("year",), session.as_of.year))
    members = sorted(set(_list_owing(session, workspace, kind, year)))
    if not members:
        raise UsageError(
            say("Nobody owes {title} for {year} any more.", title=load_kinds()[kind].title, year=str(year))
        )
    return [{**words, "member_": member, "no_input": True} for member in members]


def _list_owing(session: Session, workspace: Workspace, kind: str, year: int) -> Iterator[str]:
    result = workspace.due(session.as_of, build_year_span(year), Audience.HANDLERS)
    place = load_kinds()[kind]
    for duty in result.duties:
        clause = result.rulebook.clause(duty.clause)
        owes = clause is not None and clause.record == kind and duty.state in _OWED and not duty.acknowledged
        if owes and duty.subject is not None and duty.subject in workspace.corpus.member_by_id:
            path = place.path({"year": year, "member": duty.subject})
            if path not in workspace.paths:
                yield duty.subject
