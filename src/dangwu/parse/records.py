"""Document → record. Only for documents whose shape the schemas have accepted."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from dangwu.model.message import Bilingual
from dangwu.model.period import Period
from dangwu.model.record import (
    MEETING_KINDS,
    Acceptance,
    Branch,
    Exemption,
    Group,
    Holder,
    Leave,
    Meeting,
    Member,
    Outcome,
    Resolution,
    Sheet,
    Standing,
    Term,
    Vote,
    Waiver,
)
from dangwu.model.spans import FOREVER, Span
from dangwu.model.tree import path_stem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from dangwu.model.document import Document
    from dangwu.model.kind import Kind
    from dangwu.model.record import Record

_day = date.fromisoformat


def branch(document: Document) -> Branch:
    """Make the branch."""
    data = document.data
    return Branch(
        path=document.path,
        name=bilingual(data["name"]),
        superior=bilingual(data["superior"]),
        founded=_day(data["founded"]),
        language=data.get("language"),
        terms=tuple(
            Term(span=span(each), committee=each["committee"], posts=tuple(_holder(post) for post in each["posts"]))
            for each in data["terms"]
        ),
        groups=tuple(
            Group(
                id=each["id"],
                name=each["name"],
                span=span(each),
                leaders=tuple(_holder(leader) for leader in each["leaders"]),
            )
            for each in data.get("groups", ())
        ),
        settings=dict(data.get("settings", {})),
        workers=tuple(_holder(each) for each in data.get("workers", ())),
        stand_ins=tuple(_holder(each) for each in data.get("discipline_stand_in", ())),
        supervisors=tuple(span(each) for each in data.get("supervisors", ())),
        staff={each["id"]: each["name"] for each in data.get("staff", ())},
    )


def member(document: Document) -> Member:
    """Make a member. Each status and group holds from its day until the next one's."""
    data = document.data
    groups = _until_next(data.get("groups", ()), "group")
    return Member(
        path=document.path,
        id=data["id"],
        name=data["name"],
        standings=tuple((Standing(status), held) for status, held in _until_next(data["status"], "status")),
        groups=tuple((group, held) for group, held in groups if group is not None),
        exemptions=tuple(
            Exemption(span=span(each), reason=each["reason"], approved_by=each["approved_by"])
            for each in data.get("exemptions", ())
        ),
    )


def meeting(document: Document) -> Meeting:
    """Make a meeting or lecture of any kind."""
    data = document.data
    start, _, end = data["time"].partition("-")
    return Meeting(
        path=document.path,
        kind=data["kind"],
        day=_day(data["date"]),
        start=_minutes(start),
        end=_minutes(end),
        place=data["place"],
        group=data.get("group"),
        chair=data["chair"],
        delegated_by=data.get("delegated_by"),
        recorder=data["recorder"],
        present=tuple(data["present"]),
        leave=tuple(
            Leave(member=each["member"], reason=each.get("reason", ""), approved_by=each.get("approved_by"))
            for each in data["leave"]
        ),
        absent=tuple(data["absent"]),
        late=tuple(data.get("late", ())),
        in_attendance=tuple(data.get("in_attendance", ())),
        makes_up=Period.parse(data["makes_up"]) if "makes_up" in data else None,
        totals=dict(data.get("totals", {})),
        topics=tuple(data["topics"]),
        lecturer=data.get("lecturer"),
        resolutions=tuple(_resolution(each) for each in data.get("resolutions", ())),
        headings=document.headings,
        data=data,
    )


def sheet(document: Document, kind: Kind) -> Sheet:
    """Make a record of a kind that has no type of its own."""
    data = document.data
    day = data.get(kind.day) if kind.day else None
    label = data.get(kind.names) if kind.names else None
    names = Period.parse(str(label)) if label is not None else None
    subject = data.get(kind.subject) if kind.subject else None
    return Sheet(
        path=document.path,
        kind=kind.name,
        id=data.get("id") or _id(document.path, kind.name, names, subject),
        data=data,
        day=_day(day) if day else None,
        names=names,
        subject=subject,
        headings=document.headings,
    )


def waiver(document: Document) -> Waiver:
    """Make a waiver."""
    data = document.data
    return Waiver(
        path=document.path,
        day=_day(data["date"]),
        duties=tuple(data["duties"]),
        outcome=Outcome(data["outcome"]),
        reason=data["reason"],
        approved_by=data["approved_by"],
        until=_day(data["until"]) if "until" in data else None,
    )


def acceptances(document: Document) -> tuple[Acceptance, ...]:
    """Make the list of accepted findings."""
    return tuple(
        Acceptance(
            path=document.path,
            number=index,
            code=each["code"],
            file=each["path"],
            subject=each.get("subject"),
            reason=each["reason"],
            day=_day(each["date"]),
        )
        for index, each in enumerate(document.data["accepted"])
    )


MAKERS: dict[str, Callable[[Document], Record]] = {
    "branch": branch,
    "member": member,
    "waiver": waiver,
    **dict.fromkeys(MEETING_KINDS, meeting),
}
"""Kind → what makes its record, for kinds that have a type of their own; all others become entries."""


def bilingual(value: str | dict[str, str]) -> Bilingual:
    """Read a name given once, or in Chinese and English."""
    if isinstance(value, str):
        return Bilingual(value, value)
    return Bilingual(value["zh"], value.get("en", value["zh"]))


def span(data: dict[str, Any]) -> Span:
    """Read ``from`` and ``to``, both days included; no ``to`` means until further notice."""
    last = data.get("to")
    return Span.inclusive(_day(data["from"]), _day(last) if last else None)


def _id(path: str, kind: str, names: Period | None, subject: str | None) -> str:
    """Return the id of a record: kind, period and subject, or the name of its file where it is for no period."""
    if names is None:
        return path_stem(path)
    return "-".join([kind, names.label.lower(), *([subject] if subject else [])])


def _holder(data: dict[str, Any]) -> Holder:
    return Holder(member=data["member"], span=span(data), post=data.get("post", "leader"))


def _until_next(items: Iterable[dict[str, Any]], key: str) -> list[tuple[Any, Span]]:
    ordered = sorted(((_day(each["from"]), each[key]) for each in items), key=lambda pair: pair[0])
    ends = [*(start for start, _ in ordered[1:]), FOREVER][: len(ordered)]
    return [(value, Span(start, end)) for (start, value), end in zip(ordered, ends, strict=True)]


def _minutes(clock: str) -> int:
    hours, _, minutes = clock.partition(":")
    return int(hours) * 60 + int(minutes)


def _resolution(data: dict[str, Any]) -> Resolution:
    vote = data.get("vote")
    return Resolution(
        text=data["text"],
        owner=data.get("owner"),
        due=_day(data["due"]) if "due" in data else None,
        passed=data.get("passed", True),
        major=data.get("major", False),
        vote=Vote(yes=vote["yes"], no=vote.get("no", 0), abstain=vote.get("abstain", 0)) if vote else None,
    )
