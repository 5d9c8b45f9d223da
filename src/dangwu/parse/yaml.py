"""YAML text → plain data: the only YAML reader, built on parser events, with a quick way for what is written plainly.

A strict subset of YAML 1.2: only ``true``/``false``, ``null`` and plain decimal numbers have types; everything else
is text, including ``14:30``, ``no``, ``010``, ``1_000`` and dates. Anchors, aliases, tags, directives, merge keys and
second documents are problems, found in the same pass.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any

from dangwu.model.message import say
from dangwu.parse.finding_codes import (
    DUPLICATE_KEY,
    FULL_WIDTH_PUNCTUATION,
    MAX_FINDINGS,
    TOO_DEEP,
    YAML_FEATURE,
    Problem,
)
from dangwu.parse.plain_rows import read_plain_rows
from dangwu.parse.yaml_errors import explain_syntax_error
from dangwu.parse.yaml_scalars import resolve_scalar
from dangwu.parse.yaml_strict import find_strict_fault

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dangwu.model.finding import Pointer

MAX_DEPTH = 20
_WIDE_CHARACTER = re.compile("[\u00a0\u3000\u3001\u3002\uff01-\uff5e]")

Positions = dict["Pointer", tuple[int, int]]


_NO_ANCHORS = say("Anchors (&name) and tags (!name) are not used in records.")


class _StopError(Exception):
    """Ends reading after a problem that prevents it."""


def parse_yaml(text: str) -> tuple[Any, list[Problem]]:
    """Return the data of one YAML document and its problems; after a syntax error the data is None.

    What is written plainly needs no parser: nearly every record, in a third of the time and without loading one.
    """
    data = read_plain_rows(text)
    return parse_events(text) if data is None else (data, [])


def parse_events(text: str, *, pure: bool = False) -> tuple[Any, list[Problem]]:
    """Return what a parser makes of any text: the one in C, or that in Python where it is missing or ``pure``."""
    builder = _DataBuilder()
    return _read_document(text, builder, pure=pure), builder.problems


def parse_package_yaml(text: str) -> Any:
    """Return the data of a YAML file that dangwu brings itself; ValueError at its first problem."""
    data, problems = parse_yaml(text)
    if problems:
        raise ValueError(problems[0])
    return data


def find_positions(text: str, *, pure: bool = False) -> tuple[Positions, Positions]:
    """Return the line and column, from 1, of every value and of every key, by pointer.

    What could be read before a syntax error is there.
    """
    builder = _DataBuilder(marking=True)
    _read_document(text, builder, pure=pure)
    return builder.positions


def _read_document(text: str, builder: _DataBuilder, *, pure: bool) -> Any:
    from ruamel.yaml.error import YAMLError  # noqa: PLC0415 - a slow import, needed only when a file is read

    # Blanks alone after the last line end are a line of a text in lines; the parsers lose it without a line end.
    text += "\n" if text.endswith(" ") and not text.rpartition("\n")[2].strip(" ") else ""
    try:
        builder.start(_choose_event_reader(text, pure=pure))
        data = builder.build_document()
        fault = find_strict_fault(text, _choose_token_reader(pure=pure))
    except _StopError:
        return None
    except (YAMLError, UnicodeError) as error:
        # The octets of a tag may not decode as text.
        builder.problems.append(explain_syntax_error(text, error))
        return None
    if fault is None:
        return data
    builder.problems.append(fault)
    return None


def _choose_event_reader(text: str, *, pure: bool) -> Callable[[], Any]:
    """Return the function that gives the next event: of the C parser, or of the Python one where that is missing."""
    if not pure:
        try:
            from _ruamel_yaml import CParser  # noqa: PLC0415
        except ImportError:
            pass
        else:
            get: Callable[[], Any] = CParser(text).get_event
            return get
    from dangwu.parse.pure_yaml.parser import build_event_reader  # noqa: PLC0415

    return build_event_reader(text)


def _choose_token_reader(*, pure: bool) -> Callable[[str], Iterator[Any]]:
    """Return what parts a text into tokens: the scanner in C, or the Python one where that is missing."""
    if not pure:
        try:
            from _ruamel_yaml import CParser  # noqa: PLC0415
        except ImportError:
            pass
        else:
            return lambda text: iter(CParser(text).get_token, None)
    from dangwu.parse.pure_yaml.parser import read_tokens  # noqa: PLC0415

    return read_tokens


class _DataBuilder:
    """Builds plain data from events; with ``marking`` it also records the positions of keys and values."""

    def __init__(self, *, marking: bool = False) -> None:
        self.problems: list[Problem] = []
        self._marks: Positions | None = {(): (1, 1)} if marking else None
        self._key_marks: Positions | None = {} if marking else None

    @property
    def positions(self) -> tuple[Positions, Positions]:
        """The positions of values and of keys, empty without ``marking``."""
        return self._marks or {}, self._key_marks or {}

    def start(self, get: Callable[[], Any]) -> None:
        """Set the function that gives the next event."""
        from ruamel.yaml import events  # noqa: PLC0415

        self._get = get
        self._scalar, self._mapping, self._sequence = (
            events.ScalarEvent,
            events.MappingStartEvent,
            events.SequenceStartEvent,
        )
        self._mapping_end, self._sequence_end = events.MappingEndEvent, events.SequenceEndEvent
        self._alias, self._stream_end = events.AliasEvent, events.StreamEndEvent

    def build_document(self) -> Any:
        """Return the data of the first document; a second one is a problem."""
        self._get()
        event = self._get()
        if type(event) is self._stream_end:
            return None
        if event.version or event.tags:
            self._refuse(event, say("Directives (lines that begin with %) are not used in records."))
        data = self._build_node(self._get(), ())
        self._get()
        event = self._get()
        if type(event) is not self._stream_end:
            message = say("A second document begins here; a file holds one record.")
            mark = event.start_mark
            hint = say("Move it to a file of its own, or delete the line with three hyphens.")
            self._note(Problem(YAML_FEATURE, mark.line + 1, 1, message, hint))
        return data

    def _note(self, problem: Problem) -> None:
        self.problems.append(problem)
        if len(self.problems) > MAX_FINDINGS:
            raise _StopError

    def _build_node(self, event: Any, pointer: Pointer) -> Any:
        kind = type(event)
        if kind is self._scalar:
            return self._read_scalar(event)
        if kind is self._alias:
            self._refuse(event, say("Aliases (*name) are not used in records: write the value out."))
            return None
        if event.anchor or event.tag:
            self._refuse(event, _NO_ANCHORS)
        if len(pointer) >= MAX_DEPTH:
            mark = event.start_mark
            message = say("Nested deeper than {limit} levels.", limit=MAX_DEPTH)
            hint = say("A record needs few levels; see whether a bracket is missing.")
            self._note(Problem(TOO_DEEP, mark.line + 1, mark.column + 1, message, hint))
            raise _StopError
        return self._build_map(pointer) if kind is self._mapping else self._build_list(pointer)

    def _read_scalar(self, event: Any) -> Any:
        if event.anchor or event.tag:
            self._refuse(event, _NO_ANCHORS)
        return event.value if event.style or event.tag else resolve_scalar(event.value)

    def _build_list(self, pointer: Pointer) -> list[Any]:
        out: list[Any] = []
        get, end, scalar, marks = self._get, self._sequence_end, self._scalar, self._marks
        while (kind := type(event := get())) is not end:
            if kind is scalar and marks is None:
                out.append(self._read_scalar(event))
                continue
            place = (*pointer, len(out))
            if marks is not None:
                marks.setdefault(place, (event.start_mark.line + 1, event.start_mark.column + 1))
            out.append(self._build_node(event, place))
        return out

    def _build_map(self, pointer: Pointer) -> dict[str, Any]:
        out: dict[str, Any] = {}
        seen: dict[str, Any] = {}
        get, end, scalar, marks = self._get, self._mapping_end, self._scalar, self._marks
        while type(event := get()) is not end:
            key = event.value if type(event) is scalar else ""
            # The common case first, here and below: every field of a repository comes through here.
            if key and key.isascii() and key not in seen and key != "<<" and not (event.anchor or event.tag):
                seen[key] = event
            else:
                key = self._read_key(event, pointer, seen)
            value = get()
            # No position is asked for, and the value is no node of its own.
            if marks is None and type(value) is scalar:
                out[key] = self._read_scalar(value)
                continue
            place = (*pointer, key)
            if marks is not None and self._key_marks is not None:
                self._key_marks.setdefault(place, (event.start_mark.line + 1, event.start_mark.column + 1))
                marks.setdefault(place, (value.start_mark.line + 1, value.start_mark.column + 1))
            out[key] = self._build_node(value, place)
        return out

    def _read_key(self, event: Any, pointer: Pointer, seen: dict[str, Any]) -> str:
        """Return a key; ``seen`` are the events of the keys before it, by what they come to."""
        if type(event) is not self._scalar:
            self._refuse(event, say("A field name must be a single word."))
            self._build_node(event, (*pointer, ""))
            return f"\x00{event.start_mark.line + 1}:{event.start_mark.column + 1}"
        if event.anchor or event.tag or (event.value == "<<" and not event.style):
            self._refuse(event, say("Anchors, tags and merge keys (<<) are not used in records."))
        key: str = event.value
        same = key if key.isascii() else unicodedata.normalize("NFKC", key).strip()
        if key is not same and _WIDE_CHARACTER.search(key):
            self._note_wide_character(key, event.start_mark.line + 1, event.start_mark.column + 1)
        if (first := seen.setdefault(same, event)) is not event:
            line, mark = first.start_mark.line + 1, event.start_mark
            message = say("The field {key} is given twice; the first is on line {line}.", key=key, line=line)
            hint = say("Keep one of them.")
            self._note(Problem(DUPLICATE_KEY, mark.line + 1, mark.column + 1, message, hint, line))
        return key

    def _note_wide_character(self, key: str, line: int, column: int) -> None:
        """Add the problem of the first full-width character in a field name."""
        match = _WIDE_CHARACTER.search(key)
        wide = match.group() if match else ""
        plain = unicodedata.normalize("NFKC", key).replace("、", ", ")
        message = say(
            "The full-width character {wide} stands in a field name: {key}",
            wide=_format_character(wide),
            key=key.strip(),
        )
        hint = say(
            "Write it with the input method switched to English: {plain}", plain=plain.strip().replace(":", ": ")
        )
        at = column + (match.start() if match else 0)
        self._note(Problem(FULL_WIDTH_PUNCTUATION, line, at, message, hint))

    def _refuse(self, event: Any, message: Any) -> None:
        """Add the problem of a YAML feature that records do not use."""
        mark = event.start_mark
        hint = say("Write plain fields and values; text that begins with & * ! % goes in quotation marks.")
        self._note(Problem(YAML_FEATURE, mark.line + 1, mark.column + 1, message, hint))


def _format_character(char: str) -> str:
    return {"\u3000": "U+3000", "\u00a0": "U+00A0"}.get(char, char)
