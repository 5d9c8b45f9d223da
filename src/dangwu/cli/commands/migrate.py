"""``dangwu migrate``: records of an older version are brought up to date, shown as a difference first."""

from __future__ import annotations

from difflib import unified_diff
from typing import Annotated

import typer

from dangwu.cli.languages import _
from dangwu.cli.session import emit, of
from dangwu.files.write import write_file
from dangwu.model.message import say
from dangwu.workspace.load import VERSION, outdated
from dangwu.workspace.open_tree import open_tree


def migrate(
    context: typer.Context,
    *,
    write: Annotated[
        bool, typer.Option("--write", help=_("Write the files; without it only the difference is shown."))
    ] = False,
) -> None:
    """Show, and with --write make, the edits that each record needs; comments and layout stay as they are."""
    session = of(context)
    location = session.location()
    changes = outdated(open_tree(location))
    for path, old, new in changes:
        before, after = (raw.decode().splitlines(keepends=True) for raw in (old, new))
        emit("".join(unified_diff(before, after, path, path)))
        if write:
            write_file(location.root / path, new, force=True, root=location.root)
    if not changes:
        session.tell(say("Every record has version {version}; there is nothing to do.", version=VERSION))
    elif write:
        session.tell(say("Written: {count}. Then: dangwu check", count=len(changes)))
    else:
        session.tell(say("Nothing was written. To write these {count}: dangwu migrate --write", count=len(changes)))
