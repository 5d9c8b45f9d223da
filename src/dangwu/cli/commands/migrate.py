"""``dangwu migrate``: report the record version. There is only one, so no file is edited."""

from __future__ import annotations

from typing import Annotated

import typer

from dangwu.cli.languages import _
from dangwu.cli.session import find_session
from dangwu.model.message import say
from dangwu.workspace.load import RECORD_VERSION


def migrate(
    context: typer.Context,
    *,
    write: Annotated[  # noqa: ARG001 - reserved: it will write once there is a version 2
        bool, typer.Option("--write", help=_("Write the files; without it only the difference is shown."))
    ] = False,
) -> None:
    """Print the version of the records; CannotRunError for records of a newer one."""
    session = find_session(context)
    workspace = session.workspace()
    session.refuse_without_branch(workspace)
    if workspace.corpus.documents:
        session.tell(say("Every record has version {version}; there is nothing to do.", version=RECORD_VERSION))
