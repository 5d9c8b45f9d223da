"""Values in quotes, in blocks and bare, read in Python as the parser in C reads them."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any, NoReturn

from ruamel.yaml import tokens
from ruamel.yaml.scanner import Scanner, ScannerError

LINE_BREAKS = "\r\n\x85\u2028\u2029"
BREAK_OR_END = f"\0{LINE_BREAKS}"
SPACE_OR_END = f" \t{BREAK_OR_END}"
_PLAIN_WORD = re.compile(rf"(?:[^:{SPACE_OR_END}]|:(?![{SPACE_OR_END}]))*")
_FLOW_WORD = re.compile(rf"[^,:?\[\]{{}}{SPACE_OR_END}]*")
_QUOTED_WORD = re.compile(rf"[^'\"\\{SPACE_OR_END}]*")
_LAST_CODE_POINT = 0x10FFFF
_SURROGATES = range(0xD800, 0xE000)


class ScalarScanner(Scanner):
    """The part of the scanner that reads values."""

    @cached_property
    def reader(self) -> Any:
        """What the text is read from; asked for with every character."""
        return self.loader.reader

    @property
    def scanner_processing_version(self) -> tuple[int, int]:
        """Whatever version a document names."""
        return (1, 1)

    def _fail(self, context: str, start: Any, problem: str) -> NoReturn:
        raise ScannerError(context, start, problem, self.reader.get_mark())

    def _pass_blanks(self) -> None:
        while self.reader.peek() in " \t":
            self.reader.forward()

    def scan_block_scalar_indicators(self, start_mark: Any) -> tuple[bool | None, int | None]:
        """Read what follows ``|`` or ``>``; what comes after that is looked at later."""
        chomping: bool | None = None
        increment: int | None = None
        for _turn in range(2):
            char = self.reader.peek()
            if char in "+-" and chomping is None:
                chomping = char == "+"
            elif char in "0123456789" and increment is None:
                increment = int(char)
                if increment == 0:
                    words = "found an indentation indicator equal to 0"
                    self._fail("while scanning a block scalar", start_mark, words)
            else:
                break
            self.reader.forward()
        return chomping, increment

    def scan_block_scalar_ignored_line(self, start_mark: Any) -> None:
        """Pass over the rest of a line that may hold a comment."""
        self._pass_blanks()
        if self.reader.peek() == "#":
            while self.reader.peek() not in BREAK_OR_END:
                self.reader.forward()
        if self.reader.peek() not in BREAK_OR_END:
            words = "did not find expected comment or line break"
            self._fail("while scanning a block scalar", start_mark, words)
        self.scan_line_break()

    def scan_block_scalar_indentation(self) -> tuple[list[str], int, Any]:
        """Find out how far the first line that is not empty is indented."""
        breaks: list[str] = []
        widest, end = 0, self.reader.get_mark()
        while True:
            while self.reader.peek() == " ":
                self.reader.forward()
            widest = max(widest, self.reader.column)
            if self.reader.peek() == "\t":
                self._no_tab(end)
            if self.reader.peek() not in LINE_BREAKS:
                return breaks, widest, end
            breaks.append(self.scan_line_break())
            end = self.reader.get_mark()

    def scan_block_scalar_breaks(self, indent: int) -> tuple[list[str], Any]:
        """Pass over empty lines, and the indentation of the one after them."""
        breaks: list[str] = []
        end = self.reader.get_mark()
        while True:
            while self.reader.column < indent and self.reader.peek() == " ":
                self.reader.forward()
            if self.reader.column < indent and self.reader.peek() == "\t":
                self._no_tab(end)
            if self.reader.peek() not in LINE_BREAKS:
                return breaks, end
            breaks.append(self.scan_line_break())
            end = self.reader.get_mark()

    def _no_tab(self, start: Any) -> NoReturn:
        words = "found a tab character where an indentation space is expected"
        self._fail("while scanning a block scalar", start, words)

    def scan_flow_scalar_non_spaces(self, double: bool, start_mark: Any) -> list[str]:
        """Read a stretch of a quoted text without white space."""
        chunks: list[str] = []
        while True:
            found = _QUOTED_WORD.match(self.reader.buffer, self.reader.pointer)
            chunks.append(found[0] if found else "")
            self.reader.forward(len(chunks[-1]))
            char = self.reader.peek()
            if not double and char == "'" and self.reader.peek(1) == "'":
                chunks.append("'")
                self.reader.forward(2)
            elif (double and char == "'") or (not double and char and char in '"\\'):
                chunks.append(char)
                self.reader.forward()
            elif double and char == "\\":
                chunks.extend(self._escape(start_mark))
            else:
                return chunks

    def _escape(self, start: Any) -> list[str]:
        char = self.reader.peek(1)
        if char in LINE_BREAKS:
            self.reader.forward()
            self.scan_line_break()
            breaks: list[str] = self.scan_flow_scalar_breaks(double=True, start_mark=start)
            return breaks
        if char in self.ESCAPE_REPLACEMENTS:
            self.reader.forward(2)
            return [self.ESCAPE_REPLACEMENTS[char]]
        context = "while parsing a quoted scalar"
        if char not in self.ESCAPE_CODES:
            self._fail(context, start, "found unknown escape character")
        self.reader.forward(2)
        digits = self.reader.prefix(self.ESCAPE_CODES[char])
        if not re.fullmatch(f"[0-9A-Fa-f]{{{self.ESCAPE_CODES[char]}}}", digits):
            self._fail(context, start, "did not find expected hexdecimal number")
        code = int(digits, 16)
        if code > _LAST_CODE_POINT or code in _SURROGATES:
            self._fail(context, start, "found invalid Unicode character escape code")
        self.reader.forward(len(digits))
        return [chr(code)]

    def scan_plain(self) -> Any:
        """Read a text without quotes, over several lines if it goes on there."""
        peek, start = self.reader.peek, self.reader.get_mark()
        chunks: list[str] = []
        spaces: list[str] = []
        end, indent = start, self.indent + 1
        while peek() != "#" and not (self.reader.column == 0 and self._at_document()):
            length = self._plain_length(start)
            if not length:
                break
            self.allow_simple_key = False
            chunks += [*spaces, self.reader.prefix(length)]
            self.reader.forward(length)
            end = self.reader.get_mark()
            if peek() not in f" \t{LINE_BREAKS}":
                break
            spaces = self._plain_spaces(indent, start)
            if not self.flow_level and self.reader.column < indent:
                break
        return tokens.ScalarToken("".join(chunks), plain=True, start_mark=start, end_mark=end)

    def _at_document(self) -> bool:
        return self.reader.prefix(3) in {"---", "..."} and self.reader.peek(3) in SPACE_OR_END

    def _plain_length(self, start: Any) -> int:
        """Return how far a text without quotes goes on before white space, or what ends it."""
        reader = self.reader
        found = (_FLOW_WORD if self.flow_level else _PLAIN_WORD).match(reader.buffer, reader.pointer)
        length = found.end() - reader.pointer if found else 0
        if self.flow_level and reader.peek(length) == ":" and reader.peek(length + 1) not in SPACE_OR_END:
            reader.forward(length)
            self._fail("while scanning a plain scalar", start, "found unexpected ':'")
        return length

    def _plain_spaces(self, indent: int, start: Any) -> list[str]:
        """Pass over white space within a text without quotes, and return what it stands for."""
        peek, forward = self.reader.peek, self.reader.forward
        blanks, first, breaks = "", "", []
        while peek() in f" \t{LINE_BREAKS}":
            if peek() in LINE_BREAKS:
                found = self.scan_line_break()
                if first:
                    breaks.append(found)
                first, blanks = first or found, ""
                self.allow_simple_key = True
                continue
            if first and self.reader.column < indent and peek() == "\t":
                self._fail("while scanning a plain scalar", start, "found a tab character that violates indentation")
            blanks += "" if first else peek()
            forward()
        if not first:
            return [blanks]
        if first == "\n":
            return breaks or [" "]
        return [first, *breaks]
