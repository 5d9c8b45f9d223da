"""``dangwu adopt``: take an optional profile of stricter rules over into the repository's ``rules/``."""

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
    """Write one amendment file for each value of the profile, in force from the day and by the approval given."""
    session = find_session(context)
    known = load_profiles()
    if profile is None:
        for name, each in known.items():
            emit(f"{name}  {session.language.value(Bilingual(**each['title']))}")
        return
    if profile not in known:
        raise UsageError(
            say("There is no profile {name}.", name=profile), say("The profiles are: {names}.", names=tuple(known))
        )
    corpus = session.workspace().corpus
    day = Asker(session, corpus, enabled=False).day(date)
    for each in known[profile]["amendments"]:
        fields = {
            "schema": 1,
            "kind": "amendment",
            "clause": each["clause"],
            "from": day.isoformat(),
            **{key: each[key] for key in ("every", "count", "due", "new") if key in each},
            "source": {**each["source"], "approved_by": approved_by or PLACEHOLDER},
        }
        write_record(session, corpus, fields, slug=each["slug"], dry_run=dry_run)
