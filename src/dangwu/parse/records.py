"""Document → record, for documents that are valid by their schemas."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from dangwu.model.day_or_month import DayOrMonth
from dangwu.model.message import Bilingual
from dangwu.model.period import Period, parse_clock, parse_day
from dangwu.model.record import (
    MEETING_KINDS,
    Acceptance,
    Branch,
    Exemption,
    GenericRecord,
    Group,
    Leave,
    Meeting,
    Member,
    PostHolder,
    Resolution,
    Standing,
    Term,
    Vote,
    Waiver,
    WaiverOutcome,
)
from dangwu.model.spans import FOREVER, Span
from dangwu.model.tree import read_path_stem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from dangwu.model.document import Document
    from dangwu.model.kind import Kind
    from dangwu.model.record import Record


def build_branch(document: Document) -> Branch:
    """Return the branch of a document."""
    data = document.data
    return Branch(
        path=document.path,
        name=parse_bilingual(data["name"]),
        superior=parse_bilingual(data["superior"]),
        founded=date.fromisoformat(data["founded"]),
        language=data.get("language"),
        terms=tuple(
            Term(
                span=parse_span(term),
                committee=term["committee"],
                posts=tuple(_build_post_holder(post) for post in term["posts"]),
            )
            for term in data["terms"]
        ),
        groups=tuple(
            Group(
                id=group["id"],
                name=group["name"],
                span=parse_span(group),
                leaders=tuple(_build_post_holder(leader) for leader in group["leaders"]),
            )
            for group in data.get("groups", ())
        ),
        settings=dict(data.get("settings", {})),
        workers=tuple(_build_post_holder(worker) for worker in data.get("workers", ())),
        stand_ins=tuple(_build_post_holder(stand_in) for stand_in in data.get("discipline_stand_in", ())),
        supervisors=tuple(parse_span(supervisor) for supervisor in data.get("supervisors", ())),
        staff={person["id"]: person["name"] for person in data.get("staff", ())},
        records_from=parse_day(data.get("records_from")),
    )


def build_member(document: Document) -> Member:
    """Return the member of a document; each status and group lasts until the next one begins."""
    data = document.data
    groups = _build_spans_until_next(data.get("groups", ()), "group")
    return Member(
        path=document.path,
        id=data["id"],
        name=data["name"],
        standings=tuple((Standing(status), span) for status, span in _build_spans_until_next(data["status"], "status")),
        groups=tuple((group, span) for group, span in groups if group is not None),
        exemptions=tuple(
            Exemption(span=parse_span(exemption), reason=exemption["reason"], approved_by=exemption["approved_by"])
            for exemption in data.get("exemptions", ())
        ),
        joined=DayOrMonth.parse(data.get("joined_on")),
    )


def build_meeting(document: Document) -> Meeting:
    """Return the meeting or lecture of a document."""
    data = document.data
    start, _, end = data["time"].partition("-")
    return Meeting(
        path=document.path,
        kind=data["kind"],
        day=date.fromisoformat(data["date"]),
        start=parse_clock(start),
        end=parse_clock(end),
        place=data["place"],
        group=data.get("group"),
        chair=data["chair"],
        delegated_by=data.get("delegated_by"),
        recorder=data["recorder"],
        present=tuple(data["present"]),
        leave=tuple(
            Leave(member=leave["member"], reason=leave.get("reason", ""), approved_by=leave.get("approved_by"))
            for leave in data["leave"]
        ),
        absent=tuple(data["absent"]),
        late=tuple(data.get("late", ())),
        in_attendance=tuple(data.get("in_attendance", ())),
        makes_up=Period.parse(data["makes_up"]) if "makes_up" in data else None,
        totals=dict(data.get("totals", {})),
        topics=tuple(data["topics"]),
        lecturer=data.get("lecturer"),
        resolutions=tuple(_build_resolution(resolution) for resolution in data.get("resolutions", ())),
        headings=document.headings,
        data=data,
    )


def build_generic_record(document: Document, kind: Kind) -> GenericRecord:
    """Return the record of a document whose kind has no type of its own."""
    data = document.data
    day = data.get(kind.day_field) if kind.day_field else None
    label = data.get(kind.period_field) if kind.period_field else None
    period = Period.parse(str(label)) if label is not None else None
    subject = data.get(kind.subject_field) if kind.subject_field else None
    return GenericRecord(
        path=document.path,
        kind=kind.name,
        id=data.get("id") or _build_record_id(document.path, kind.name, period, subject),
        data=data,
        day=date.fromisoformat(day) if day else None,
        period=period,
        subject=subject,
        headings=document.headings,
    )


def build_waiver(document: Document) -> Waiver:
    """Return the waiver of a document."""
    data = document.data
    return Waiver(
        path=document.path,
        day=date.fromisoformat(data["date"]),
        duties=tuple(data["duties"]),
        outcome=WaiverOutcome(data["outcome"]),
        reason=data["reason"],
        approved_by=data["approved_by"],
        until=date.fromisoformat(data["until"]) if "until" in data else None,
    )


def build_acceptances(document: Document) -> tuple[Acceptance, ...]:
    """Return the accepted findings of a document."""
    return tuple(
        Acceptance(
            path=document.path,
            number=index,
            code=entry["code"],
            file=entry["path"],
            subject=entry.get("subject"),
            reason=entry["reason"],
            day=date.fromisoformat(entry["date"]),
        )
        for index, entry in enumerate(document.data["accepted"])
    )


RECORD_BUILDERS: dict[str, Callable[[Document], Record]] = {
    "branch": build_branch,
    "member": build_member,
    "waiver": build_waiver,
    **dict.fromkeys(MEETING_KINDS, build_meeting),
}
"""Kind → the function that builds its record; all other kinds become generic records."""


def parse_bilingual(value: str | dict[str, str]) -> Bilingual:
    """Return a name in both languages, from a text for both or from ``zh`` and ``en``."""
    if isinstance(value, str):
        return Bilingual(value, value)
    return Bilingual(value["zh"], value.get("en", value["zh"]))


def parse_span(data: dict[str, Any]) -> Span:
    """Return the span of ``from`` and ``to``, both days included; without ``to`` it is open-ended."""
    last = data.get("to")
    return Span.inclusive(date.fromisoformat(data["from"]), date.fromisoformat(last) if last else None)


def _build_record_id(path: str, kind: str, period: Period | None, subject: str | None) -> str:
    """Return the id of a record: kind, period and subject, or without a period the name of its file."""
    if period is None:
        return read_path_stem(path)
    return "-".join([kind, period.label.lower(), *([subject] if subject else [])])


def _build_post_holder(data: dict[str, Any]) -> PostHolder:
    return PostHolder(member=data["member"], span=parse_span(data), post=data.get("post", "leader"))


def _build_spans_until_next(items: Iterable[dict[str, Any]], key: str) -> list[tuple[Any, Span]]:
    """Return the values of dated entries, each with the span from its day until that of the next."""
    ordered = sorted(((date.fromisoformat(item["from"]), item[key]) for item in items), key=lambda pair: pair[0])
    ends = [*(start for start, _ in ordered[1:]), FOREVER][: len(ordered)]
    return [(value, Span(start, end)) for (start, value), end in zip(ordered, ends, strict=True)]


def _build_resolution(data: dict[str, Any]) -> Resolution:
    vote = data.get("vote")
    return Resolution(
        text=data["text"],
        owner=data.get("owner"),
        due=date.fromisoformat(data["due"]) if "due" in data else None,
        passed=data.get("passed", True),
        major=data.get("major", False),
        vote=Vote(yes=vote["yes"], no=vote.get("no", 0), abstain=vote.get("abstain", 0)) if vote else None,
    )
