"""The text of a record with the positions of its values and keys, and the extent of each.

Only the YAML of records is supported: plain and quoted scalars on one line, and flow and block collections. Callers
parse the edited text again, which reveals an edit of anything else as wrong.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dangwu.model.finding import Pointer

    Marks = Mapping[Pointer, tuple[int, int]]

_DOUBLE_QUOTED = re.compile(r'"(?:[^"\\\n]|\\.)*"')
_SINGLE_QUOTED = re.compile(r"'(?:[^'\n]|'')*'")
_PLAIN_SCALAR = re.compile(r"(?:(?!\s+#|:\s)[^\n])*")
_PLAIN_IN_BRACKETS = re.compile(r"(?:(?!\s+#|:[\s,\]}])[^\n,\[\]{}])*")
_QUOTED_FORMS = {'"': _DOUBLE_QUOTED, "'": _SINGLE_QUOTED}
_CLOSING_BRACKETS = {"[": "]", "{": "}"}


class PatchError(Exception):
    """The text has a form that cannot be edited."""


class MarkedText:
    """A text with the line and column, from 1, of each value and key by pointer; the other offsets count from 0."""

    def __init__(self, text: str, values: Marks, keys: Marks, last_line: int) -> None:
        self.text, self.values, self.keys = text, values, keys
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]
        self._last_line = last_line
        places = {place: pointer for marks in (keys, values) for pointer, place in marks.items()}
        self._order = sorted(places)
        self._pointers = [places[place] for place in self._order]

    def start(self, pointer: Pointer) -> int:
        """Return the offset at which a value begins."""
        return self._offset(self.values[pointer])

    def key(self, pointer: Pointer) -> int:
        """Return the offset at which the name of a field begins."""
        return self._offset(self.keys[pointer])

    def _offset(self, place: tuple[int, int]) -> int:
        return self._starts[place[0] - 1] + place[1] - 1

    def indent(self, offset: int) -> int:
        """Return the column of an offset, from 0."""
        return offset - self._starts[bisect_right(self._starts, offset) - 1]

    def is_in_flow(self, pointer: Pointer) -> bool:
        """Tell whether a value is inside a collection in brackets."""
        return any(self.is_flow(pointer[:at]) for at in range(1, len(pointer)))

    def is_flow(self, pointer: Pointer) -> bool:
        """Tell whether a value is a collection in brackets."""
        return self.text[self.start(pointer) : self.start(pointer) + 1] in _CLOSING_BRACKETS

    def scalar_end(self, pointer: Pointer) -> int:
        """Return the offset at which a scalar ends. PatchError for a form that is not supported."""
        start = self.start(pointer)
        return self._find_scalar_end(start, in_flow=self.is_in_flow(pointer))

    def _find_scalar_end(self, start: int, *, in_flow: bool) -> int:
        first = self.text[start : start + 1]
        if first in {"|", ">", "&", "*", "!", ""}:
            raise PatchError
        form = _QUOTED_FORMS.get(first) or (_PLAIN_IN_BRACKETS if in_flow else _PLAIN_SCALAR)
        match = form.match(self.text, start)
        if match is None or not match.group().strip():
            raise PatchError
        return start + len(match.group().rstrip())

    def flow(self, pointer: Pointer) -> tuple[int, int, bool]:
        """Return the offsets after the last item of a collection in brackets and of the closing bracket.

        The third value says whether a comma follows the last item.
        """
        start = self.start(pointer)
        at, last, depth, comma = start + 1, start + 1, 1, False
        while at < len(self.text):
            char = self.text[at]
            if char in _QUOTED_FORMS:
                at = self._find_scalar_end(at, in_flow=True)
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
        """Return the offset of the end of a line, before its line feed."""
        end = self.text.find("\n", offset)
        return len(self.text) if end < 0 else end

    def line_start(self, offset: int) -> int:
        """Return the offset of the beginning of a line."""
        return self._starts[bisect_right(self._starts, offset) - 1]

    def block_end(self, pointer: Pointer) -> int:
        """Return the end of the last line of a value, without the comments below it."""
        at = bisect_right(self._order, self.values[pointer])
        while at < len(self._pointers) and self._pointers[at][: len(pointer)] == pointer:
            at += 1
        first = self.values[pointer][0]
        line = self._order[at][0] - 1 if at < len(self._order) else self._last_line
        while line > first and self._is_blank(line):
            line -= 1
        return self.line_end(self._starts[line - 1])

    def _is_blank(self, line: int) -> bool:
        """Tell whether a line has nothing but blanks or a comment."""
        text = self.text[self._starts[line - 1] : self.line_end(self._starts[line - 1])].lstrip(" ")
        return not text or text.startswith("#")

    def comment(self, start: int, end: int) -> str:
        """Return the comment at the end of a part of one line, with its ``#``; "" for none."""
        at = start
        while at < end:
            char = self.text[at]
            if char in _QUOTED_FORMS and self.text[at - 1 : at] in {" ", "{", "[", ",", ":", ""}:
                match = _QUOTED_FORMS[char].match(self.text, at)
                at = match.end() if match else at + 1
                continue
            if char == "#" and (at == start or self.text[at - 1] in " \t"):
                return self.text[at:end].rstrip()
            at += 1
        return ""

    def comments(self, start: int, end: int) -> Iterator[str]:
        """Yield the comments of the lines between two offsets."""
        while start < end:
            line = self.line_end(start)
            if comment := self.comment(start, min(line, end)):
                yield comment
            start = line + 1
