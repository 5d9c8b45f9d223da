"""``dangwu init``: create a record repository with branch.yaml, editor settings, schemas and hooks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dangwu.cli.hook_text import describe_hook
from dangwu.cli.languages import _
from dangwu.cli.prompts import Asker
from dangwu.cli.session import find_session
from dangwu.cli.unfinished import tell_removed, tell_settled
from dangwu.data import resources
from dangwu.errors import CannotRunError
from dangwu.files.peek import read_file_if_any
from dangwu.git.create import create_repository
from dangwu.git.hooks.status import inspect_hooks, locate_hooks, render_new_hooks
from dangwu.git.repository import RecordRoot, require_repository
from dangwu.model.corpus import Corpus
from dangwu.model.document import PLACEHOLDER
from dangwu.model.message import say
from dangwu.workspace.new_record import render_new_record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dangwu.cli.session import Session


def init(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help=_("The folder; new, empty, or an empty clone."))],
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
    made = create_repository(folder, files, hooks=render_new_hooks(resources.read_hooks()))
    if made.settled is not None:
        tell_settled(session, made.settled)
    tell_removed(session, list(made.removed))
    session.tell(say("A new record repository is in {path}.", path=str(folder)))
    _tell_kept_files(session, folder, {path: files[path] for path in made.kept})
    _tell_missing_hooks(session, folder)
    session.tell(say("Next: fill in branch.yaml, dangwu new member for each member, dangwu check, then commit."))


def _tell_kept_files(session: Session, folder: Path, kept: Mapping[str, bytes]) -> None:
    """Say which files of a clone were left as they were, and which lines of git's own files are missing in them."""
    if kept:
        session.tell(say("Left as they were: {paths}.", paths=tuple(kept)))
    for name in (".gitignore", ".gitattributes"):
        here = (read_file_if_any(folder / name) or b"").split()
        lines = tuple(line for line in kept.get(name, b"").decode().splitlines()
                      if line.strip() and line[0] != "#" and not set(line.encode().split()) <= set(here))  # fmt: skip
        if lines:
            session.tell(say("Add to {path}: {lines}", path=name, lines=lines))


def _tell_missing_hooks(session: Session, folder: Path) -> None:
    """Say which hook does not check commits, as where the clone or the user has hooks of their own."""
    try:
        hooks = inspect_hooks(locate_hooks(require_repository(RecordRoot(folder.resolve()))), resources.read_hooks())
    except CannotRunError as error:
        # The records are there; what keeps git from them is for doctor too.
        session.tell(error.message)
        if error.hint is not None:
            session.tell(error.hint)
        return
    for hook in hooks:
        if not hook.state.good:
            for text in describe_hook(hook):
                session.tell(text)
