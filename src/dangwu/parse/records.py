"""Document → record. Only for documents whose shape the schemas have accepted."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from dangwu.model.message import Bilingual
from dangwu.model.period import Period, parse_clock
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

_parse_day = date.fromisoformat


def build_branch(document: Document) -> Branch:
    """Make the branch."""
    data = document.data
    return Branch(
        path=document.path,
        name=parse_bilingual(data["name"]),
        superior=parse_bilingual(data["superior"]),
        founded=_parse_day(data["founded"]),
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
        stand_ins=tuple(_build_post_holder(each) for each in data.get("discipline_stand_in", ())),
        supervisors=tuple(parse_span(supervisor) for supervisor in data.get("supervisors", ())),
        staff={each["id"]: each["name"] for each in data.get("staff", ())},
    )


def build_member(document: Document) -> Member:
    """Make a member. Each status and group holds from its day until the next one's."""
    data = document.data
    groups = _build_spans_until_next(data.get("groups", ()), "group")
    return Member(
        path=document.path,
        id=data["id"],
        name=data["name"],
        standings=tuple((Standing(status), held) for status, held in _build_spans_until_next(data["status"], "status")),
        groups=tuple((group, held) for group, held in groups if group is not None),
        exemptions=tuple(
            Exemption(span=parse_span(exemption), reason=exemption["reason"], approved_by=exemption["approved_by"])
            for exemption in data.get("exemptions", ())
        ),
    )


def build_meeting(document: Document) -> Meeting:
    """Make a meeting or lecture of any kind."""
    data = document.data
    start, _, end = data["time"].partition("-")
    return Meeting(
        path=document.path,
        kind=data["kind"],
        day=_parse_day(data["date"]),
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
    """Make a record of a kind that has no type of its own."""
    data = document.data
    day = data.get(kind.day_field) if kind.day_field else None
    label = data.get(kind.period_field) if kind.period_field else None
    names = Period.parse(str(label)) if label is not None else None
    subject = data.get(kind.subject_field) if kind.subject_field else None
    return GenericRecord(
        path=document.path,
        kind=kind.name,
        id=data.get("id") or _build_record_id(document.path, kind.name, names, subject),
        data=data,
        day=_parse_day(day) if day else None,
        period=names,
        subject=subject,
        headings=document.headings,
    )


def build_waiver(document: Document) -> Waiver:
    """Make a waiver."""
    data = document.data
    return Waiver(
        path=document.path,
        day=_parse_day(data["date"]),
        duties=tuple(data["duties"]),
        outcome=WaiverOutcome(data["outcome"]),
        reason=data["reason"],
        approved_by=data["approved_by"],
        until=_parse_day(data["until"]) if "until" in data else None,
    )


def build_acceptances(document: Document) -> tuple[Acceptance, ...]:
    """Make the list of accepted findings."""
    return tuple(
        Acceptance(
            path=document.path,
            number=index,
            code=each["code"],
            file=each["path"],
            subject=each.get("subject"),
            reason=each["reason"],
            day=_parse_day(each["date"]),
        )
        for index, each in enumerate(document.data["accepted"])
    )


RECORD_BUILDERS: dict[str, Callable[[Document], Record]] = {
    "branch": build_branch,
    "member": build_member,
    "waiver": build_waiver,
    **dict.fromkeys(MEETING_KINDS, build_meeting),
}
"""Kind → what makes its record, for kinds that have a type of their own; all others become entries."""


def parse_bilingual(value: str | dict[str, str]) -> Bilingual:
    """Read a name given once, or in Chinese and English."""
    if isinstance(value, str):
        return Bilingual(value, value)
    return Bilingual(value["zh"], value.get("en", value["zh"]))


def parse_span(data: dict[str, Any]) -> Span:
    """Read ``from`` and ``to``, both days included; no ``to`` means until further notice."""
    last = data.get("to")
    return Span.inclusive(_parse_day(data["from"]), _parse_day(last) if last else None)


def _build_record_id(path: str, kind: str, names: Period | None, subject: str | None) -> str:
    """Return the id of a record: kind, period and subject, or the name of its file where it is for no period."""
    if names is None:
        return read_path_stem(path)
    return "-".join([kind, names.label.lower(), *([subject] if subject else [])])


def _build_post_holder(data: dict[str, Any]) -> PostHolder:
    return PostHolder(member=data["member"], span=parse_span(data), post=data.get("post", "leader"))


def _build_spans_until_next(items: Iterable[dict[str, Any]], key: str) -> list[tuple[Any, Span]]:
    ordered = sorted(((_parse_day(item["from"]), item[key]) for item in items), key=lambda pair: pair[0])
    ends = [*(start for start, _ in ordered[1:]), FOREVER][: len(ordered)]
    return [(value, Span(start, end)) for (start, value), end in zip(ordered, ends, strict=True)]


def _build_resolution(data: dict[str, Any]) -> Resolution:
    vote = data.get("vote")
    return Resolution(
        text=data["text"],
        owner=data.get("owner"),
        due=_parse_day(data["due"]) if "due" in data else None,
        passed=data.get("passed", True),
        major=data.get("major", False),
        vote=Vote(yes=vote["yes"], no=vote.get("no", 0), abstain=vote.get("abstain", 0)) if vote else None,
    )
