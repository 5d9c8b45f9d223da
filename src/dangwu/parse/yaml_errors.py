"""Explanations of YAML syntax errors in plain words, common typing errors first."""

from __future__ import annotations

import re
import unicodedata
from typing import Any, NamedTuple

from dangwu.model.message import Text, say
from dangwu.parse.finding_codes import FULL_WIDTH_PUNCTUATION, YAML_SYNTAX, Problem

WIDE_COLON = re.compile(r"^\s*(?:- +)?(?P<key>[^\s:：#\"'\[{]{1,40})\s*(?P<colon>：)")
TIGHT_COLON = re.compile(r"^\s*(?:- +)?(?P<key>[A-Za-z_][A-Za-z0-9_]*):(?=[^\s/])")
WIDE_BLANKS = frozenset("\u00a0\u1680\u202f\u205f\u3000").union(map(chr, range(0x2000, 0x200B)))
"""Blanks that are no space to YAML: no-break, ideographic and typographic ones."""
WIDE_BLANK = re.compile(rf"(?:^|[\s{{,-])(?P<key>[A-Za-z_][A-Za-z0-9_]*):(?P<blank>[{''.join(WIDE_BLANKS)}])", re.ASCII)
_LINES_BACK = 3
_UNCLOSED = "did not find expected ',' or"
_IN_QUOTES = "while scanning a quoted scalar"
_OPENS_QUOTE = re.compile(r"^\s*(?:- +)*(?:[^\s:\"'\[{#][^:\"'#]*:\s+)?(?:\"(?:[^\"\\]|\\.)*|'(?:[^']|'')*)$")
_BEGINS_ANEW = re.compile(r"^\s*(?:-\s|[^\s\"'#\[{][^\s\"']{0,40}:(?:\s|$)|$)")


class _ParserFault(NamedTuple):
    """An error of a parser: what it was at, what it says, the column from 0, and the character it could not read."""

    context: str
    problem: str
    column: int
    stopped_at: str


def explain_syntax_error(text: str, error: Any) -> Problem:
    """Return the problem of a parser error, at the line that needs correction."""
    problem = str(getattr(error, "problem", "") or "")
    context = str(getattr(error, "context", "") or "")
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if (_UNCLOSED in problem or context == _IN_QUOTES) and getattr(error, "context_mark", None):
        mark = error.context_mark
    lines = text.split("\n")
    at = min(mark.line, len(lines) - 1) if mark else 0
    opened = None if context == _IN_QUOTES else _find_open_quote(lines, at)
    if opened is not None:
        line, column = opened
        message = say("A quotation mark is opened and never closed.")
        return Problem(YAML_SYNTAX, line + 1, column + 1, message, _build_hint(lines[line]))
    for row in range(at, max(at - _LINES_BACK, -1), -1):
        typing_error = None if context == _IN_QUOTES else find_typing_error(lines[row], row)
        if typing_error:
            return typing_error
    column = mark.column if mark else 0
    stopped_at = _find_character(lines, getattr(error, "problem_mark", None))
    message, hint = _build_message(_ParserFault(context, problem, column, stopped_at), lines[at])
    return Problem(YAML_SYNTAX, at + 1, column + 1, message, hint or _build_hint(lines[at]))


def _find_character(lines: list[str], mark: Any) -> str:
    """Return the character at a mark, empty where there is none."""
    return lines[mark.line][mark.column : mark.column + 1] if mark and mark.line < len(lines) else ""


def _find_open_quote(lines: list[str], at: int) -> tuple[int, int] | None:
    """Return the line and column of a quotation mark before line ``at`` that swallows the fields after it.

    It opens a value, is not closed on its line, and the next line begins a field or an item of a list.
    """
    row = 0
    while row < at:
        found = _OPENS_QUOTE.match(lines[row])
        if found is None:
            row += 1
            continue
        column = min(place for mark in "\"'" if (place := lines[row].find(mark)) >= 0)
        if _BEGINS_ANEW.match(lines[row + 1]):
            return row, column
        closing = (line for line in range(row + 1, len(lines)) if lines[row][column] in lines[line])
        row = next(closing, len(lines)) + 1
    return None


def find_typing_error(line: str, row: int) -> Problem | None:
    """Return the problem of a full-width colon, a tab indent or a colon without a space; ``row`` counts from 0.

    A blank that is no space to YAML counts as none.
    """
    blank = WIDE_BLANK.search(line)
    if blank:
        message, hint = describe_wide_blank(blank["blank"], blank["key"])
        return Problem(YAML_SYNTAX, row + 1, blank.start("blank") + 1, message, hint)
    wide = WIDE_COLON.match(line)
    if wide:
        message = say("The full-width colon ： stands after {key}.", key=wide["key"])
        plain = f"{unicodedata.normalize('NFKC', wide['key'])}: {line[wide.end() :].strip()}"
        hint = say("Write it with the input method switched to English: {plain}", plain=plain)
        return Problem(FULL_WIDTH_PUNCTUATION, row + 1, wide.start("colon") + 1, message, hint)
    if "\t" in line[: len(line) - len(line.lstrip())]:
        hint = say("Replace the tab by spaces.")
        return Problem(YAML_SYNTAX, row + 1, 1, say("The line is indented with a tab; YAML wants spaces."), hint)
    tight = TIGHT_COLON.match(line)
    if tight and not tight["key"].startswith("http"):
        message = say("There is no space after the colon of {key}.", key=tight["key"])
        return Problem(
            YAML_SYNTAX, row + 1, tight.end(), message, say("Write {key}: and then a space.", key=tight["key"])
        )
    return None


def describe_wide_blank(blank: str, key: str) -> tuple[Text, Text]:
    """Return message and hint for a blank after the colon of a field that YAML does not take for a space."""
    message = say("The blank after {key}: is U+{code}, no space.", key=key, code=f"{ord(blank):04X}")
    return message, say("Type an ordinary space there, with the input method switched to English.")


def _build_message(error: _ParserFault, line: str) -> tuple[Text, Text | None]:
    """Return what is wrong at a place of a line, and the next step where it is a special one."""
    char, before = line[error.column : error.column + 1], line[: error.column].strip(" -")
    in_quotes = say("Put the value in quotation marks.")
    no_percent = say("Delete the line that begins with %.")
    special: tuple[tuple[bool, Text, Text | None], ...] = (
        (
            error.problem == "found incompatible YAML document",
            say("The file names a version of YAML that is not known here."),
            no_percent,
        ),
        (
            "directive" in f"{error.context} {error.problem}".lower(),
            say("Directives (lines that begin with %) are not used in records."),
            no_percent,
        ),
        (
            error.context in {"while scanning an anchor", "while scanning an alias"},
            say("& and * at the beginning of a value have a meaning of their own in YAML."),
            in_quotes,
        ),
        (
            error.problem == "found unexpected ':'",
            say("A colon stands within a value in brackets, as in {example}.", example="{url: http://…}, [a:b]"),
            say("Put the value in quotation marks, or write a space behind the colon of a field."),
        ),
        (error.stopped_at == "?" and _UNCLOSED in error.problem, say("A question mark stands in brackets."), in_quotes),
        (char == "\t", say("A tab stands here; YAML wants spaces."), say("Replace the tab by spaces.")),
        (char == ":" and not before, say("There is no field name before the colon."), None),
        (
            bool(before) and "did not find expected key" in error.problem,
            say("Something stands behind a value that is complete: a quotation mark or bracket too many, or a comma."),
            None,
        ),
    )
    found = next(((message, hint) for applies, message, hint in special if applies), None)
    if found is not None:
        return found
    lowered = error.problem.lower()
    return next((text for key, text in _MESSAGES if key in lowered), say("This place cannot be read as YAML.")), None


_MESSAGES = (
    ("found unexpected end of stream", say("A quotation mark is opened and never closed.")),
    ("found unexpected document", say("A quotation mark is opened and never closed.")),
    ("mapping values are not allowed", say("There are two colons in one line, or the line is indented wrongly.")),
    ("could not find expected ':'", say("A field name without its colon stands here or on the line before.")),
    (_UNCLOSED, say("A list or mapping in brackets is not closed, or a comma is missing.")),
    ("did not find expected key", say("The line does not fit the indentation of the lines around it.")),
    ("did not find expected '-'", say("A list item must begin with a hyphen and a space.")),
    ("sequence entries are not allowed", say("A list begins on a line of its own, below its field.")),
    ("node content", say("A value is missing here, or a bracket or comma is one too many.")),
    ("<document start>", say("Something stands here that belongs to no field.")),
    ("cannot start any token", say("A value cannot begin with this character unless it stands in quotation marks.")),
    ("unknown escape character", say("A backslash in double quotation marks is not followed by a known letter.")),
    ("hexdecimal number", say("An escape in double quotation marks needs its digits: \\x41, \\u4e2d.")),
    ("character escape code", say("This escape stands for no character.")),
    ("comment or line break", say("Behind | or > stands nothing but a comment.")),
    ("unacceptable character", say("A control character stands here.")),
)


def _build_hint(line: str) -> Text:
    if any(char in line for char in "：，［］｛｝“”‘’"):
        return say(
            "The line has full-width punctuation; brackets, commas, colons and quotation marks must be half-width."
        )
    return say(
        "Compare the line with the ones around it; text that contains a colon, # or brackets goes in quotation marks."
    )
