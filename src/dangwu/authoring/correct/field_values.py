"""Values that do not fit their field for the way they are written → as the field asks, where only one can be meant."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from dangwu.authoring.correct import written_values
from dangwu.authoring.correct.proposal import Proposal, Refusal, Splice
from dangwu.authoring.edit.marked_text import PatchError
from dangwu.authoring.yaml_scalar import quote_scalar, render_scalar
from dangwu.data import resources
from dangwu.model.message import Text, say
from dangwu.model.schema_node import (
    find_node,
    follow_references,
    holds_person,
    read_code_words,
    read_node_title,
    resolve_node,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dangwu.authoring.correct.known_people import KnownPeople
    from dangwu.authoring.correct.record_state import RecordState
    from dangwu.model.finding import Finding, Pointer

_SEPARATORS = re.compile(r"\s*[,，、;；]\s*")
_BRACKETS = {"[": "]", "［": "］", "【": "】"}
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}", re.ASCII)
_REFERENCE = "#/$defs/"


class _Written(NamedTuple):
    """A value as it stands in the text: its extent, what is written without quotation marks, and these marks."""

    start: int
    end: int
    text: str
    quotes: str
    value: Any


def propose_value(state: RecordState, finding: Finding, people: KnownPeople | None) -> Iterator[Proposal | Refusal]:
    """Yield the value that is meant by what is written, or why it is not certain; nothing where none is known.

    Without ``people`` no name is put into an id.
    """
    pointer = finding.source.pointer
    if state.schema is None or not pointer or pointer not in state.marked.values:
        return
    node = find_node(state.schema, tuple(None if isinstance(part, int) else part for part in pointer))
    holder = _find_person_list(state, pointer)
    if holder is not None:
        found = _write_list(state, finding, holder, people)
        if found is not None:
            yield found
            return
    written = _read_written(state, pointer)
    if written is None:
        return
    meant = _find_meant(node, state.schema, written.text, people)
    if isinstance(meant, Text):
        yield Refusal(finding, meant)
    elif meant is not None:
        is_id = not {"member", "person", "group"}.isdisjoint(_list_definitions(node, state.schema))
        named = is_id and meant[1] != written_values.plain_form(written.text).lower()
        yield _build_put(state, finding, written, *meant, named=named)
    elif isinstance(written.value, int | float) and "string" in set(_list_types(node, state.schema)):
        what = say("{written} stands in quotation marks, as it is text.", written=written.text)
        splice = Splice(written.start, written.end, quote_scalar(written.text))
        yield Proposal(finding, (splice,), what, put=(pointer, written.text))


def propose_kind(state: RecordState, finding: Finding) -> Iterator[Proposal]:
    """Yield the kind of record whose name in half-width signs, or whose title, is written."""
    written = _read_written(state, ("kind",)) if ("kind",) in state.marked.values else None
    if written is None:
        return
    plain = written_values.plain_form(written.text)
    titles = {name: read_node_title(resources.load_schema(name), name) for name in resources.list_kinds()}
    names = [name for name, title in titles.items() if plain in title or plain.lower().replace("_", "-") == name]
    if len(names) == 1:
        proposal = _build_put(state, finding, written, names[0], names[0])
        yield proposal._replace(opens=True, put=(("kind",), names[0]))


def _read_written(state: RecordState, pointer: Pointer) -> _Written | None:
    """Return a value that stands on one line; None for any other form."""
    try:
        start, end = state.marked.start(pointer), state.marked.scalar_end(pointer)
    except (PatchError, LookupError):
        return None
    text = state.text[start:end]
    if text[:1] in {"[", "{"} or "\n" in text:
        return None
    quotes = text[0] if text[0] in "\"'" and text[-1:] == text[0] and len(text) > 1 else ""
    inner = text[1:-1] if quotes else text
    value: Any = state.data
    for part in pointer:
        value = value[part]
    # A text in several lines, and escapes in quotation marks, are left to people.
    if isinstance(value, dict | list) or (isinstance(value, str) and value != inner):
        return None
    return _Written(start, end, inner, quotes, value)


def _find_meant(
    node: Mapping[str, Any], schema: Mapping[str, Any], written: str, people: KnownPeople | None
) -> tuple[Any, str] | Text | None:
    """Return the value that is meant and how it is written, or why it is not certain; None where none is known."""
    if holds_person(node, schema):
        return _find_person(node, schema, written, people)
    types = set(_list_types(node, schema))
    if {"integer", "number"} & types:
        number = written_values.write_number(written)
        return (number[1], number[0]) if number else None
    if "boolean" in types:
        truth = written_values.write_yes_or_no(written)
        return None if truth is None else (truth, "true" if truth else "false")
    plain = written_values.plain_form(written)
    if node.get("const") is not None:
        return (node["const"], plain) if plain == str(node["const"]) else None
    found = _find_text(node, schema, written, people)
    if found is None and plain != written and plain.isascii():
        found = plain
    return (found, found) if isinstance(found, str) else found


def _find_text(
    node: Mapping[str, Any], schema: Mapping[str, Any], written: str, people: KnownPeople | None
) -> str | Text | None:
    """Return the day, hours, month, Party group or code that is meant, or why it is not certain."""
    names = set(_list_definitions(node, schema))
    if node.get("format") == "date" or "date" in names:
        return written_values.write_day(written)
    if "time" in names:
        return written_values.write_hours(written)
    if "month" in names:
        return written_values.write_month(written)
    if "group" in names:
        return people.find_group(written) if people else None
    return _find_code(node, written) if node.get("enum") else None


def _find_code(node: Mapping[str, Any], written: str) -> str | None:
    """Return the code that a text is but for its signs, or whose word in either language it is."""
    plain = written_values.plain_form(written)
    words = read_code_words(node)
    codes = [code for code, names in words.items() if plain.lower() == code.lower() or plain in names]
    if len(codes) != 1 or codes[0] not in node["enum"]:
        return None
    return codes[0]


def _find_person(
    node: Mapping[str, Any], schema: Mapping[str, Any], written: str, people: KnownPeople | None
) -> tuple[str, str] | Text | None:
    if people is None:
        return None
    found = people.find_person(written, staff="person" in set(_list_definitions(node, schema)))
    return (found, found) if isinstance(found, str) else found


def _list_definitions(node: Mapping[str, Any], schema: Mapping[str, Any]) -> Iterator[str]:
    """Yield the names of the shared definitions that a node is, also by one of its choices."""
    for reference in follow_references(node, schema):
        name = str(reference.get("$ref", ""))
        if name.startswith(_REFERENCE):
            yield name.removeprefix(_REFERENCE)
        for choice in reference.get("anyOf", ()):
            yield from _list_definitions(choice, schema)


def _list_types(node: Mapping[str, Any], schema: Mapping[str, Any]) -> Iterator[str]:
    merged = resolve_node(node, schema)
    types = merged.get("type", ())
    yield from (types,) if isinstance(types, str) else types
    for choice in merged.get("anyOf", ()):
        yield from _list_types(choice, schema)


def _build_put(
    state: RecordState, finding: Finding, written: _Written, value: Any, text: str, *, named: bool = False
) -> Proposal:
    """Return the proposal that writes a value; ``named`` says that it is the id of who stood there by name."""
    pointer, new, old = finding.source.pointer, text, written.text.strip()
    if written.quotes and isinstance(value, str):
        new = f"{written.quotes}{text}{written.quotes}"
    elif isinstance(value, str):
        is_date = written_values.write_day(text) == text
        new = render_scalar(value, flow=state.marked.is_in_flow(pointer), is_date=is_date)
    what = say("{written} is written as {new}.", written=old, new=text)
    if named:
        what = say("{name} is written as the id {id}.", name=old, id=text)
    splice = Splice(written.start, written.end, new)
    return Proposal(finding, (splice,), what, put=(pointer, value), person=text if named else None)


def _find_person_list(state: RecordState, pointer: Pointer) -> Pointer | None:
    """Return the place of the list of people's ids that a value is, or stands in; None for any other value."""
    for place in (pointer, pointer[:-1]) if isinstance(pointer[-1], int) else (pointer,):
        node = find_node(state.schema or {}, tuple(None if isinstance(part, int) else part for part in place))
        items = node.get("items")
        if node.get("type") == "array" and items and holds_person(items, state.schema or {}):
            return place
    return None


def _write_list(
    state: RecordState, finding: Finding, place: Pointer, people: KnownPeople | None
) -> Proposal | Refusal | None:
    """Return a list in which several ids or names stood as one text; None where each stands by itself."""
    listed: Any = state.data
    for part in place:
        listed = listed[part]
    if isinstance(listed, str):
        written = _read_written(state, place)
        return None if written is None else _split_text(state, finding, place, written, people)
    if not isinstance(listed, list) or not state.marked.is_flow(place):
        return None
    splices, ids = [], []
    for number, item in enumerate(listed):
        parts = _split(item) if isinstance(item, str) else []
        if len(parts) < 2:  # noqa: PLR2004 - several in one
            ids.append(item)
            continue
        written = _read_written(state, (*place, number))
        found = _find_each(state, place, parts, people)
        if written is None or found is None or isinstance(found, Text):
            return Refusal(finding, found) if isinstance(found, Text) else None
        splices.append(Splice(written.start, written.end, ", ".join(found)))
        ids += found
    if not splices:
        return None
    what = say("Several ids that stood as one text stand each by itself: {count}.", count=len(ids))
    return Proposal(finding, tuple(splices), what, put=(place, ids), opens=True)


def _split_text(
    state: RecordState, finding: Finding, place: Pointer, written: _Written, people: KnownPeople | None
) -> Proposal | Refusal | None:
    text = written.text.strip()
    inner = text[1:-1] if _BRACKETS.get(text[:1]) == text[-1:] else text
    found = _find_each(state, place, _split(inner), people)
    if isinstance(found, Text):
        return Refusal(finding, found)
    if not found:
        return None
    new = f"[{', '.join(found)}]"
    what = say("{written} is written as the list {new}.", written=text, new=new)
    return Proposal(finding, (Splice(written.start, written.end, new),), what, put=(place, found))


def _split(text: str) -> list[str]:
    return [part for part in _SEPARATORS.split(text.strip()) if part]


def _find_each(
    state: RecordState, place: Pointer, parts: list[str], people: KnownPeople | None
) -> list[str] | Text | None:
    """Return the id of each part; a reason where one is not certain, None where a part is neither id nor name."""
    schema = state.schema or {}
    node = find_node(schema, (*(None if isinstance(part, int) else part for part in place), None))
    ids = []
    for part in parts:
        plain = written_values.plain_form(part)
        if _ID.fullmatch(plain):
            ids.append(plain)
            continue
        found = _find_person(node, schema, part, people)
        if not isinstance(found, tuple):
            return found
        ids.append(found[0])
    return ids
