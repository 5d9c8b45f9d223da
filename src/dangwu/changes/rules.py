"""Two states of the rules, or two days → the duties and settings that changed."""

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
"""The default of each aspect; left out where a whole duty is new or gone."""


class _WordedDuty(NamedTuple):
    """A duty in the wording of some days; ``facts`` are its aspects in words."""

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
    """A maximal span of days on which a duty stays the same in both states."""

    span: Span
    before: _WordedDuty
    after: _WordedDuty


def find_rule_changes(before: RulesInForce, after: RulesInForce, kinds: Mapping[str, Kind]) -> RulesDiff:
    """Compare two states of the rules over all days: clauses as amended, and settings.

    Everything else of a rulebook comes with dangwu and is equal in both.
    """
    old, new = ({clause.id: clause for clause in rules.rulebook.clauses} for rules in (before, after))
    changes = [
        _build_rule_change(unchanged)
        for id_ in sorted(dict.fromkeys((*old, *new)), key=lambda id_: _rank_clause(new.get(id_) or old[id_]))
        if old.get(id_) != new.get(id_)
        for unchanged in _split_into_spans(old.get(id_), new.get(id_), kinds)
        if unchanged.before.facts != unchanged.after.facts
    ]
    return RulesDiff(tuple(changes), tuple(_compare_settings(before, after)))


def _rank_clause(clause: Clause) -> tuple[bool, str]:
    """Return the sort key of a clause: those of the rulebook in their order, then extra duties by id."""
    return (True, clause.id) if clause.system == 0 else (False, "")


def find_changes_between_days(rulebook: Rulebook, first: date, second: date, kinds: Mapping[str, Kind]) -> RulesDiff:
    """Compare a rulebook on two days; a change's span is that of the wording on the second day."""
    changes = []
    for clause in rulebook.clauses:
        spans = list(_split_into_spans(clause, clause, kinds))
        old, new = (next(unchanged for unchanged in spans if day in unchanged.span) for day in (first, second))
        if old.after.facts != new.after.facts:
            changes.append(_build_rule_change(_UnchangedSpan(new.span, old.after, new.after)))
    return RulesDiff(tuple(changes))


def _split_into_spans(old: Clause | None, new: Clause | None, kinds: Mapping[str, Kind]) -> Iterator[_UnchangedSpan]:
    """Yield consecutive spans that cover all days."""
    wordings = [wording for clause in (old, new) if clause is not None for wording in clause.wordings]
    edges = {date.min, FOREVER, *(edge for wording in wordings for edge in (wording.start, wording.end))}
    last: _UnchangedSpan | None = None
    for start, end in pairwise(sorted(edges)):
        unchanged = _UnchangedSpan(
            Span(start, end), _build_worded_duty(old, start, kinds), _build_worded_duty(new, start, kinds)
        )
        if last is not None and (last.before.facts, last.after.facts) == (
            unchanged.before.facts,
            unchanged.after.facts,
        ):
            last = last._replace(span=Span(last.span.start, end))
            continue
        if last is not None:
            yield last
        last = unchanged
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
    """Describe every aspect of a duty in words that are equal only for equal duties."""
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
        DutyAspect.RECORD: tuple(_find_record_title(proof.record, kinds) for proof in clause.evidence),
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


def _build_rule_change(unchanged: _UnchangedSpan) -> RuleChange:
    old, new = unchanged.before, unchanged.after
    clause = new.clause or old.clause
    if clause is None:
        raise ValueError
    edit = Edit.CHANGED if old.owed == new.owed else Edit.ADDED if new.owed else Edit.REMOVED
    return RuleChange(
        clause=clause.id,
        system=clause.system,
        title=clause.title,
        edit=edit,
        span=unchanged.span,
        aspects=tuple(_compare_aspects(old, new)),
        before=_build_yearly_demand(old, clause.subject),
        after=_build_yearly_demand(new, clause.subject),
        path=new.path or old.path,
    )


def _compare_aspects(old: _WordedDuty, new: _WordedDuty) -> Iterator[AspectChange]:
    """Yield the aspects that differ; for a duty on one side only, without its title and default aspects."""
    both = old.owed and new.owed
    for aspect in DutyAspect:
        before, after = old.facts.get(aspect), new.facts.get(aspect)
        plain = aspect is DutyAspect.TITLE or (aspect in _PLAIN_ASPECTS and _PLAIN_ASPECTS[aspect] in (before, after))
        plain = plain or (aspect is DutyAspect.EFFECT and old.wording is None and new.owed)
        if before != after and (both or not plain):
            yield AspectChange(aspect, before, after)


def _build_yearly_demand(worded: _WordedDuty, subject: Subject) -> YearlyDemand:
    """Return how often a year the duty is due, None after events; ``subject`` serves where the duty is missing."""
    who = worded.clause.subject if worded.clause is not None else subject
    if worded.wording is None or worded.wording.off:
        return YearlyDemand(who, 0)
    every = worded.wording.every
    times = _MONTHS_OF_YEAR // every.months * worded.wording.times if isinstance(every, PeriodLength) else None
    return YearlyDemand(who, times)


def _compare_settings(before: RulesInForce, after: RulesInForce) -> Iterator[SettingChange]:
    """Yield the settings whose value in force differs; None where a rulebook has no such setting."""
    old, new = ({setting.key: setting for setting in rules.rulebook.settings} for rules in (before, after))
    for key, setting in (old | new).items():
        values = [
            rules.settings.get(key, known[key].default) if key in known else None
            for rules, known in ((before, old), (after, new))
        ]
        if values[0] != values[1]:
            own = (key in before.settings, key in after.settings)
            yield SettingChange(key, setting.system, setting.title, values[0], values[1], *own)
