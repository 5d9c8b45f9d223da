"""``dangwu schema``: print or write the JSON Schemas of the records, for editors and other tools."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dangwu.cli.editor_refresh import refresh_editor_words
from dangwu.cli.languages import _
from dangwu.cli.session import emit, find_session
from dangwu.cli.unfinished import clear_folder, clear_unfinished
from dangwu.cli.usage_errors import Command, CommandGroup
from dangwu.data import resources
from dangwu.files.journal_place import choose_journal
from dangwu.files.transaction import build_changes, write_changes
from dangwu.model.message import say
from dangwu.workspace.kind_names import find_kind


def build_command(title: str) -> typer.Typer:
    """Return the group of schema commands."""
    app = typer.Typer(cls=CommandGroup, help=title, rich_markup_mode=None, add_completion=False)
    app.command("show", cls=Command, help=_("Print the schema of one kind of record."))(show)
    app.command("export", cls=Command, help=_("Write every schema into a folder, for an editor."))(export)
    return app


def show(kind: Annotated[str, typer.Argument(metavar="KIND", help=_("The kind of record."))]) -> None:
    """Print the schema of a kind."""
    emit(resources.format_schema(find_kind(kind, resources.list_kinds())).decode())


def export(
    context: typer.Context,
    folder: Annotated[
        Path | None,
        typer.Argument(metavar="[DIR]", help=_("Where to; .dangwu/schema of the record repository unless given.")),
    ] = None,
) -> None:
    """Write the schemas of all kinds, replacing existing files."""
    session = find_session(context)
    location = session.location()
    target = folder or location.root / ".dangwu" / "schema"
    git_dir = location.repository.git_dir if folder is None and location.repository else None
    if folder is None:
        clear_unfinished(session)
    else:
        clear_folder(session, target)
    files = [(f"{kind}.json", resources.format_schema(kind)) for kind in resources.list_kinds()]
    root, below = (target, "") if folder else (location.root, ".dangwu/schema/")
    changes = build_changes(root, [(f"{below}{name}", data) for name, data in files])
    write_changes(root, changes, choose_journal(root, git_dir), "schema export")
    session.tell(say("Written: {path}", path=str(target)))
    if folder is None:
        refresh_editor_words(session, create=True)
