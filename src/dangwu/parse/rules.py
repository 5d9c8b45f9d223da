"""Rulebook files → rulebook, and documents → amendments (design, section 4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dangwu.model.audience import Audience
from dangwu.model.period import PeriodLength
from dangwu.model.rulebook import (
    Amendment,
    Applicability,
    Citation,
    Clause,
    ClauseRole,
    Condition,
    DueDay,
    DutyWording,
    Event,
    EvidenceRule,
    Rulebook,
    Setting,
    Subject,
)
from dangwu.parse.records import parse_bilingual, parse_span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dangwu.model.document import Document


def build_rulebook(name: str, contents: Iterable[dict[str, Any]]) -> Rulebook:
    """Return the rulebook whose files, one per system, have these contents; clauses are in the order of the systems."""
    files = sorted(contents, key=lambda data: int(data["system"]))
    return Rulebook(
        name=name,
        systems=tuple((data["system"], parse_bilingual(data["title"])) for data in files),
        clauses=tuple(_build_clause(data["system"], clause) for data in files for clause in data["clauses"]),
        settings=tuple(
            Setting(setting["key"], setting["default"], parse_bilingual(setting["title"]), data["system"])
            for data in files
            for setting in data.get("settings", ())
        ),
    )


def build_amendment(document: Document) -> Amendment:
    """Return the amendment of a document from ``rules/``."""
    data = document.data
    span = parse_span(data)
    source = data["source"]
    return Amendment(
        path=document.path,
        clause=data["clause"],
        start=span.start,
        end=span.end,
        off=data.get("off", False),
        every=PeriodLength(data["every"]) if "every" in data else None,
        times=data.get("count"),
        due=_build_due_day(data["due"]) if "due" in data else None,
        source=Citation(
            text=source["document"], clause=source.get("clause"), approved_by=source["approved_by"], path=document.path
        ),
        new=_build_extra_clause(data["clause"], data["new"]) if "new" in data else None,
    )


def _build_clause(system: int, data: dict[str, Any]) -> Clause:
    return Clause(
        id=data["clause"],
        system=system,
        title=parse_bilingual(data["title"]),
        becomes=ClauseRole(data["becomes"]),
        reading=parse_bilingual(data["reading"]),
        threshold=data.get("threshold"),
        checks=tuple(data.get("checks", ())),
        event=Event(data["event"]) if "event" in data else None,
        shares=tuple(data.get("shares", ())),
        wordings=tuple(_build_duty_wording(wording) for wording in data.get("wordings", ())),
        **_parse_demands(data),
    )


def _build_extra_clause(clause: str, data: dict[str, Any]) -> Clause:
    """Return the extra duty of an amendment, without wordings: the amendment itself has them."""
    title = parse_bilingual(data["title"])
    return Clause(id=clause, system=0, title=title, becomes=ClauseRole.DUTY, reading=title, **_parse_demands(data))


def _parse_demands(data: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of a clause that rulebook duties and extra duties have in common."""
    return {
        "subject": (subject := Subject(data.get("subject", "branch"))),
        "evidence": tuple(_build_evidence_rule(rule) for rule in (data, *data.get("or", ())) if "record" in rule),
        "applies": tuple(Applicability(apply) for apply in data.get("applies", ())),
        "audience": Audience(data.get("audience", "committee" if subject.personal else "members")),
        "generally": data.get("generally", False),
    }


def _build_evidence_rule(data: dict[str, Any]) -> EvidenceRule:
    return EvidenceRule(
        record=data["record"],
        conditions=tuple(Condition(condition) for condition in data.get("conditions", ())),
        where=tuple(Condition(condition) for condition in data.get("where", ())),
    )


def _build_duty_wording(data: dict[str, Any]) -> DutyWording:
    span = parse_span(data)
    source = data["source"]
    return DutyWording(
        start=span.start,
        end=span.end,
        every=_parse_period_length(data.get("every")),
        times=data.get("count", 1),
        due=_build_due_day(data.get("due", {})),
        opens=_build_due_day(data["opens"]) if "opens" in data else None,
        off=data.get("off", False),
        joiners_within=data.get("joiners_within"),
        source=Citation(text=source["text"], clause=source.get("clause")),
    )


def _parse_period_length(word: str | None) -> PeriodLength | str | None:
    return PeriodLength(word) if word in list(PeriodLength) else word


def _build_due_day(data: dict[str, Any]) -> DueDay:
    return DueDay(month=data.get("month"), day=data.get("day"), days_after=data.get("days_after", 0))
