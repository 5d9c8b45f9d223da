"""``dangwu log``: the life of one record, field by field."""

from __future__ import annotations

from typing import Annotated

import typer

from dangwu.cli.history_options import Eyes, Rev, Reviewers, Signers, eyes, open_past
from dangwu.cli.languages import _
from dangwu.cli.output import choose_format, format_option
from dangwu.cli.session import emit, of, show
from dangwu.formats.machine.audit_json import log_json
from dangwu.formats.registry import Result
from dangwu.pages.audit import log_page
from dangwu.pages.record_changes import Words
from dangwu.workspace.audit import logged


def log(
    context: typer.Context,
    record: Annotated[str, typer.Argument(metavar="RECORD", help=_("Its path from the record root, or its id."))],
    *,
    rev: Rev = "HEAD",
    signers: Signers = None,
    reviewer: Reviewers = None,
    audience: Eyes = "committee",
    format_: Annotated[str, format_option(Result.PAGE, _("Form of the output."))] = "text",
) -> None:
    """Show who recorded, changed, renamed, merged and reviewed it, and what changed from what to what."""
    session = of(context)
    format_ = choose_format(format_, Result.PAGE)
    wanted = eyes(audience)

    past = open_past(session, rev, signers, reviewer)
    below = session.path.resolve().relative_to(session.location().root).as_posix()
    life, corpus = logged(past, record, session.as_of, wanted, below=f"{below}/")
    if format_ == "json":
        emit(log_json(life))
        return

    show(session, log_page(life, Words(session.language, corpus)), format_)
