"""``dangwu log``: print the life of one record, field by field."""

from __future__ import annotations

from typing import Annotated

import typer

from dangwu.cli.history_options import (
    HistoryAudienceOption,
    HistoryRevOption,
    ReviewersOption,
    SignersOption,
    open_history,
    parse_history_audience,
    tell_key_faults,
)
from dangwu.cli.languages import _
from dangwu.cli.output import build_format_option, choose_format
from dangwu.cli.session import emit, find_session, print_page
from dangwu.formats.machine.audit_json import render_log_json
from dangwu.formats.registry import ResultKind
from dangwu.pages.audit import build_log_page
from dangwu.pages.record_changes import ChangeText
from dangwu.workspace.audit import build_record_log


def log(
    context: typer.Context,
    record: Annotated[str, typer.Argument(metavar="RECORD", help=_("Its path from the record root, or its id."))],
    *,
    rev: HistoryRevOption = "HEAD",
    signers: SignersOption = None,
    reviewer: ReviewersOption = None,
    audience: HistoryAudienceOption = "committee",
    format_: Annotated[str, build_format_option(ResultKind.PAGE, _("Form of the output."))] = "text",
) -> None:
    """Print who recorded, changed, renamed, merged and reviewed it, with old and new values."""
    session = find_session(context)
    format_ = choose_format(format_, ResultKind.PAGE)
    viewers = parse_history_audience(audience)

    history = open_history(session, rev, signers, reviewer)
    tell_key_faults(session, history)
    record_log, corpus = build_record_log(history, record, session.as_of, viewers, below=session.path_below_root())
    if format_ == "json":
        emit(render_log_json(record_log))
        return

    print_page(session, build_log_page(record_log, ChangeText(session.language, corpus)), format_)
