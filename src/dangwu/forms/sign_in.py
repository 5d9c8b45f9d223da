"""The sign-in sheet of a meeting: the members due on its day, by Party group and id, with room to sign (3.5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.forms.cells import BLANK_ROWS
from dangwu.model.message import say
from dangwu.pages.page import Align, Heading
from dangwu.pages.paper import Break, Form, FormCell
from dangwu.pages.wording.values import add_remark

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from dangwu.forms.field_text import FieldText
    from dangwu.model.record import Meeting
    from dangwu.pages.paper import PaperBlock

_DOUBLE_SHARES = (12, 24, 19, 23)
_SINGLE_SHARES = (6, 32, 20, 20)
_FEW_PEOPLE = 20
"""Up to this number of people sign in one column, more in two."""


def build_sign_in_sheet(
    text: FieldText, people: Sequence[str], marks: Mapping[str, str], guests: Sequence[str]
) -> Iterator[PaperBlock]:
    """Yield the sheet on a page of its own: the people due with their known attendance, then the guests."""
    names = [(text.name(person), marks.get(person, "")) for person in people]
    yield Break()
    yield Heading(text(say("Sign-in sheet")))
    yield _build_sign_in_form(text, names or [("", "")] * BLANK_ROWS * 2)
    if guests:
        yield Heading(text(say("In attendance, without a vote")), 3)
        yield _build_sign_in_form(text, [(guest, "") for guest in guests])


def _build_sign_in_form(text: FieldText, people: Sequence[tuple[str, str]]) -> Form:
    shares, across = (_SINGLE_SHARES, 1) if len(people) <= _FEW_PEOPLE else (_DOUBLE_SHARES, 2)
    titles = (say("No."), say("Name"), say("Signature"), say("Remark"))
    head = tuple(FormCell(text(title), label=True, align=Align.CENTER) for title in titles) * across
    rows = []
    for at in range(0, len(people), across):
        cells: list[FormCell] = []
        for number, (name, mark) in enumerate(people[at : at + across], at + 1):
            cells += [FormCell(str(number), align=Align.CENTER), FormCell(name), FormCell(), FormCell(mark)]
        cells += [FormCell()] * (len(head) - len(cells))
        rows.append(tuple(cells))
    return Form("", shares * across, (head, *rows), head=1)


def list_due_members(text: FieldText, meeting: Meeting) -> list[str]:
    """Return the members due at a meeting by Party group and id, then those listed without being due."""
    due_members = text.corpus.roster.due(meeting)
    order = text.people_order(meeting.day)
    others = {person for person in meeting.listed if person not in due_members}
    return [*sorted(due_members, key=order), *sorted(others, key=order)]


def describe_attendance(text: FieldText, meeting: Meeting) -> dict[str, str]:
    """Return each member's attendance by the record: present, late, on leave with the reason, or absent."""
    marks = {person: text(say("Absent")) for person in meeting.absent}
    for leave in meeting.leave:
        marks[leave.member] = format_leave(text, meeting, leave.reason)
    marks |= {person: text(say("Present")) for person in meeting.present}
    return marks | {person: text(say("Late")) for person in meeting.late}


def format_leave(text: FieldText, meeting: Meeting, reason: str | None) -> str:
    """Return leave with its reason, if it has one."""
    word = text.word_in_sentence(meeting.kind, ("leave", "reason"), reason or None)
    return text(say("leave: {reason}", reason=word)) if word else text(say("On leave"))


def describe_absences(text: FieldText, meeting: Meeting) -> str:
    """Return the names of those on leave or absent, each with the reason."""
    reasons = [(leave.member, format_leave(text, meeting, leave.reason)) for leave in meeting.leave]
    reasons += [(person, text(say("Absent"))) for person in meeting.absent]
    return text.lang.value(tuple(add_remark(text.name(member), reason, text.lang) for member, reason in reasons))
