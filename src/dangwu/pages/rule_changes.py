"""Changes of rules as what they change in duties: blocks for any page, the page of ``rules diff``, and JSON."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from dangwu.model.edit import Edit
from dangwu.model.message import Text, say
from dangwu.model.period import Every
from dangwu.model.rule_change import Aspect
from dangwu.model.rulebook_words import EVERY, SUBJECTS
from dangwu.model.spans import FOREVER
from dangwu.pages.page import Block, Item, Items, Page, Paragraph
from dangwu.pages.tone import Tone

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dangwu.language import Language
    from dangwu.model.message import Argument
    from dangwu.model.rule_change import Asked, AspectChange, RuleChange, RulesDiff, SettingChange, Side
    from dangwu.model.spans import Span

_EDITS = {
    Edit.ADDED: say("newly owed"),
    Edit.REMOVED: say("no longer owed"),
    Edit.CHANGED: say("owed otherwise"),
}
_ASPECTS = {
    Aspect.EFFECT: say("status"),
    Aspect.TITLE: say("title"),
    Aspect.SUBJECT: say("owed by"),
    Aspect.EVERY: say("how often"),
    Aspect.TIMES: say("times in each period"),
    Aspect.OPENS: say("window opens"),
    Aspect.DUE: say("due by"),
    Aspect.RECORD: say("evidence"),
    Aspect.WHERE: say("which of these records"),
    Aspect.CONDITIONS: say("conditions"),
    Aspect.APPLIES: say("where it applies"),
    Aspect.SOURCE: say("source"),
}
_OF_WHAT_WENT = frozenset({Aspect.EFFECT, Aspect.EVERY, Aspect.TIMES, Aspect.SOURCE})
"""What is said of a duty that is owed no more: how it was to be done matters no longer."""


def rules_changed_blocks(changes: RulesDiff, lang: Language) -> Iterator[Block]:
    """Yield what changes, duties first, then settings; one sentence where nothing does."""
    items = [_clause(each, lang) for each in changes.clauses]
    items.extend(_setting(each, lang) for each in changes.settings)
    yield Items(tuple(items), lang.text(say("The rules are the same.")))
    if changes.settings:
        words = say("A setting has no day from which it holds: it decides about the past too.")
        yield Paragraph(lang.text(words), Tone.QUIET)


def rules_diff_page(changes: RulesDiff, before: Side, after: Side, lang: Language) -> Page:
    """Return the page of a comparison."""
    subtitle = say("from {before} to {after}", before=_side(before), after=_side(after))
    title = lang.text(say("What changes in the rules"))
    return Page(title=title, subtitle=lang.text(subtitle), blocks=tuple(rules_changed_blocks(changes, lang)))


def _clause(change: RuleChange, lang: Language) -> Item:
    lines: list[Text] = [_days(change.span)]
    yearly = _yearly(change)
    if yearly is not None:
        lines.append(yearly)
    told = _OF_WHAT_WENT if change.edit is Edit.REMOVED else frozenset(Aspect)
    lines.extend(_aspect(each) for each in change.aspects if each.aspect in told)
    tone = Tone.WARN if change.asks_less else Tone.OPEN
    return Item(
        tag=lang.text(_EDITS[change.edit]),
        title=f"{change.clause} {lang.value(change.title)}",
        tone=tone,
        code=change.path or "",
        details=tuple(lang.text(each) for each in lines),
    )


def _aspect(change: AspectChange) -> Text:
    what = _ASPECTS[change.aspect]
    if change.before is None:
        return say("{what}: now {value}", what=what, value=_shown(change.after))
    if change.after is None:
        return say("{what}: was {value}", what=what, value=_shown(change.before))
    return say("{what}: {before} → {after}", what=what, before=_shown(change.before), after=_shown(change.after))


def _shown(value: Argument | None) -> Argument:
    return "" if value is None else value


def _days(span: Span) -> Text:
    last = span.end - timedelta(days=1)
    if span.end == FOREVER:
        return say("From {start} on", start=span.start)
    if span.start.year == span.start.min.year:
        return say("Until {last}", last=last)
    return say("From {start} to {last}", start=span.start, last=last)


def _yearly(change: RuleChange) -> Text | None:
    """Say how often a year before and after; that it is more or less only where the change has no end."""
    before, after = change.before, change.after
    if before.times is None or after.times is None or before == after:
        return None
    if before.who is not after.who:
        return say("Times a year: {before}; now {after}", before=_times(before), after=_times(after))
    who, old, new = SUBJECTS[after.who], before.times, after.times
    if change.span.end != FOREVER:
        return say("Times a year for {who}, as long as this holds: {old} → {new}", who=who, old=old, new=new)
    how = say("{count} more", count=new - old) if new > old else say("{count} fewer", count=old - new)
    return say("Times a year for {who}: {old} → {new} ({how})", who=who, old=old, new=new, how=how)


def _times(asked: Asked) -> Text:
    return say("{count}, {who}", count=asked.times or 0, who=SUBJECTS[asked.who])


def _setting(change: SettingChange, lang: Language) -> Item:
    before, after = _value(change.before, own=change.own_before), _value(change.after, own=change.own_after)
    return Item(
        tag=lang.text(say("setting")),
        title=lang.value(change.title),
        tone=Tone.OPEN,
        code=change.key,
        details=(lang.text(say("{what}: {before} → {after}", what=say("value"), before=before, after=after)),),
    )


def _value(value: int | str | None, *, own: bool) -> Argument:
    if value is None:
        return say("no such setting")
    words = EVERY[Every(value)] if value in set(Every) else value
    return words if own else say("{value} (assumed)", value=words)


def _side(side: Side) -> Argument:
    if side.day is not None:
        return side.day
    return say("the work tree") if side.revision is None else side.revision[:12]
