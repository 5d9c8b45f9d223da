"""``dangwu init``: create a record repository with branch.yaml, editor settings, schemas and hooks."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dangwu.cli.languages import _
from dangwu.cli.prompts import Asker
from dangwu.cli.session import find_session
from dangwu.data import resources
from dangwu.git.create import create_repository
from dangwu.git.hooks.status import render_new_hooks
from dangwu.model.corpus import Corpus
from dangwu.model.document import PLACEHOLDER
from dangwu.model.message import say
from dangwu.workspace.new_record import render_new_record


def init(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help=_("The new folder; it must be empty or not exist."))],
    *,
    name: Annotated[str | None, typer.Option("--name", help=_("Name of the branch."))] = None,
    superior: Annotated[str | None, typer.Option("--superior", help=_("The Party organization above."))] = None,
    secretary: Annotated[str | None, typer.Option("--secretary", help=_("Name of the secretary."))] = None,
    founded: Annotated[
        str | None, typer.Option("--founded", metavar="DATE", help=_("Day of founding; the as-of day unless given."))
    ] = None,
    no_input: Annotated[bool, typer.Option("--no-input", help=_("Ask nothing, also on a terminal."))] = False,
) -> None:
    """Write branch.yaml, the secretary's record, editor settings, schemas and hooks, uncommitted."""
    session = find_session(context)
    ask = Asker(session, Corpus(), enabled=not no_input)
    day = ask.day(founded).isoformat()
    language = session.language.code
    term = {"from": day, "committee": False, "posts": [{"post": "secretary", "member": "m001", "from": day}]}
    branch = {
        "schema": 1,
        "kind": "branch",
        "name": name or ask.optional(_("Name of the branch")) or PLACEHOLDER,
        "superior": superior or ask.optional(_("The Party organization above")) or PLACEHOLDER,
        "founded": day,
        "language": language,
        "terms": [term],
        "groups": [],
    }
    member = {
        "schema": 1,
        "kind": "member",
        "id": "m001",
        "name": secretary or ask.optional(_("Name of the secretary")) or PLACEHOLDER,
        "status": [{"from": day, "status": "full"}],
    }
    files = resources.build_template()
    for path, fields in (("branch.yaml", branch), ("members/m001.yaml", member)):
        files[path] = render_new_record(fields, path, language).encode()
    create_repository(folder, files, hooks=render_new_hooks(resources.read_hooks()))
    session.tell(say("A new record repository is in {path}.", path=str(folder)))
    session.tell(say("Next: fill in branch.yaml, dangwu new member for each member, dangwu check, then commit."))
