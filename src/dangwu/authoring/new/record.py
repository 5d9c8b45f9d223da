"""Fields of a new record of any kind but a meeting: values given or worked out, and 【待填】 for the rest."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from dangwu.authoring.new.recipes.registry import find_recipe
from dangwu.authoring.new.skeleton import complete_record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dangwu.authoring.new.request import RecordRequest

_NOT_IN_SLUG = re.compile(r"[^a-z0-9]+", re.ASCII)
_OWN_DAYS = frozenset({"date", "received_on"})
"""The days that a record is of; those on which something was approved, decided or sent are for people to state."""
_LEADING_DAY = re.compile(r"^\d{4}-\d{2}-\d{2}-", re.ASCII)


def find_known_fields(request: RecordRequest) -> dict[str, Any]:
    """Return the fields that need no input: the record's own day and period, and those that its recipe works out."""
    fields: dict[str, Any] = {"kind": request.kind.name}
    if request.kind.day_field in _OWN_DAYS:
        fields[str(request.kind.day_field)] = request.day.isoformat()
    if request.kind.period_field:
        label = request.period.label
        fields[request.kind.period_field] = int(label) if request.kind.period_field == "year" else label
    filled = find_recipe(request.kind.name).fill(request)
    return {**fields, **{key: value for key, value in filled.items() if value is not None}}


def build_record_fields(request: RecordRequest) -> dict[str, Any]:
    """Return the fields of the record; values given replace those worked out. UsageError where the recipe refuses."""
    fields = complete_record(request.schema, find_known_fields(request), request.given)
    find_recipe(request.kind.name).refuse(request, fields)
    return fields


def build_slug(request: RecordRequest, fields: Mapping[str, Any]) -> str:
    """Return the slug of the file's name, from the fields that distinguish records of the kind."""
    words: list[str] = []
    for key in find_recipe(request.kind.name).slug:
        value = fields.get(key)
        words += [str(item) for item in (value if isinstance(value, list) else [value]) if item is not None]
    plain = (_NOT_IN_SLUG.sub("-", _LEADING_DAY.sub("", word.lower())).strip("-") for word in words)
    return "-".join(word for word in plain if word)[:60].strip("-") or request.kind.name
