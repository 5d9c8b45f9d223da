"""``dangwu adopt``: write the amendments of an optional profile of stricter rules into ``rules/``."""

from __future__ import annotations

from typing import Annotated

import typer

from dangwu.cli.commands.new.shared import DateOption, DryRunOption, write_record
from dangwu.cli.languages import _
from dangwu.cli.prompts import Asker
from dangwu.cli.session import emit, find_session
from dangwu.errors import UsageError
from dangwu.model.document import PLACEHOLDER
from dangwu.model.message import Bilingual, say
from dangwu.workspace.catalogue import load_profiles


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
    corpus = session.workspace().corpus
    day = Asker(session, corpus, enabled=False).day(date)
    for amendment in profiles[profile]["amendments"]:
        fields = {
            "schema": 1,
            "kind": "amendment",
            "clause": amendment["clause"],
            "from": day.isoformat(),
            **{key: amendment[key] for key in ("every", "count", "due", "new") if key in amendment},
            "source": {**amendment["source"], "approved_by": approved_by or PLACEHOLDER},
        }
        write_record(session, corpus, fields, slug=amendment["slug"], dry_run=dry_run)
