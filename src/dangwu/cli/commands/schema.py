"""``dangwu schema``: the JSON Schemas of the records, for editors and other tools."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from dangwu.cli.languages import _
from dangwu.cli.session import emit, of
from dangwu.cli.usage_errors import Command, Group
from dangwu.data import resources
from dangwu.files.write import write_file
from dangwu.model.message import say
from dangwu.workspace.kind_names import kind_named


def build(title: str) -> typer.Typer:
    """Return the group of schema commands."""
    app = typer.Typer(cls=Group, help=title, rich_markup_mode=None, add_completion=False)
    app.command("show", cls=Command, help=_("Print the schema of one kind of record."))(show)
    app.command("export", cls=Command, help=_("Write every schema into a folder, for an editor."))(export)
    return app


def show(kind: Annotated[str, typer.Argument(metavar="KIND", help=_("The kind of record."))]) -> None:
    """Print one schema."""
    emit(text(kind_named(kind, resources.kinds())))


def export(
    context: typer.Context,
    folder: Annotated[
        Path | None,
        typer.Argument(metavar="[DIR]", help=_("Where to; .dangwu/schema of the record repository unless given.")),
    ] = None,
) -> None:
    """Write the schemas; files that are there are brought up to date."""
    session = of(context)
    target = folder or session.location().root / ".dangwu" / "schema"
    for kind in resources.kinds():
        write_file(target / f"{kind}.json", text(kind).encode(), force=True)
    session.tell(say("Written: {path}", path=str(target)))


def text(kind: str) -> str:
    """Return a schema as text, self-contained."""
    return json.dumps(resources.schema(kind), ensure_ascii=False, indent=2) + "\n"
