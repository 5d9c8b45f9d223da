"""``dangwu new member``: write the record of a member."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated

import typer

from dangwu.cli.commands.new.shared import ID_PATTERN, DryRunOption, NoInputOption, read_records, write_record
from dangwu.cli.languages import _
from dangwu.cli.prompts import Asker
from dangwu.cli.session import find_session
from dangwu.errors import UsageError
from dangwu.model.message import say

if TYPE_CHECKING:
    from dangwu.model.corpus import Corpus


def member(
    context: typer.Context,
    *,
    name: Annotated[str | None, typer.Option("--name", help=_("The member's name."))] = None,
    id_: Annotated[str | None, typer.Option("--id", help=_("The id; the next free one unless given."))] = None,
    status: Annotated[
        str, typer.Option("--status", metavar="probationary|full", help=_("The status on joining the branch."))
    ] = "full",
    since: Annotated[
        str | None, typer.Option("--from", metavar="DATE", help=_("In this branch since; the as-of day unless given."))
    ] = None,
    group: Annotated[str | None, typer.Option("--group", help=_("The Party group."))] = None,
    joined_on: Annotated[
        str | None, typer.Option("--joined-on", metavar="DATE", help=_("Joined the Party on."))
    ] = None,
    no_input: NoInputOption = False,
    dry_run: DryRunOption = False,
) -> None:
    """Write the record of a member."""
    session = find_session(context)
    corpus = read_records(session, dry_run=dry_run).corpus
    ask = Asker(session, corpus, enabled=not no_input)
    if status not in {"probationary", "full"}:
        raise typer.BadParameter(_("choose probationary or full"), param_hint="--status")
    first_day = ask.day(since).isoformat()
    groups = {} if group is None else {"groups": [{"from": first_day, "group": ask.group(group)}]}
    joined = {} if joined_on is None else {"joined_on": ask.day(joined_on).isoformat()}
    fields = {
        "schema": 1,
        "kind": "member",
        "id": ask.text(id_ or _find_next_id(corpus), "", ID_PATTERN, "--id", example="m001"),
        "name": ask.text(name, _("The member's name"), re.compile(r".*\S.*"), "--name"),
        "status": [{"from": first_day, "status": status}],
    }
    if fields["id"] in corpus.member_by_id or fields["id"] in corpus.unread_members:
        raise UsageError(say("There is a member with the id {id} already.", id=str(fields["id"])))
    write_record(session, corpus, {**fields, **groups, **joined}, dry_run=dry_run)


def _find_next_id(corpus: Corpus) -> str:
    """Return the next id of the form ``m001``."""
    numbers = [int(id_[1:]) for id_ in corpus.member_by_id if re.fullmatch(r"m\d+", id_, re.ASCII)]
    return f"m{max(numbers, default=0) + 1:03d}"
