"""The record of a meeting with its sign-in sheet (form 2.1), and what life meetings have beside it (form 2.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.forms import sign_in
from dangwu.forms.cells import Entry, Head, laid, listed, number_head, numbered, points, signed, to_write
from dangwu.forms.work import rectification_list
from dangwu.model.message import say
from dangwu.model.record import GROUP_MEETING, LECTURE, MEETING_KINDS, Meeting
from dangwu.pages.own_words import own_words
from dangwu.pages.page import Heading
from dangwu.pages.paper import Break, Paper
from dangwu.pages.wording.states import clock

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dangwu.forms.field_text import Pen
    from dangwu.model.form_input import Filled
    from dangwu.model.record import Resolution
    from dangwu.pages.paper import Form, PaperBlock

_HEAD = frozenset({
    "schema", "kind", "date", "time", "place", "chair", "delegated_by", "recorder", "present", "leave", "absent",
    "late", "in_attendance", "totals", "topics", "resolutions", "documents", "lecturer", "group",
})  # fmt: skip
_ONLY_FOR_THE_TOOL = frozenset({"makes_up", "totals", "in_attendance_fixed_by", "hours", "plan_item"})
"""What a blank form does without."""
_GUESTS = 4
"""How many rows for guests a blank sign-in sheet has."""


def meeting(filled: Filled, pen: Pen) -> Paper:
    """Return the record of a meeting of any kind."""
    return Paper(
        title=pen(say("{kind}: record", kind=pen.title(filled.kind.title))),
        subtitle=pen.branch,
        blocks=tuple(_blocks(filled, pen)),
    )


def _blocks(filled: Filled, pen: Pen) -> Iterator[PaperBlock]:
    held = filled.record if isinstance(filled.record, Meeting) else None
    yield laid(pen, _entries(filled, held, pen))
    if filled.blank or (held and held.resolutions):
        yield _resolutions(held.resolutions if held else (), pen)
    if filled.data.get("documents"):
        yield _documents(filled, pen)
    if filled.blank:
        yield from to_write([pen.title(each) for each in filled.kind.headings])
    else:
        yield from own_words(filled.body)
    parties = [
        (say("Chair (signature)"), held.chair if held else ""),
        (say("Recorder (signature)"), held.recorder if held else ""),
    ]
    yield signed(pen, ((words, pen.name(name)) for words, name in parties))
    yield from _signing(filled, held, pen)
    if held is not None:
        yield from _rectification(held, pen)


def _entries(filled: Filled, held: Meeting | None, pen: Pen) -> Iterator[Entry]:
    yield Entry(pen(say("Day")), pen.day(held.day) if held else "")
    yield Entry(pen(say("Time")), f"{clock(held.start)}–{clock(held.end)}" if held else "")
    yield Entry(pen(say("Place")), held.place if held else "", whole=True)
    yield Entry(pen(say("Chair")), pen.name(held.chair) if held else "")
    yield Entry(pen(say("Recorder")), pen.name(held.recorder) if held else "")
    if filled.kind.name == GROUP_MEETING:
        yield Entry(pen(say("Party group")), pen.group(held.group) if held else "", whole=True)
    if held and held.delegated_by:
        yield Entry(pen(say("Chair delegated by")), pen.name(held.delegated_by), whole=True)
    if filled.kind.name == LECTURE:
        yield Entry(pen(say("Lecturer")), pen.name(held.lecturer) if held else "", whole=True)
    yield from _counts(held, pen)
    away = sign_in.away(pen, held) or pen(say("none")) if held and held.listed else ""
    yield Entry(pen(say("On leave or absent")), away, whole=True, lines=1 if held else 2)
    guests = pen.lang.value(held.in_attendance) or pen(say("none")) if held and held.listed else ""
    yield Entry(pen(say("In attendance, without a vote")), guests, whole=True)
    yield from _own(filled, pen)
    yield Entry(pen(say("Topics")), points(held.topics) if held else "", whole=True, lines=1 if held else 3)


def _counts(held: Meeting | None, pen: Pen) -> Iterator[Entry]:
    counts = {} if held is None else {key: str(each) for key, each in numbers(held, pen).items()}
    titles = {"due": say("Due"), "present": say("Present"), "leave": say("On leave"), "absent": say("Absent")}
    for key, title in titles.items():
        yield Entry(pen(title), counts.get(key, ""))


def numbers(held: Meeting, pen: Pen) -> dict[str, int]:
    """Count from the lists who was due, present, on leave and absent; without lists, the sums that are seen."""
    wanted = pen.corpus.roster.due(held)
    if not held.listed:
        return dict(held.totals)
    away = {each.member for each in held.leave}
    lists = {"present": set(held.present), "leave": away, "absent": set(held.absent)}
    return {"due": len(wanted), **{key: len(wanted & each) for key, each in lists.items()}}


def _own(filled: Filled, pen: Pen) -> Iterator[Entry]:
    """Yield the fields that only this kind of meeting has."""
    for key, node in filled.schema["properties"].items():
        if (
            key in _HEAD
            or (filled.blank and key in _ONLY_FOR_THE_TOOL)
            or (not filled.blank and key not in filled.data)
        ):
            continue
        text = pen.value(key, filled.data.get(key), node, filled.schema)
        yield Entry(pen.label(key, node, filled.schema), text, whole=True)


def _resolutions(resolutions: tuple[Resolution, ...], pen: Pen) -> Form:
    heads = (
        number_head(pen), Head(pen(say("What was resolved")), 8), Head(pen(say("Vote")), 5),
        Head(pen(say("Result")), 3), Head(pen(say("Responsible")), 4), Head(pen(say("Due day")), 4),
    )  # fmt: skip
    rows = (
        (each.text, _vote(each, pen), _passed(each, pen), pen.name(each.owner), pen.short(each.due))
        for each in resolutions
    )
    return listed(heads, numbered(rows), caption=pen(say("Resolutions")), room=0 if resolutions else 3)


def _vote(each: Resolution, pen: Pen) -> str:
    if each.vote is None:
        return ""
    return pen(say("For {yes}, against {no}, abstained {abstain}", **each.vote._asdict()))


def _passed(each: Resolution, pen: Pen) -> str:
    return pen(say("passed")) if each.passed else pen(say("not passed"))


def _documents(filled: Filled, pen: Pen) -> Form:
    heads = (number_head(pen), Head(pen(say("Documents studied or conveyed")), 16), Head(pen(say("Issued on")), 6))
    rows = ((each["title"], pen.short(each.get("published"))) for each in filled.data["documents"])
    return listed(heads, numbered(rows))


def _signing(filled: Filled, held: Meeting | None, pen: Pen) -> Iterator[PaperBlock]:
    """Yield the sign-in sheet, unless the audience sees nobody by name."""
    if held is not None:
        if held.listed:
            yield from sign_in.sheet(pen, sign_in.due(pen, held), sign_in.marks(pen, held), held.in_attendance)
        return
    wanted = pen.corpus.roster.due_at(filled.kind.name, None, pen.forms.as_of) if pen.corpus.branch else frozenset()
    yield from sign_in.sheet(pen, sorted(wanted, key=pen.order()), {}, [""] * _GUESTS)


def _rectification(held: Meeting, pen: Pen) -> Iterator[PaperBlock]:
    """Yield the list of what the meeting wants put right, where there is one."""
    for each in pen.corpus.of("rectification"):
        if each.data["meeting"] == held.id:
            yield Break()
            yield Heading(pen(say("Rectification list")))
            yield rectification_list(each.data["items"], pen, wide=False)


MAKERS = dict.fromkeys(MEETING_KINDS, meeting)
