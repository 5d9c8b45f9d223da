"""What a schema says of its kind of record beyond the shape of the fields."""

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
_ID_PATTERN = r"[a-z0-9][a-z0-9-]*?"
_PLACE_BLANK = re.compile(r"\{(\w+)\}", re.ASCII)


FieldPath: TypeAlias = tuple[str | None, ...]
"""A way through a record: the names of fields, None for any position of a list."""


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

    ``place`` is the path with blanks in braces. ``day``, ``names`` and ``subject`` are the fields that hold the
    record's own day, the period it is for, and the member or group it is about; None where it has none.
    ``also`` are short names that people use for it. ``disclosed`` records are for the audience that their own ``scope``
    says. ``people`` are the places that hold a member's id, and whether somebody of the staff list may stand there
    instead.
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

    def path(self, data: Mapping[str, Any], slug: str = "{slug}") -> str:
        """Return where a record with this data belongs; a blank whose field is missing is left empty."""
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

    def read(self, path: str) -> dict[str, str] | None:
        """Return what a path says in the blanks of this kind's place, None when it is no such path."""
        match = _compile_place(self.place).fullmatch(path)
        return match.groupdict() if match else None

    def label(self, found: Mapping[str, str]) -> str | None:
        """Return the label of the period that a path names, None where it names none."""
        if self.period_field is None or self.period_field == "makes_up":
            return None
        if "q" in found or "m" in found:
            part = found["q"].upper() if "q" in found else found["m"][1:]
            return f"{found['year']}-{part}"
        return (found.get("month") or found.get("half") or found.get("year") or "").upper()


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
        people=tuple(_find_people_fields(schema, schema, ())),
    )


def _find_people_fields(
    node: Mapping[str, Any], schema: Mapping[str, Any], way: FieldPath
) -> Iterator[tuple[FieldPath, bool]]:
    """Find where members are named, along properties, items and the shared definitions they refer to."""
    name = str(node.get("$ref", "")).removeprefix("#/$defs/")
    if name in {"member", "person"}:
        yield way, name == "person"
    elif name:
        yield from _find_people_fields(schema["$defs"][name], schema, way)
    for key, each in node.get("properties", {}).items():
        yield from _find_people_fields(each, schema, (*way, key))
    if "items" in node:
        yield from _find_people_fields(node["items"], schema, (*way, None))


@cache
def _compile_place(place: str) -> re.Pattern[str]:
    """Allow -2 and so on before the ending, for a second record of one name."""
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
