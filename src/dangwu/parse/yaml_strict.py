"""What YAML 1.2 forbids and the parsers let pass: found on tokens, in texts that may have some of it.

One thing is let pass on purpose: a bracket that closes a list over several lines may stand where the field does. Other
readers do no more than warn of it, and all read the same.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from dangwu.model.message import Text, say
from dangwu.parse.finding_codes import YAML_SYNTAX, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_LINE_END = re.compile("\r\n|[\r\n\x85\u2028\u2029]")
_SUSPECT = re.compile(
    r"""["'\]},\[{:]\#                                  # a comment close behind a value
    | [|>][-+0-9]*\#                                    # or behind the mark of a text in lines
    | [\[{,]\s*(?:\?[^\s] | -\s*[,\]}:])                # a question mark or a hyphen within brackets
    | [|>][-+]?[\ \t]*(?:\#[^\n]*)?\n(?:\ *\n)*\ +\n    # a text in lines that begins with blanks
    """,
    re.VERBOSE,
)
_BLOCK_MARK = re.compile(r"[|>](?P<flags>[-+0-9]*)(?P<comment>#)?")
_BLOCK_STARTS = {"BlockSequenceStartToken", "BlockMappingStartToken"}
_FLOW_STARTS = {"FlowSequenceStartToken", "FlowMappingStartToken"}
_FLOW_ENDS = {"FlowSequenceEndToken", "FlowMappingEndToken"}
_COMMENT_MAY_FOLLOW = {*_FLOW_STARTS, *_FLOW_ENDS, "FlowEntryToken", "ValueToken"}
_QUOTES = {'"', "'"}


def find_strict_fault(text: str, read_tokens: Callable[[str], Iterator[Any]]) -> Problem | None:
    """Return the first such fault of a text that can be parsed, None without one.

    ``read_tokens`` parts a text; it is asked only where a quick look finds something suspect.
    """
    if _SUSPECT.search(text) or _has_open_row(text):
        return _StrictReader(text).find_fault(read_tokens(text))
    return None


def _has_open_row(text: str) -> bool:
    """Tell whether a quotation mark or a bracket may be opened in a row and closed in another."""
    quotes = [quote for quote in _QUOTES if quote in text]
    pairs = [(opens, closes) for opens, closes in ("[]", "{}") if opens in text or closes in text]
    # Most texts have only one kind. Plain loops: every text of a repository comes through here.
    for row in text.split("\n") if quotes or pairs else ():
        for opens, closes in pairs:
            if row.count(opens) != row.count(closes):
                return True
        for quote in quotes:
            if row.count(quote) % 2:
                return True
    return False


class _StrictReader:
    """Follows the tokens of a text with the indentation that applies."""

    def __init__(self, text: str) -> None:
        self._rows = _LINE_END.split(text)
        self._indents = [-1]
        self._depth = 0
        self._last_line = 0

    def find_fault(self, tokens: Iterator[Any]) -> Problem | None:
        for token in tokens:
            kind = type(token).__name__
            if self._depth and kind not in _FLOW_ENDS and token.start_mark.line > self._last_line:
                fault = self._find_shallow_row(token.start_mark.line, _say_shallow_list())
                if fault:
                    return fault
            fault = self._find_token_fault(token, kind)
            if fault:
                return fault
            self._last_line = max(self._last_line, token.end_mark.line)
            self._follow(token, kind)
        return None

    def _follow(self, token: Any, kind: str) -> None:
        if kind in _BLOCK_STARTS:
            self._indents.append(token.start_mark.column)
        elif kind == "BlockEndToken":
            self._indents.pop()
        else:
            # The parser stops at a second document; what stands there may close what was never opened.
            self._depth = max(0, self._depth + (kind in _FLOW_STARTS) - (kind in _FLOW_ENDS))

    def _find_token_fault(self, token: Any, kind: str) -> Problem | None:
        start, end = token.start_mark, token.end_mark
        if kind == "KeyToken" and self._depth and re.match(r"\?[^\s]", self._rows[start.line][start.column :]):
            message = say("A question mark begins a name or a value in brackets; other programs read it otherwise.")
            return _build_problem(start.line, start.column, message, _say_quotes())
        if kind == "ScalarToken":
            return self._find_scalar_fault(token)
        if kind in _COMMENT_MAY_FOLLOW and self._has_comment(end.line, end.column):
            return self._build_comment_problem(end.line, end.column)
        return None

    def _find_scalar_fault(self, token: Any) -> Problem | None:
        start, end = token.start_mark, token.end_mark
        if not token.plain and token.style not in _QUOTES:
            return self._find_block_fault(start)
        if token.plain and self._depth and token.value == "-":
            message = say("A hyphen alone stands within brackets, where it is no value.")
            return _build_problem(start.line, start.column, message, _say_quotes())
        if end.line > start.line and (self._depth or not token.plain):
            for line in range(start.line + 1, end.line + 1):
                if self._find_shallow_row(line, _say_shallow_list()):
                    if token.plain:
                        return self._find_shallow_row(line, _say_shallow_list())
                    message = say("A quotation mark opens here, and the next lines are not indented.")
                    hint = say("Close it on this line, or indent the lines that belong to it by spaces.")
                    return _build_problem(start.line, start.column, message, hint)
        if not token.plain and self._has_comment(end.line, end.column):
            return self._build_comment_problem(end.line, end.column)
        return None

    def _find_shallow_row(self, line: int, message: Text) -> Problem | None:
        """Return the problem of a row within brackets or quotation marks that is indented by too few spaces."""
        # The end of a text counts as a row of its own; a second document may end within brackets.
        row = self._rows[line] if line < len(self._rows) else ""
        if not row.strip(" \t"):
            return None
        spaces = len(row) - len(row.lstrip(" "))
        if spaces > self._indents[-1]:
            return None
        if row[spaces] == "\t":
            message = say("The line is indented with a tab; YAML wants spaces.")
        return _build_problem(line, spaces, message, say("Indent it by two spaces more than the field."))

    def _find_block_fault(self, start: Any) -> Problem | None:
        """Return the fault of a text in lines: a comment close behind its mark, or blanks that lie deeper than it."""
        found = _BLOCK_MARK.match(self._rows[start.line], start.column)
        if found is None:
            return None
        if found["comment"]:
            return self._build_comment_problem(start.line, found.end() - 1)
        if any(flag.isdigit() for flag in found["flags"]):
            return None
        deepest, deepest_line = 0, start.line
        for line in range(start.line + 1, len(self._rows)):
            row = self._rows[line]
            spaces = len(row) - len(row.lstrip(" "))
            if spaces < len(row):
                if self._indents[-1] < spaces < deepest:
                    message = say("This empty line has more spaces than the first line of the text below it.")
                    return _build_problem(deepest_line, 0, message, say("Delete the spaces of the empty line."))
                return None
            if spaces > deepest:
                deepest, deepest_line = spaces, line
        return None

    def _has_comment(self, line: int, column: int) -> bool:
        return self._rows[line][column : column + 1] == "#"

    def _build_comment_problem(self, line: int, column: int) -> Problem:
        message = say("A # stands close behind a value, where it begins no comment.")
        return _build_problem(line, column, message, say("Write a space before the #."))


def _build_problem(line: int, column: int, message: Text, hint: Text) -> Problem:
    return Problem(YAML_SYNTAX, line + 1, column + 1, message, hint)


def _say_shallow_list() -> Text:
    return say("The line belongs to a list or mapping in brackets and is not indented.")


def _say_quotes() -> Text:
    return say("Put it in quotation marks.")
