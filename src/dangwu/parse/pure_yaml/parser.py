"""The parser in Python, for where the one in C is missing, held to give the same events and the same errors.

ruamel.yaml's own is one for YAML 1.2 and for writing comments back; the parser in C is one for YAML 1.1. Where the two
part, in white space, escapes, colons in brackets, directives, anchors and tags, this one goes with that in C. The tests
read everything with both.
"""

from __future__ import annotations

import re
from functools import cached_property
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, NamedTuple

from ruamel.yaml import YAML, events, tokens
from ruamel.yaml.docinfo import DocInfo
from ruamel.yaml.parser import Parser, ParserError
from ruamel.yaml.reader import Reader

from dangwu.parse.pure_yaml.scanner import TokenScanner

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_LINE_BREAK = re.compile("[\r\n\x85\u2028\u2029]")
_LINE_END = re.compile("\r?[\n\x85\u2028\u2029]|\r(?!\n)")
_YAML_VERSIONS = {(1, 1), (1, 2)}
_PROBLEM_WORDINGS = {
    (None, "found non-comment content"): "did not find expected <document start>",
    ("while parsing a block mapping", "expected <block end>"): "did not find expected key",
    ("while parsing a block collection", "expected <block end>"): "did not find expected '-' indicator",
    ("while parsing a flow sequence", "expected ',' or ']'"): "did not find expected ',' or ']'",
    ("while parsing a flow mapping", "expected ',' or '}'"): "did not find expected ',' or '}'",
}


def read_tokens(text: str) -> Iterator[Any]:
    """Yield the tokens of a text, of which the marks count lines and columns from 0."""
    scanner = _build_parser(text).scanner
    while scanner.check_token():
        yield scanner.get_token()


def build_event_reader(text: str) -> Callable[[], Any]:
    """Return what gives the next event of a text; YAMLError at a fault, worded as the parser in C does."""
    parser = _build_parser(text)

    def step() -> Any:
        try:
            return parser.get_event()
        except ParserError as error:
            for (context, problem), words in _PROBLEM_WORDINGS.items():
                if error.context == context and (error.problem or "").startswith(problem):
                    error.problem = words
            raise

    return step


def _build_parser(text: str) -> Any:
    made = YAML(typ="safe", pure=True)
    made.version = "1.1"
    made.Reader, made.Scanner, made.Parser = _YamlReader, TokenScanner, _YamlParser
    made.top_level_block_style_scalar_no_indent_error_1_1 = True
    made.doc_infos.append(DocInfo())
    return made.get_constructor_parser(text.removeprefix("\ufeff"))[1]


class _TextPosition(NamedTuple):
    """A place, from 0."""

    line: int
    column: int


class _YamlReader(Reader):
    """Counts lines as YAML 1.1 does, and every character as one."""

    def peek(self, index: int = 0) -> str:
        """Return a character that lies ahead; the text is here as a whole, with an end of its own."""
        try:
            char: str = self.buffer[self.pointer + index]
        except IndexError:
            return "\0"
        return char

    def forward(self, length: int = 1) -> None:
        """Pass over so many characters."""
        start, end = self.pointer, self.pointer + length
        self.pointer, self.index = end, self.index + length
        if _LINE_BREAK.search(self.buffer, start, end) is None:
            self.column += length
            return
        # Of a pair that ends a line the second character counts.
        ends = [found.end() for found in _LINE_END.finditer(self.buffer, start, end + 1) if found.end() <= end]
        self.line += len(ends)
        self.column = end - ends[-1] if ends else self.column + length

    def get_mark(self) -> _TextPosition:
        """Return where this is."""
        return _TextPosition(self.line, self.column)


class _YamlParser(Parser):
    """Joins tokens to events."""

    @cached_property
    def scanner(self) -> Any:
        """What parts the text; asked for with every token."""
        return self.loader.scanner

    @property
    def resolver(self) -> SimpleNamespace:
        """Whatever version a document names."""
        return SimpleNamespace(processing_version=(1, 1))

    def process_directives(self) -> tuple[tuple[int, int] | None, dict[str, str] | None]:
        """Return the version that a document names and its handles of tags."""
        version: tuple[int, int] | None = None
        handles: dict[str, str] = {}
        while self.scanner.check_token(tokens.DirectiveToken):
            token = self.scanner.get_token()
            problem = None
            if token.name == "YAML":
                problem = "found duplicate %YAML directive" if version else None
                version = token.value
                if version not in _YAML_VERSIONS:
                    problem = problem or "found incompatible YAML document"
            elif token.value[0] in handles:
                problem = "found duplicate %TAG directive"
            else:
                handles[token.value[0]] = token.value[1]
            if problem:
                raise ParserError(None, None, problem, token.start_mark)
        "".join(handles.values()).encode()
        self.tag_handles = {**self.DEFAULT_TAGS, **handles}
        return version, handles or None

    def parse_document_start(self) -> Any:
        """Begin a document where its directives do."""
        while self.scanner.check_token(tokens.DocumentEndToken):
            self.scanner.get_token()
        start = self.scanner.peek_token().start_mark
        event = super().parse_document_start()
        event.start_mark = start
        return event

    def parse_node(self, block: bool = False, indentless_sequence: bool = False) -> Any:
        """Begin a value where its tag or its anchor does, whichever comes first."""
        start = self.scanner.peek_token().start_mark
        event = super().parse_node(block, indentless_sequence)
        event.start_mark = start
        # Octets that are no text come up here, as a UnicodeError.
        str(getattr(event, "tag", "")).encode()
        return event

    def _value(self, then: Any, *ends: type) -> Any:
        """Read the next value, or an empty one that stands where the next token does."""
        if not self.scanner.check_token(*ends):
            self.states.append(then)
            return self.parse_flow_node()
        self.state = then
        return self.process_empty_scalar(self.scanner.peek_token().start_mark)

    def parse_block_mapping_value(self) -> Any:
        """Read a value, or an empty one that stands behind the colon."""
        self.state = self.parse_block_mapping_key
        if not self.scanner.check_token(tokens.ValueToken):
            return self.process_empty_scalar(self.scanner.peek_token().start_mark)
        token = self.scanner.get_token()
        if self.scanner.check_token(tokens.KeyToken, tokens.ValueToken, tokens.BlockEndToken):
            return self.process_empty_scalar(token.end_mark)
        self.states.append(self.parse_block_mapping_key)
        return self.parse_block_node_or_indentless_sequence()

    def parse_flow_mapping_key(self, first: bool = False) -> Any:
        """Read a key within braces; an empty one stands where the next token does."""
        event = super().parse_flow_mapping_key(first)
        if type(event) is events.ScalarEvent and not (event.value or event.style or event.anchor or event.tag):
            event.start_mark = self.scanner.peek_token().start_mark
        return event

    def parse_flow_mapping_value(self) -> Any:
        """Read a value within braces."""
        if self.scanner.check_token(tokens.ValueToken):
            self.scanner.get_token()
            return self._value(self.parse_flow_mapping_key, tokens.FlowEntryToken, tokens.FlowMappingEndToken)
        self.state = self.parse_flow_mapping_key
        return self.process_empty_scalar(self.scanner.peek_token().start_mark)

    def parse_flow_sequence_entry_mapping_key(self) -> Any:
        """Read a key within brackets. Where it is empty the parser in C loses what comes after it."""
        self.scanner.get_token()
        then = self.parse_flow_sequence_entry_mapping_value
        if not self.scanner.check_token(tokens.ValueToken, tokens.FlowEntryToken, tokens.FlowSequenceEndToken):
            self.states.append(then)
            return self.parse_flow_node()
        self.state = then
        return self.process_empty_scalar(self.scanner.get_token().end_mark)

    def parse_flow_sequence_entry_mapping_value(self) -> Any:
        """Read the value of a key within brackets."""
        then = self.parse_flow_sequence_entry_mapping_end
        if self.scanner.check_token(tokens.ValueToken):
            self.scanner.get_token()
            return self._value(then, tokens.FlowEntryToken, tokens.FlowSequenceEndToken)
        self.state = then
        return self.process_empty_scalar(self.scanner.peek_token().start_mark)
