"""The rulebook in force for a branch: with amendments applied and settings filled in."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from dangwu.model.period import PeriodLength
from dangwu.model.rulebook import ClauseRole, DueDay, DutyWording
from dangwu.model.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from dangwu.model.corpus import Corpus
    from dangwu.model.rulebook import Amendment, Clause, Rulebook


def build_rulebook_in_force(rulebook: Rulebook, corpus: Corpus) -> Rulebook:
    """Return the rulebook in force for one branch."""
    settings = Settings.of(rulebook, corpus)
    changed = apply_amendments(rulebook, corpus.amendments)
    clauses = tuple(
        clause._replace(wordings=tuple(_fill_settings(wording, settings) for wording in clause.wordings))
        for clause in changed.clauses
    )
    return changed._replace(clauses=clauses)


def apply_amendments(rulebook: Rulebook, amendments: Iterable[Amendment]) -> Rulebook:
    """Return the rulebook with the wordings of every duty split by the days on which each is in force.

    On each day the amendment with the latest start applies; what it does not change is as in the rulebook, not as in
    an earlier amendment. Unusable amendments change nothing (DW703 reports them).
    """
    by_clause: dict[str, list[Amendment]] = {}
    for amendment in amendments:
        by_clause.setdefault(amendment.clause, []).append(amendment)
    known = {clause.id for clause in rulebook.clauses}
    changed = tuple(_amend_clause(clause, by_clause.get(clause.id, [])) for clause in rulebook.clauses)
    extra = tuple(
        _build_extra_clause(amendment.new, amendment)
        for clause, listed in sorted(by_clause.items())
        if clause not in known
        for amendment in listed[:1]
        if amendment.new is not None and amendment.every is not None
    )
    return rulebook._replace(clauses=(*changed, *extra))


def _fill_settings(wording: DutyWording, settings: Settings) -> DutyWording:
    """Return a wording with the values of settings in place of their keys; defaults are listed as assumed."""
    joiners = wording.joiners_within
    if isinstance(joiners, str):
        assumed = () if joiners in settings.decided else (joiners,)
        wording = wording._replace(joiners_within=settings.number(joiners), joiners_assumed=assumed)
    keys = [key for key in (wording.due.day, wording.due.days_after) if isinstance(key, str)]
    if isinstance(wording.every, str) and not isinstance(wording.every, PeriodLength):
        keys.append(wording.every)
    if not keys:
        return wording
    values = {key: settings.value(key) for key in keys}
    due = wording.due._replace(
        day=_resolve_number(wording.due.day, values), days_after=_resolve_number(wording.due.days_after, values) or 0
    )
    every = PeriodLength(str(values[wording.every])) if wording.every in values else wording.every
    return wording._replace(due=due, every=every, assumed=tuple(key for key in keys if key not in settings.decided))


def _resolve_number(number: int | str | None, values: Mapping[str, int | str]) -> int | None:
    return int(values[number]) if isinstance(number, str) else number


def _amend_clause(clause: Clause, amendments: list[Amendment]) -> Clause:
    usable = sorted(
        (amendment for amendment in amendments if amendment.new is None),
        key=lambda amendment: (amendment.start, amendment.path),
    )
    if not usable or clause.becomes is not ClauseRole.DUTY:
        return clause
    edges = {edge for wording in clause.wordings for edge in (wording.start, wording.end)}
    edges.update(edge for amendment in usable for edge in (amendment.start, amendment.end))
    pieces = []
    for start, end in pairwise(sorted(edges)):
        base = next((wording for wording in clause.wordings if wording.start <= start < wording.end), None)
        over = [amendment for amendment in usable if amendment.start <= start < amendment.end]
        if base is not None:
            pieces.append((_amend_wording(base, over[-1]) if over else base)._replace(start=start, end=end))
    return clause._replace(wordings=tuple(pieces))


def _amend_wording(base: DutyWording, amendment: Amendment) -> DutyWording:
    return base._replace(
        off=amendment.off,
        every=amendment.every or base.every,
        times=amendment.times or base.times,
        due=amendment.due or base.due,
        source=amendment.source,
    )


def _build_extra_clause(clause: Clause, amendment: Amendment) -> Clause:
    if amendment.every is None:
        return clause
    wording = DutyWording(
        start=amendment.start,
        end=amendment.end,
        every=amendment.every,
        times=amendment.times or 1,
        due=amendment.due or DueDay(),
        source=amendment.source,
    )
    return clause._replace(wordings=(wording,))
