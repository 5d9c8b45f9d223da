"""The rulebook and differences of it as JSON: ``dangwu/rules/1`` and ``dangwu/rules-diff/1``."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from dangwu.formats.json_text import format_json
from dangwu.model.rulebook import ClauseRole
from dangwu.model.spans import FOREVER
from dangwu.pages.rules import format_source

if TYPE_CHECKING:
    from dangwu.language import Language
    from dangwu.model.message import Argument
    from dangwu.model.rule_change import ComparisonSide, RuleChange, RulesDiff
    from dangwu.model.rulebook import Clause, Rulebook


def render_rules_json(book: Rulebook, as_of: date, system: int | None, lang: Language) -> str:
    """Return the clauses with their wordings as one JSON document."""
    clauses = [build_clause_data(clause, lang) for clause in book.clauses if system in {None, clause.system}]
    return format_json(
        {"schema": "dangwu/rules/1", "rulebook": book.name, "as_of": as_of.isoformat(), "clauses": clauses}
    )


def build_clause_data(clause: Clause, lang: Language) -> dict[str, Any]:
    """Return a clause with its wordings as plain data."""
    return {
        "clause": clause.id,
        "system": clause.system,
        "title": lang.value(clause.title),
        "becomes": clause.becomes.value,
        "reading": lang.value(clause.reading),
        "subject": clause.subject.value if clause.becomes is ClauseRole.DUTY else None,
        "record": clause.record,
        "checks": list(clause.checks),
        "wordings": [
            {
                "from": wording.start.isoformat(),
                "to": None if wording.end.year == wording.end.max.year else wording.end.isoformat(),
                "every": wording.every,
                "count": wording.times,
                "off": wording.off,
                "source": format_source(wording.source, lang),
            }
            for wording in clause.wordings
        ],
    }


def render_rules_diff_json(changes: RulesDiff, before: ComparisonSide, after: ComparisonSide, lang: Language) -> str:
    """Return a comparison as ``dangwu/rules-diff/1``. ``last`` is the last day of a change, null for no end."""
    sides = {"before": _build_side_data(before), "after": _build_side_data(after)}
    return format_json({"schema": "dangwu/rules-diff/1", **sides, **build_rule_change_data(changes, lang)})


def build_rule_change_data(changes: RulesDiff, lang: Language) -> dict[str, Any]:
    """Return the changes as plain data."""
    return {
        "changes": [_build_clause_change_data(clause, lang) for clause in changes.clauses],
        "settings": [
            {
                "key": setting.key,
                "system": setting.system,
                "title": lang.value(setting.title),
                "before": {"value": setting.before, "assumed": not setting.own_before},
                "after": {"value": setting.after, "assumed": not setting.own_after},
            }
            for setting in changes.settings
        ],
    }


def _build_side_data(side: ComparisonSide) -> dict[str, str | None]:
    return {"day": side.day.isoformat() if side.day else None, "revision": side.revision}


def _build_clause_change_data(change: RuleChange, lang: Language) -> dict[str, Any]:
    last = change.span.end - timedelta(days=1)
    return {
        "clause": change.clause,
        "system": change.system,
        "title": lang.value(change.title),
        "change": change.edit.value,
        "from": None if change.span.start == change.span.start.min else change.span.start.isoformat(),
        "last": None if change.span.end == FOREVER else last.isoformat(),
        "times_a_year": {"before": change.before.times, "after": change.after.times},
        "subject": {"before": change.before.who.value, "after": change.after.who.value},
        "path": change.path,
        "aspects": [
            {
                "aspect": aspect.aspect.value,
                "before": _format_argument(aspect.before, lang),
                "after": _format_argument(aspect.after, lang),
            }
            for aspect in change.aspects
        ],
    }


def _format_argument(value: Argument | None, lang: Language) -> str | None:
    return None if value is None else lang.value(value)
