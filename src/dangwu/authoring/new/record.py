"""A new record of any kind but a meeting: what was given, what can be worked out, and 【待填】 for the rest."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from dangwu.authoring.new.recipes.registry import find_recipe
from dangwu.authoring.new.skeleton import complete_record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dangwu.authoring.new.request import RecordRequest

_NOT_IN_SLUG = re.compile(r"[^a-z0-9]+", re.ASCII)
_LEADING_DAY = re.compile(r"^\d{4}-\d{2}-\d{2}-", re.ASCII)


def find_known_fields(order: RecordRequest) -> dict[str, Any]:
    """Return what need not be typed: the kind's own day and period, and what its recipe works out."""
    fields: dict[str, Any] = {"kind": order.kind.name}
    if order.kind.day_field:
        fields[order.kind.day_field] = order.day.isoformat()
    if order.kind.period_field:
        label = order.period.label
        fields[order.kind.period_field] = int(label) if order.kind.period_field == "year" else label
    filled = find_recipe(order.kind.name).fill(order)
    return {**fields, **{key: value for key, value in filled.items() if value is not None}}


def build_record_fields(order: RecordRequest) -> dict[str, Any]:
    """Return the fields of the record; what was given stands above what was worked out."""
    fields = complete_record(order.schema, find_known_fields(order), order.given)
    find_recipe(order.kind.name).refuse(order, fields)
    return fields


def build_slug(order: RecordRequest, fields: Mapping[str, Any]) -> str:
    """Return what ends the name of the file, from the fields that tell such records apart."""
    words: list[str] = []
    for key in find_recipe(order.kind.name).slug:
        value = fields.get(key)
        words += [str(each) for each in (value if isinstance(value, list) else [value]) if each is not None]
    plain = (_NOT_IN_SLUG.sub("-", _LEADING_DAY.sub("", word.lower())).strip("-") for word in words)
    return "-".join(word for word in plain if word)[:60].strip("-") or order.kind.name
