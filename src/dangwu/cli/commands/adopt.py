"""``dangwu adopt``: write the amendments of an optional profile of stricter rules into ``rules/``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from dangwu.cli.commands.new.shared import DateOption, DryRunOption, write_records
from dangwu.cli.languages import _
from dangwu.cli.prompts import Asker
from dangwu.cli.session import emit, find_session
from dangwu.cli.unfinished import clear_unfinished
from dangwu.errors import UsageError
from dangwu.model.document import PLACEHOLDER
from dangwu.model.message import Bilingual, say
from dangwu.workspace.catalogue import load_profiles

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from dangwu.model.corpus import Corpus

_WORDING_KEYS = ("every", "count", "due", "new")


def adopt(
    context: typer.Context,
    profile: Annotated[
        str | None, typer.Argument(metavar="PROFILE", help=_("Its name; without it all are listed."))
    ] = None,
    *,
    date: DateOption = None,
    approved_by: Annotated[str | None, typer.Option("--approved-by", help=_("Who approved it."))] = None,
    dry_run: DryRunOption = False,
) -> None:
    """Write one amendment for each clause of the profile, in force from the day and with the approver given."""
    session = find_session(context)
    profiles = load_profiles()
    if profile is None:
        for name, data in profiles.items():
            emit(f"{name}  {session.language.value(Bilingual(**data['title']))}")
        return
    if profile not in profiles:
        raise UsageError(
            say("There is no profile {name}.", name=profile), say("The profiles are: {names}.", names=tuple(profiles))
        )
    if not dry_run:
        clear_unfinished(session)
    corpus = session.workspace().corpus
    day = Asker(session, corpus, enabled=False).day(date)
    records = [
        (_build_amendment(amendment, day, approved_by), amendment["slug"])
        for amendment in profiles[profile]["amendments"]
    ]
    new = [(fields, slug) for fields, slug in records if not _is_in_force(corpus, fields)]
    write_records(session, corpus, new, command="adopt", dry_run=dry_run)
    if len(new) < len(records):
        session.tell(say("In rules/ already, and left as it is: {count}.", count=len(records) - len(new)))


def _build_amendment(amendment: Mapping[str, Any], day: date, approved_by: str | None) -> dict[str, Any]:
    """Return the fields of an amendment of a profile, in force from a day."""
    return {
        "schema": 1,
        "kind": "amendment",
        "clause": amendment["clause"],
        "from": day.isoformat(),
        **{key: amendment[key] for key in _WORDING_KEYS if key in amendment},
        "source": {**amendment["source"], "approved_by": approved_by or PLACEHOLDER},
    }


def _is_in_force(corpus: Corpus, fields: Mapping[str, Any]) -> bool:
    """Tell whether there is an amendment with the same clause, day and wording, whoever approved it."""
    keys = ("kind", "clause", "from", *_WORDING_KEYS)
    return any(
        all(str(document.data.get(key)) == str(fields.get(key)) for key in keys)
        for document in corpus.documents.values()
        if isinstance(document.data, dict)
    )
