"""YAML that is written plainly → its data, read row by row: what nearly every record is.

A small part of YAML, in which each row says by itself what it is: ``name: value``, ``- value``, ``- name: value``,
comments, texts in quotation marks without escapes, and lists and mappings of words in brackets. Where a row is
anything else, or does not fit the rows before it, nothing is read at all: a parser (``yaml.py``) then reads the whole
text, and finds what is wrong and where. So this reader knows no problems and no places, and says only what the parsers
say as well.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from dangwu.parse.encoding import ODD_CHARACTER
from dangwu.parse.yaml_scalars import resolve_scalar

if TYPE_CHECKING:
    from collections.abc import Iterator

    _Rows = Iterator[tuple[str, str, str, str]]

_MAX_LEVELS = 12
"""Fewer than the parsers let pass (``yaml.MAX_DEPTH``)."""
_INDICATORS = frozenset("-?:,[]{}#&*!|>'\"%@`")
_NAME = r"[A-Za-z_][A-Za-z0-9_-]{0,99}"
_WORD = r"(?:-?[0-9]|[^-?:,\[\]{}#&*!|>'\"%@` \n0-9])[^?:,\[\]{}#'\" \n]*"
"""What stands within brackets without a blank and without what means something there."""
_PHRASE = rf"{_WORD}(?: {_WORD})*"
_PHRASES = rf"{_PHRASE}(?: *, *{_PHRASE})*"
_END = r"(?: +#.*| *)"
_NEST = r"\[[^\[\]{}]*\]|\{[^\[\]{}]*\}"
_PAIR = rf" *{_NAME}: +(?:{_PHRASE}|{_NEST}) *"
# Nowhere do two patterns meet that both take blanks: a row of a million blanks is then passed over once.
_find_rows = re.compile(rf"( *)(- )?(?:({_NAME}):(?![^ \n]))? *(.*)\n?").findall
_match_quoted = re.compile(rf"""(?:"([^"\\]*)"|'([^']*)'){_END}""").fullmatch
_match_list = re.compile(rf"\[ *(?:({_PHRASES}) *(?:, *)?)?\]{_END}").fullmatch
_match_list_begin = re.compile(rf"\[(?: *({_PHRASES}) *,)?{_END}").fullmatch
_match_list_row = re.compile(rf"(?:({_PHRASES}) *(?:(,) *)?)?(?:(\]){_END})?").fullmatch
_match_map = re.compile(rf"\{{({_PAIR}(?:,{_PAIR})*| *)\}}{_END}").fullmatch
_find_pairs = re.compile(rf"([^ ,:]+): +(?:([^ \[{{][^,]*)|({_NEST}))").findall
"""The pairs of what is known to be a mapping of phrases and nests, which are looked into afterwards."""


class _NotPlainError(Exception):
    """Ends reading at a row that is not of the plain kind."""


def read_plain_rows(text: str) -> dict[str, Any] | None:
    """Return the data of a text that is written plainly from its first row to its last, None of any other."""
    if "\t" in text or "\r" in text or ODD_CHARACTER.search(text):
        return None
    try:
        return _read_rows(iter(_find_rows(text))) or None
    except _NotPlainError:
        return None


def _read_rows(rows: _Rows) -> dict[str, Any]:
    """Return the mapping that the rows make; ``around`` is what encloses ``top``, each with its column."""
    root: dict[str, Any] = {}
    around: list[tuple[Any, int]] = []
    top: Any = root
    at = 0
    waiting = ""
    for spaces, dash, name, rest in rows:
        if not name and not dash:
            if rest and rest[0] != "#":
                raise _NotPlainError
            continue
        indent = len(spaces)
        if waiting and (indent > at or (dash and indent == at)) and len(around) < _MAX_LEVELS:
            # A name without a value has what is below it and deeper; a list may stand where the name does.
            around.append((top, at))
            inner: Any = [] if dash else {}
            top[waiting] = inner
            top, at = inner, indent
        waiting = ""
        if indent != at or (type(top) is list) is not bool(dash):
            top, at = _leave(around, top, at, (indent, bool(dash)))
        if dash and not name:
            top.append(_read_value(rest, at, rows))
            continue
        if dash:
            around.append((top, at))
            inner = {}
            top.append(inner)
            top, at = inner, indent + 2
        if name in top:
            raise _NotPlainError
        if rest and rest[0] != "#":
            top[name] = _read_value(rest, at, rows)
        else:
            top[name], waiting = None, name
    return root


def _leave(around: list[tuple[Any, int]], top: Any, at: int, row: tuple[int, bool]) -> tuple[Any, int]:
    """Return the list or mapping, with its column, that a row belongs to: one around the last one."""
    indent, dash = row
    while around and (indent < at or (indent == at and type(top) is list and not dash)):
        top, at = around.pop()
    if indent != at or (type(top) is list) is not dash:
        raise _NotPlainError
    return top, at


def _read_value(rest: str, at: int, rows: _Rows) -> Any:
    """Return the value that the rest of a row holds or begins: a list in brackets takes the rows it goes on in."""
    first = rest[:1]
    if first in _INDICATORS and not (first == "-" and rest[1:2].isdecimal()):
        return _read_marked(rest, first, at, rows)
    if "#" in rest:
        rest = rest.partition(" #")[0]
    rest = rest.rstrip(" ")
    if not rest or (":" in rest and (": " in rest or rest[-1] == ":")):
        raise _NotPlainError
    return resolve_scalar(rest)


def _read_marked(rest: str, first: str, at: int, rows: _Rows) -> Any:
    """Return the value of what stands in quotation marks or brackets."""
    if first in "\"'":
        if found := _match_quoted(rest):
            return found[found.lastindex or 1]
    elif first == "[":
        if found := _match_list(rest):
            return _split_phrases(found[1])
        if found := _match_list_begin(rest):
            return _read_long_list(_split_phrases(found[1]), at, rows)
    elif first == "{" and (found := _match_map(rest)):
        pairs = _find_pairs(found[1])
        values = {
            name: resolve_scalar(phrase.rstrip(" ")) if phrase else _read_marked(nest, nest[0], at, rows)
            for name, phrase, nest in pairs
        }
        if len(values) == len(pairs):
            return values
    raise _NotPlainError


def _read_long_list(values: list[Any], at: int, rows: _Rows) -> list[Any]:
    """Return a list in brackets that goes on in the next rows; the words of a row end with a comma, except the last."""
    more = True
    for spaces, dash, name, rest in rows:
        found = None if dash or name else _match_list_row(rest)
        if found is None or (found[1] and not (more and len(spaces) > at)):
            break
        values += _split_phrases(found[1])
        if found[3]:
            if len(spaces) < at:
                break
            return values
        more = bool(found[2]) if found[1] else more
    raise _NotPlainError


def _split_phrases(phrases: str | None) -> list[Any]:
    return [resolve_scalar(phrase.strip(" ")) for phrase in phrases.split(",")] if phrases else []
