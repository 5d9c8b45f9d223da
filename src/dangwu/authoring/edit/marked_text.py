"""The text of a record and where its values stand: how far each reaches, and what surrounds it.

Only what records are written in is known here: plain and quoted scalars on one line, flow and block collections.
Whatever else there is, the edit it leads to is seen to be wrong when its text is read again.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dangwu.model.finding import Pointer

    Marks = Mapping[Pointer, tuple[int, int]]

_DOUBLE_QUOTED = re.compile(r'"(?:[^"\\\n]|\\.)*"')
_SINGLE_QUOTED = re.compile(r"'(?:[^'\n]|'')*'")
_PLAIN_SCALAR = re.compile(r"(?:(?!\s+#|:\s)[^\n])*")
_PLAIN_IN_BRACKETS = re.compile(r"(?:(?!\s+#|:[\s,\]}])[^\n,\[\]{}])*")
_QUOTED_FORMS = {'"': _DOUBLE_QUOTED, "'": _SINGLE_QUOTED}
_CLOSING_BRACKETS = {"[": "]", "{": "}"}


class PatchError(Exception):
    """The text has a shape that is not edited here."""


class MarkedText:
    """A text with the marks of its values and keys, by pointer; lines and columns count from 1."""

    def __init__(self, text: str, values: Marks, keys: Marks, last_line: int) -> None:
        self.text, self.values, self.keys = text, values, keys
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]
        self._last_line = last_line
        places = {place: pointer for marks in (keys, values) for pointer, place in marks.items()}
        self._order = sorted(places)
        self._pointers = [places[place] for place in self._order]

    def start(self, pointer: Pointer) -> int:
        """Return where a value begins."""
        return self._offset(self.values[pointer])

    def key(self, pointer: Pointer) -> int:
        """Return where the name of a field begins."""
        return self._offset(self.keys[pointer])

    def _offset(self, place: tuple[int, int]) -> int:
        return self._starts[place[0] - 1] + place[1] - 1

    def indent(self, offset: int) -> int:
        """Return the column of a place, from 0."""
        return offset - self._starts[bisect_right(self._starts, offset) - 1]

    def inside(self, pointer: Pointer) -> bool:
        """Tell whether a value stands in brackets."""
        return any(self.opens(pointer[:at]) for at in range(1, len(pointer)))

    def opens(self, pointer: Pointer) -> bool:
        """Tell whether a value is a collection in brackets."""
        return self.text[self.start(pointer) : self.start(pointer) + 1] in _CLOSING_BRACKETS

    def scalar_end(self, pointer: Pointer) -> int:
        """Return where a scalar ends."""
        start = self.start(pointer)
        return self._scalar_end(start, inside=self.inside(pointer))

    def _scalar_end(self, start: int, *, inside: bool) -> int:
        first = self.text[start : start + 1]
        if first in {"|", ">", "&", "*", "!", ""}:
            raise PatchError
        form = _QUOTED_FORMS.get(first) or (_PLAIN_IN_BRACKETS if inside else _PLAIN_SCALAR)
        found = form.match(self.text, start)
        if found is None or not found.group().strip():
            raise PatchError
        return start + len(found.group().rstrip())

    def flow(self, pointer: Pointer) -> tuple[int, int, bool]:
        """Return of a collection in brackets: after its last word, its closing bracket, and whether a comma ends it."""
        start = self.start(pointer)
        at, last, depth, comma = start + 1, start + 1, 1, False
        while at < len(self.text):
            char = self.text[at]
            if char in _QUOTED_FORMS:
                at = self._scalar_end(at, inside=True)
                last, comma = at, False
                continue
            if char == "#" and self.text[at - 1] in " \t\n":
                at = self.line_end(at)
                continue
            depth += (char in _CLOSING_BRACKETS) - (char in _CLOSING_BRACKETS.values())
            if depth == 0:
                return last, at, comma
            if not char.isspace():
                last, comma = at + 1, char == ","
            at += 1
        raise PatchError

    def line_end(self, offset: int) -> int:
        """Return the end of a line, before its line feed."""
        end = self.text.find("\n", offset)
        return len(self.text) if end < 0 else end

    def line_start(self, offset: int) -> int:
        """Return the beginning of a line."""
        return self._starts[bisect_right(self._starts, offset) - 1]

    def block_end(self, pointer: Pointer) -> int:
        """Return the end of the last line on which something of a value is written; comments below it do not count."""
        at = bisect_right(self._order, self.values[pointer])
        while at < len(self._pointers) and self._pointers[at][: len(pointer)] == pointer:
            at += 1
        first = self.values[pointer][0]
        line = self._order[at][0] - 1 if at < len(self._order) else self._last_line
        while line > first and self._bare(line):
            line -= 1
        return self.line_end(self._starts[line - 1])

    def _bare(self, line: int) -> bool:
        text = self.text[self._starts[line - 1] : self.line_end(self._starts[line - 1])].lstrip(" ")
        return not text or text.startswith("#")

    def comment(self, start: int, end: int) -> str:
        """Return the comment that ends a stretch of one line, with its sign; "" where there is none."""
        at = start
        while at < end:
            char = self.text[at]
            if char in _QUOTED_FORMS and self.text[at - 1 : at] in {" ", "{", "[", ",", ":", ""}:
                found = _QUOTED_FORMS[char].match(self.text, at)
                at = found.end() if found else at + 1
                continue
            if char == "#" and (at == start or self.text[at - 1] in " \t"):
                return self.text[at:end].rstrip()
            at += 1
        return ""
