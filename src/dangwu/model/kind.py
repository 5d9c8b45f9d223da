"""Kinds of records: what a schema says beyond the form of its fields."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from dangwu.model.audience import Audience
from dangwu.model.message import Bilingual

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dangwu.model.finding import Pointer

_BLANK_PATTERNS = {
    "year": r"\d{4}",
    "date": r"\d{4}-\d{2}-\d{2}",
    "q": r"q[1-4]",
    "m": r"m\d{2}",
    "month": r"\d{4}-\d{2}",
    "half": r"\d{4}-h[12]",
    "slug": r"[^/]+",
}
_PEOPLE_DEFINITIONS = frozenset({"member", "person"})
_ID_PATTERN = r"[a-z0-9][a-z0-9-]*?"
_DAY_IN_PATH = re.compile(r"/\d{4}-\d{2}-\d{2}", re.ASCII)
_PLACE_BLANK = re.compile(r"\{(\w+)\}", re.ASCII)


FieldPath: TypeAlias = tuple[str | None, ...]
"""A path through a record's data: names of fields, and None for every item of a list."""


def find_values(node: Any, path: FieldPath, pointer: Pointer = ()) -> Iterator[tuple[Pointer, Any]]:
    """Yield the values at a path through a record's data, each with its pointer; none where a field is missing."""
    if not path:
        yield pointer, node
    elif path[0] is None:
        for index, item in enumerate(node):
            yield from find_values(item, path[1:], (*pointer, index))
    elif path[0] in node:
        yield from find_values(node[path[0]], path[1:], (*pointer, path[0]))


class Kind(NamedTuple):
    """A kind of record.

    ``place`` is the path with variable parts in braces. The three fields hold the record's day, the period that it is
    for, and the member or group that it is about; None where it has none. ``aliases`` are short names for commands.
    Records that are ``disclosed`` are for the audience of their own ``scope``. ``people`` are the paths of members'
    ids, and whether the id of somebody on the staff list is allowed there; ``names`` are those of people's names,
    and whether a unit may stand beside the name.
    """

    name: str
    title: Bilingual
    place: str
    audience: Audience = Audience.COMMITTEE
    day_field: str | None = None
    period_field: str | None = None
    subject_field: str | None = None
    headings: tuple[Bilingual, ...] = ()
    aliases: tuple[str, ...] = ()
    disclosed: bool = False
    people: tuple[tuple[FieldPath, bool], ...] = ()
    names: tuple[tuple[FieldPath, bool], ...] = ()

    def path(self, data: Mapping[str, Any], slug: str = "{slug}") -> str:
        """Return the path of a record with this data; the part of a missing field is empty."""
        day = str(data.get(self.day_field or "", ""))
        label = str(data.get(self.period_field or "", ""))
        made_up = self.period_field == "makes_up"
        quarter, month = label[-2:].lower(), label[-2:]
        values = {
            "year": (day if made_up or not label else label)[:4],
            "q": quarter,
            "m": f"m{month}",
            "half": label.lower(),
            "slug": slug,
        }
        return _PLACE_BLANK.sub(lambda match: values.get(match[1]) or str(data.get(match[1], "")), self.place)

    def fits(self, path: str, data: Mapping[str, Any]) -> bool:
        """Tell whether a path is that of a record with this data, with any slug.

        Where a day can have several records of a kind, -2 to -9 may stand before the ending.
        """
        wanted = self.path(data)
        if path == wanted:
            return True
        stem, _, ending = wanted.rpartition(".")
        numbered = r"(?:-[2-9])?" if _DAY_IN_PATH.search(wanted) else ""
        pattern = re.escape(stem).replace(r"\{slug\}", _BLANK_PATTERNS["slug"]) + numbered + rf"\.{ending}"
        return re.fullmatch(pattern, path) is not None

    def read(self, path: str) -> dict[str, str] | None:
        """Return the variable parts of a path by name; None for a path that does not fit the kind."""
        match = _compile_place(self.place).fullmatch(path)
        return match.groupdict() if match else None

    def label(self, parts: Mapping[str, str]) -> str | None:
        """Return the label of the period in the variable parts of a path, None without one."""
        if self.period_field is None or self.period_field == "makes_up":
            return None
        if "q" in parts or "m" in parts:
            part = parts["q"].upper() if "q" in parts else parts["m"][1:]
            return f"{parts['year']}-{part}"
        return (parts.get("month") or parts.get("half") or parts.get("year") or "").upper()


def build_kind(schema: Mapping[str, Any]) -> Kind:
    """Return the kind that a schema describes by its title, its constant ``kind`` and its ``x-`` keywords."""
    disclosed = schema["x-audience"] == "disclosed"
    return Kind(
        name=schema["properties"]["kind"]["const"],
        title=Bilingual.parse(str(schema["title"])),
        place=schema["x-path"],
        audience=Audience.PUBLIC if disclosed else Audience(schema["x-audience"]),
        day_field=schema.get("x-day"),
        period_field=schema.get("x-names"),
        subject_field=schema.get("x-subject"),
        headings=tuple(Bilingual(heading["zh"], heading["en"]) for heading in schema.get("x-headings", ())),
        aliases=tuple(schema.get("x-also", ())),
        disclosed=disclosed,
        people=tuple(
            (path, name == "person")
            for path, node in _walk_fields(schema, schema, ())
            if (name := _read_reference(node)) in _PEOPLE_DEFINITIONS
        ),
        names=tuple(
            (path, node["x-person-name"] == "and-unit")
            for path, node in _walk_fields(schema, schema, ())
            if "x-person-name" in node
        ),
    )


def _walk_fields(
    node: Mapping[str, Any], schema: Mapping[str, Any], path: FieldPath
) -> Iterator[tuple[FieldPath, Mapping[str, Any]]]:
    """Yield path and schema node of each field, along properties, items and references; people's ids end a path."""
    yield path, node
    name = _read_reference(node)
    if name in _PEOPLE_DEFINITIONS:
        return
    if name:
        yield from _walk_fields(schema["$defs"][name], schema, path)
    for key, field in node.get("properties", {}).items():
        yield from _walk_fields(field, schema, (*path, key))
    if "items" in node:
        yield from _walk_fields(node["items"], schema, (*path, None))


def _read_reference(node: Mapping[str, Any]) -> str:
    return str(node.get("$ref", "")).removeprefix("#/$defs/")


@cache
def _compile_place(place: str) -> re.Pattern[str]:
    """Return the pattern of a place, which allows -2 to -9 before the ending for further records of one name."""
    seen: set[str] = set()
    parts = []
    for at, piece in enumerate(_PLACE_BLANK.split(place)):
        if at % 2 == 0:
            parts.append(re.escape(piece))
        elif piece in seen:
            parts.append(rf"(?P={piece})")
        else:
            seen.add(piece)
            parts.append(rf"(?P<{piece}>{_BLANK_PATTERNS.get(piece, _ID_PATTERN)})")
    stem, dot, ending = "".join(parts).rpartition(r"\.")
    return re.compile(rf"{stem}(?:-[2-9])?{dot}{ending}", re.ASCII)
