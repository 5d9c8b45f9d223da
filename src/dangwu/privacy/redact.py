"""Taking words out of values that must not be shown: members' names, and what a confidential file says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from dangwu.model.message import Bilingual, Text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from dangwu.model.kind import FieldPath
    from dangwu.model.message import Argument

HIDDEN_TEXT = "…"
REDACTED_NAME = "某某"
_SHORTEST_NAME = 2
_VALUE_ARGUMENTS = frozenset({"value", "plain", "word"})
"""Arguments that are always a value of the record, though it may be spelt like the name of a field."""
_PATH_SEPARATORS = re.compile(r"[.\[\]0-9]+", re.ASCII)


def compile_names(names: Iterable[str]) -> re.Pattern[str] | None:
    """Return what finds any of the names, the longer first; None when there are none."""
    listed = sorted({name for name in names if len(name) >= _SHORTEST_NAME}, key=lambda each: (-len(each), each))
    return re.compile("|".join(re.escape(each) for each in listed)) if listed else None


def redact_names(value: Any, names: re.Pattern[str] | None) -> Any:
    """Return plain data, or a sentence, with every name in it replaced."""
    if names is None:
        return value
    if isinstance(value, str):
        return names.sub(REDACTED_NAME, value)
    if isinstance(value, Text | Bilingual):
        return type(value)(*(redact_names(each, names) for each in value))
    if isinstance(value, dict):
        return {key: redact_names(each, names) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(redact_names(each, names) for each in value)
    return value


def drop_fields(data: Mapping[str, Any], ways: Iterable[FieldPath]) -> dict[str, Any]:
    """Return a record's data without the fields to which these ways lead."""
    left: Any = data
    for way in ways:
        left = _drop_field(left, way)
    return dict(left)


def _drop_field(node: Any, way: FieldPath) -> Any:
    first, *rest = way
    if isinstance(node, list):
        return [_drop_field(each, tuple(rest)) for each in node] if rest else []
    if not isinstance(node, dict) or first not in node:
        return node
    if not rest:
        return {key: each for key, each in node.items() if key != first}
    return {**node, first: _drop_field(node[first], tuple(rest))}


def collect_schema_words(schema: Mapping[str, Any]) -> frozenset[str]:
    """Return the words that a schema itself brings: names of fields, and what may be chosen."""
    found: set[str] = set()
    todo: list[Any] = [schema]
    while todo:
        node = todo.pop()
        if isinstance(node, dict):
            found.update(node.get("properties", ()))
            found.update(each for each in node.get("enum", ()) if isinstance(each, str))
            todo.extend(node.values())
        elif isinstance(node, list):
            todo.extend(node)
    return frozenset(found)


def redact_quotes(text: Text, known: Collection[str]) -> Text:
    """Return a sentence that quotes nothing but words known beforehand; a count stays."""
    return Text(text.template, tuple((key, _redact_argument(key, each, known)) for key, each in text.arguments))


def _redact_argument(key: str, value: Argument, known: Collection[str]) -> Argument:
    if isinstance(value, Text):
        return redact_quotes(value, known)
    if isinstance(value, Bilingual) or (isinstance(value, int) and key not in _VALUE_ARGUMENTS):
        return value
    if isinstance(value, tuple):
        return tuple(_redact_argument(key, each, known) for each in value)
    if isinstance(value, str) and key not in _VALUE_ARGUMENTS and tells_nothing(value, known):
        return value
    return HIDDEN_TEXT


def tells_nothing(value: str, known: Collection[str]) -> bool:
    """Tell whether a text is a known word, or a way through known fields as in ``checks[1].date``."""
    return value in known or all(part in known for part in _PATH_SEPARATORS.split(value) if part)
