"""``dangwu new`` for every kind told by its schema: a flag for each value, the rest worked out or left to write."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dangwu.authoring.new import record
from dangwu.authoring.new.recipes.registry import find_recipe
from dangwu.authoring.new.record_fields import build_flags
from dangwu.cli.commands.new.answers import ask_value, nest_values
from dangwu.cli.commands.new.shared import (
    ID_PATTERN,
    DryRunOption,
    NoInputOption,
    build_request,
    read_records,
    write_record,
)
from dangwu.cli.commands.new.signature import parse_flags, set_signature
from dangwu.cli.languages import _
from dangwu.cli.prompts import Asker
from dangwu.cli.session import find_session
from dangwu.data import resources
from dangwu.errors import UsageError
from dangwu.model.document import PLACEHOLDER
from dangwu.model.message import say

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from dangwu.authoring.new.record_fields import Flag
    from dangwu.authoring.new.request import RecordRequest
    from dangwu.cli.commands.new.signature import CommandOptions
    from dangwu.cli.session import Session

_ROWS_OPTION = Annotated[
    int | None, typer.Option("--rows", min=1, max=200, help=_("How many lines to leave for a person."))
]
_SLUG_OPTION = Annotated[str | None, typer.Option("--slug", help=_("The end of the file's name."))]
_ABSENT_OPTION = Annotated[
    list[str] | None, typer.Option("--absent", metavar="ID", help=_("Who did not come; ids or names."))
]
_NOTHING_DEPLOYED_OPTION = Annotated[
    bool, typer.Option("--nothing-deployed", help=_("The superior deployed nothing this year."))
]
_COMPLAINANT_OPTION = Annotated[
    str | None, typer.Option("--complainant", help=_("Who it came from; kept apart in complainants/, never shown."))
]
_CONTACT_OPTION = Annotated[
    str | None, typer.Option("--contact", help=_("How to reach that person; kept apart as well."))
]
_FIRST_KIND = "branch"
"""The kind with which a record repository begins: it needs no branch.yaml to be there."""
_EXTRA_OPTIONS: dict[str, CommandOptions] = {
    "training": {"absent": (_ABSENT_OPTION, None)},
    "excellence-summary": {"nothing_deployed": (_NOTHING_DEPLOYED_OPTION, False)},
    "letter": {"complainant": (_COMPLAINANT_OPTION, None), "contact": (_CONTACT_OPTION, None)},
}
"""Kind → what may be said of it that is no field of its record."""


def build_kind_function(kind: str, language: str) -> Callable[..., None]:
    """Return the command for one kind of record; its help speaks ``language``."""
    schema = resources.load_schema(kind)
    known = build_flags(schema)

    def new(context: typer.Context, **words: Any) -> None:
        session = find_session(context)
        asked = _complete_request(session, kind, known, words)
        _write_request(session, asked, words)
        if words.get("complainant"):
            _write_request(session, _build_complainant_request(asked, words), words)

    options: CommandOptions = {**_EXTRA_OPTIONS.get(kind, {})}
    if find_recipe(kind).rows:
        options["rows"] = (_ROWS_OPTION, None)
    if "{slug}" in schema["x-path"]:
        options["slug"] = (_SLUG_OPTION, None)
    set_signature(
        new, known, {**options, "no_input": (NoInputOption, False), "dry_run": (DryRunOption, False)}, language
    )
    return new


def _complete_request(session: Session, kind: str, known: Sequence[Flag], words: Mapping[str, Any]) -> RecordRequest:
    """Read the repository and the flags, and ask a person for what neither tells."""
    workspace = session.workspace() if kind == _FIRST_KIND else read_records(session)
    ask = Asker(session, workspace.corpus, enabled=not words["no_input"])
    said = parse_flags(ask, known, words)
    for flag in known:
        if flag.path[0] in find_recipe(kind).first and flag.path not in said:
            said[flag.path] = _require_value(ask, flag)
    extra = {
        "rows": words.get("rows"),
        "absent": ask.members(words.get("absent") or ()),
        "nothing_deployed": words.get("nothing_deployed"),
    }
    made = build_request(session, workspace, kind, nest_values(said), extra=extra)
    worked_out = record.find_known_fields(made)
    for flag in known:
        if flag.required and flag.path not in said and _is_missing(worked_out, flag.path):
            reply = ask_value(ask, flag)
            if reply is not None:
                said[flag.path] = reply
    return build_request(session, workspace, kind, nest_values(said), extra=extra)


def _build_complainant_request(letter: RecordRequest, words: Mapping[str, Any]) -> RecordRequest:
    """Return the file of who a letter came from: apart from it, so that no reader of the one sees the other."""
    fields = record.build_record_fields(letter)
    contact = {"contact": words["contact"]} if words.get("contact") else {}
    said = {"letter": fields["id"], "name": words["complainant"], **contact}
    kind = letter.kinds["complainant"]
    return replace(letter, kind=kind, schema=resources.load_schema(kind.name), given=said, extra={})


def _write_request(session: Session, asked: RecordRequest, words: Mapping[str, Any]) -> None:
    fields = record.build_record_fields(asked)
    end = words.get("slug") or record.build_slug(asked, fields)
    if "slug" in words and not ID_PATTERN.fullmatch(end):
        raise UsageError(say("{text} does not have the form that {flag} wants.", text=end, flag="--slug"))
    write_record(session, asked.corpus, fields, slug=end, dry_run=words["dry_run"])


def _require_value(ask: Asker, flag: Flag) -> Any:
    if flag.form == "group":
        return ask.group(None)
    reply = ask_value(ask, flag)
    if reply is None:
        raise UsageError(say("{flag} is missing.", flag=flag.name))
    return reply


def _is_missing(fields: Mapping[str, Any], at: tuple[str, ...]) -> bool:
    here: Any = fields
    for key in at:
        here = here.get(key, PLACEHOLDER) if isinstance(here, dict) else PLACEHOLDER
    return bool(here == PLACEHOLDER)
