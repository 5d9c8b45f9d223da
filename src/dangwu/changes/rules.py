"""Two states of the rules, or two days → which duties ask something else than before, and in which words."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from dangwu.changes.due_day_text import describe_due_day, describe_opening
from dangwu.model.edit import Edit
from dangwu.model.message import say
from dangwu.model.period import PeriodLength
from dangwu.model.rule_change import AspectChange, DutyAspect, RuleChange, RulesDiff, SettingChange, YearlyDemand
from dangwu.model.rulebook import ClauseRole, Subject
from dangwu.model.rulebook_words import (
    APPLICABILITY_NAMES,
    CONDITION_NAMES,
    PERIOD_LENGTH_NAMES,
    SUBJECT_NAMES,
    format_citation,
)
from dangwu.model.spans import FOREVER, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from dangwu.model.kind import Kind
    from dangwu.model.message import Argument, Bilingual, Text
    from dangwu.model.rule_change import RulesInForce
    from dangwu.model.rulebook import Clause, Condition, DutyWording, Rulebook

_NOT_IN_FORCE, _SWITCHED_OFF, _HAS_EFFECT = say("not in force"), say("switched off"), say("has effect")
_AFTER_EVENT = say("after the event")
_MONTHS_OF_YEAR = 12
_PLAIN_ASPECTS: Mapping[DutyAspect, Argument] = {
    DutyAspect.TIMES: 1,
    DutyAspect.OPENS: describe_opening(None, None),
    DutyAspect.WHERE: say("all of them"),
    DutyAspect.CONDITIONS: say("none asked for"),
    DutyAspect.APPLIES: say("always"),
}
"""What a duty says of itself where it says nothing special; of a new duty that need not be told."""


class _WordedDuty(NamedTuple):
    """A duty as it is worded in a stretch of days; each part None where there is none."""

    clause: Clause | None
    wording: DutyWording | None
    facts: Mapping[DutyAspect, Argument]

    @property
    def owed(self) -> bool:
        return self.wording is not None and not self.wording.off

    @property
    def path(self) -> str | None:
        return self.wording.source.path if self.wording else None


class _UnchangedSpan(NamedTuple):
    """The longest stretch of days on which a duty stays the same in both states."""

    span: Span
    before: _WordedDuty
    after: _WordedDuty


def find_rule_changes(before: RulesInForce, after: RulesInForce, kinds: Mapping[str, Kind]) -> RulesDiff:
    """Return what two states of the rules ask differently, over all days.

    Compared is what amendments and settings can change. Everything else of a rulebook comes with dangwu and is the
    same in both.
    """
    old, new = ({clause.id: clause for clause in rules.rulebook.clauses} for rules in (before, after))
    found = [
        _build_rule_change(run)
        for id_ in sorted(dict.fromkeys((*old, *new)), key=lambda id_: _rank_clause(new.get(id_) or old[id_]))
        if old.get(id_) != new.get(id_)
        for run in _split_into_spans(old.get(id_), new.get(id_), kinds)
        if run.before.facts != run.after.facts
    ]
    return RulesDiff(tuple(found), tuple(_compare_settings(before, after)))


def _rank_clause(clause: Clause) -> tuple[bool, str]:
    """Return where a clause stands: in the order of the rulebook, then extra duties by their names."""
    return (True, clause.id) if clause.system == 0 else (False, "")


def find_changes_between_days(rulebook: Rulebook, first: date, second: date, kinds: Mapping[str, Kind]) -> RulesDiff:
    """Return what one rulebook asks differently on two days; a change's span is that of what holds on the second."""
    found = []
    for clause in rulebook.clauses:
        runs = list(_split_into_spans(clause, clause, kinds))
        old, new = (next(run for run in runs if day in run.span) for day in (first, second))
        if old.after.facts != new.after.facts:
            found.append(_build_rule_change(_UnchangedSpan(new.span, old.after, new.after)))
    return RulesDiff(tuple(found))


def _split_into_spans(old: Clause | None, new: Clause | None, kinds: Mapping[str, Kind]) -> Iterator[_UnchangedSpan]:
    """Yield the stretches that together are all days, in order."""
    worded = [wording for each in (old, new) if each is not None for wording in each.wordings]
    edges = {date.min, FOREVER, *(edge for each in worded for edge in (each.start, each.end))}
    last: _UnchangedSpan | None = None
    for start, end in pairwise(sorted(edges)):
        run = _UnchangedSpan(
            Span(start, end), _build_worded_duty(old, start, kinds), _build_worded_duty(new, start, kinds)
        )
        if last is not None and (last.before.facts, last.after.facts) == (run.before.facts, run.after.facts):
            last = last._replace(span=Span(last.span.start, end))
            continue
        if last is not None:
            yield last
        last = run
    if last is not None:
        yield last


def _build_worded_duty(clause: Clause | None, day: date, kinds: Mapping[str, Kind]) -> _WordedDuty:
    wording = clause.in_force(day) if clause is not None and clause.becomes is ClauseRole.DUTY else None
    if clause is None or wording is None:
        return _WordedDuty(clause, None, {DutyAspect.EFFECT: _NOT_IN_FORCE})
    if wording.off:
        return _WordedDuty(
            clause, wording, {DutyAspect.EFFECT: _SWITCHED_OFF, DutyAspect.SOURCE: format_citation(wording.source)}
        )
    return _WordedDuty(clause, wording, _describe_aspects(clause, wording, kinds))


def _describe_aspects(clause: Clause, wording: DutyWording, kinds: Mapping[str, Kind]) -> Mapping[DutyAspect, Argument]:
    """Return every aspect of a duty that is owed, in words that are the same only where the duty is."""
    where, conditions = (
        [_name_conditions(part) for part in parts]
        for parts in ((proof.where for proof in clause.evidence), (proof.conditions for proof in clause.evidence))
    )
    return {
        DutyAspect.EFFECT: _HAS_EFFECT,
        DutyAspect.TITLE: clause.title,
        DutyAspect.SUBJECT: SUBJECT_NAMES[clause.subject],
        DutyAspect.EVERY: PERIOD_LENGTH_NAMES[wording.every]
        if isinstance(wording.every, PeriodLength)
        else wording.every or _AFTER_EVENT,
        DutyAspect.TIMES: wording.times,
        DutyAspect.OPENS: describe_opening(wording.opens, wording.every),
        DutyAspect.DUE: describe_due_day(wording.due, wording.every),
        DutyAspect.RECORD: tuple(_find_record_title(each.record, kinds) for each in clause.evidence),
        DutyAspect.WHERE: tuple(where) if any(where) else _PLAIN_ASPECTS[DutyAspect.WHERE],
        DutyAspect.CONDITIONS: tuple(conditions) if any(conditions) else _PLAIN_ASPECTS[DutyAspect.CONDITIONS],
        DutyAspect.APPLIES: tuple(APPLICABILITY_NAMES[apply] for apply in clause.applies)
        or _PLAIN_ASPECTS[DutyAspect.APPLIES],
        DutyAspect.SOURCE: format_citation(wording.source),
    }


def _name_conditions(conditions: Iterable[Condition]) -> tuple[Text, ...]:
    return tuple(CONDITION_NAMES[condition] for condition in conditions)


def _find_record_title(kind: str, kinds: Mapping[str, Kind]) -> Bilingual | str:
    return kinds[kind].title if kind in kinds else kind


def _build_rule_change(run: _UnchangedSpan) -> RuleChange:
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
        aspects=tuple(_compare_aspects(old, new)),
        before=_build_yearly_demand(old, clause.subject),
        after=_build_yearly_demand(new, clause.subject),
        path=new.path or old.path,
    )


def _compare_aspects(old: _WordedDuty, new: _WordedDuty) -> Iterator[AspectChange]:
    """Yield the aspects that differ; of a duty that is owed on one side only, what is plain is left out."""
    both = old.owed and new.owed
    for aspect in DutyAspect:
        before, after = old.facts.get(aspect), new.facts.get(aspect)
        plain = aspect is DutyAspect.TITLE or (aspect in _PLAIN_ASPECTS and _PLAIN_ASPECTS[aspect] in (before, after))
        plain = plain or (aspect is DutyAspect.EFFECT and old.wording is None and new.owed)
        if before != after and (both or not plain):
            yield AspectChange(aspect, before, after)


def _build_yearly_demand(held: _WordedDuty, subject: Subject) -> YearlyDemand:
    """Say how often a year; a duty that is not there is said of whoever owes it on the other side."""
    who = held.clause.subject if held.clause is not None else subject
    if held.wording is None or held.wording.off:
        return YearlyDemand(who, 0)
    every = held.wording.every
    return YearlyDemand(
        who, _MONTHS_OF_YEAR // every.months * held.wording.times if isinstance(every, PeriodLength) else None
    )


def _compare_settings(before: RulesInForce, after: RulesInForce) -> Iterator[SettingChange]:
    old, new = ({each.key: each for each in rules.rulebook.settings} for rules in (before, after))
    for key, setting in (old | new).items():
        values = [
            rules.settings.get(key, known[key].default) if key in known else None
            for rules, known in ((before, old), (after, new))
        ]
        if values[0] != values[1]:
            own = (key in before.settings, key in after.settings)
            yield SettingChange(key, setting.system, setting.title, values[0], values[1], *own)
