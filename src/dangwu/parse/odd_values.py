"""What is wrong in values that the text alone does not show: escapes, lost characters, and values that were cut."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Any

from dangwu.model.document import LOST_MARKS
from dangwu.model.finding import build_finding
from dangwu.model.message import say
from dangwu.parse.encoding import explain_odd_character, find_odd_value_characters
from dangwu.parse.finding_codes import FORBIDDEN_CHARACTER, MAX_FINDINGS, VALUE_CUT, YAML_SYNTAX
from dangwu.parse.yaml import find_positions
from dangwu.parse.yaml_errors import WIDE_BLANKS, describe_wide_blank

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dangwu.model.finding import Finding, Pointer

_NAME_FIELD = "name"
_MAY_CUT = re.compile(r"[ \t]#[^\s#]")
_CUT = re.compile(r"[ \t]+#(?=[^\s#])")
_CODE_LIKE = re.compile(r"[a-z0-9][a-z0-9:.+-]*", re.ASCII)
_GLUED_FIELD = re.compile(rf"[A-Za-z_][A-Za-z0-9_]*:(?P<blank>[{''.join(WIDE_BLANKS)}])", re.ASCII)
_TELL_TALES = ("\\", *LOST_MARKS, *WIDE_BLANKS)


def find_odd_values(path: str, header: str, data: Any) -> list[Finding]:
    """Return the findings on the values of a file, at most ``MAX_FINDINGS`` and one more."""
    may_cut = _MAY_CUT.search(header) is not None
    if not may_cut and not any(char in header for char in _TELL_TALES):
        return []
    places = find_positions(header)[0] if may_cut else {}
    lines = header.split("\n")
    found = (
        finding
        for pointer, value in _list_texts(data, ())
        for finding in (
            *_find_escapes(path, pointer, value, header),
            *_find_lost_characters(path, pointer, value),
            *_find_glued_field(path, pointer, value),
            *_find_cut(path, pointer, value, lines, places.get(pointer)),
        )
    )
    return list(islice(found, MAX_FINDINGS + 1))


def _list_texts(node: Any, pointer: Pointer) -> Iterator[tuple[Pointer, str]]:
    """Yield every text in the data, with its pointer; names of fields too, with that of their value."""
    if isinstance(node, str):
        yield pointer, node
    elif isinstance(node, dict):
        for key, value in node.items():
            if not key.isascii() or not key.isprintable():
                yield (*pointer, key), key.lstrip("\0")
            yield from _list_texts(value, (*pointer, key))
    elif isinstance(node, list):
        for index, item in enumerate(node):
            yield from _list_texts(item, (*pointer, index))


def _find_escapes(path: str, pointer: Pointer, value: str, header: str) -> Iterator[Finding]:
    """Yield odd characters that stand in the file as an escape; the others are seen in its text."""
    for char in dict.fromkeys(find_odd_value_characters(value)):
        if char not in header and (problem := explain_odd_character(char)) is not None:
            code, message, hint = problem
            yield build_finding(code, path, pointer, message, hint)


def _find_lost_characters(path: str, pointer: Pointer, value: str) -> Iterator[Finding]:
    """Yield a mark that stands in a name in the place of a character; U+FFFD itself is odd everywhere."""
    if _NAME_FIELD not in pointer[-2:]:
        return
    lost = next((char for char in value if char in LOST_MARKS), None)
    if lost is not None:
        message = say(
            "{char} stands in the name {name}: a character was lost, as in saving as GBK.", char=lost, name=value
        )
        hint = say("Type the name again; the file is UTF-8, which has every character.")
        yield build_finding(FORBIDDEN_CHARACTER, path, pointer, message, hint)


def _find_glued_field(path: str, pointer: Pointer, value: str) -> Iterator[Finding]:
    """Yield a field that was read as text, since another blank than a space stands after its colon."""
    match = _GLUED_FIELD.match(value)
    if match is not None:
        message, hint = describe_wide_blank(match["blank"], value[: match.start("blank") - 1])
        yield build_finding(YAML_SYNTAX, path, pointer, message, hint)


def _find_cut(
    path: str, pointer: Pointer, value: str, lines: list[str], place: tuple[int, int] | None
) -> Iterator[Finding]:
    """Yield a plain text after which a comment begins without a blank: it may be the rest of the text."""
    if place is None or not value or _CODE_LIKE.fullmatch(value):
        return
    line = lines[place[0] - 1][place[1] - 1 :]
    if line.startswith(value) and _CUT.match(line[len(value) :]):
        message = say("The value ends here: {value}. What follows # is a comment and is not read.", value=value)
        hint = say("If it belongs to the value, put the whole in quotation marks; a comment begins with # and a space.")
        yield build_finding(VALUE_CUT, path, pointer, message, hint)
