"""A text parted into tokens in Python as the parser in C parts it: white space, directives, anchors and tags."""

from __future__ import annotations

import re
from typing import Any

from ruamel.yaml import tokens

from dangwu.parse.pure_yaml.scalars import BREAK_OR_END, SPACE_OR_END, ScalarScanner

_LONGEST_NUMBER = 9
_YAML_NAME = re.compile(r"[0-9A-Za-z_-]*")
_TAG_HANDLE = re.compile(r"![0-9A-Za-z_-]*!?")
_URI_CHARACTER = re.compile(r"[0-9A-Za-z;/?:@&=+$,_.!~*'()\[\]%-]")
_ESCAPED_OCTET = re.compile(r"%([0-9A-Fa-f]{2})")
_LEADING_BYTES = ((1, 0x80, 0x00), (2, 0xE0, 0xC0), (3, 0xF0, 0xE0), (4, 0xF8, 0xF0))
_TRAILING_BYTE = 0x80
_AFTER_NAME = f"{SPACE_OR_END}?:,]}}%@`"


class TokenScanner(ScalarScanner):
    """Parts a text into tokens."""

    def need_more_tokens(self) -> bool:
        """Tell whether the first token may still turn out to be a key; asked several times of every token."""
        if self.done or not self.tokens:
            return not self.done
        if not self.possible_simple_keys:
            return False
        self.stale_possible_simple_keys()
        waiting: bool = self.next_possible_simple_key() == self.tokens_taken
        return waiting

    def scan_to_next_token(self) -> None:
        """Pass over white space and comments. A tab may not stand where a block could begin."""
        peek, forward = self.reader.peek, self.reader.forward
        while True:
            if self.reader.column == 0 and peek() == "\ufeff":
                forward()
            while peek() == " " or (peek() == "\t" and (self.flow_level or not self.allow_simple_key)):
                forward()
            if peek() == "#":
                while peek() not in BREAK_OR_END:
                    forward()
            if not self.scan_line_break():
                return
            if not self.flow_level:
                self.allow_simple_key = True

    def fetch_stream_end(self) -> None:
        """End on a line of its own."""
        if self.reader.column:
            self.reader.line, self.reader.column = self.reader.line + 1, 0
            self.stale_possible_simple_keys()
        super().fetch_stream_end()

    def scan_directive(self) -> Any:
        """Read a directive; there are two."""
        start = self.reader.get_mark()
        self.reader.forward()
        name = self.scan_directive_name(start)
        value: tuple[int, int] | tuple[str, str]
        if name == "YAML":
            value = self.scan_yaml_directive_value(start)
        elif name == "TAG":
            value = self.scan_tag_directive_value(start)
        else:
            self._fail("while scanning a directive", start, "found unknown directive name")
        end = self.reader.get_mark()
        self.scan_directive_ignored_line(start)
        return tokens.DirectiveToken(name, value, start, end)

    def scan_directive_name(self, start_mark: Any) -> str:
        """Read what a directive is called."""
        found = _YAML_NAME.match(self.reader.buffer, self.reader.pointer)
        name = found[0] if found else ""
        self.reader.forward(len(name))
        if not name or self.reader.peek() not in SPACE_OR_END:
            self._fail("while scanning a directive", start_mark, "could not find expected directive name")
        return name

    def scan_yaml_directive_value(self, start_mark: Any) -> tuple[int, int]:
        """Read a version."""
        self._pass_blanks()
        major = self.scan_yaml_directive_number(start_mark)
        if self.reader.peek() != ".":
            self._fail("while scanning a %YAML directive", start_mark, "did not find expected digit or '.' character")
        self.reader.forward()
        return major, self.scan_yaml_directive_number(start_mark)

    def scan_yaml_directive_number(self, start_mark: Any) -> int:
        """Read a number of a version, digit by digit: a long one is refused where it becomes too long."""
        digits = ""
        while "0" <= (digit := self.reader.peek()) <= "9":
            digits += digit
            if len(digits) > _LONGEST_NUMBER:
                self._fail("while scanning a %YAML directive", start_mark, "found extremely long version number")
            self.reader.forward()
        if not digits:
            self._fail("while scanning a %YAML directive", start_mark, "did not find expected version number")
        return int(digits)

    def scan_tag_directive_value(self, start_mark: Any) -> tuple[str, str]:
        """Read a handle and what it stands for."""
        context = "while scanning a %TAG directive"
        self._pass_blanks()
        found = _TAG_HANDLE.match(self.reader.buffer, self.reader.pointer)
        handle = found[0] if found else ""
        self.reader.forward(len(handle))
        if not handle.endswith("!"):
            self._fail(context, start_mark, "did not find expected '!'")
        if self.reader.peek() not in " \t":
            self._fail(context, start_mark, "did not find expected whitespace")
        self._pass_blanks()
        prefix = self.scan_tag_uri("directive", start_mark)
        if self.reader.peek() not in SPACE_OR_END:
            self._fail(context, start_mark, "did not find expected whitespace or line break")
        return handle, prefix

    def scan_anchor(self, token: Any) -> Any:
        """Read the name of an anchor or an alias: letters, digits, hyphen, underscore."""
        start = self.reader.get_mark()
        self.reader.forward()
        found = _YAML_NAME.match(self.reader.buffer, self.reader.pointer)
        name = found[0] if found else ""
        self.reader.forward(len(name))
        if not name or self.reader.peek() not in _AFTER_NAME:
            self._fail("while scanning an anchor", start, "did not find expected alphabetic or numeric character")
        return token(name, start, self.reader.get_mark())

    def scan_tag(self) -> Any:
        """Read a tag."""
        start = self.reader.get_mark()
        if self.reader.peek(1) == "<":
            self.reader.forward(2)
            handle, suffix = None, self.scan_tag_uri("tag", start)
            if self.reader.peek() != ">":
                self._fail("while scanning a tag", start, "did not find the expected '>'")
            self.reader.forward()
        else:
            found = _TAG_HANDLE.match(self.reader.buffer, self.reader.pointer)
            head = found[0] if found else "!"
            self.reader.forward(len(head))
            handle = head if head[1:].endswith("!") else "!"
            suffix = self.scan_tag_uri("tag", start) if handle == head != "!" else head[1:] + self._uri(start)
            handle, suffix = (handle, suffix) if suffix else (None, "!")
        if self.reader.peek() not in SPACE_OR_END:
            self._fail("while scanning a tag", start, "did not find expected whitespace or line break")
        return tokens.TagToken((handle, suffix), start, self.reader.get_mark())

    def scan_tag_uri(self, name: str, start_mark: Any) -> str:
        """Read an address that may not be empty."""
        found = self._uri(start_mark)
        if not found:
            self._fail(f"while parsing a {name}", start_mark, "did not find expected tag URI")
        return found

    def _uri(self, start: Any) -> str:
        said = ""
        while (char := self.reader.peek()) and _URI_CHARACTER.match(char):
            if char == "%":
                said += self._octets(start)
            else:
                said += char
                self.reader.forward()
        return said

    def _octets(self, start: Any) -> str:
        """Read one character that is written as octets."""
        raw, wanted = b"", 1
        while len(raw) < wanted:
            found = _ESCAPED_OCTET.match(self.reader.buffer, self.reader.pointer)
            octet = int(found[1], 16) if found else -1
            if raw:
                fits = octet & 0xC0 == _TRAILING_BYTE
            else:
                wanted = next((width for width, mask, head in _LEADING_BYTES if octet & mask == head), 0)
                fits = wanted > 0
            if found is None or not fits:
                self._fail("while parsing a tag", start, "found an incorrect UTF-8 octet")
            raw += bytes([octet])
            self.reader.forward(3)
        return raw.decode("utf-8", "surrogateescape")
