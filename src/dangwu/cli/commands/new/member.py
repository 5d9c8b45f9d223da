"""``dangwu new member``: write the record of a member."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dangwu.cli.commands.new.shared import ID_PATTERN, DryRunOption, NoInputOption, read_records, write_record
from dangwu.cli.complete import complete_group
from dangwu.cli.editor_refresh import refresh_editor_words
from dangwu.cli.languages import _
from dangwu.cli.prompts import Asker
from dangwu.cli.session import find_session
from dangwu.data import resources
from dangwu.errors import UsageError
from dangwu.model.document import PLACEHOLDER
from dangwu.model.message import say
from dangwu.model.schema_node import read_code_words

if TYPE_CHECKING:
    from dangwu.model.corpus import Corpus


def member(
    context: typer.Context,
    *,
    name: Annotated[str | None, typer.Option("--name", help=_("The member's name."))] = None,
    id_: Annotated[str | None, typer.Option("--id", help=_("The id; the next free one unless given."))] = None,
    status: Annotated[
        str | None, typer.Option("--status", metavar="probationary|full", help=_("The status on joining the branch."))
    ] = None,
    since: Annotated[str | None, typer.Option("--from", metavar="DATE", help=_("In this branch since."))] = None,
    group: Annotated[
        str | None, typer.Option("--group", autocompletion=complete_group, help=_("The Party group."))
    ] = None,
    joined_on: Annotated[
        str | None,
        typer.Option("--joined-on", metavar="DATE", help=_("Joined the Party on; a month where the day is not known.")),
    ] = None,
    no_input: NoInputOption = False,
    dry_run: DryRunOption = False,
) -> None:
    """Write the record of a member; status and days that nobody stated become the placeholder 【待填】."""
    session = find_session(context)
    corpus = read_records(session, dry_run=dry_run).corpus
    ask = Asker(session, corpus, enabled=not no_input)
    words = read_code_words(resources.load_schema("member")["properties"]["status"]["items"]["properties"]["status"])
    at_first = {code: words[code] for code in ("probationary", "full")}
    fields: dict[str, Any] = {
        "schema": 1,
        "kind": "member",
        "id": ask.text(id_ or _find_next_id(corpus), "", ID_PATTERN, "--id", example="m001"),
        "name": ask.text(name, _("The member's name"), re.compile(r".*\S.*"), "--name"),
    }
    stated = ask.choice(status, _("The status on joining the branch"), at_first, "--status")
    first_day = ask.parsed(since, _("In this branch since"), lambda text: ask.day(text, "--from").isoformat())
    fields["status"] = [{"from": first_day or PLACEHOLDER, "status": stated or PLACEHOLDER}]
    groups = {} if group is None else {"groups": [{"from": first_day or PLACEHOLDER, "group": ask.group(group)}]}
    joined = {} if joined_on is None else {"joined_on": ask.day_or_month(joined_on, "--joined-on")}
    if fields["id"] in corpus.member_by_id or fields["id"] in corpus.unread_members:
        raise UsageError(say("There is a member with the id {id} already.", id=str(fields["id"])))
    write_record(session, corpus, {**fields, **groups, **joined}, dry_run=dry_run)
    if not dry_run:
        refresh_editor_words(session)


def _find_next_id(corpus: Corpus) -> str:
    """Return the next id of the form ``m001``; that of a draft, which cannot be read yet, is taken too."""
    numbers = [
        int(id_[1:]) for id_ in {*corpus.member_by_id, *corpus.unread_members} if re.fullmatch(r"m\d+", id_, re.ASCII)
    ]
    return f"m{max(numbers, default=0) + 1:03d}"
