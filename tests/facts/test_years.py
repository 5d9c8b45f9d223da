"""What counts for a year on an as-of day: on the day itself it counts, before it nothing does."""

from __future__ import annotations

from datetime import date
from typing import Any

from dangwu.facts.year_totals import compute_year_totals, is_of_year
from dangwu.facts.year_trend import compute_year_sums, has_records
from dangwu.model.corpus import Corpus
from dangwu.model.duty import Duty, DutyState
from dangwu.model.message import Bilingual
from dangwu.model.period import Period
from dangwu.model.record import GenericRecord
from dangwu.model.year_sums import DuesTotal, LetterCounts, MonthDues
from dangwu.workspace.catalogue import load_default_rulebook
from dangwu.workspace.load import load_workspace
from tests.support.changed import laid
from tests.support.examples import BASE
from tests.support.memory import MemoryTree


def record(kind: str, day: date | None, period: str = "", **data: Any) -> GenericRecord:
    when = Period.parse(period) if period else None
    return GenericRecord(f"{kind}/2026/{day}.yaml", kind, f"{kind}-{day}", data, day, when)


def ledger(*rows: tuple[str, float, list[tuple[str, str, float]]]) -> GenericRecord:
    members = [
        {
            "member": member,
            "assessed": assessed,
            "paid": [{"month": month, "date": day, "amount": amount} for month, day, amount in paid],
        }
        for member, assessed, paid in rows
    ]
    return record("dues", None, "2026", year=2026, members=members)


def duty(clause: str, state: DutyState) -> Duty:
    year = Period.parse("2026")
    return Duty(
        clause=clause,
        system=1,
        title=Bilingual("学习", "Study"),
        period=year,
        subject=None,
        opens=year.start,
        due=year.last,
        count=1,
        state=state,
    )


def test_a_record_belongs_to_the_year_of_its_period_before_that_of_its_day() -> None:
    day = date(2026, 1, 10)
    summary = record("summary", day, "2025")
    assert [is_of_year(summary, year, date(2026, 12, 31)) for year in (2025, 2026)] == [True, False]
    assert [is_of_year(record("letter", day), year, day) for year in (2025, 2026)] == [False, True]
    assert not is_of_year(record("letter", day), 2026, date(2026, 1, 9))
    assert is_of_year(record("plan", None, "2026"), 2026, date(2026, 1, 1))
    assert not is_of_year(record("plan", None), 2026, date(2026, 1, 1))


def test_a_year_has_records_from_the_day_of_the_first() -> None:
    whole = load_workspace(MemoryTree(laid(BASE))).corpus
    first = min(meeting.day for meeting in whole.meetings if meeting.day.year == 2026)
    corpus = Corpus(branch=whole.branch, members=whole.members, meetings=whole.meetings)
    assert has_records(2026, corpus, first)
    assert not has_records(2026, corpus, date.fromordinal(first.toordinal() - 1))
    assert not has_records(2027, corpus, date(2027, 12, 31))
    letters = Corpus(generic_records=(record("letter", date(2026, 2, 3)),))
    assert has_records(2026, letters, date(2026, 2, 3))
    assert not has_records(2026, letters, date(2026, 2, 2))


def test_the_sums_of_a_year_count_meetings_up_to_the_day() -> None:
    corpus = load_workspace(MemoryTree(laid(BASE))).corpus
    days = sorted(meeting.day for meeting in corpus.meetings if meeting.day.year == 2026)
    for as_of in (days[0], days[-1]):
        sums = compute_year_sums(2026, corpus, (), rulebook=load_default_rulebook(), as_of=as_of, dues=None)
        assert sums.meetings == sum(day <= as_of for day in days)
    assert compute_year_sums(2025, corpus, (), rulebook=load_default_rulebook(), as_of=days[-1], dues=None).due == 0


def test_the_sums_of_a_year_tell_what_was_asked_done_and_done_in_time() -> None:
    """What each person owes alone is left out, and so is what nobody was asked for yet or any more."""
    times = dict(zip(DutyState, (3, 2, 1, 4, 5, 6, 7), strict=True))
    owed = [duty("3.1", state) for state, count in times.items() for _ in range(count)]
    alone = [duty("10.1(6)m", state) for state in DutyState]
    sums = compute_year_sums(
        2026, Corpus(), (*owed, *alone), rulebook=load_default_rulebook(), as_of=date(2026, 12, 31), dues=None
    )
    assert (sums.asked, sums.done, sums.in_time) == (3 + 2 + 1, 3 + 2, 3)


def test_a_letter_is_answered_from_the_day_of_the_reply() -> None:
    came = date(2026, 3, 2)
    corpus = Corpus(
        generic_records=(record("letter", came, replied_on="2026-03-20"), record("letter", date(2026, 3, 5)))
    )
    assert compute_year_totals(corpus, 2026, date(2026, 3, 19)).letters == LetterCounts(2, 0)
    assert compute_year_totals(corpus, 2026, date(2026, 3, 20)).letters == LetterCounts(2, 1)
    assert compute_year_totals(corpus, 2026, came).letters == LetterCounts(1, 0)
    assert compute_year_totals(corpus, 2025, date(2026, 3, 20)).letters is None


def test_dues_count_from_the_first_day_of_their_month() -> None:
    """Of one who paid more nobody else's debt is covered."""
    corpus = Corpus(
        generic_records=(
            ledger(
                ("m001", 20, [("2026-01", "2026-01-05", 30.0), ("2026-02", "2026-02-05", 20.0)]),
                ("m002", 10, [("2026-01", "2026-01-06", 4.5)]),
            ),
        )
    )
    january = MonthDues(1, 3000, 3450, 550)
    on_the_last = compute_year_totals(corpus, 2026, date(2026, 1, 31))
    assert (on_the_last.dues_by_month, on_the_last.dues) == ((january,), DuesTotal(2, 3000, 3450))
    on_the_first = compute_year_totals(corpus, 2026, date(2026, 2, 1))
    assert on_the_first.dues_by_month == (january, MonthDues(2, 3000, 2000, 1000))
    assert on_the_first.dues == DuesTotal(2, 6000, 5450)
    assert compute_year_totals(corpus, 2025, date(2026, 2, 1)).dues is None


def test_the_grades_of_a_year_are_those_of_its_appraisal() -> None:
    results = [
        {"member": id_, "grade": grade}
        for id_, grade in (("m2", "excellent"), ("m1", "excellent"), ("m3", "qualified"))
    ]
    appraisal = record("appraisal", date(2026, 1, 12), "2025", results=results)
    totals = compute_year_totals(Corpus(generic_records=(appraisal,)), 2025, date(2026, 1, 12))
    assert totals.excellent == ("m1", "m2")
    assert totals.grades == (("excellent", 2), ("qualified", 1), ("basically-qualified", 0), ("unqualified", 0))
    assert compute_year_totals(Corpus(generic_records=(appraisal,)), 2025, date(2026, 1, 11)).grades == ()


def test_six_years_are_compared_the_reported_one_last() -> None:
    """The first is the first with records of those six; one without records alone has no other beside it."""
    workspace = load_workspace(MemoryTree(laid(BASE)))
    for year, first in ((2026, 2026), (2027, 2026), (2031, 2026), (2032, 2032)):
        report = workspace.report(date(year, 12, 31), year)
        assert [sums.year for sums in report.years] == [*range(first, year + 1)]
