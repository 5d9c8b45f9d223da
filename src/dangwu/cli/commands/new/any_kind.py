"""``dangwu new`` for every kind told by its schema: a flag for each value, the rest worked out or left to write."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dangwu.authoring.new import record
from dangwu.authoring.new.recipes.registry import recipe
from dangwu.authoring.new.record_fields import flags
from dangwu.authoring.record_text import TO_WRITE
from dangwu.cli.commands.new.answers import answer, nested
from dangwu.cli.commands.new.shared import ID, DryRun, NoInput, order, records, write
from dangwu.cli.commands.new.signature import given, sign
from dangwu.cli.languages import _
from dangwu.cli.prompts import Asker
from dangwu.cli.session import of
from dangwu.data import resources
from dangwu.errors import UsageError
from dangwu.model.message import say

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from dangwu.authoring.new.record_fields import Flag
    from dangwu.authoring.new.request import Order
    from dangwu.cli.commands.new.signature import Options
    from dangwu.cli.session import Session

_ROWS = Annotated[int | None, typer.Option("--rows", min=1, max=200, help=_("How many lines to leave for a person."))]
_SLUG = Annotated[str | None, typer.Option("--slug", help=_("The end of the file's name."))]
_ABSENT = Annotated[list[str] | None, typer.Option("--absent", metavar="ID", help=_("Who did not come; ids or names."))]
_NOTHING = Annotated[bool, typer.Option("--nothing-deployed", help=_("The superior deployed nothing this year."))]
_COMPLAINANT = Annotated[
    str | None, typer.Option("--complainant", help=_("Who it came from; kept apart in complainants/, never shown."))
]
_CONTACT = Annotated[str | None, typer.Option("--contact", help=_("How to reach that person; kept apart as well."))]
_FIRST = "branch"
"""The kind with which a record repository begins: it needs no branch.yaml to be there."""
_EXTRAS: dict[str, Options] = {
    "training": {"absent": (_ABSENT, None)},
    "excellence-summary": {"nothing_deployed": (_NOTHING, False)},
    "letter": {"complainant": (_COMPLAINANT, None), "contact": (_CONTACT, None)},
}
"""Kind → what may be said of it that is no field of its record."""


def any_kind(kind: str, language: str) -> Callable[..., None]:
    """Return the command for one kind of record; its help speaks ``language``."""
    schema = resources.schema(kind)
    known = flags(schema)

    def new(context: typer.Context, **words: Any) -> None:
        session = of(context)
        asked = _asked(session, kind, known, words)
        _write(session, asked, words)
        if words.get("complainant"):
            _write(session, _apart(asked, words), words)

    options: Options = {**_EXTRAS.get(kind, {})}
    if recipe(kind).rows:
        options["rows"] = (_ROWS, None)
    if "{slug}" in schema["x-path"]:
        options["slug"] = (_SLUG, None)
    sign(new, known, {**options, "no_input": (NoInput, False), "dry_run": (DryRun, False)}, language)
    return new


def _asked(session: Session, kind: str, known: Sequence[Flag], words: Mapping[str, Any]) -> Order:
    """Read the repository and the flags, and ask a person for what neither tells."""
    workspace = session.workspace() if kind == _FIRST else records(session)
    ask = Asker(session, workspace.corpus, enabled=not words["no_input"])
    said = given(ask, known, words)
    for flag in known:
        if flag.at[0] in recipe(kind).first and flag.at not in said:
            said[flag.at] = _needed(ask, flag)
    extra = {
        "rows": words.get("rows"),
        "absent": ask.members(words.get("absent") or ()),
        "nothing_deployed": words.get("nothing_deployed"),
    }
    made = order(session, workspace, kind, nested(said), extra=extra)
    worked_out = record.known(made)
    for flag in known:
        if flag.required and flag.at not in said and _missing(worked_out, flag.at):
            reply = answer(ask, flag)
            if reply is not None:
                said[flag.at] = reply
    return order(session, workspace, kind, nested(said), extra=extra)


def _apart(letter: Order, words: Mapping[str, Any]) -> Order:
    """Return the file of who a letter came from: apart from it, so that no reader of the one sees the other."""
    fields = record.record(letter)
    contact = {"contact": words["contact"]} if words.get("contact") else {}
    said = {"letter": fields["id"], "name": words["complainant"], **contact}
    kind = letter.kinds["complainant"]
    return replace(letter, kind=kind, schema=resources.schema(kind.name), given=said, extra={})


def _write(session: Session, asked: Order, words: Mapping[str, Any]) -> None:
    fields = record.record(asked)
    end = words.get("slug") or record.slug(asked, fields)
    if "slug" in words and not ID.fullmatch(end):
        raise UsageError(say("{text} does not have the form that {flag} wants.", text=end, flag="--slug"))
    write(session, asked.corpus, fields, slug=end, dry_run=words["dry_run"])


def _needed(ask: Asker, flag: Flag) -> Any:
    if flag.form == "group":
        return ask.group(None)
    reply = answer(ask, flag)
    if reply is None:
        raise UsageError(say("{flag} is missing.", flag=flag.name))
    return reply


def _missing(fields: Mapping[str, Any], at: tuple[str, ...]) -> bool:
    here: Any = fields
    for key in at:
        here = here.get(key, TO_WRITE) if isinstance(here, dict) else TO_WRITE
    return bool(here == TO_WRITE)
