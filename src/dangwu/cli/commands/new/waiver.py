"""``dangwu new waiver``: record duties as waived, deferred or missed."""

from __future__ import annotations

import re
from typing import Annotated, Any

import typer

from dangwu.cli.commands.new.shared import (
    ID_PATTERN,
    DateOption,
    DryRunOption,
    NoInputOption,
    read_records,
    write_record,
)
from dangwu.cli.languages import _
from dangwu.cli.prompts import Asker
from dangwu.cli.session import find_session, refuse_unknown_choice
from dangwu.errors import UsageError
from dangwu.model.document import PLACEHOLDER
from dangwu.model.message import say
from dangwu.model.record import WaiverOutcome


def waiver(
    context: typer.Context,
    *,
    duty: Annotated[
        list[str] | None, typer.Option("--duty", metavar="ID", help=_("The duty's id, from dangwu due."))
    ] = None,
    outcome: Annotated[
        str, typer.Option("--outcome", metavar="waived|deferred|missed", help=_("What was decided."))
    ] = "missed",
    until: Annotated[
        str | None, typer.Option("--until", metavar="DATE", help=_("The new day of a deferred duty."))
    ] = None,
    reason: Annotated[str | None, typer.Option("--reason", help=_("Why."))] = None,
    approved_by: Annotated[str | None, typer.Option("--approved-by", help=_("Who approved it."))] = None,
    date: DateOption = None,
    slug: Annotated[str | None, typer.Option("--slug", help=_("The end of the file's name."))] = None,
    no_input: NoInputOption = False,
    dry_run: DryRunOption = False,
) -> None:
    """Write a waiver; a missing reason or approver becomes the placeholder 【待填】."""
    session = find_session(context)
    corpus = read_records(session, dry_run=dry_run).corpus
    ask = Asker(session, corpus, enabled=not no_input)
    refuse_unknown_choice(outcome, tuple(WaiverOutcome), "--outcome")
    duties = duty or ask.several(_("Ids of the duties, as in 3.1/2026-07/g2 (;)"))
    if not duties:
        raise UsageError(say("Say which duty: --duty 3.1/2026-07/g2"), say("dangwu due lists the ids."))
    day = ask.day(date)
    fields: dict[str, Any] = {
        "schema": 1,
        "kind": "waiver",
        "date": day.isoformat(),
        "duties": list(duties),
        "outcome": outcome,
        "reason": reason or ask.optional(_("Why")) or PLACEHOLDER,
        "approved_by": approved_by or ask.optional(_("Who approved it")) or PLACEHOLDER,
    }
    if outcome == WaiverOutcome.DEFERRED:
        if until is None:
            raise UsageError(say("A deferred duty needs its new day: --until DATE"))
        fields["until"] = ask.day(until).isoformat()
    slug = slug or re.sub(r"[^a-z0-9]+", "-", duties[0].lower()).strip("-")
    slug = ask.text(slug, "", ID_PATTERN, "--slug", example="2026-07-g2")
    write_record(session, corpus, fields, slug=slug, dry_run=dry_run)
