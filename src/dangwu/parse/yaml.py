"""Text → plain data: the one YAML reader, built on parser events.

YAML 1.2 with a stricter reading: ``true``/``false``, ``null`` and plain decimal numbers are what they look like;
everything else stays text, so that ``14:30``, ``no``, ``010``, ``1_000`` and dates are never a surprise.
Anchors, aliases, tags, directives, merge keys and second documents are problems, found in the same pass.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any

from dangwu.model.message import say
from dangwu.parse.codes import DUPLICATE_KEY, FEATURE, FULL_WIDTH, MOST, TOO_DEEP, Problem
from dangwu.parse.yaml_errors import explain

if TYPE_CHECKING:
    from collections.abc import Callable

    from dangwu.model.source import Pointer

MAX_DEPTH = 20
_WORDS: dict[str, Any] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,15})", re.ASCII).fullmatch
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]{0,15})\.[0-9]{1,15}", re.ASCII).fullmatch
_FIRST = frozenset("-0123456789~nNtTfF")
_WIDE = re.compile("[\u00a0\u3000\u3001\u3002\uff01-\uff5e]")

Marks = dict["Pointer", tuple[int, int]]


_NO_ANCHORS = say("Anchors (&name) and tags (!name) are not used in records.")


class _StopError(Exception):
    """Reading cannot go on after this problem."""


def load(text: str, *, pure: bool = False) -> tuple[Any, list[Problem]]:
    """Return the data of one YAML document and its problems; after a syntax error the data is None."""
    builder = _Builder()
    return _read(text, builder, pure=pure), builder.problems


def load_own(text: str) -> Any:
    """Return the data of a YAML file that dangwu brings itself; ValueError at its first problem."""
    data, problems = load(text)
    if problems:
        raise ValueError(problems[0])
    return data


def marks(text: str, *, pure: bool = False) -> tuple[Marks, Marks]:
    """Return the line and column, from 1, of every value and of every key, by pointer.

    What could be read before a syntax error is there.
    """
    builder = _Builder(marking=True)
    _read(text, builder, pure=pure)
    return builder.marks


def _read(text: str, builder: _Builder, *, pure: bool) -> Any:
    from ruamel.yaml.error import YAMLError  # noqa: PLC0415 - a heavy import, paid only when a file is read

    try:
        builder.start(_events(text, pure=pure))
        return builder.document()
    except _StopError:
        return None
    except (YAMLError, UnicodeError) as error:
        # A tag may be written as octets that are no text.
        builder.problems.append(explain(text, error))
        return None


def _events(text: str, *, pure: bool) -> Callable[[], Any]:
    """Return what gives the next parser event: the C parser, or the Python one where that is missing."""
    if not pure:
        try:
            from _ruamel_yaml import CParser  # noqa: PLC0415
        except ImportError:
            pass
        else:
            get: Callable[[], Any] = CParser(text).get_event
            return get
    from dangwu.parse.pure_yaml.parser import following  # noqa: PLC0415

    return following(text)


class _Builder:
    """Builds plain data from events; with ``marking`` it notes where every key and value stands."""

    def __init__(self, *, marking: bool = False) -> None:
        self.problems: list[Problem] = []
        self._marks: Marks | None = {(): (1, 1)} if marking else None
        self._key_marks: Marks | None = {} if marking else None

    @property
    def marks(self) -> tuple[Marks, Marks]:
        """The places of values and of keys."""
        return self._marks or {}, self._key_marks or {}

    def start(self, get: Callable[[], Any]) -> None:
        """Take the source of events."""
        from ruamel.yaml import events  # noqa: PLC0415

        self._get = get
        self._scalar, self._mapping, self._sequence = (
            events.ScalarEvent,
            events.MappingStartEvent,
            events.SequenceStartEvent,
        )
        self._mapping_end, self._sequence_end = events.MappingEndEvent, events.SequenceEndEvent
        self._alias, self._stream_end = events.AliasEvent, events.StreamEndEvent

    def document(self) -> Any:
        """Build the first document and see that there is no other."""
        self._get()
        event = self._get()
        if type(event) is self._stream_end:
            return None
        if event.version or event.tags:
            self._refuse(event, say("Directives (lines that begin with %) are not used in records."))
        data = self._node(self._get(), ())
        self._get()
        event = self._get()
        if type(event) is not self._stream_end:
            message = say("A second document begins here; a file holds one record.")
            mark = event.start_mark
            hint = say("Move it to a file of its own, or delete the line with three hyphens.")
            self._note(Problem(FEATURE, mark.line + 1, 1, message, hint))
        return data

    def _note(self, problem: Problem) -> None:
        self.problems.append(problem)
        if len(self.problems) > MOST:
            raise _StopError

    def _node(self, event: Any, pointer: Pointer) -> Any:
        kind = type(event)
        if kind is self._scalar:
            if event.anchor or event.tag:
                self._refuse(event, _NO_ANCHORS)
            return event.value if event.style or event.tag else _resolve(event.value)
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
        return self._map(pointer) if kind is self._mapping else self._list(pointer)

    def _list(self, pointer: Pointer) -> list[Any]:
        out: list[Any] = []
        get, end, node, marked = self._get, self._sequence_end, self._node, self._marks
        while type(event := get()) is not end:
            place = (*pointer, len(out))
            if marked is not None:
                marked.setdefault(place, (event.start_mark.line + 1, event.start_mark.column + 1))
            out.append(node(event, place))
        return out

    def _map(self, pointer: Pointer) -> dict[str, Any]:
        out: dict[str, Any] = {}
        lines: dict[str, int] = {}
        get, end, node, marked = self._get, self._mapping_end, self._node, self._marks
        while type(event := get()) is not end:
            key = self._key(event, pointer, lines)
            place = (*pointer, key)
            if self._key_marks is not None:
                self._key_marks.setdefault(place, (event.start_mark.line + 1, event.start_mark.column + 1))
            event = get()
            if marked is not None:
                marked.setdefault(place, (event.start_mark.line + 1, event.start_mark.column + 1))
            out[key] = node(event, place)
        return out

    def _key(self, event: Any, pointer: Pointer, lines: dict[str, int]) -> str:
        mark = event.start_mark
        line, column = mark.line + 1, mark.column + 1
        if type(event) is not self._scalar:
            self._refuse(event, say("A field name must be a single word."))
            self._node(event, (*pointer, ""))
            return f"\x00{line}:{column}"
        if event.anchor or event.tag or (event.value == "<<" and not event.style):
            self._refuse(event, say("Anchors, tags and merge keys (<<) are not used in records."))
        key: str = event.value
        same = key if key.isascii() else unicodedata.normalize("NFKC", key).strip()
        if key is not same and _WIDE.search(key):
            self._wide(key, line, column)
        if same in lines:
            message = say("The field {key} is given twice; the first is on line {line}.", key=key, line=lines[same])
            self._note(Problem(DUPLICATE_KEY, line, column, message, say("Keep one of them."), lines[same]))
        lines.setdefault(same, line)
        return key

    def _wide(self, key: str, line: int, column: int) -> None:
        found = _WIDE.search(key)
        wide = found.group() if found else ""
        plain = unicodedata.normalize("NFKC", key).replace("、", ", ")
        message = say(
            "The full-width character {wide} stands in a field name: {key}", wide=_visible(wide), key=key.strip()
        )
        hint = say(
            "Write it with the input method switched to English: {plain}", plain=plain.strip().replace(":", ": ")
        )
        at = column + (found.start() if found else 0)
        self._note(Problem(FULL_WIDTH, line, at, message, hint))

    def _refuse(self, event: Any, message: Any) -> None:
        mark = event.start_mark
        hint = say("Write plain fields and values; text that begins with & * ! % goes in quotation marks.")
        self._note(Problem(FEATURE, mark.line + 1, mark.column + 1, message, hint))


def _resolve(value: str) -> Any:
    if value and value[0] not in _FIRST:
        return value
    if value in _WORDS:
        return _WORDS[value]
    if _INTEGER(value):
        return int(value)
    return float(value) if _DECIMAL(value) else value


def _visible(char: str) -> str:
    return {"\u3000": "U+3000", "\u00a0": "U+00A0"}.get(char, char)
