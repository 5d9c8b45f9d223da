"""Rulebook files and amendments → rules (design, section 4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dangwu.model.audience import Audience
from dangwu.model.period import Every
from dangwu.model.rulebook import (
    Amendment,
    Applies,
    Becomes,
    Citation,
    Clause,
    Condition,
    DueDay,
    Event,
    Proof,
    Rulebook,
    Setting,
    Subject,
    Wording,
)
from dangwu.parse.records import bilingual, span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dangwu.model.document import Document


def rulebook(name: str, read: Iterable[dict[str, Any]]) -> Rulebook:
    """Put the data of a rulebook's files, one per system, together in the order of the systems."""
    files = sorted(read, key=lambda data: int(data["system"]))
    return Rulebook(
        name=name,
        systems=tuple((data["system"], bilingual(data["title"])) for data in files),
        clauses=tuple(_clause(data["system"], clause) for data in files for clause in data["clauses"]),
        settings=tuple(
            Setting(each["key"], each["default"], bilingual(each["title"]), data["system"])
            for data in files
            for each in data.get("settings", ())
        ),
    )


def amendment(document: Document) -> Amendment:
    """Make an amendment from a file of the repository's ``rules/``."""
    data = document.data
    held = span(data)
    source = data["source"]
    return Amendment(
        path=document.path,
        clause=data["clause"],
        start=held.start,
        end=held.end,
        off=data.get("off", False),
        every=Every(data["every"]) if "every" in data else None,
        times=data.get("count"),
        due=_due(data["due"]) if "due" in data else None,
        source=Citation(
            text=source["document"], clause=source.get("clause"), approved_by=source["approved_by"], path=document.path
        ),
        new=_extra(data["clause"], data["new"]) if "new" in data else None,
    )


def _clause(system: int, data: dict[str, Any]) -> Clause:
    return Clause(
        id=data["clause"],
        system=system,
        title=bilingual(data["title"]),
        becomes=Becomes(data["becomes"]),
        reading=bilingual(data["reading"]),
        threshold=data.get("threshold"),
        checks=tuple(data.get("checks", ())),
        event=Event(data["event"]) if "event" in data else None,
        shares=tuple(data.get("shares", ())),
        wordings=tuple(_wording(each) for each in data.get("wordings", ())),
        **_demands(data),
    )


def _extra(clause: str, data: dict[str, Any]) -> Clause:
    """Make the extra duty of an amendment; its wording comes from the amendment itself."""
    title = bilingual(data["title"])
    return Clause(id=clause, system=0, title=title, becomes=Becomes.DUTY, reading=title, **_demands(data))


def _demands(data: dict[str, Any]) -> dict[str, Any]:
    return {
        "subject": (subject := Subject(data.get("subject", "branch"))),
        "evidence": tuple(_proof(each) for each in (data, *data.get("or", ())) if "record" in each),
        "applies": tuple(Applies(each) for each in data.get("applies", ())),
        "audience": Audience(data.get("audience", "committee" if subject.personal else "members")),
        "generally": data.get("generally", False),
    }


def _proof(data: dict[str, Any]) -> Proof:
    return Proof(
        record=data["record"],
        conditions=tuple(Condition(each) for each in data.get("conditions", ())),
        where=tuple(Condition(each) for each in data.get("where", ())),
    )


def _wording(data: dict[str, Any]) -> Wording:
    held = span(data)
    source = data["source"]
    return Wording(
        start=held.start,
        end=held.end,
        every=_every(data.get("every")),
        times=data.get("count", 1),
        due=_due(data.get("due", {})),
        opens=_due(data["opens"]) if "opens" in data else None,
        off=data.get("off", False),
        source=Citation(text=source["text"], clause=source.get("clause")),
    )


def _every(word: str | None) -> Every | str | None:
    return Every(word) if word in list(Every) else word


def _due(data: dict[str, Any]) -> DueDay:
    return DueDay(month=data.get("month"), day=data.get("day"), days_after=data.get("days_after", 0))
