"""What the XML of a workbook has beyond its values, streamed once: its size, merged, hidden and empty cells.

The reading library holds a row, and every element it does not know, in memory as a whole; so what would cost more than
a sheet of a branch needs is refused here, where nothing is held. Elements: ECMA-376, part 1, 18.3.
"""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING, Any, NamedTuple
from xml.parsers import expat
from zipfile import BadZipFile

from dangwu.model.message import say
from dangwu.sheets.formula_guard import escape_character_codes, unescape_character_codes
from dangwu.sheets.read.cell_grid import MAX_COLUMNS, MAX_ROWS, build_extent_error, format_column_letters
from dangwu.sheets.read.xlsx_safety import build_refusal

if TYPE_CHECKING:
    from zipfile import ZipFile

    from dangwu.errors import CannotRunError

MAX_ELEMENTS = 500_000
MAX_DEPTH = 60
MAX_TEXT_LENGTH = 32_767
"""Characters of one cell, as spreadsheet programs have it."""
_EIGHT = len("20260315")
_CHUNK_SIZE = 1 << 16
_MAX_SILENT_CHUNKS = 16
_LONGEST_ROW_NUMBER = len("1048576")
_CELL_ADDRESS = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})", re.ASCII)
_WORKSHEET_FOLDER = "xl/worksheets/"


class SheetFacts:
    """Facts about one sheet: its last row and column with content, hidden rows and columns, merged cells."""

    def __init__(self) -> None:
        self.last_row = 0
        self.last_column = 0
        self.hidden_rows: list[int] = []
        self.hidden_columns: list[tuple[int, int]] = []
        self.merged: list[tuple[int, int, int, int]] = []
        self.unanswered: set[tuple[int, int]] = set()
        """Formulas whose value was never saved."""
        self.eight_digits: dict[tuple[int, int], int] = {}
        """Numbers of eight digits: the library takes one in a cell of days for an error, and loses it."""


class WorkbookParts(NamedTuple):
    """What is known of the sheets, by the name of their part, and the texts that cells share, as their XML has them."""

    sheets: dict[str, SheetFacts]
    texts: list[str]


def read_parts(archive: ZipFile) -> WorkbookParts:
    """Read every XML part once."""
    found = WorkbookParts({}, [])
    budget = [MAX_ELEMENTS]
    for entry in archive.infolist():
        name = entry.filename
        if name.lower().endswith((".xml", ".rels")):
            reader = (
                _WorksheetReader(budget) if name.startswith(_WORKSHEET_FOLDER) else _TextsReader(budget, found.texts)
            )
            _stream_part(archive, name, reader)
            if isinstance(reader, _WorksheetReader):
                found.sheets[name] = reader.facts
    return found


def _stream_part(archive: ZipFile, name: str, reader: _PartReader) -> None:
    parser = reader.parser()
    try:
        with archive.open(name) as stream:
            while chunk := stream.read(_CHUNK_SIZE):
                reader.silent += 1
                parser.Parse(chunk, False)  # noqa: FBT003 - takes no names
                # One comment or one attribute as large as that is held in memory until it ends.
                if reader.silent > _MAX_SILENT_CHUNKS:
                    raise _build_size_error()
            parser.Parse(b"", True)  # noqa: FBT003
    except expat.ExpatError as error:
        raise build_refusal(say("A part of the workbook cannot be read: {name}", name=name)) from error
    except (BadZipFile, zlib.error, OSError, EOFError, RuntimeError, ValueError) as error:
        raise build_refusal(say("The workbook is damaged and cannot be opened.")) from error


def _build_size_error() -> CannotRunError:
    return build_refusal(say("The workbook has far more in it than a sheet of a branch needs."))


class _PartReader:
    """Counts elements and their text; a document type ends it, and with it every entity."""

    def __init__(self, budget: list[int]) -> None:
        self._budget = budget
        self._depth = self._length = 0
        self.silent = 0

    def parser(self) -> Any:
        """Return the parser that calls this."""
        made = expat.ParserCreate(namespace_separator=" ")
        made.StartDoctypeDeclHandler = self._doctype
        made.StartElementHandler = self.start
        made.EndElementHandler = self.end
        made.CharacterDataHandler = self.text
        return made

    def _doctype(self, *_: object) -> None:
        raise build_refusal(say("The workbook declares a document type, which no spreadsheet program does."))

    def text(self, text: str) -> None:
        """Count text."""
        self.silent = 0
        self._length += len(text)
        if self._length > MAX_TEXT_LENGTH:
            raise _build_size_error()

    def start(self, name: str, attributes: dict[str, str]) -> None:  # noqa: ARG002
        """Count an element."""
        self.silent = self._length = 0
        self._depth += 1
        self._budget[0] -= 1
        if self._budget[0] < 0 or self._depth > MAX_DEPTH:
            raise _build_size_error()

    def end(self, name: str) -> None:  # noqa: ARG002
        """Leave an element."""
        self._depth -= 1


class _TextsReader(_PartReader):
    """Collects the texts of a part that has some to share (18.4.9): the runs of each together, without their sound."""

    def __init__(self, budget: list[int], texts: list[str]) -> None:
        super().__init__(budget)
        self._texts, self._runs = texts, list[str]()
        self._shared = self._run = self._sound = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take an element."""
        super().start(name, attributes)
        word = name.rpartition(" ")[2]
        if self._depth == 1:
            self._shared = word == "sst"
        elif word == "si":
            self._runs = []
        elif word == "rPh":
            self._sound = True
        elif word == "t" and not self._sound:
            self._run = True
            self._runs.append("")

    def text(self, text: str) -> None:
        """Take text."""
        super().text(text)
        if self._shared and self._run:
            self._runs[-1] += text

    def end(self, name: str) -> None:
        """Leave an element; each run has its own codes of characters (22.9.2.19)."""
        super().end(name)
        word = name.rpartition(" ")[2]
        if word == "t":
            self._run = False
        elif word == "rPh":
            self._sound = False
        elif word == "si" and self._shared:
            self._texts.append(escape_character_codes("".join(map(unescape_character_codes, self._runs))))


class _WorksheetReader(_PartReader):
    """Follows rows and cells; a cell without an address stands right of the one before, as in the standard."""

    def __init__(self, budget: list[int]) -> None:
        super().__init__(budget)
        self.facts = SheetFacts()
        self._row = self._column = 0
        self._value = self._formula = self._open = self._empty = False
        self._digits = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take an element."""
        super().start(name, attributes)
        word = name.rpartition(" ")[2]
        if word == "c":
            self._cell(attributes)
        elif word in {"v", "is"}:
            self._open = True
            self._digits = ""
            self._value = self._value or self._empty
        elif word == "f":
            self._formula = True
        elif word == "row":
            self._begin(attributes)
        elif word == "mergeCell":
            self._merge(attributes.get("ref", ""))
        elif word == "col" and attributes.get("hidden") in {"1", "true"}:
            span = (attributes.get("min", ""), attributes.get("max", ""))
            if all(number.isascii() and number.isdigit() for number in span):
                self.facts.hidden_columns.append((int(span[0]), int(span[1])))

    def text(self, text: str) -> None:
        """Take text; between the tags of a value it is one."""
        super().text(text)
        self._value = self._value or self._open
        if self._open and len(self._digits) <= _EIGHT:
            self._digits += text[: _EIGHT + 1]

    def end(self, name: str) -> None:
        """Leave an element: a cell counts when something is written in it."""
        super().end(name)
        if name.rpartition(" ")[2] != "c" or not (self._value or self._formula):
            return
        if self._row > MAX_ROWS or self._column > MAX_COLUMNS:
            raise build_extent_error(f"{format_column_letters(min(self._column, 99_999))}{self._row}")
        self.facts.last_row = max(self.facts.last_row, self._row)
        self.facts.last_column = max(self.facts.last_column, self._column)
        if len(self._digits) == _EIGHT and self._digits.isascii() and self._digits.isdigit():
            self.facts.eight_digits[self._row, self._column] = int(self._digits)
        if self._formula and not self._value:
            self.facts.unanswered.add((self._row, self._column))

    def _begin(self, attributes: dict[str, str]) -> None:
        before, said = self._row, attributes.get("r")
        self._row, self._column = _parse_row_number(said) if said is not None else before + 1, 0
        # The library that reads the cells would leave out a row that is out of order, without a word.
        if self._row <= before:
            raise _build_place_error(str(said))
        if attributes.get("hidden") in {"1", "true"} and self._row <= MAX_ROWS:
            self.facts.hidden_rows.append(self._row)

    def _cell(self, attributes: dict[str, str]) -> None:
        said = attributes.get("r")
        row, column = (self._row, self._column + 1) if said is None else _parse_address(said) or (0, 0)
        if row != self._row or column <= self._column:
            raise _build_place_error(str(said))
        self._column = column
        self._value = self._formula = self._open = False
        self._digits = ""
        # The result of a formula may be a text without a character.
        self._empty = attributes.get("t") == "str"

    def _merge(self, ref: str) -> None:
        first, _, last = ref.partition(":")
        start, end = _parse_address(first), _parse_address(last or first)
        if start and end:
            self.facts.merged.append((*start, *end))


def _parse_row_number(said: str) -> int:
    """Return the number of a row, 0 for a text that is none."""
    return int(said) if said.isascii() and said.isdigit() and len(said) <= _LONGEST_ROW_NUMBER else 0


def _build_place_error(said: str) -> CannotRunError:
    return build_refusal(say("The workbook gives a row or a cell a place that cannot be: {place}", place=said))


def _parse_address(address: str) -> tuple[int, int] | None:
    found = _CELL_ADDRESS.fullmatch(address)
    if found is None:
        return None
    column = 0
    for char in found[1]:
        column = column * 26 + ord(char) - ord("A") + 1
    return int(found[2]), column
