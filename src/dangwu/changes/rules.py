"""Two states of the rules, or two days → which duties ask something else than before, and in which words."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from dangwu.changes.due_day_text import due_words, opens_words
from dangwu.model.edit import Edit
from dangwu.model.message import say
from dangwu.model.period import Every
from dangwu.model.rule_change import Asked, Aspect, AspectChange, RuleChange, RulesDiff, SettingChange
from dangwu.model.rulebook import Becomes, Subject
from dangwu.model.rulebook_words import APPLIES, CONDITIONS, EVERY, SUBJECTS, cited
from dangwu.model.spans import FOREVER, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from dangwu.model.kind import Kind
    from dangwu.model.message import Argument, Bilingual, Text
    from dangwu.model.rule_change import Rules
    from dangwu.model.rulebook import Clause, Condition, Rulebook, Wording

_ABSENT, _OFF, _ON = say("not in force"), say("switched off"), say("has effect")
_AFTER = say("after the event")
_MONTHS_OF_YEAR = 12
_PLAIN: Mapping[Aspect, Argument] = {
    Aspect.TIMES: 1,
    Aspect.OPENS: opens_words(None, None),
    Aspect.WHERE: say("all of them"),
    Aspect.CONDITIONS: say("none asked for"),
    Aspect.APPLIES: say("always"),
}
"""What a duty says of itself where it says nothing special; of a new duty that need not be told."""


class _Held(NamedTuple):
    """A duty as it is worded in a stretch of days; each part None where there is none."""

    clause: Clause | None
    wording: Wording | None
    facts: Mapping[Aspect, Argument]

    @property
    def owed(self) -> bool:
        return self.wording is not None and not self.wording.off

    @property
    def path(self) -> str | None:
        return self.wording.source.path if self.wording else None


class _Run(NamedTuple):
    """The longest stretch of days on which a duty stays the same in both states."""

    span: Span
    before: _Held
    after: _Held


def rule_changes(before: Rules, after: Rules, kinds: Mapping[str, Kind]) -> RulesDiff:
    """Return what two states of the rules ask differently, over all days.

    Compared is what amendments and settings can change. Everything else of a rulebook comes with dangwu and is the
    same in both.
    """
    old, new = ({each.id: each for each in rules.rulebook.clauses} for rules in (before, after))
    found = [
        _change(run)
        for id_ in sorted(dict.fromkeys((*old, *new)), key=lambda id_: _place(new.get(id_) or old[id_]))
        if old.get(id_) != new.get(id_)
        for run in _runs(old.get(id_), new.get(id_), kinds)
        if run.before.facts != run.after.facts
    ]
    return RulesDiff(tuple(found), tuple(_settings(before, after)))


def _place(clause: Clause) -> tuple[bool, str]:
    """Return where a clause stands: in the order of the rulebook, then extra duties by their names."""
    return (True, clause.id) if clause.system == 0 else (False, "")


def changes_between(rulebook: Rulebook, first: date, second: date, kinds: Mapping[str, Kind]) -> RulesDiff:
    """Return what one rulebook asks differently on two days; a change's span is that of what holds on the second."""
    found = []
    for clause in rulebook.clauses:
        runs = list(_runs(clause, clause, kinds))
        old, new = (next(run for run in runs if day in run.span) for day in (first, second))
        if old.after.facts != new.after.facts:
            found.append(_change(_Run(new.span, old.after, new.after)))
    return RulesDiff(tuple(found))


def _runs(old: Clause | None, new: Clause | None, kinds: Mapping[str, Kind]) -> Iterator[_Run]:
    """Yield the stretches that together are all days, in order."""
    worded = [wording for each in (old, new) if each is not None for wording in each.wordings]
    edges = {date.min, FOREVER, *(edge for each in worded for edge in (each.start, each.end))}
    last: _Run | None = None
    for start, end in pairwise(sorted(edges)):
        run = _Run(Span(start, end), _held(old, start, kinds), _held(new, start, kinds))
        if last is not None and (last.before.facts, last.after.facts) == (run.before.facts, run.after.facts):
            last = last._replace(span=Span(last.span.start, end))
            continue
        if last is not None:
            yield last
        last = run
    if last is not None:
        yield last


def _held(clause: Clause | None, day: date, kinds: Mapping[str, Kind]) -> _Held:
    wording = clause.in_force(day) if clause is not None and clause.becomes is Becomes.DUTY else None
    if clause is None or wording is None:
        return _Held(clause, None, {Aspect.EFFECT: _ABSENT})
    if wording.off:
        return _Held(clause, wording, {Aspect.EFFECT: _OFF, Aspect.SOURCE: cited(wording.source)})
    return _Held(clause, wording, _facts(clause, wording, kinds))


def _facts(clause: Clause, wording: Wording, kinds: Mapping[str, Kind]) -> Mapping[Aspect, Argument]:
    """Return every aspect of a duty that is owed, in words that are the same only where the duty is."""
    where, conditions = (
        [_named(each) for each in parts]
        for parts in ((proof.where for proof in clause.evidence), (proof.conditions for proof in clause.evidence))
    )
    return {
        Aspect.EFFECT: _ON,
        Aspect.TITLE: clause.title,
        Aspect.SUBJECT: SUBJECTS[clause.subject],
        Aspect.EVERY: EVERY[wording.every] if isinstance(wording.every, Every) else wording.every or _AFTER,
        Aspect.TIMES: wording.times,
        Aspect.OPENS: opens_words(wording.opens, wording.every),
        Aspect.DUE: due_words(wording.due, wording.every),
        Aspect.RECORD: tuple(_record(each.record, kinds) for each in clause.evidence),
        Aspect.WHERE: tuple(where) if any(where) else _PLAIN[Aspect.WHERE],
        Aspect.CONDITIONS: tuple(conditions) if any(conditions) else _PLAIN[Aspect.CONDITIONS],
        Aspect.APPLIES: tuple(APPLIES[each] for each in clause.applies) or _PLAIN[Aspect.APPLIES],
        Aspect.SOURCE: cited(wording.source),
    }


def _named(conditions: Iterable[Condition]) -> tuple[Text, ...]:
    return tuple(CONDITIONS[each] for each in conditions)


def _record(kind: str, kinds: Mapping[str, Kind]) -> Bilingual | str:
    return kinds[kind].title if kind in kinds else kind


def _change(run: _Run) -> RuleChange:
    old, new = run.before, run.after
    clause = new.clause or old.clause
    if clause is None:
        raise ValueError
    edit = Edit.CHANGED if old.owed == new.owed else Edit.ADDED if new.owed else Edit.REMOVED
    return RuleChange(
        clause=clause.id,
        system=clause.system,
        title=clause.title,
        edit=edit,
        span=run.span,
        aspects=tuple(_aspects(old, new)),
        before=_asked(old, clause.subject),
        after=_asked(new, clause.subject),
        path=new.path or old.path,
    )


def _aspects(old: _Held, new: _Held) -> Iterator[AspectChange]:
    """Yield the aspects that differ; of a duty that is owed on one side only, what is plain is left out."""
    both = old.owed and new.owed
    for aspect in Aspect:
        before, after = old.facts.get(aspect), new.facts.get(aspect)
        plain = aspect is Aspect.TITLE or (aspect in _PLAIN and _PLAIN[aspect] in (before, after))
        plain = plain or (aspect is Aspect.EFFECT and old.wording is None and new.owed)
        if before != after and (both or not plain):
            yield AspectChange(aspect, before, after)


def _asked(held: _Held, subject: Subject) -> Asked:
    """Say how often a year; a duty that is not there is said of whoever owes it on the other side."""
    who = held.clause.subject if held.clause is not None else subject
    if held.wording is None or held.wording.off:
        return Asked(who, 0)
    every = held.wording.every
    return Asked(who, _MONTHS_OF_YEAR // every.months * held.wording.times if isinstance(every, Every) else None)


def _settings(before: Rules, after: Rules) -> Iterator[SettingChange]:
    old, new = ({each.key: each for each in rules.rulebook.settings} for rules in (before, after))
    for key, setting in (old | new).items():
        values = [
            rules.settings.get(key, known[key].default) if key in known else None
            for rules, known in ((before, old), (after, new))
        ]
        if values[0] != values[1]:
            own = (key in before.settings, key in after.settings)
            yield SettingChange(key, setting.system, setting.title, values[0], values[1], *own)
