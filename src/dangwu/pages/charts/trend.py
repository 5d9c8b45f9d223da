"""How a few sums of the branch went from year to year: of bodies and of all together, never of one person."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dangwu.facts.dues import yuan
from dangwu.model.message import Text, say
from dangwu.pages.charts.year import said
from dangwu.pages.page import Block, Heading, Paragraph, Series, Trend
from dangwu.pages.registers.attendance import percent
from dangwu.pages.tone import Tone

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from dangwu.language import Language
    from dangwu.model.results import YearReport
    from dangwu.model.year_sums import YearSums

_FEN = 100
_TWO = 2


def over_the_years(report: YearReport, lang: Language) -> Iterator[Block]:
    """Yield the trends, where there is more than one year to see."""
    years = report.years
    if len(years) < _TWO:
        return
    yield Heading(lang.text(say("Over the years")))
    for shown in _SHOWN[: None if any(each.dues for each in years) else -1]:
        yield _trend(shown, years, lang)
    text = say(
        "Years from the first one with records on. Duties are those of the branch and its bodies that are settled and "
        "not waived; a running year counts up to {day}.",
        day=report.owed.as_of,
    )
    yield Paragraph(lang.text(text), Tone.QUIET)


def _trend(shown: _Shown, years: Sequence[YearSums], lang: Language) -> Trend:
    series = (
        Series(lang.text(name), tone, tuple(value(each) for each in years))
        for (name, value), tone in zip(shown.lines, _TONES, strict=False)
    )
    return Trend(
        caption=lang.text(shown.caption),
        categories=tuple(f"{each.year:04d}" for each in years),
        series=tuple(series),
        alternative=said((shown.words(each) for each in years), lang),
        unit=lang.text(shown.unit),
    )


def _meetings(sums: YearSums) -> float | None:
    return sums.meetings


def _held(sums: YearSums) -> Text:
    return say("{year}: {count} held", year=f"{sums.year:04d}", count=sums.meetings)


def _present(sums: YearSums) -> float | None:
    return _rate(sums.present, sums.due)


def _in_time(sums: YearSums) -> float | None:
    return _rate(sums.in_time, sums.asked)


def _shares(sums: YearSums) -> Text:
    return say(
        "{year}: {present} of {due} present ({rate}), {done} of {asked} duties done in time ({share})",
        year=f"{sums.year:04d}",
        present=sums.present,
        due=sums.due,
        rate=percent(sums.present, sums.due),
        done=sums.in_time,
        asked=sums.asked,
        share=percent(sums.in_time, sums.asked),
    )


def _assessed(sums: YearSums) -> float | None:
    return sums.dues.assessed / _FEN if sums.dues else None


def _paid(sums: YearSums) -> float | None:
    return sums.dues.paid / _FEN if sums.dues else None


def _dues(sums: YearSums) -> Text:
    if sums.dues is None:
        return say("{year}: none on record", year=f"{sums.year:04d}")
    assessed, paid = yuan(sums.dues.assessed), yuan(sums.dues.paid)
    return say("{year}: assessed {assessed}, paid {paid}", year=f"{sums.year:04d}", assessed=assessed, paid=paid)


def _rate(part: int, whole: int) -> float | None:
    """Return a share in per cent with one decimal, rounded as it is written elsewhere."""
    return float(percent(part, whole).rstrip("%")) if whole else None


class _Shown(NamedTuple):
    caption: Text
    lines: tuple[tuple[Text, Callable[[YearSums], float | None]], ...]
    words: Callable[[YearSums], Text]
    unit: Text


_TONES = (Tone.STRONG, Tone.OPEN)
_SHOWN = (
    _Shown(say("Meetings and lectures held, by year"), ((say("held"), _meetings),), _held, Text("")),
    _Shown(
        say("Attendance and duties done in time, by year"),
        ((say("present of those due"), _present), (say("duties done in time"), _in_time)),
        _shares,
        Text("%"),
    ),
    _Shown(say("Dues in total, by year"), ((say("assessed"), _assessed), (say("paid"), _paid)), _dues, say("yuan")),
)
