"""Values of a new record → its path and its text, as ``dangwu new``, ``adopt``, ``init`` and ``import`` write it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from dangwu.authoring.new.request import RecordRequest
from dangwu.authoring.record_text import build_record_path, render_record
from dangwu.data import resources
from dangwu.errors import UsageError
from dangwu.model.document import PLACEHOLDER
from dangwu.model.message import say
from dangwu.workspace.catalogue import load_kinds

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dangwu.model.corpus import Corpus
    from dangwu.workspace.workspace import Workspace


def build_record_request(
    workspace: Workspace,
    kind: str,
    values: Mapping[str, Any],
    *,
    as_of: date,
    language: str,
    extra: Mapping[str, Any] | None = None,
    day: date | None = None,
) -> RecordRequest:
    """Return the input of a new record; its day is ``day``, else the kind's day in ``values``, else the as-of day."""
    kinds = load_kinds()
    own_day = values.get(kinds[kind].day_field or "")
    return RecordRequest(
        corpus=workspace.corpus,
        kinds=kinds,
        kind=kinds[kind],
        schema=resources.load_schema(kind),
        day=day or (date.fromisoformat(own_day) if own_day else as_of),
        language=language,
        given=values,
        extra=extra or {},
        paths=workspace.paths,
    )


def choose_record_path(
    corpus: Corpus, fields: Mapping[str, Any], slug: str | None, written_on: date | None = None
) -> str:
    """Return a free path for a record; UsageError when its kind has one fixed path and that is taken.

    Where the record's own day is left to write, its name has the day on which it is written.
    """
    schema = resources.load_schema(fields["kind"])
    day_field = load_kinds()[fields["kind"]].day_field
    if written_on is not None and day_field is not None and fields.get(day_field) == PLACEHOLDER:
        fields = {**fields, day_field: written_on.isoformat()}
    taken = {*corpus.documents, *(file.path for file in corpus.unread)}
    if "{date}" in schema["x-path"] or "{slug}" in schema["x-path"]:
        return build_record_path(schema, fields, slug, taken=taken)
    path = build_record_path(schema, fields, slug)
    if path in taken:
        raise UsageError(say("{path} exists already.", path=path), say("Edit it; there is one of it only."))
    return path


def render_new_record(
    fields: Mapping[str, Any], path: str, language: str, sections: Mapping[str, str] | None = None
) -> str:
    """Return the text of a record, with the schema line for editors relative to its path.

    ``sections`` are what was written of its body, by the Chinese headings.
    """
    kind = fields["kind"]
    schema_line = f"{'../' * path.count('/')}.dangwu/schema/{kind}.json"
    schema = resources.load_schema(kind)
    return render_record(schema, fields, language=language, schema_line=schema_line, sections=sections)
