"""The rulebook as it holds for a branch: its amendments laid over it, its settings in their places."""

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
    """Return the rulebook that holds for one branch."""
    settings = Settings.of(rulebook, corpus)
    changed = apply_amendments(rulebook, corpus.amendments)
    clauses = tuple(
        clause._replace(wordings=tuple(_fill_settings(wording, settings) for wording in clause.wordings))
        for clause in changed.clauses
    )
    return changed._replace(clauses=clauses)


def apply_amendments(rulebook: Rulebook, amendments: Iterable[Amendment]) -> Rulebook:
    """Return the rulebook in which every duty has the wordings that hold day by day.

    On a day the amendment that started last wins; what it does not name stays as the rulebook words it, not as
    an earlier amendment did. Amendments that cannot be used change nothing (DW703 names them).
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
    """Put the numbers and periods of settings in the place of their names; those by default are assumed."""
    named = [each for each in (wording.due.day, wording.due.days_after) if isinstance(each, str)]
    if isinstance(wording.every, str) and not isinstance(wording.every, PeriodLength):
        named.append(wording.every)
    if not named:
        return wording
    values = {key: settings.value(key) for key in named}
    due = wording.due._replace(
        day=_resolve_number(wording.due.day, values), days_after=_resolve_number(wording.due.days_after, values) or 0
    )
    every = PeriodLength(str(values[wording.every])) if wording.every in values else wording.every
    return wording._replace(due=due, every=every, assumed=tuple(key for key in named if key not in settings.decided))


def _resolve_number(given: int | str | None, values: Mapping[str, int | str]) -> int | None:
    return int(values[given]) if isinstance(given, str) else given


def _amend_clause(clause: Clause, amendments: list[Amendment]) -> Clause:
    usable = sorted(
        (amendment for amendment in amendments if amendment.new is None),
        key=lambda amendment: (amendment.start, amendment.path),
    )
    if not usable or clause.becomes is not ClauseRole.DUTY:
        return clause
    edges = {edge for wording in clause.wordings for edge in (wording.start, wording.end)}
    edges.update(edge for each in usable for edge in (each.start, each.end))
    pieces = []
    for start, end in pairwise(sorted(edges)):
        base = next((wording for wording in clause.wordings if wording.start <= start < wording.end), None)
        over = [each for each in usable if each.start <= start < each.end]
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
