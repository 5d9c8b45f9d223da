"""Explanations of YAML syntax errors in plain words, common typing errors first."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from dangwu.model.message import Text, say
from dangwu.parse.finding_codes import FULL_WIDTH_PUNCTUATION, YAML_SYNTAX, Problem

_WIDE_COLON = re.compile(r"^\s*(?:- +)?(?P<key>[^\s:：#\"'\[{]{1,40})\s*(?P<colon>：)")
_TIGHT_COLON = re.compile(r"^\s*(?:- +)?(?P<key>[A-Za-z_][A-Za-z0-9_]*):(?=[^\s/])")
WIDE_BLANKS = frozenset("\u00a0\u1680\u202f\u205f\u3000").union(map(chr, range(0x2000, 0x200B)))
"""Blanks that are no space to YAML: no-break, ideographic and typographic ones."""
_WIDE_BLANK = re.compile(
    rf"(?:^|[\s{{,-])(?P<key>[A-Za-z_][A-Za-z0-9_]*):(?P<blank>[{''.join(WIDE_BLANKS)}])", re.ASCII
)
_LINES_BACK = 3
_UNCLOSED = "did not find expected ',' or"


def explain_syntax_error(text: str, error: Any) -> Problem:
    """Return the problem of a parser error, at the line that needs correction."""
    problem = str(getattr(error, "problem", "") or "")
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if _UNCLOSED in problem and getattr(error, "context_mark", None):
        mark = error.context_mark
    lines = text.split("\n")
    at = min(mark.line, len(lines) - 1) if mark else 0
    for row in range(at, max(at - _LINES_BACK, -1), -1):
        typing_error = find_typing_error(lines[row], row)
        if typing_error:
            return typing_error
    column = mark.column + 1 if mark else 1
    return Problem(YAML_SYNTAX, at + 1, column, _build_message(problem), _build_hint(lines[at]))


def find_typing_error(line: str, row: int) -> Problem | None:
    """Return the problem of a full-width colon, a tab indent or a colon without a space; ``row`` counts from 0.

    A blank that is no space to YAML counts as none.
    """
    blank = _WIDE_BLANK.search(line)
    if blank:
        message, hint = describe_wide_blank(blank["blank"], blank["key"])
        return Problem(YAML_SYNTAX, row + 1, blank.start("blank") + 1, message, hint)
    wide = _WIDE_COLON.match(line)
    if wide:
        message = say("The full-width colon ： stands after {key}.", key=wide["key"])
        plain = f"{unicodedata.normalize('NFKC', wide['key'])}: {line[wide.end() :].strip()}"
        hint = say("Write it with the input method switched to English: {plain}", plain=plain)
        return Problem(FULL_WIDTH_PUNCTUATION, row + 1, wide.start("colon") + 1, message, hint)
    if "\t" in line[: len(line) - len(line.lstrip())]:
        hint = say("Replace the tab by spaces.")
        return Problem(YAML_SYNTAX, row + 1, 1, say("The line is indented with a tab; YAML wants spaces."), hint)
    tight = _TIGHT_COLON.match(line)
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


def _build_message(problem: str) -> Text:
    table = (
        ("found unexpected end of stream", say("A quotation mark is opened and never closed.")),
        ("mapping values are not allowed", say("There are two colons in one line, or the line is indented wrongly.")),
        ("could not find expected ':'", say("A field name without its colon stands here or on the line before.")),
        (_UNCLOSED, say("A list or mapping in brackets is not closed, or a comma is missing.")),
        ("did not find expected key", say("The line does not fit the indentation of the lines around it.")),
        ("did not find expected '-'", say("A list item must begin with a hyphen and a space.")),
        (
            "cannot start any token",
            say("A value cannot begin with this character unless it stands in quotation marks."),
        ),
        ("unknown escape character", say("A backslash in double quotation marks is not followed by a known letter.")),
        ("unacceptable character", say("A control character stands here.")),
    )
    lowered = problem.lower()
    return next((text for key, text in table if key in lowered), say("This place cannot be read as YAML."))


def _build_hint(line: str) -> Text:
    if any(char in line for char in "：，［］｛｝“”‘’"):
        return say(
            "The line has full-width punctuation; brackets, commas, colons and quotation marks must be half-width."
        )
    return say(
        "Compare the line with the ones around it; text that contains a colon, # or brackets goes in quotation marks."
    )
