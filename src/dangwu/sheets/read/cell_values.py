"""Numbers, texts, ids and codes in cells → values, or a sentence why they cannot be read."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from dangwu.model.document import LOST_MARKS
from dangwu.model.message import Bilingual, Text, say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dangwu.sheets.read.cell_grid import RawValue

_NUMBER = re.compile(r"[¥￥]?\s*(\d{1,3}(?:,\d{3})+|\d{1,12})(\.\d{1,6})?\s*(?:元|分|yuan)?", re.ASCII)
_MONEY = re.compile(r"[¥￥]?\s*(\d{1,3}(?:,\d{3})+|\d{1,12})(\.\d{1,12})?\s*(?:元整?|yuan)?", re.ASCII)
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}", re.ASCII)
_ROUNDING_DUST = 1e-9
_TOO_LARGE = 1e12
_PRESENT_WORDS = ("到会", "出席", "到", "已到", "参加", "√", "✓", "✔", "☑")
_ABSENT_WORDS = ("缺席", "缺勤", "无故缺席", "缺")
_FURTHER_WORDS = {
    "present": _PRESENT_WORDS,
    "absent": _ABSENT_WORDS,
    "full": ("正式",),
    "probationary": ("预备",),
    "transferred": ("已转出", "组织关系转出"),
    "business-trip": ("公出", "出差", "因公出差"),
    "illness": ("病", "因病"),
}
"""Words for codes that attendance books and rosters use beside those of the schemas."""
_CROSSED_OUT = frozenset({"/", "\\", "-", "--", "—", "——", "–", "无"})
_TICKS = frozenset({"√", "✓", "✔", "☑", "已交", "已缴", "交清", "缴清", "已交清", "已缴清", "足额"})
_TOTAL_LINE = re.compile("(?:本页|本月|全年)?(?:合计|总计|共计|小计)(?:人数|金额)?|total|subtotal")
_FOOT_LINE = re.compile(
    "(?:填表|制表|填报|经办|审核|复核|负责|收缴|统计|说明|备注|注|preparedby|checkedby|note)[^:]{0,6}:.*", re.DOTALL
)
_SURE_DIGITS = 15
"""The digits of a number that spreadsheet programs keep; the further ones are made up."""
_FIRST_UNSURE_NUMBER = 10**_SURE_DIGITS
_SCIENTIFIC = re.compile(r"[+-]?[0-9](?:\.[0-9]+)?[Ee]\+[0-9]{2,3}", re.ASCII)
"""A long number as CSV files have it: only its first digits are left."""
_LOST_DIGITS = say(
    "A number this long has lost its last digits in the sheet; format the column as text and type it again."
)
_REPLACEMENT = "\ufffd"
_LOST_CHARACTER = say(
    "A character was lost here, as in saving a list as GBK; save it as UTF-8 or .xlsx and type it again."
)
_MIDDLE_DOTS = re.compile("[·•‧・･∙⋅]")


def parse_number(value: RawValue, *, percent: bool = False) -> int | float | Text:
    """Return a number from 0, rounded to cents where it differs from them only by binary rounding."""
    if percent:
        return say("This is a percentage; write the number itself.")
    if isinstance(value, str):
        text = unicodedata.normalize("NFKC", value).strip()
        match = _NUMBER.fullmatch(text)
        if match is None:
            return say("This is not read as a number: {text}", text=text)
        value = float(match[1].replace(",", "") + (match[2] or ""))
    if isinstance(value, bool) or not isinstance(value, int | float):
        return say("This is not read as a number: {text}", text=str(value))
    if not 0 <= value < _TOO_LARGE:
        return say("This number cannot be right: {number}", number=str(value))
    if abs(value - round(value, 2)) < _ROUNDING_DUST:
        value = round(value, 2)
    return int(value) if value == int(value) else value


def parse_money(value: RawValue, *, percent: bool = False) -> int | float | Text:
    """Return an amount of yuan; what is less than a fen is refused, and so are other units: nothing is rounded."""
    if isinstance(value, str):
        text = unicodedata.normalize("NFKC", value).strip()
        match = _MONEY.fullmatch(text)
        if match is None:
            return say("This is not read as an amount of yuan: {text}", text=text)
        value = float(match[1].replace(",", "") + (match[2] or ""))
        if match[2] and len(match[2].rstrip("0")) > len(".00"):
            return say("{amount} yuan has a part that is less than a fen.", amount=text)
    amount = parse_number(value, percent=percent)
    # A written amount was looked at above: what is left of a computed one may be the dust of binary numbers.
    if isinstance(amount, float) and abs(amount - round(amount, 2)) > 0:
        return say("{amount} yuan has a part that is less than a fen.", amount=str(value))
    return amount


def parse_text(value: RawValue) -> str | Text:
    """Return a text without blanks around it; a text with an invisible character is refused."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return say("This is not text: {text}", text=str(value))
    if not isinstance(value, str):
        if abs(value) >= _FIRST_UNSURE_NUMBER:
            return _LOST_DIGITS
        value = f"{value:.{_SURE_DIGITS}g}"
    if _SCIENTIFIC.fullmatch(value.strip()):
        return _LOST_DIGITS
    text = value.strip().replace("\r\n", "\n").replace("\r", "\n")
    if _REPLACEMENT in text:
        return _LOST_CHARACTER
    odd = next((char for char in text if char != "\n" and unicodedata.category(char)[0] == "C"), None)
    if odd is not None:
        return say("The invisible character U+{code} stands here; delete it.", code=f"{ord(odd):04X}")
    return text


def parse_name(value: RawValue) -> str | Text:
    """Return a name; blanks within a Chinese name, used to align lists, are removed."""
    text = parse_text(value)
    if isinstance(text, str) and not LOST_MARKS.isdisjoint(text):
        return _LOST_CHARACTER
    if isinstance(text, str) and not any(char.isalpha() for char in text):
        return say("This is no name: {text}", text=text)
    if isinstance(text, str) and not any(char.isascii() and char.isalpha() for char in text):
        return "".join(text.split())
    return text


def parse_id(value: RawValue) -> str | Text:
    """Return an id in lower case and half width. It need not exist."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return say("This is no id: {text}", text=str(value))
    if not isinstance(value, str):
        if abs(value) >= _FIRST_UNSURE_NUMBER:
            return _LOST_DIGITS
        value = int(value) if value == int(value) else value
    text = unicodedata.normalize("NFKC", str(value)).strip().lower()
    return text if _ID.fullmatch(text) else say("This is no id: {text}", text=str(value).strip())


def parse_code(value: RawValue, words: Mapping[str, Bilingual]) -> str | Text:
    """Return the code for the code itself or its word in either language."""
    wanted = normalise_words(str(value))
    for code, word in words.items():
        if wanted in {
            normalise_words(code),
            normalise_words(word.zh),
            normalise_words(word.en),
            *(normalise_words(one) for one in _FURTHER_WORDS.get(code, ())),
        }:
            return code
    return say("“{text}” is none of the words of this column.", text=str(value).strip())


def is_crossed_out(value: RawValue) -> bool:
    """Tell whether a cell has only a stroke, as people draw where there is nothing to write."""
    return isinstance(value, str) and normalise_words(value) in _CROSSED_OUT


def is_tick(value: RawValue) -> bool:
    """Tell whether a cell has only a mark that something was done, as a tick."""
    return isinstance(value, str) and normalise_words(value) in _TICKS


def is_closing(value: RawValue) -> bool:
    """Tell whether the first cell of a row is a sum or a signature of the list, and no entry."""
    words = normalise_words(value) if isinstance(value, str) else ""
    return _TOTAL_LINE.fullmatch(words) is not None or _FOOT_LINE.fullmatch(words) is not None


def normalise_words(words: str) -> str:
    """Return words for comparison: without blanks, in half width and lower case, with one form of the middle dot."""
    return _MIDDLE_DOTS.sub("·", "".join(unicodedata.normalize("NFKC", words).split()).casefold())
