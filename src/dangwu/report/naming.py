"""How duties, periods, groups and meetings are called on a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.model.period import Every
from dangwu.model.text import Text, say
from dangwu.report.words import MONTHS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dangwu.lang import Language
    from dangwu.model.corpus import Corpus
    from dangwu.model.duty import Duty
    from dangwu.model.period import Period
    from dangwu.model.result import Owed


def period_name(period: Period) -> Text:
    """Return a period as people say it."""
    year, number = f"{period.start.year:04d}", (period.start.month - 1) // period.every.months + 1
    if period.every is Every.MONTH:
        return say("{month} {year}", month=MONTHS[number - 1], year=year)
    if period.every is Every.QUARTER:
        return say("quarter {number} of {year}", number=number, year=year)
    if period.every is Every.HALF:
        return say("first half of {year}", year=year) if number == 1 else say("second half of {year}", year=year)
    return say("the year {year}", year=year)


def group_name(corpus: Corpus, group: str | None) -> str:
    """Return a group's name, its id where the branch does not know it, and nothing for no group."""
    known = corpus.branch.group(group) if corpus.branch and group else None
    return known.name if known else group or ""


def duty_name(duty: Duty, owed: Owed, lang: Language) -> str:
    """Return clause, title, subject and period of a duty in words."""
    title = f"{duty.clause} {lang.value(duty.title)}"
    period = lang.text(period_name(duty.period))
    return joined((title, group_name(owed.corpus, duty.subject), period), lang)


def joined(parts: Iterable[str], lang: Language) -> str:
    """Return the parts that are not empty as one phrase, with the comma of the language."""
    return ("，" if lang.code == "zh" else ", ").join(part for part in parts if part)


def origin(owed: Owed, lang: Language) -> str:
    """Return the branch, the as-of day and the revision: the line below a page's title."""
    parts = [lang.value(owed.corpus.branch.name)] if owed.corpus.branch else []
    parts.append(lang.text(say("as of {day}", day=owed.as_of)))
    if owed.revision:
        parts.append(lang.text(say("revision {revision}", revision=owed.revision[:12])))
    return joined(parts, lang)
