"""Plain values as text in one language: days, months, periods, codes, numbers, lists, long texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dangwu.model.message import Text, say
from dangwu.model.period import Period, PeriodLength
from dangwu.model.schema_node import find_node, read_code_word, resolve_list_items

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from dangwu.language import Language
    from dangwu.model.kind import FieldPath

MONTH_NAMES = (
    say("Jan"),
    say("Feb"),
    say("Mar"),
    say("Apr"),
    say("May"),
    say("Jun"),
    say("Jul"),
    say("Aug"),
    say("Sep"),
    say("Oct"),
    say("Nov"),
    say("Dec"),
)
_FULL_MONTH_NAMES = (
    say("January"),
    say("February"),
    say("March"),
    say("April"),
    say("May"),
    say("June"),
    say("July"),
    say("August"),
    say("September"),
    say("October"),
    say("November"),
    say("December"),
)
YES = say("yes")
NO = say("no")
NO_VALUE_MARK = "—"
"""Printed in place of a value that is missing."""
MAX_TEXT_LENGTH = 160
"""Characters of a value or a line that are printed by default; the record itself has the rest."""
REVISION_LENGTH = 12
"""Hexadecimal digits of a commit's id that are printed."""


def format_day(day: date, lang: Language) -> str:
    """Return a day with the name of its month: 2026年3月15日, 15 March 2026."""
    month = _FULL_MONTH_NAMES[day.month - 1]
    return lang.text(say("{day} {month} {year}", day=day.day, month=month, year=f"{day.year:04d}"))


def format_month_day(day: date, lang: Language) -> str:
    """Return a day without its year: 3月15日, 15 Mar."""
    return lang.text(say("{day} {month}", day=day.day, month=MONTH_NAMES[day.month - 1]))


def format_short_day(day: date, lang: Language) -> str:
    """Return a day for a narrow column: 2026.3.15, 2026-03-15."""
    return f"{day.year}.{day.month}.{day.day}" if lang.code == "zh" else day.isoformat()


def format_short_month(day: date, lang: Language) -> str:
    """Return the month of a day for a narrow column: 2026.3, 2026-03."""
    return f"{day.year}.{day.month}" if lang.code == "zh" else f"{day:%Y-%m}"


def format_clock(minutes: int) -> str:
    """Return minutes after midnight as ``HH:MM``."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def format_time_span(start: int, end: int, dash: str = "-") -> str:
    """Return two times, in minutes after midnight, as ``HH:MM-HH:MM``."""
    return f"{format_clock(start)}{dash}{format_clock(end)}"


def format_period_name(period: Period) -> Text:
    """Return a period with its year."""
    year, number = f"{period.start.year:04d}", _number_in_year(period)
    if period.every is PeriodLength.MONTH:
        return say("{month} {year}", month=MONTH_NAMES[number - 1], year=year)
    if period.every is PeriodLength.QUARTER:
        return say("quarter {number} of {year}", number=number, year=year)
    if period.every is PeriodLength.HALF:
        return say("first half of {year}", year=year) if number == 1 else say("second half of {year}", year=year)
    return say("the year {year}", year=year)


def format_period_of_year(period: Period) -> Text:
    """Return a period of the current year without naming the year."""
    number = _number_in_year(period)
    if period.every is PeriodLength.MONTH:
        return MONTH_NAMES[number - 1]
    if period.every is PeriodLength.QUARTER:
        return say("quarter {number}", number=number)
    if period.every is PeriodLength.HALF:
        return say("first half-year") if number == 1 else say("second half-year")
    return say("this year")


def _number_in_year(period: Period) -> int:
    return (period.start.month - 1) // period.every.months + 1


def find_code_word(schema: Mapping[str, Any], place: FieldPath, code: str, lang: Language) -> str:
    """Return the word for a code (``x-words``) of the field at ``place`` in a kind's schema, or of its list items."""
    return lang.value(read_code_word(resolve_list_items(find_node(schema, place), schema), code))


def format_figure(value: float | None) -> str:
    """Return a number with at most two decimals, none where they are 0; a hyphen for None."""
    return "-" if value is None else f"{value:.2f}".rstrip("0").rstrip(".")


def format_percent(part: int, whole: int) -> str:
    """Return a share in per cent with one decimal, rounded half up; a hyphen where ``whole`` is 0."""
    if whole == 0:
        return "-"
    tenths = (part * 2000 + whole) // (2 * whole)
    return f"{tenths // 10}.{tenths % 10}%"


def join_phrases(parts: Iterable[str], lang: Language) -> str:
    """Join the parts that are not empty with the comma of the language."""
    return ("，" if lang.code == "zh" else ", ").join(part for part in parts if part)


def join_sentences(parts: Iterable[str], lang: Language) -> str:
    """Join parts that may have commas of their own with the semicolon of the language."""
    return ("；" if lang.code == "zh" else "; ").join(parts)


def add_remark(text: str, remark: str, lang: Language) -> str:
    """Return a text with a remark in brackets behind it."""
    return f"{text}（{remark}）" if lang.code == "zh" else f"{text} ({remark})"


def capitalize_first(text: str) -> str:
    """Return a text that stands alone, with a capital first letter where its script has them."""
    return text[:1].upper() + text[1:]


def shorten_text(text: str, most: int = MAX_TEXT_LENGTH) -> str:
    """Return a text on one line of at most ``most`` characters; an ellipsis marks what is cut."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1]}…"


def describe_snapshot(as_of: date, revision: str | None, lang: Language) -> str:
    """Return the as-of day and, where the records are from a commit, its shortened id."""
    parts = [lang.text(say("as of {day}", day=as_of))]
    if revision:
        parts.append(lang.text(say("revision {revision}", revision=revision[:REVISION_LENGTH])))
    return join_phrases(parts, lang)
