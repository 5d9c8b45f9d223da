"""Taking words out of values that must not be shown: members' names, and what a confidential file says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from dangwu.model.message import Bilingual, Text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from dangwu.model.kind import Pattern
    from dangwu.model.message import Argument

HIDDEN = "…"
SOMEBODY = "某某"
_SHORTEST_NAME = 2
_VALUES = frozenset({"value", "plain", "word"})
"""Arguments that are always a value of the record, though it may be spelt like the name of a field."""
_BETWEEN = re.compile(r"[.\[\]0-9]+", re.ASCII)


def expression(names: Iterable[str]) -> re.Pattern[str] | None:
    """Return what finds any of the names, the longer first; None when there are none."""
    listed = sorted({each for each in names if len(each) >= _SHORTEST_NAME}, key=lambda each: (-len(each), each))
    return re.compile("|".join(re.escape(each) for each in listed)) if listed else None


def nameless(value: Any, names: re.Pattern[str] | None) -> Any:
    """Return plain data, or a sentence, with every name in it replaced."""
    if names is None:
        return value
    if isinstance(value, str):
        return names.sub(SOMEBODY, value)
    if isinstance(value, Text | Bilingual):
        return type(value)(*(nameless(each, names) for each in value))
    if isinstance(value, dict):
        return {key: nameless(each, names) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(nameless(each, names) for each in value)
    return value


def without(data: Mapping[str, Any], ways: Iterable[Pattern]) -> dict[str, Any]:
    """Return a record's data without the fields to which these ways lead."""
    left: Any = data
    for way in ways:
        left = _cut(left, way)
    return dict(left)


def _cut(node: Any, way: Pattern) -> Any:
    first, *rest = way
    if isinstance(node, list):
        return [_cut(each, tuple(rest)) for each in node] if rest else []
    if not isinstance(node, dict) or first not in node:
        return node
    if not rest:
        return {key: each for key, each in node.items() if key != first}
    return {**node, first: _cut(node[first], tuple(rest))}


def words(schema: Mapping[str, Any]) -> frozenset[str]:
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


def unquoted(text: Text, known: Collection[str]) -> Text:
    """Return a sentence that quotes nothing but words known beforehand; a count stays."""
    return Text(text.template, tuple((key, _unquoted(key, each, known)) for key, each in text.arguments))


def _unquoted(key: str, value: Argument, known: Collection[str]) -> Argument:
    if isinstance(value, Text):
        return unquoted(value, known)
    if isinstance(value, Bilingual) or (isinstance(value, int) and key not in _VALUES):
        return value
    if isinstance(value, tuple):
        return tuple(_unquoted(key, each, known) for each in value)
    if isinstance(value, str) and key not in _VALUES and tells_nothing(value, known):
        return value
    return HIDDEN


def tells_nothing(value: str, known: Collection[str]) -> bool:
    """Tell whether a text is a known word, or a way through known fields as in ``checks[1].date``."""
    return value in known or all(part in known for part in _BETWEEN.split(value) if part)
