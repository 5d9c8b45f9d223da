"""What every ``dangwu new`` command shares: the common options, and writing a record in its place."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dangwu.authoring.new.request import RecordRequest
from dangwu.authoring.record_text import build_record_path, render_record
from dangwu.cli.languages import _
from dangwu.cli.session import Session, emit
from dangwu.data import resources
from dangwu.errors import CannotRunError, UsageError
from dangwu.files.write import write_file
from dangwu.model.document import PLACEHOLDER
from dangwu.model.message import Text, say
from dangwu.workspace.catalogue import load_kinds

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from dangwu.model.corpus import Corpus
    from dangwu.workspace.workspace import Workspace

_PERSONAL_FIELDS = frozenset({"name", "contact"})
ID_PATTERN = re.compile(r"[a-z0-9][a-z0-9-]{0,63}", re.ASCII)
DateOption = Annotated[
    str | None, typer.Option("--date", metavar="DATE", help=_("The day; the as-of day unless given."))
]
NoInputOption = Annotated[bool, typer.Option("--no-input", help=_("Ask nothing, also on a terminal."))]
DryRunOption = Annotated[bool, typer.Option("--dry-run", help=_("Print the record and write nothing."))]


def read_records(session: Session) -> Workspace:
    """Read the records that a new one joins; CannotRunError where there is no branch yet."""
    workspace = session.workspace()
    if "branch.yaml" not in workspace.paths:
        hint = say("Begin with dangwu init, or name the record repository with -C.")
        raise CannotRunError(say("There is no branch.yaml here."), hint)
    return workspace


def build_request(
    session: Session,
    workspace: Workspace,
    kind: str,
    said: Mapping[str, Any],
    *,
    extra: Mapping[str, Any] | None = None,
    day: date | None = None,
) -> RecordRequest:
    """Return what a record of a kind is made from; its day is the one said of it, or the as-of day."""
    own = said.get(load_kinds()[kind].day_field or "")
    return RecordRequest(
        corpus=workspace.corpus,
        kinds=load_kinds(),
        kind=load_kinds()[kind],
        schema=resources.load_schema(kind),
        day=day or (date.fromisoformat(own) if own else session.as_of),
        language=session.language.code,
        given=said,
        extra=extra or {},
        paths=workspace.paths,
    )


def write_record(
    session: Session, corpus: Corpus, fields: dict[str, Any], *, slug: str | None = None, dry_run: bool
) -> None:
    """Write a record where it belongs, or only print it."""
    schema = resources.load_schema(fields["kind"])
    taken = {*corpus.documents, *(each.path for each in corpus.unread)}
    path = build_record_path(schema, fields, slug, taken=taken)
    if "{date}" not in schema["x-path"] and "{slug}" not in schema["x-path"]:
        path = _refuse_second_record(build_record_path(schema, fields, slug), taken)
    up = "../" * path.count("/")
    line = f"{up}.dangwu/schema/{fields['kind']}.json"
    shown = _hide_persons(fields) if dry_run and schema["x-audience"] == "sealed" else fields
    text = render_record(schema, shown, language=session.language.code, schema_line=line)
    if dry_run:
        emit(text)
        return
    root = session.location().root
    write_file(root / path, text.encode(), root=root)
    session.tell(_describe_written(path, text))


def _hide_persons(fields: dict[str, Any]) -> dict[str, Any]:
    """Return a sealed record as it may be shown."""
    return {key: "…" if key in _PERSONAL_FIELDS and each != PLACEHOLDER else each for key, each in fields.items()}


def _refuse_second_record(path: str, taken: Collection[str]) -> str:
    """Refuse a second record where there can be only one."""
    if path in taken:
        raise UsageError(say("{path} exists already.", path=path), say("Edit it; there is one of it only."))
    return path


def _describe_written(path: str, text: str) -> Text:
    count = text.count(PLACEHOLDER)
    if count:
        return say(
            "Written: {path}. Places left for a person to write (【待填】): {count}. Then: dangwu check",
            path=path,
            count=count,
        )
    return say("Written: {path}. Then: dangwu check", path=path)
