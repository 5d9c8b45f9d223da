"""``dangwu log``: the life of one record, field by field."""

from __future__ import annotations

from typing import Annotated

import typer

from dangwu.cli.history_options import Eyes, Rev, Reviewers, Signers, eyes, open_past
from dangwu.cli.languages import _
from dangwu.cli.session import choose, emit, of, show


def log(
    context: typer.Context,
    record: Annotated[str, typer.Argument(metavar="RECORD", help=_("Its path from the record root, or its id."))],
    *,
    rev: Rev = "HEAD",
    signers: Signers = None,
    reviewer: Reviewers = None,
    audience: Eyes = "committee",
    format_: Annotated[str, typer.Option("--format", metavar="text|json|md", help=_("Form of the output."))] = "text",
) -> None:
    """Show who recorded, changed, renamed, merged and reviewed it, and what changed from what to what."""
    session = of(context)
    choose(format_, ("text", "json", "md"), "--format")
    wanted = eyes(audience)
    from dangwu.workspace.audit import logged  # noqa: PLC0415

    past = open_past(session, rev, signers, reviewer)
    below = session.path.resolve().relative_to(session.location().root).as_posix()
    life, corpus = logged(past, record, session.as_of, wanted, below=f"{below}/")
    if format_ == "json":
        from dangwu.formats.machine.audit_json import log_json  # noqa: PLC0415

        emit(log_json(life))
        return
    from dangwu.pages.audit import log_page  # noqa: PLC0415
    from dangwu.pages.record_changes import Words  # noqa: PLC0415

    show(session, log_page(life, Words(session.language, corpus)), format_)
