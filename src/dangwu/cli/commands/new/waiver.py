"""``dangwu new waiver``: record duties as waived, deferred or missed."""

from __future__ import annotations

import re
from typing import Annotated, Any

import typer

from dangwu.cli.commands.new.shared import (
    ID_PATTERN,
    DryRunOption,
    NoInputOption,
    read_records,
    write_record,
)
from dangwu.cli.languages import _
from dangwu.cli.prompts import Asker
from dangwu.cli.session import find_session
from dangwu.data import resources
from dangwu.errors import UsageError
from dangwu.model.document import PLACEHOLDER
from dangwu.model.message import say
from dangwu.model.record import WaiverOutcome
from dangwu.model.schema_node import read_code_words


def waiver(
    context: typer.Context,
    *,
    duty: Annotated[
        list[str] | None, typer.Option("--duty", metavar="ID", help=_("The duty's id, from dangwu due."))
    ] = None,
    outcome: Annotated[
        str | None, typer.Option("--outcome", metavar="waived|deferred|missed", help=_("What was decided."))
    ] = None,
    until: Annotated[
        str | None, typer.Option("--until", metavar="DATE", help=_("The new day of a deferred duty."))
    ] = None,
    reason: Annotated[str | None, typer.Option("--reason", help=_("Why."))] = None,
    approved_by: Annotated[str | None, typer.Option("--approved-by", help=_("Who approved it."))] = None,
    date: Annotated[
        str | None, typer.Option("--date", metavar="DATE", help=_("The day on which it was approved."))
    ] = None,
    slug: Annotated[str | None, typer.Option("--slug", help=_("The end of the file's name."))] = None,
    no_input: NoInputOption = False,
    dry_run: DryRunOption = False,
) -> None:
    """Write a waiver; what nobody stated of decision, reason, approver and day becomes the placeholder 【待填】."""
    session = find_session(context)
    corpus = read_records(session, dry_run=dry_run).corpus
    ask = Asker(session, corpus, enabled=not no_input)
    schema = resources.load_schema("waiver")["properties"]
    duties = duty or ask.several(_("Ids of the duties, as in 3.1/2026-07/g2 (;)"))
    if not duties:
        raise UsageError(say("Say which duty: --duty 3.1/2026-07/g2"), say("dangwu due lists the ids."))
    decided = ask.choice(outcome, _("What was decided"), read_code_words(schema["outcome"]), "--outcome")
    fields: dict[str, Any] = {"schema": 1, "kind": "waiver", "duties": list(duties), "outcome": decided or PLACEHOLDER}
    if decided == WaiverOutcome.DEFERRED:
        new_day = ask.parsed(until, _("The new day"), lambda text: ask.day(text, "--until").isoformat())
        if new_day is None:
            raise UsageError(say("A deferred duty needs its new day: --until DATE"))
        fields["until"] = new_day
    fields |= {
        "reason": reason or ask.optional(_("Why")) or PLACEHOLDER,
        "approved_by": approved_by or ask.optional(_("Who approved it")) or PLACEHOLDER,
        "date": ask.parsed(date, _("The day on which it was approved"), lambda text: ask.day(text).isoformat())
        or PLACEHOLDER,
    }
    slug = slug or re.sub(r"[^a-z0-9]+", "-", duties[0].lower()).strip("-")
    slug = ask.text(slug, "", ID_PATTERN, "--slug", example="2026-07-g2")
    write_record(session, corpus, fields, slug=slug, dry_run=dry_run)
