"""Bytes → text: common encodings, line ends, conflict markers, and characters not meant to be there."""

from __future__ import annotations

import re
import unicodedata
from itertools import islice
from typing import TYPE_CHECKING

from dangwu.model.message import say
from dangwu.parse.finding_codes import (
    CONFLICT_MARKER,
    FORBIDDEN_CHARACTER,
    LINE_ENDS,
    MAX_FINDINGS,
    NOT_UTF8,
    UNUSUAL_CHARACTER,
    Problem,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dangwu.model.finding import FindingCode
    from dangwu.model.message import Text

BYTE_ORDER_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
MIN_NUL_SHARE = 0.2
_END_OF_CONTROLS = 0xA0
"""The first code after the C1 controls, which are forbidden in prose too."""

ODD_CHARACTER = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2e80-\u2fdf"
    "\ud800-\uf8ff\uf900-\ufaff\ufe00-\ufe0f\ufeff\ufff9-\uffff\U0002f800-\U0002fa1f\U000e0000-\U0010ffff]"
)
_find_hanzi = re.compile(rb"[\xe2-\xf4](?:(?<!\xe2)|[\xba-\xbf])").search
"""A character from U+2E80 on, in UTF-8: as a class of characters it would take a millisecond to compile."""
_TWO_BYTE_RUN = re.compile("[\u0080-\u07ff]{2}")
_CONFLICT_LINE = re.compile(r"^(?:<{7}|>{7}|\|{7})(?: .*)?$|^={7}$", re.MULTILINE)
_SAVE_AS_UTF8 = say("Save the file as UTF-8 without BOM (in Notepad or WPS: Save as, encoding UTF-8).")


def decode_text(raw: bytes) -> tuple[str | None, list[Problem]]:
    """Return the text of a file, with LF line ends, and the problems of its encoding and line ends.

    Other encodings than UTF-8 are read where they can be recognised, so that the rest of the file is checked too.
    The text is None where the bytes cannot be decoded.
    """
    text, problems = _decode_bytes(raw)
    if text is None:
        return None, problems
    if "\r" in text:
        line = text[: text.index("\r")].count("\n") + 1
        hint = say("Set the editor to LF line ends; .gitattributes of the template keeps them.")
        problems.append(Problem(LINE_ENDS, line, 1, say("The line ends with CR or CRLF instead of LF."), hint))
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    problems.extend(islice(_find_conflict_markers(text), MAX_FINDINGS + 1))
    return text, problems


def find_odd_characters(text: str, body_from: int) -> list[Problem]:
    """Return problems for invisible, private-use and compatibility characters.

    From the line ``body_from`` on the text is prose, in which an invisible character is only a warning.
    """
    if text.isascii() and text.isprintable():
        return []
    problems = (
        _build_character_problem(text, match, line, body_from) for match, line in _find_matches(text, ODD_CHARACTER)
    )
    return list(islice((problem for problem in problems if problem is not None), MAX_FINDINGS + 1))


def _decode_bytes(raw: bytes) -> tuple[str | None, list[Problem]]:
    for bom, encoding in BYTE_ORDER_MARKS:
        if raw.startswith(bom):
            name = "UTF-8 BOM" if encoding == "utf-8" else encoding.upper()
            text = raw[len(bom) :].decode(encoding, errors="replace")
            return text, [
                Problem(NOT_UTF8, 1, 1, say("The file is saved as {encoding}.", encoding=name), _SAVE_AS_UTF8)
            ]
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data":
            return raw[: error.start].decode("utf-8"), [_build_cut_off_problem(raw, error.start)]
        return _decode_other_encoding(raw, error.start)
    if raw.count(0) > len(raw) * MIN_NUL_SHARE:
        return _decode_other_encoding(raw, 0)
    if not raw.isascii() and _looks_like_gbk(raw, text):
        message = say("The text reads as UTF-8, but its characters look like a GBK file.")
        return text, [Problem(NOT_UTF8, 1, 1, message, _SAVE_AS_UTF8)]
    return text, []


def _build_cut_off_problem(raw: bytes, offset: int) -> Problem:
    hint = say("It was cut off while being saved or copied: take the whole file from where it came, or from git.")
    line = raw.count(b"\n", 0, offset) + 1
    return Problem(NOT_UTF8, line, 1, say("The file breaks off in the middle of a character."), hint)


def _decode_other_encoding(raw: bytes, offset: int) -> tuple[str | None, list[Problem]]:
    """Decode bytes that are not UTF-8: as UTF-16 without BOM where many are NUL, else as GB18030."""
    line = raw.count(b"\n", 0, offset) + 1
    if raw.count(0) > len(raw) * MIN_NUL_SHARE:
        even_nuls = raw[::2].count(0)
        encoding = "utf-16-be" if even_nuls > raw[1::2].count(0) else "utf-16-le"
    else:
        encoding = "gb18030"
    try:
        text: str | None = raw.decode(encoding)
    except UnicodeDecodeError:
        message = say(
            "The bytes are not text in any known encoding; the first bad byte is number {offset}.", offset=offset + 1
        )
        return None, [Problem(NOT_UTF8, line, 1, message, _SAVE_AS_UTF8)]
    message = say("The file is saved as {encoding}.", encoding=encoding.upper())
    return text, [Problem(NOT_UTF8, line, 1, message, _SAVE_AS_UTF8)]


def _looks_like_gbk(raw: bytes, text: str) -> bool:
    """Tell whether valid UTF-8 is more likely GBK (as 联通): accented letters in a row where GBK reads common hanzi."""
    if _find_hanzi(raw) or not _TWO_BYTE_RUN.search(text):
        return False
    try:
        other = raw.decode("gbk")
    except UnicodeDecodeError:
        return False
    return all(char.isascii() or "\u4e00" <= char <= "\u9fff" or "\u3000" <= char <= "\u303f" for char in other)


def _find_conflict_markers(text: str) -> Iterator[Problem]:
    """Yield merge conflict markers; a row of equals signs alone is a Markdown heading, not a marker."""
    if "<<<<<<<" not in text and ">>>>>>>" not in text:
        return
    hint = say("Choose one of the two versions and delete the marker lines.")
    for _match, line in _find_matches(text, _CONFLICT_LINE):
        yield Problem(CONFLICT_MARKER, line, 1, say("A merge conflict has not been resolved here."), hint)


def _find_matches(text: str, pattern: re.Pattern[str]) -> Iterator[tuple[re.Match[str], int]]:
    """Yield matches with their lines, from 1, in one pass over the text."""
    line, before = 1, 0
    for match in pattern.finditer(text):
        line += text.count("\n", before, match.start())
        before = match.start()
        yield match, line


def find_odd_value_characters(value: str) -> list[str]:
    """Return the invisible, private-use and compatibility characters of a value; in a value CR is one of them."""
    if value.isascii() and value.isprintable():
        return []
    return [*ODD_CHARACTER.findall(value), *("\r" for char in value if char == "\r")]


def _build_character_problem(text: str, match: re.Match[str], line: int, body_from: int) -> Problem | None:
    explained = explain_odd_character(match.group())
    if explained is None:
        return None
    code, message, hint = explained
    column = match.start() - text.rfind("\n", 0, match.start())
    if code is FORBIDDEN_CHARACTER and line >= body_from and ord(match.group()) >= _END_OF_CONTROLS:
        code = UNUSUAL_CHARACTER
    return Problem(code, line, column, message, hint)


def explain_odd_character(char: str) -> tuple[FindingCode, Text, Text] | None:
    """Return code, message and hint for an odd character; None for a variation selector and where there is none."""
    if "\ufe00" <= char <= "\ufe0f":
        return None
    code = f"U+{ord(char):04X}"
    plain = unicodedata.normalize("NFKC", char)
    if "\u2e80" <= char <= "\u2fdf" or unicodedata.category(char) == "Lo":
        if plain == char:
            return None
        message = say("{char} ({code}) is not the ordinary character {plain}.", char=char, code=code, plain=plain)
        return UNUSUAL_CHARACTER, message, say("Type {plain} instead.", plain=plain)
    if char == "\ufffd":
        message = say("U+FFFD stands here in the place of a character that was lost in a conversion.")
        return FORBIDDEN_CHARACTER, message, say("Type the character again, or take the file from where it came.")
    if unicodedata.category(char) == "Co":
        message = say("{code} is a private-use character: it shows differently, or not at all, elsewhere.", code=code)
        hint = say("Type the character with an input method that knows rare characters (GB 18030).")
        return FORBIDDEN_CHARACTER, message, hint
    message = say("{code} is invisible or not allowed in a record.", code=code)
    return FORBIDDEN_CHARACTER, message, say("Delete it, or type the character again.")
