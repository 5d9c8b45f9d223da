"""Changes of rules, by their effect on duties: blocks for any page, and the page of ``rules diff``."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from dangwu.model.edit import Edit
from dangwu.model.message import Text, say
from dangwu.model.period import PeriodLength
from dangwu.model.rule_change import DutyAspect
from dangwu.model.rulebook_words import PERIOD_LENGTH_NAMES, SUBJECT_NAMES
from dangwu.model.spans import FOREVER
from dangwu.pages.page import Block, Item, Items, Page, Paragraph, Tone

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dangwu.language import Language
    from dangwu.model.message import Argument
    from dangwu.model.rule_change import (
        AspectChange,
        ComparisonSide,
        RuleChange,
        RulesDiff,
        SettingChange,
        YearlyDemand,
    )
    from dangwu.model.spans import Span

_EDIT_WORDS = {
    Edit.ADDED: say("newly owed"),
    Edit.REMOVED: say("no longer owed"),
    Edit.CHANGED: say("owed differently"),
}
_ASPECT_WORDS = {
    DutyAspect.EFFECT: say("status"),
    DutyAspect.TITLE: say("title"),
    DutyAspect.SUBJECT: say("responsible"),
    DutyAspect.EVERY: say("how often"),
    DutyAspect.TIMES: say("times in each period"),
    DutyAspect.OPENS: say("window opens"),
    DutyAspect.DUE: say("due by"),
    DutyAspect.RECORD: say("evidence"),
    DutyAspect.WHERE: say("which of these records"),
    DutyAspect.CONDITIONS: say("conditions"),
    DutyAspect.APPLIES: say("where it applies"),
    DutyAspect.SOURCE: say("source"),
}
_ASPECTS_OF_REMOVED = frozenset({DutyAspect.EFFECT, DutyAspect.EVERY, DutyAspect.TIMES, DutyAspect.SOURCE})
"""Aspects shown of a duty that is no longer owed; how it had to be done is left out."""


def build_rule_change_blocks(changes: RulesDiff, lang: Language) -> Iterator[Block]:
    """Yield the changes, duties first, then settings; one sentence where there are none."""
    items = [_build_clause_item(clause, lang) for clause in changes.clauses]
    items.extend(_build_setting_item(setting, lang) for setting in changes.settings)
    yield Items(tuple(items), lang.text(say("The rules are the same.")))
    if changes.settings:
        text = say("A setting has no day from which it holds: it decides about the past too.")
        yield Paragraph(lang.text(text), Tone.QUIET)


def build_rules_diff_page(changes: RulesDiff, before: ComparisonSide, after: ComparisonSide, lang: Language) -> Page:
    """Return the page of a comparison."""
    subtitle = say("from {before} to {after}", before=_describe_side(before), after=_describe_side(after))
    title = lang.text(say("What changes in the rules"))
    return Page(title=title, subtitle=lang.text(subtitle), blocks=tuple(build_rule_change_blocks(changes, lang)))


def _build_clause_item(change: RuleChange, lang: Language) -> Item:
    lines: list[Text] = [_describe_span(change.span)]
    yearly = _describe_yearly_count(change)
    if yearly is not None:
        lines.append(yearly)
    aspects = _ASPECTS_OF_REMOVED if change.edit is Edit.REMOVED else frozenset(DutyAspect)
    lines.extend(_describe_aspect(aspect) for aspect in change.aspects if aspect.aspect in aspects)
    tone = Tone.WARN if change.asks_less else Tone.OPEN
    return Item(
        tag=lang.text(_EDIT_WORDS[change.edit]),
        title=f"{change.clause} {lang.value(change.title)}",
        tone=tone,
        code=change.path or "",
        details=tuple(lang.text(line) for line in lines),
    )


def _describe_aspect(change: AspectChange) -> Text:
    what = _ASPECT_WORDS[change.aspect]
    if change.before is None:
        return say("{what}: now {value}", what=what, value=_replace_missing(change.after))
    if change.after is None:
        return say("{what}: was {value}", what=what, value=_replace_missing(change.before))
    return say(
        "{what}: {before} → {after}",
        what=what,
        before=_replace_missing(change.before),
        after=_replace_missing(change.after),
    )


def _replace_missing(value: Argument | None) -> Argument:
    return "" if value is None else value


def _describe_span(span: Span) -> Text:
    last = span.end - timedelta(days=1)
    if span.end == FOREVER:
        return say("From {start} on", start=span.start)
    if span.start.year == span.start.min.year:
        return say("Until {last}", last=last)
    return say("From {start} to {last}", start=span.start, last=last)


def _describe_yearly_count(change: RuleChange) -> Text | None:
    """Return how often a year before and after, with the difference where the change has no end; None if unchanged."""
    before, after = change.before, change.after
    if before.times is None or after.times is None or before == after:
        return None
    if before.who is not after.who:
        return say("Times a year: {before}; now {after}", before=_describe_times(before), after=_describe_times(after))
    who, old, new = SUBJECT_NAMES[after.who], before.times, after.times
    if change.span.end != FOREVER:
        return say("Times a year for {who}, as long as this holds: {old} → {new}", who=who, old=old, new=new)
    how = say("{count} more", count=new - old) if new > old else say("{count} fewer", count=old - new)
    return say("Times a year for {who}: {old} → {new} ({how})", who=who, old=old, new=new, how=how)


def _describe_times(demand: YearlyDemand) -> Text:
    return say("{count}, {who}", count=demand.times or 0, who=SUBJECT_NAMES[demand.who])


def _build_setting_item(change: SettingChange, lang: Language) -> Item:
    before, after = (
        _describe_setting_value(change.before, own=change.own_before),
        _describe_setting_value(change.after, own=change.own_after),
    )
    return Item(
        tag=lang.text(say("setting")),
        title=lang.value(change.title),
        tone=Tone.OPEN,
        code=change.key,
        details=(lang.text(say("{what}: {before} → {after}", what=say("value"), before=before, after=after)),),
    )


def _describe_setting_value(value: int | str | None, *, own: bool) -> Argument:
    if value is None:
        return say("no such setting")
    shown = PERIOD_LENGTH_NAMES[PeriodLength(value)] if value in set(PeriodLength) else value
    return shown if own else say("{value} (assumed)", value=shown)


def _describe_side(side: ComparisonSide) -> Argument:
    if side.day is not None:
        return side.day
    return say("the work tree") if side.revision is None else side.revision[:12]
