"""Names of fields that are a known one but for signs around them, or its title in Chinese → the known one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.authoring.correct.proposal import Proposal, Splice
from dangwu.authoring.correct.typing_signs import clean_field_name
from dangwu.model.message import say
from dangwu.model.schema_node import find_node, read_node_title, resolve_list_items, resolve_node

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from dangwu.authoring.correct.record_state import RecordState
    from dangwu.model.finding import Finding, Pointer


def propose_field_name(state: RecordState, finding: Finding) -> Iterator[Proposal]:
    """Yield the correction of an unknown field's name, where exactly one field that is not yet there is meant."""
    pointer = finding.source.pointer
    written = str(pointer[-1]) if pointer else ""
    if state.schema is None or pointer not in state.marked.keys:
        return
    name = _find_field(_list_fields(state.schema, pointer[:-1]), written)
    start = state.marked.key(pointer)
    if name is None or name in _read_siblings(state, pointer) or not state.text.startswith(written, start):
        return
    what = say("The field {written} is called {name}.", written=written.strip(), name=name)
    splice = Splice(start, start + len(written), name)
    yield Proposal(finding, (splice,), what, renamed=(pointer, name), opens=True)


def _find_field(fields: Mapping[str, str], written: str) -> str | None:
    """Return the field that a name is but for signs, else the only one with it as title."""
    name = clean_field_name(written)
    if name in fields:
        return name if name != written else None
    titled = [key for key, title in fields.items() if title == name]
    return titled[0] if len(titled) == 1 else None


def _list_fields(schema: Mapping[str, Any], parent: Pointer) -> dict[str, str]:
    """Return the fields of a place with their titles in Chinese."""
    node = find_node(schema, tuple(None if isinstance(part, int) else part for part in parent))
    properties = resolve_list_items(node, schema).get("properties", {})
    return {key: read_node_title(resolve_node(below, schema), key).zh for key, below in properties.items()}


def _read_siblings(state: RecordState, pointer: Pointer) -> Mapping[str, Any]:
    node: Any = state.data
    for part in pointer[:-1]:
        node = node[part]
    return node if isinstance(node, dict) else {}
