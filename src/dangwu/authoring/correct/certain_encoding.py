"""Bytes in another encoding → text, where only one reading is possible; line ends → LF."""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

from dangwu.model.correction import Correction
from dangwu.model.message import Text, say
from dangwu.parse.encoding import BYTE_ORDER_MARKS, MIN_NUL_SHARE, decode_text
from dangwu.parse.finding_codes import LINE_ENDS, NOT_UTF8

_FOUR_BYTES = 4
_SECOND_LEVEL = 0xD8
"""The first byte from which the rarer characters of GB 2312 stand; letters of other encodings read as these."""
_FEWEST_SURE = 0.5
"""The share of Chinese characters that must be common ones, or written in four bytes, for GB 18030 to be certain."""
_PLAIN_RANGES = (
    (0x20, 0x7E), (0xA0, 0xA0), (0xB0, 0xB0), (0xB7, 0xB7), (0xD7, 0xD7), (0x200B, 0x200F), (0x2010, 0x2027),
    (0x2030, 0x205E), (0x2060, 0x2060), (0x2100, 0x22FF), (0x2460, 0x25FF), (0x3000, 0x303F), (0xFE30, 0xFE4F),
    (0xFEFF, 0xFEFF), (0xFF01, 0xFF5E), (0xFFE0, 0xFFE6),
)  # fmt: skip
"""Signs that stand in Chinese text, and what is pasted with it; no kana, Greek or accents, as a wrong reading gives."""


class ReadBytes(NamedTuple):
    """The text of a file with LF line ends, the same as other programs show it, and what was corrected for that."""

    text: str
    shown: str
    corrections: tuple[Correction, ...] = ()


def read_certain_text(raw: bytes) -> ReadBytes | Text:
    """Return the text of bytes whose encoding is certain, or the reason why it is not."""
    _, problems = decode_text(raw)
    foreign = next((problem for problem in problems if problem.code is NOT_UTF8), None)
    if foreign is None:
        text, shown, corrections = raw.decode("utf-8"), None, []
    else:
        found = _decode_for_certain(raw)
        if found is None:
            return say("The encoding is not certain: {problem}", problem=foreign.message)
        text, shown, name = found
        what = say("Saved as {encoding}, becomes UTF-8.", encoding=name)
        corrections = [Correction(NOT_UTF8.id, 1, what)]
    if "\r" in text:
        line = text[: text.index("\r")].count("\n") + 1
        plain = _unify_line_ends(text)
        what = say("Lines that end with CR or CRLF end with LF: {count}.", count=_count_returns(text))
        corrections.append(Correction(LINE_ENDS.id, line, what))
        text = plain
    return ReadBytes(text, text if shown is None else _unify_line_ends(shown), tuple(corrections))


def _unify_line_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _count_returns(text: str) -> int:
    return text.count("\r")


def _decode_for_certain(raw: bytes) -> tuple[str, str | None, str] | None:
    """Return text, the text that other programs show if it is another, and the encoding's name; None if uncertain."""
    for mark, encoding in BYTE_ORDER_MARKS:
        if raw.startswith(mark):
            text = _decode_strictly(raw[len(mark) :], encoding)
            name = "UTF-8 BOM" if encoding == "utf-8" else encoding.upper()
            plain = text is not None and (encoding == "utf-8" or _is_plain_text(text))
            return (text, None, name) if text is not None and plain and text[:1] != "\ufeff" else None
    if raw.count(0) > len(raw) * MIN_NUL_SHARE:
        encoding = "utf-16-be" if raw[::2].count(0) > raw[1::2].count(0) else "utf-16-le"
        text = _decode_strictly(raw, encoding)
        return (text, None, encoding.upper()) if text is not None and _is_plain_text(text) else None
    text = None if _may_be_utf8(raw) else _decode_strictly(raw, "gb18030")
    if text is None or not _is_plain_text(text) or not _is_surely_chinese(text):
        return None
    return text, raw.decode("utf-8", errors="replace"), "GB18030"


def _may_be_utf8(raw: bytes) -> bool:
    """Tell whether bytes read as UTF-8, whatever they look like, or would if they did not break off."""
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.reason == "unexpected end of data"
    return True


def _decode_strictly(raw: bytes, encoding: str) -> str | None:
    """Return the text, if encoding it again gives the same bytes."""
    try:
        text = raw.decode(encoding)
        return text if text.encode(encoding) == raw else None
    except UnicodeError:
        return None


def _is_plain_text(text: str) -> bool:
    """Tell whether a text has only letters, Chinese characters and signs that stand in records."""
    return all(_is_plain(char) for char in set(text))


def _is_plain(char: str) -> bool:
    return char in "\t\n\r" or _is_han(char) or any(first <= ord(char) <= last for first, last in _PLAIN_RANGES)


def _is_han(char: str) -> bool:
    return unicodedata.name(char, "").startswith("CJK UNIFIED IDEOGRAPH")


def _is_surely_chinese(text: str) -> bool:
    """Tell whether enough Chinese characters are such as no other encoding reads by chance."""
    han = [char for char in text if _is_han(char)]
    sure = sum(_is_common(char) or len(char.encode("gb18030")) == _FOUR_BYTES for char in han)
    return bool(han) and sure >= len(han) * _FEWEST_SURE


def _is_common(char: str) -> bool:
    """Tell whether a character is one of the 3,755 commonest, the first level of GB 2312."""
    try:
        return char.encode("gb2312")[0] < _SECOND_LEVEL
    except UnicodeEncodeError:
        return False
