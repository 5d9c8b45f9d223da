"""The calendar file: read back by another reader, folded as RFC 5545 says, the same entry in every state."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from dangwu.formats.ics import render_ics
from dangwu.formats.ics_entries import build_duty_calendar
from dangwu.formats.safe_text import make_one_line
from dangwu.language import load_language
from dangwu.model.duty import DutyState
from dangwu.model.message import Bilingual
from dangwu.model.rulebook import Subject
from dangwu.workspace.catalogue import load_default_rulebook
from tests.support import values
from tests.support.change import replace

if TYPE_CHECKING:
    from dangwu.language import Language
    from dangwu.model.results import DutyResult

ZH, EN = load_language("zh"), load_language("en")


@cache
def owed() -> DutyResult:
    return values.owed()


def read(data: bytes) -> list[Any]:
    return list(Calendar.from_ical(data).walk("VEVENT"))


def named(text: str) -> DutyResult:
    """Return the duties of a branch in which every group, the branch and every clause has this name."""
    corpus = owed().corpus
    assert corpus.branch is not None
    branch = corpus.branch._replace(
        name=Bilingual(text, text), groups=tuple(each._replace(name=text) for each in corpus.branch.groups)
    )
    duties = tuple(replace(each, title=Bilingual(text, text)) for each in owed().duties[:12])
    return owed()._replace(duties=duties, corpus=replace(corpus, branch=branch))


def assert_folded(data: bytes) -> None:
    """See that every line ends in CRLF, is no longer than 75 octets, and is whole characters (RFC 5545, 3.1)."""
    assert data.endswith(b"\r\n")
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert b"\r" not in data.replace(b"\r\n", b"")
    for line in data.removesuffix(b"\r\n").split(b"\r\n"):
        assert 0 < len(line) <= 75
        line.decode("utf-8")


@pytest.mark.parametrize("lang", [ZH, EN])
def test_every_duty_is_a_day_of_the_calendar(lang: Language) -> None:
    data = render_ics(build_duty_calendar(owed(), lang, (7, 1)))
    assert_folded(data)
    calendar = Calendar.from_ical(data)
    assert (calendar["VERSION"], calendar["CALSCALE"]) == ("2.0", "GREGORIAN")
    assert "METHOD" not in calendar
    assert str(calendar["X-WR-TIMEZONE"]) == "Asia/Shanghai"
    assert "云岭精密机械有限公司党支部" in str(calendar["X-WR-CALNAME"]) or lang is EN
    events = read(data)
    assert len(events) == len({str(each["UID"]) for each in events}) == len({each.id for each in owed().duties})
    for event in events:
        start, end = event["DTSTART"].dt, event["DTEND"].dt
        assert type(start) is date
        assert end - start == timedelta(days=1)
        assert event["DTSTAMP"].dt.isoformat() == "2026-11-23T00:00:00+00:00"
        assert str(event["TRANSP"]) == "TRANSPARENT"
        assert str(event["STATUS"]) in {"CONFIRMED", "CANCELLED"}
        assert len(event["CATEGORIES"].cats) == 1
    assert sorted(each["DTSTART"].dt for each in events) == sorted(each.due for each in owed().duties)


def test_an_entry_in_words() -> None:
    chosen = next(each for each in owed().duties if each.id == "3.1/2026-05/g2")
    event = read(render_ics(build_duty_calendar(owed()._replace(duties=(chosen,)), ZH)))[0]
    assert str(event["SUMMARY"]) == "召开：党小组会，第二党小组，2026年5月"
    assert str(event["DESCRIPTION"]).split("\n") == [
        "条款：3.1 党小组会",
        "时段：2026-05-01 至 2026-05-31",
        "2026-11-23 的状态：逾期",
        "缘由与办法：dangwu explain 3.1/2026-05/g2",
    ]
    assert [str(each) for each in event["CATEGORIES"].cats] == ["3 三会一课制度"]


def test_reminders_are_for_what_lies_ahead() -> None:
    events = read(render_ics(build_duty_calendar(owed(), ZH, (1, 7, 0, 7))))
    by_state = {state: [each for each in owed().duties if each.state is state] for state in DutyState}
    assert by_state[DutyState.UPCOMING]
    assert by_state[DutyState.OVERDUE]
    ringing = [each for each in events if each.walk("VALARM")]
    ahead = by_state[DutyState.OPEN] + by_state[DutyState.UPCOMING]
    assert len(ringing) == len(ahead)
    for event in ringing:
        moments = [
            datetime.combine(event["DTSTART"].dt, datetime.min.time()) + each["TRIGGER"].dt
            for each in event.walk("VALARM")
        ]
        assert {each.hour for each in moments} == {9}
        assert [(event["DTSTART"].dt - each.date()).days for each in moments] == [7, 1, 0]
        assert {str(each["ACTION"]) for each in event.walk("VALARM")} == {"DISPLAY"}
    assert b"VALARM" not in render_ics(build_duty_calendar(owed(), ZH))


def test_an_entry_is_the_same_whatever_its_state_and_language() -> None:
    """Else a calendar that is read in again would show a duty twice."""
    names = {}
    for state in DutyState:
        duties = tuple(replace(each, state=state, reason=None) for each in owed().duties)
        for lang in (ZH, EN):
            events = read(
                render_ics(build_duty_calendar(owed()._replace(duties=duties, as_of=date(2026, 6, 1)), lang, (7,)))
            )
            names[state, lang.code] = [str(each["UID"]) for each in events]
    assert len({tuple(each) for each in names.values()}) == 1
    cancelled = tuple(replace(each, state=DutyState.WAIVED) for each in owed().duties[:1])
    assert str(read(render_ics(build_duty_calendar(owed()._replace(duties=cancelled), ZH)))[0]["STATUS"]) == "CANCELLED"


def in_state(state: DutyState, as_of: date) -> Any:
    """Return the entry of one duty, due on 2026-05-31, in a state on a day."""
    chosen = next(each for each in owed().duties if each.id == "3.1/2026-05/g2")
    duties = (replace(chosen, state=state, reason=None),)
    (event,) = read(render_ics(build_duty_calendar(owed()._replace(duties=duties, as_of=as_of), ZH, (7,))))
    return event


@pytest.mark.parametrize(
    ("state", "day", "status", "title"),
    [
        (DutyState.UPCOMING, "2026-04-20", "CONFIRMED", "召开："),
        (DutyState.OPEN, "2026-05-31", "CONFIRMED", "召开："),
        (DutyState.FULFILLED, "2026-05-12", "CANCELLED", "已办："),
        (DutyState.FULFILLED, "2026-05-31", "CANCELLED", "已办："),
        (DutyState.FULFILLED, "2026-06-01", "CONFIRMED", ""),
        (DutyState.LATE, "2026-06-09", "CONFIRMED", ""),
        (DutyState.OVERDUE, "2026-06-01", "CONFIRMED", "召开："),
        (DutyState.WAIVED, "2026-05-12", "CANCELLED", "免除："),
        (DutyState.WAIVED, "2026-06-01", "CANCELLED", "免除："),
        (DutyState.NOT_APPLICABLE, "2026-05-12", "CANCELLED", "不适用："),
    ],
)
def test_a_day_on_which_nothing_remains_to_be_done_is_cancelled(
    state: DutyState, day: str, status: str, title: str
) -> None:
    """And rings no more; its title says why, for programs that show it as if nothing had happened."""
    event = in_state(state, date.fromisoformat(day))
    assert str(event["STATUS"]) == status
    assert str(event["SUMMARY"]) == f"{title}党小组会，第二党小组，2026年5月"
    assert bool(event.walk("VALARM")) == (state in {DutyState.UPCOMING, DutyState.OPEN})
    assert event["UID"] == in_state(DutyState.OPEN, date(2026, 4, 20))["UID"]


def test_a_title_says_what_is_to_be_done() -> None:
    found = {}
    book = load_default_rulebook()
    for clause in book.clauses:
        duty = replace(owed().duties[0], clause=clause.id, title=clause.title, state=DutyState.OPEN, what="x")
        for lang in (ZH, EN):
            result = owed()._replace(duties=(duty,), rulebook=book)
            title = build_duty_calendar(result, lang).entries[0].title
            found[clause.id, lang.code] = re.split("[，,]", title)[0]
    assert found["8.2(2)", "zh"] == "公开：领导班子情况"
    assert found["8.2(2)", "en"] == "Disclose: The leading group"
    assert found["8.2(4)", "zh"] == "公开：党费收缴使用情况"
    assert found["1.4b", "zh"] == "制定：季度工作计划"
    assert found["1.4g", "en"] == "Put right: Points of an inspection from above"
    assert found["10.1(6)m", "zh"] == "按月交纳党费"
    assert found["9.2(4)", "zh"] == "听取行政负责人通报"


def test_what_one_person_of_many_has_done_cancels_nothing() -> None:
    book = owed().rulebook
    personal = replace(book, clauses=tuple(replace(each, subject=Subject.MEMBER) for each in book.clauses))
    duty = next(each for each in owed().duties if each.id == "3.1/2026-05/g2")
    for states, status, title in (
        (("fulfilled", "open"), "CONFIRMED", "召开："),
        (("fulfilled", "waived"), "CANCELLED", "已办，免除："),
    ):
        duties = tuple(
            replace(duty, subject=f"m00{at}", state=DutyState(state), reason=None) for at, state in enumerate(states)
        )
        result = owed()._replace(duties=duties, rulebook=personal, as_of=date(2026, 5, 12))
        (event,) = read(render_ics(build_duty_calendar(result, ZH, (7,))))
        assert str(event["STATUS"]) == status
        assert str(event["SUMMARY"]) == f"{title}党小组会，2026年5月"
        assert bool(event.walk("VALARM")) == (status == "CONFIRMED")


def test_a_later_day_is_a_newer_revision() -> None:
    """By SEQUENCE first and DTSTAMP then; also when what was done turns out not to be."""
    days = [date(1999, 1, 1), date(2026, 5, 12), date(2026, 5, 13), date(2027, 1, 1)]
    states = (DutyState.OPEN, DutyState.FULFILLED, DutyState.OPEN, DutyState.LATE)
    events = [in_state(state, day) for state, day in zip(states, days, strict=True)]
    revisions = [(int(each["SEQUENCE"]), each["DTSTAMP"].dt) for each in events]
    assert revisions == sorted(set(revisions))
    assert [number for number, _ in revisions] == [0, 9628, 9629, 9862]


def test_other_branches_have_other_entries() -> None:
    one, two = (read(render_ics(build_duty_calendar(named(text), ZH))) for text in ("甲", "乙"))
    assert not {str(each["UID"]) for each in one} & {str(each["UID"]) for each in two}


def test_the_same_bytes_in_whatever_order_the_duties_come() -> None:
    turned = owed()._replace(duties=owed().duties[::-1])
    assert render_ics(build_duty_calendar(owed(), ZH, (7,))) == render_ics(build_duty_calendar(turned, ZH, (7,)))


@given(text=st.text(st.characters(), max_size=120))
@example("\r\nBEGIN:VEVENT\r\nSUMMARY:evil\r\nEND:VEVENT\r\n")
@example("x\nATTACH:http://evil.example\n")
@example("a;b,c\\n\\,:\"'")
@example("䶮㛃𬭎：“三会一课”" * 12)
@example("é" * 60 + "\u0301\u202e\ud800\x00\u2028")
@example("\x85\x0b\x0c\x1c")
@example("\\N")
@settings(deadline=None, max_examples=60)
def test_any_name_is_text_and_no_more(text: str) -> None:
    data = render_ics(build_duty_calendar(named(text), ZH, (7,)))
    assert_folded(data)
    events = read(data)
    assert len(events) == 12
    for event in events:
        assert make_one_line(text).replace("\\N", "＼N") in str(event["SUMMARY"])
        assert set(event) == {
            "UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "CATEGORIES", "STATUS", "TRANSP",
            "SEQUENCE",
        }  # fmt: skip
