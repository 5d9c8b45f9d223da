"""Line charts of the branch's sums by year: meetings, attendance, duties in time, dues; never of one person."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dangwu.facts.dues import format_yuan
from dangwu.model.message import Text, say
from dangwu.pages.page import Block, Heading, Paragraph, Series, Tone, Trend
from dangwu.pages.wording.values import format_percent, join_sentences

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from dangwu.language import Language
    from dangwu.model.results import YearReport
    from dangwu.model.year_sums import YearSums

_FEN_PER_YUAN = 100
_FEWEST_YEARS = 2


def build_year_trends(report: YearReport, lang: Language) -> Iterator[Block]:
    """Yield the line charts, where there is more than one year."""
    years = report.years
    if len(years) < _FEWEST_YEARS:
        return
    yield Heading(lang.text(say("Over the years")))
    for recipe in _TREND_RECIPES[: None if any(year.dues for year in years) else -1]:
        yield _build_trend(recipe, years, lang)
    text = say(
        "Years from the first one with records on. Duties are those of the branch and its bodies that are settled and "
        "not waived; a running year counts up to {day}.",
        day=report.owed.as_of,
    )
    yield Paragraph(lang.text(text), Tone.QUIET)


def _build_trend(recipe: _TrendRecipe, years: Sequence[YearSums], lang: Language) -> Trend:
    series = (
        Series(lang.text(name), tone, tuple(value(year) for year in years))
        for (name, value), tone in zip(recipe.lines, _LINE_TONES, strict=False)
    )
    return Trend(
        caption=lang.text(recipe.caption),
        categories=tuple(f"{year.year:04d}" for year in years),
        series=tuple(series),
        alternative=join_sentences((lang.text(recipe.describe(year)) for year in years), lang),
        unit=lang.text(recipe.unit),
    )


def _count_meetings(sums: YearSums) -> float | None:
    return sums.meetings


def _describe_meetings(sums: YearSums) -> Text:
    return say("{year}: {count} held", year=f"{sums.year:04d}", count=sums.meetings)


def _compute_presence_rate(sums: YearSums) -> float | None:
    return _compute_rate(sums.present, sums.due)


def _compute_in_time_rate(sums: YearSums) -> float | None:
    return _compute_rate(sums.in_time, sums.asked)


def _describe_rates(sums: YearSums) -> Text:
    return say(
        "{year}: {present} of {due} present ({rate}), {done} of {asked} duties done in time ({share})",
        year=f"{sums.year:04d}",
        present=sums.present,
        due=sums.due,
        rate=format_percent(sums.present, sums.due),
        done=sums.in_time,
        asked=sums.asked,
        share=format_percent(sums.in_time, sums.asked),
    )


def _compute_assessed_yuan(sums: YearSums) -> float | None:
    return sums.dues.assessed / _FEN_PER_YUAN if sums.dues else None


def _compute_paid_yuan(sums: YearSums) -> float | None:
    return sums.dues.paid / _FEN_PER_YUAN if sums.dues else None


def _describe_dues(sums: YearSums) -> Text:
    if sums.dues is None:
        return say("{year}: none on record", year=f"{sums.year:04d}")
    assessed, paid = format_yuan(sums.dues.assessed), format_yuan(sums.dues.paid)
    return say("{year}: assessed {assessed}, paid {paid}", year=f"{sums.year:04d}", assessed=assessed, paid=paid)


def _compute_rate(part: int, whole: int) -> float | None:
    """Return a share in per cent with one decimal, rounded as in the tables; None where ``whole`` is 0."""
    return float(format_percent(part, whole).rstrip("%")) if whole else None


class _TrendRecipe(NamedTuple):
    caption: Text
    lines: tuple[tuple[Text, Callable[[YearSums], float | None]], ...]
    describe: Callable[[YearSums], Text]
    unit: Text


_LINE_TONES = (Tone.STRONG, Tone.OPEN)
_TREND_RECIPES = (
    _TrendRecipe(
        say("Meetings and lectures held, by year"), ((say("held"), _count_meetings),), _describe_meetings, Text("")
    ),
    _TrendRecipe(
        say("Attendance and duties done in time, by year"),
        ((say("present of those due"), _compute_presence_rate), (say("duties done in time"), _compute_in_time_rate)),
        _describe_rates,
        Text("%"),
    ),
    _TrendRecipe(
        say("Dues in total, by year"),
        ((say("assessed"), _compute_assessed_yuan), (say("paid"), _compute_paid_yuan)),
        _describe_dues,
        say("yuan"),
    ),
)
