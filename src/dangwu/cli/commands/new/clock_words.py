"""Hours of a meeting as people type them → as records have them: ``下午3点-4点半`` becomes ``15:00-16:30``."""

from __future__ import annotations

import re
import unicodedata

from dangwu.errors import UsageError
from dangwu.model.message import say

_MORNING, _AFTERNOON = ("凌晨", "清晨", "早晨", "早上", "上午"), ("午后", "下午", "傍晚", "晚上", "晚")
_HALF_DAYS = (*_MORNING, "中午", *_AFTERNOON)
_NUMERALS = "零〇一二三四五六七八九"
_NUMERAL = f"[{_NUMERALS}两十]+"
_CLOCK = re.compile(
    rf"(?P<half>{'|'.join(_HALF_DAYS)})?(?P<hour>\d{{1,2}})"
    r"(?::(?P<minute>\d{2})|[点时](?:钟|整)?(?:(?P<words>\d{1,2})分?|(?P<part>半|1刻|3刻))?)",
    re.ASCII,
)
_NIGHT = ("凌晨", "晚上", "晚")
_PARTS = {"半": 30, "1刻": 15, "3刻": 45}
_NOON, _DAWN, _DAY = 12, 7, 24
_EXAMPLE = say("As in {example}.", example="15:00-16:10")


def parse_time_range(text: str, start: str = "") -> str:
    """Return the hours from when to when; with ``start`` the text may say only until when. UsageError for others."""
    hours = [*split_time_range(text, start)]
    if start and len(hours) == 1:
        hours = [start, *hours]
    if len(hours) != 2:  # noqa: PLR2004 - from and to
        raise _build_error(text)
    if hours[0] >= hours[1]:
        raise UsageError(say("The meeting ends at or before its beginning."), _EXAMPLE)
    return "-".join(hours)


def split_time_range(text: str, start: str = "") -> list[str]:
    """Return the hours in a text, one or more, ``start`` being the hour before; UsageError where one is no hour."""
    half, hours = "", []
    for word in _normalise(text).split("-"):
        match = _CLOCK.fullmatch(word)
        if match is None:
            raise _build_error(text)
        half = match["half"] or half
        start = _read_clock(match, half, start, text)
        hours.append(start)
    return hours


def _build_error(text: str) -> UsageError:
    return UsageError(say("{text} does not have the form that {flag} wants.", text=text, flag="--time"), _EXAMPLE)


def _normalise(text: str) -> str:
    """Return the text in half-width signs with digits for numerals and one hyphen between the hours."""
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    plain = re.sub(r"[-—–―−~∼〜至到]+", "-", plain)
    return re.sub(_NUMERAL, lambda match: str(_read_numeral(match[0])), plain)


def _read_numeral(word: str) -> int:
    """Return the number that a numeral below 60 names."""
    tens, has_tens, ones = word.replace("两", "二").rpartition("十")
    value = "".join(str(_NUMERALS.index(digit) - 1 if digit != "零" else 0) for digit in ones)
    number = int(value or 0)
    return number + 10 * (_NUMERALS.index(tens[-1]) - 1 if tens else 1) if has_tens else number


def _read_clock(match: re.Match[str], half: str, start: str, text: str) -> str:
    """Return an hour as in 09:00; one without half of the day is the first such hour after ``start``."""
    hour, minute = int(match["hour"]), int(match["minute"] or match["words"] or _PARTS.get(match["part"] or "", 0))
    if not half and not start and 0 < hour < _DAWN and len(match["hour"]) == 1:
        hint = say("Write it as in {example}.", example="15:00-16:10")
        raise UsageError(say("{flag}: is {text} before or after noon?", flag="--time", text=text), hint)
    if hour == _NOON and half in _NIGHT:
        hour = 0 if half == "凌晨" else _DAY
    elif hour < _NOON and (half in _AFTERNOON or (half == "中午" and hour < _NOON - 1)):
        hour += _NOON
    if f"{hour:02}:{minute:02}" <= start and hour < _NOON and not match["half"]:
        hour += _NOON
    if hour >= _DAY or minute >= 60:  # noqa: PLR2004 - minutes of an hour
        raise _build_error(text)
    return f"{hour:02}:{minute:02}"
