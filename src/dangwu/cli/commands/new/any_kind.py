"""``dangwu new KIND`` for kinds without a module of their own: one flag for each field of the schema."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dangwu.authoring.new import record
from dangwu.authoring.new.recipes.registry import find_recipe
from dangwu.authoring.new.record_fields import build_flags
from dangwu.cli.commands.new.answers import ask_value, nest_values, parse_value
from dangwu.cli.commands.new.owing import list_owing_words
from dangwu.cli.commands.new.shared import (
    ID_PATTERN,
    DryRunOption,
    NoInputOption,
    build_request,
    read_records,
    write_records,
)
from dangwu.cli.commands.new.signature import parse_flags, set_signature
from dangwu.cli.complete import complete_member
from dangwu.cli.languages import _
from dangwu.cli.prompts import Asker
from dangwu.cli.session import find_session
from dangwu.data import resources
from dangwu.errors import UsageError
from dangwu.model.document import PLACEHOLDER
from dangwu.model.message import say
from dangwu.workspace.new_record import choose_record_path

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from dangwu.authoring.new.record_fields import Flag
    from dangwu.authoring.new.request import RecordRequest
    from dangwu.cli.commands.new.signature import CommandOptions
    from dangwu.cli.session import Session
    from dangwu.workspace.workspace import Workspace

_ROWS_OPTION = Annotated[
    int | None, typer.Option("--rows", min=1, max=200, help=_("How many lines to leave for a person."))
]
_SLUG_OPTION = Annotated[str | None, typer.Option("--slug", help=_("The end of the file's name."))]
_ABSENT_OPTION = Annotated[
    list[str] | None,
    typer.Option("--absent", metavar="ID", autocompletion=complete_member, help=_("Who did not come; ids or names.")),
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
_LIKE_OPTION = Annotated[
    int | None,
    typer.Option("--like", metavar="2025", help=_("The year whose plan is taken over, with its days moved.")),
]
_ALL_OPTION = Annotated[bool, typer.Option("--all", help=_("One for each person who still owes it."))]
_FIRST_KIND = "branch"
"""The first kind of a record repository, written without an existing branch.yaml."""
_EXTRA_OPTIONS: dict[str, CommandOptions] = {
    "annual-plan": {"like": (_LIKE_OPTION, None)},
    "training": {"absent": (_ABSENT_OPTION, None)},
    "excellence-summary": {"nothing_deployed": (_NOTHING_DEPLOYED_OPTION, False)},
    "letter": {"complainant": (_COMPLAINANT_OPTION, None), "contact": (_CONTACT_OPTION, None)},
}
"""Options of a kind that are no fields of its record."""


def build_kind_function(kind: str, language: str) -> Callable[..., None]:
    """Return the command of a kind, with its help in ``language``."""
    schema = resources.load_schema(kind)
    flags = build_flags(schema)

    def new(context: typer.Context, **words: Any) -> None:
        session = find_session(context)
        dry_run = words["dry_run"]
        workspace = session.workspace_if_any() if kind == _FIRST_KIND else read_records(session, dry_run=dry_run)
        if words.get("everyone"):
            each = list_owing_words(session, workspace, kind, flags, words)
            requests = [_complete_request(session, workspace, kind, flags, one) for one in each]
        else:
            requests = [_complete_request(session, workspace, kind, flags, words)]
        if words.get("complainant"):
            requests.append(_build_complainant_request(requests[0], words))
        records = [_build_record(one, words) for one in requests]
        write_records(session, workspace.corpus, records, command="new", dry_run=dry_run)

    options: CommandOptions = {**_EXTRA_OPTIONS.get(kind, {})}
    if find_recipe(kind).first == ("member",):
        options["everyone"] = (_ALL_OPTION, False)
    if find_recipe(kind).rows:
        options["rows"] = (_ROWS_OPTION, None)
    if "{slug}" in schema["x-path"]:
        options["slug"] = (_SLUG_OPTION, None)
    set_signature(
        new, flags, {**options, "no_input": (NoInputOption, False), "dry_run": (DryRunOption, False)}, language
    )
    return new


def _complete_request(
    session: Session, workspace: Workspace, kind: str, flags: Sequence[Flag], words: Mapping[str, Any]
) -> RecordRequest:
    """Build a request from the records and the flags, with prompts for required fields that neither gives."""
    ask = Asker(session, workspace.corpus, enabled=not words["no_input"])
    values = parse_flags(ask, flags, words)
    for flag in flags:
        if flag.path[0] in find_recipe(kind).first and flag.path not in values:
            values[flag.path] = _require_value(ask, flag)
    extra = {
        "rows": words.get("rows"),
        "absent": ask.members(words.get("absent") or ()),
        "nothing_deployed": words.get("nothing_deployed"),
        "like": words.get("like"),
    }
    request = build_request(session, workspace, kind, nest_values(values), extra=extra)
    if ask.interactive:
        values |= _ask_own_days(ask, request, flags)
        request = build_request(session, workspace, kind, nest_values(values), extra=extra)
        # Before the other questions, so that nobody answers them in vain.
        choose_record_path(request.corpus, *_build_record(request, words))
    known = record.find_known_fields(request)
    for flag in flags:
        if flag.required and flag.path not in values and _is_missing(known, flag.path):
            value = ask_value(ask, flag)
            if value is not None:
                values[flag.path] = value
    return build_request(session, workspace, kind, nest_values(values), extra=extra)


def _ask_own_days(ask: Asker, request: RecordRequest, flags: Sequence[Flag]) -> dict[tuple[str, ...], Any]:
    """Prompt for the period and the day of the record, with those that are assumed."""
    known = record.find_known_fields(request)
    values = {}
    for flag in flags:
        key = flag.path[0]
        own = len(flag.path) == 1 and key in {request.kind.period_field, request.kind.day_field}
        if own and key not in request.given and known.get(key, PLACEHOLDER) != PLACEHOLDER:
            parse = partial(parse_value, ask, flag)
            values[flag.path] = ask.parsed(None, flag.titled(ask.language), parse, str(known[key]))
    return values


def _build_complainant_request(letter: RecordRequest, words: Mapping[str, Any]) -> RecordRequest:
    """Return the request of the complainant's record, which is separate so that readers of letters see no names."""
    fields = record.build_record_fields(letter)
    contact = {"contact": words["contact"]} if words.get("contact") else {}
    values = {"letter": fields["id"], "name": words["complainant"], **contact}
    kind = letter.kinds["complainant"]
    return replace(letter, kind=kind, schema=resources.load_schema(kind.name), given=values, extra={})


def _build_record(request: RecordRequest, words: Mapping[str, Any]) -> tuple[dict[str, Any], str | None]:
    """Return the fields of a record and its slug; UsageError for a --slug of another form."""
    fields = record.build_record_fields(request)
    slug = words.get("slug") or record.build_slug(request, fields)
    if "slug" in words and not ID_PATTERN.fullmatch(slug):
        raise UsageError(say("{text} does not have the form that {flag} wants.", text=slug, flag="--slug"))
    return fields, slug


def _require_value(ask: Asker, flag: Flag) -> Any:
    """Prompt for the value of a flag; UsageError without one."""
    if flag.form == "group":
        return ask.group(None)
    value = ask_value(ask, flag)
    if value is None:
        raise UsageError(say("{flag} is missing.", flag=flag.name))
    return value


def _is_missing(fields: Mapping[str, Any], path: tuple[str, ...]) -> bool:
    """Tell whether the field at a path is missing or a placeholder."""
    value: Any = fields
    for key in path:
        value = value.get(key, PLACEHOLDER) if isinstance(value, dict) else PLACEHOLDER
    return bool(value == PLACEHOLDER)
