"""One document, two validators: what dangwu finds by a schema, and what the Python library jsonschema finds.

This is the only module here that knows where dangwu validates. jsonschema reads the schema files as they are published,
with references from one file to another; so what joins them for dangwu is judged too.
"""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from dangwu.data import resources
from dangwu.model.document import Document
from dangwu.parse import schema

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonschema.exceptions import ValidationError

    from dangwu.model.finding import Pointer

KINDS = resources.list_kinds()
NOT_RECORDS = ("profile", "rulebook")
"""Kinds of package data that have a schema, but may not stand in a record repository."""
FORMATS = Draft202012Validator.FORMAT_CHECKER


class Error(NamedTuple):
    """Where an error is, the keyword of the schema that it offends, and the field that is missing or unknown."""

    pointer: Pointer
    keyword: str
    field: str = ""


Errors: TypeAlias = Counter[Error]


def our_errors(kind: str, data: Any) -> Errors:
    """Return what the validator of dangwu says, and see that its short answer fits its long one."""
    validator, _ = schema._build_validator(kind, resources.load_schema)
    errors = Counter(error for raised in validator.iter_errors(data) for error in _our_error(raised))
    assert validator.is_valid(data) is not bool(errors)
    return errors


def _our_error(error: Any) -> Iterator[Error]:
    keyword, details = error.kind.name, error.kind.as_dict()
    fields = {"required": [details.get("property")], "additionalProperties": details.get("unexpected")}
    for field in fields.get(keyword) or [""]:
        yield Error(tuple(error.instance_path), keyword, field)


def our_findings(data: dict[str, Any]) -> Counter[tuple[str, Pointer]]:
    """Return the codes and places of the findings that people see."""
    found = schema.find_schema_errors(Document("a.yaml", "", b"", data), KINDS, resources.load_schema)
    return Counter((one.code.id, (*one.source.pointer, *_missing(one.code, one.subject))) for one in found)


def _missing(code: object, subject: str | None) -> tuple[str, ...]:
    return (subject,) if code == schema.FIELD_MISSING and subject else ()


def findings_for(errors: Errors) -> Counter[tuple[str, Pointer]]:
    """Return the findings that errors should become: what is missing, what is unknown, what does not fit.

    Whatever does not fit in a value is one finding.
    """
    codes = {"required": schema.FIELD_MISSING.id, "additionalProperties": schema.FIELD_UNKNOWN.id}
    places = (
        (codes.get(error.keyword, schema.VALUE_UNFIT.id), (*error.pointer, *([error.field] if error.field else [])))
        for error in errors.elements()
    )
    found = Counter(places)
    return Counter({place: 1 if place[0] == schema.VALUE_UNFIT.id else number for place, number in found.items()})


def kind_findings(data: dict[str, Any]) -> Counter[tuple[str, Pointer]] | None:
    """Return what jsonschema says of the kind that a document names, None where it names one that there is."""
    named = Draft202012Validator({"required": ["kind"], "properties": {"kind": {"enum": list(KINDS)}}})
    return Counter((schema.KIND_UNKNOWN.id, tuple(error.absolute_path)) for error in named.iter_errors(data)) or None


def their_errors(kind: str, data: Any) -> Errors:
    """Return what jsonschema says."""
    return Counter(error for raised in their_validator(kind).iter_errors(data) for error in _their_error(raised))


def _their_error(error: ValidationError) -> Iterator[Error]:
    pointer, keyword = tuple(error.absolute_path), str(error.validator)
    instance: Any = error.instance
    demand: Any = error.validator_value
    fields = [""]
    if keyword == "required":
        # One error for each field; only its message says of which.
        fields = [name for name in demand if error.message == f"{name!r} is a required property"]
    elif keyword == "additionalProperties":
        assert isinstance(error.schema, dict)
        fields = [name for name in instance if name not in error.schema.get("properties", {})]
    for field in fields:
        yield Error(pointer, keyword, field)


@cache
def published() -> dict[str, Any]:
    """Return every schema file by its name."""
    return {path: json.loads(raw) for path, raw in resources.read_package_files("schemas") if path.endswith(".json")}


@cache
def their_validator(kind: str) -> Draft202012Validator:
    """Return the validator of jsonschema for a kind; formats are checked, as by dangwu."""
    files = published()
    registry: Registry[Any] = Registry().with_resources(
        (name, Resource.from_contents(schema)) for name, schema in files.items()
    )
    return Draft202012Validator(files[f"{kind}.json"], registry=registry, format_checker=FORMATS)
