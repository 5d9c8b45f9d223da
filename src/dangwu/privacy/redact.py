"""Redaction of names, of fields that hold people, and of quotations from confidential files."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from dangwu.model.message import Bilingual, Text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from dangwu.facts.people_names import PeoplePattern
    from dangwu.model.kind import FieldPath
    from dangwu.model.message import Argument

HIDDEN_TEXT = "…"
REDACTED_NAME = "某某"
_VALUE_ARGUMENTS = frozenset({"value", "plain", "word"})
"""Arguments that always hold a value of the record, even one spelt like the name of a field."""
_PATH_SEPARATORS = re.compile(r"[.\[\]0-9]+", re.ASCII)


def redact_names(value: Any, names: PeoplePattern | None) -> Any:
    """Return plain data or a message with every name in it replaced by 某某."""
    if names is None:
        return value
    if isinstance(value, str):
        return names.replace(value, REDACTED_NAME)
    if isinstance(value, Text | Bilingual):
        return type(value)(*(redact_names(part, names) for part in value))
    if isinstance(value, dict):
        return {key: redact_names(item, names) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(redact_names(item, names) for item in value)
    return value


def drop_fields(data: Mapping[str, Any], paths: Iterable[FieldPath]) -> dict[str, Any]:
    """Return a record's data without the fields at these paths."""
    remaining: Any = data
    for path in paths:
        remaining = _drop_field(remaining, path)
    return dict(remaining)


def _drop_field(node: Any, path: FieldPath) -> Any:
    first, *rest = path
    if isinstance(node, list):
        return [_drop_field(item, tuple(rest)) for item in node] if rest else []
    if not isinstance(node, dict) or first not in node:
        return node
    if not rest:
        return {key: value for key, value in node.items() if key != first}
    return {**node, first: _drop_field(node[first], tuple(rest))}


def collect_schema_words(schema: Mapping[str, Any]) -> frozenset[str]:
    """Return the words of a schema: the names of its fields and the codes of its choices."""
    words: set[str] = set()
    todo: list[Any] = [schema]
    while todo:
        node = todo.pop()
        if isinstance(node, dict):
            words.update(node.get("properties", ()))
            words.update(code for code in node.get("enum", ()) if isinstance(code, str))
            todo.extend(node.values())
        elif isinstance(node, list):
            todo.extend(node)
    return frozenset(words)


def redact_quotes(text: Text, known: Collection[str]) -> Text:
    """Return a message in which every argument that is neither a known word nor a count is replaced by an ellipsis."""
    return Text(text.template, tuple((key, _redact_argument(key, argument, known)) for key, argument in text.arguments))


def _redact_argument(key: str, value: Argument, known: Collection[str]) -> Argument:
    if isinstance(value, Text):
        return redact_quotes(value, known)
    if isinstance(value, Bilingual) or (isinstance(value, int) and key not in _VALUE_ARGUMENTS):
        return value
    if isinstance(value, tuple):
        return tuple(_redact_argument(key, item, known) for item in value)
    if isinstance(value, str) and key not in _VALUE_ARGUMENTS and tells_nothing(value, known):
        return value
    return HIDDEN_TEXT


def tells_nothing(value: str, known: Collection[str]) -> bool:
    """Tell whether a text is a known word or a path through known fields, as ``checks[1].date``."""
    return value in known or all(part in known for part in _PATH_SEPARATORS.split(value) if part)
