"""Two states of the rules against a plain reading day by day."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dangwu.changes.due_day_text import describe_due_day, describe_opening
from dangwu.changes.rules import find_changes_between_days, find_rule_changes
from dangwu.language import load_language
from dangwu.model.edit import Edit
from dangwu.model.period import Period, PeriodLength
from dangwu.model.rule_change import DutyAspect, RulesDiff, RulesInForce
from dangwu.model.rulebook import Citation, DueDay, DutyWording, Rulebook, Subject
from dangwu.model.spans import FOREVER, Span
from dangwu.pages.rule_changes import build_rule_change_blocks
from dangwu.workspace.catalogue import load_default_rulebook, load_kinds
from dangwu.workspace.load import load_workspace
from dangwu.workspace.rules_diff import compare_days, compare_states
from dangwu.workspace.workspace import build_year_span
from tests.support.branches import base_files
from tests.support.memory import MemoryTree

if TYPE_CHECKING:
    from dangwu.model.rulebook import Clause

FIRST = date(2020, 8, 24)
quick = settings(
    derandomize=True, max_examples=80, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow]
)

days = st.integers(0, 2500).map(lambda number: FIRST + timedelta(days=number))
lengths = st.sampled_from(PeriodLength)
due_days = st.builds(
    DueDay,
    month=st.sampled_from([None, 1, 2, 3, 6, 12]),
    day=st.sampled_from([None, 1, 10, 28, 29, 30, 31]),
    days_after=st.sampled_from([0, 0, 15]),
)
sources = st.builds(
    Citation,
    text=st.sampled_from(["ten-systems", "通知"]),
    clause=st.sampled_from([None, "3.1"]),
    approved_by=st.sampled_from([None, "云栖镇党委"]),
    path=st.sampled_from([None, "rules/a.yaml", "rules/b.yaml"]),
)


@st.composite
def worded(draw: st.DrawFn) -> tuple[DutyWording, ...]:
    """Return wordings that follow each other, with gaps, the last one with or without an end."""
    edges = sorted(draw(st.sets(days, min_size=1, max_size=4)))
    ends = [*edges[1:], draw(st.sampled_from([FOREVER, edges[-1] + timedelta(days=200)]))]
    pieces = [
        DutyWording(
            start=start,
            end=end,
            every=draw(lengths),
            source=draw(sources),
            times=draw(st.sampled_from([1, 1, 2])),
            due=draw(due_days),
            off=draw(st.sampled_from([False, False, True])),
            opens=draw(st.one_of(st.none(), due_days)),
            assumed=draw(st.sampled_from([(), ("quarter_plan_day",)])),
        )
        for start, end in zip(edges, ends, strict=True)
    ]
    return tuple(each for each in pieces if draw(st.integers(0, 4)))


def _clause(id_: str) -> Clause:
    found = load_default_rulebook().clause("3.4")
    assert found is not None
    return found._replace(id=id_, system=3 if id_ == "3.4" else 0)


@st.composite
def rulebooks(draw: st.DrawFn) -> Rulebook:
    ids = draw(st.sampled_from([("3.4",), ("3.4", "X1"), ("3.4", "X1", "X2"), ("3.4", "X2")]))
    clauses = [
        _clause(each)._replace(
            wordings=draw(worded()), subject=draw(st.sampled_from([Subject.BRANCH, Subject.BRANCH, Subject.GROUP]))
        )
        for each in ids
    ]
    return load_default_rulebook()._replace(clauses=tuple(clauses))


def changes(before: Rulebook, after: Rulebook) -> RulesDiff:
    return find_rule_changes(RulesInForce(before, {}), RulesInForce(after, {}), load_kinds())


def written(clause: Clause | None, day: date) -> Any:
    """Return everything that is written for a day, but for where and since when it is written."""
    wording = clause.in_force(day) if clause is not None else None
    if clause is None or wording is None:
        return None
    source = wording.source._replace(path=None)
    if wording.off:
        return ("off", source)
    return (clause.subject, wording._replace(start=FIRST, end=FIRST, assumed=(), source=source))


def meant(clause: Clause | None, day: date) -> Any:
    """Return what is written for a day by what it leads to: the days of some years."""
    said = written(clause, day)
    if said is None or said[0] == "off":
        return said
    who, wording = said
    periods = [
        Period.containing(wording.every, date(year, month, 1)) for year in (2023, 2024) for month in range(1, 13)
    ]
    due = [wording.due.on(each) for each in periods]
    opens = [wording.opens.on(each) if wording.opens else each.start for each in periods]
    return (who, wording.every, wording.times, wording.source, due, opens)


def telling(*books: Rulebook) -> list[date]:
    """Return days around every edge."""
    edges = {
        edge
        for book in books
        for clause in book.clauses
        for each in clause.wordings
        for edge in (each.start, each.end)
        if edge < FOREVER
    }
    near = {each + timedelta(days=step) for each in edges for step in (-1, 0, 1)}
    return sorted(near | {date(1990, 1, 1), date(2090, 1, 1)})


def spans(diff: RulesDiff, clause: str) -> list[Span]:
    return [each.span for each in diff.clauses if each.clause == clause]


@quick
@given(rulebooks(), days)
def test_nothing_differs_from_itself(book: Rulebook, day: date) -> None:
    assert changes(book, book).empty
    assert find_changes_between_days(book, day, day, load_kinds()).empty


@quick
@given(rulebooks(), rulebooks())
def test_the_days_of_a_change_are_those_on_which_the_wording_differs(before: Rulebook, after: Rulebook) -> None:
    diff = changes(before, after)
    for id_ in {each.id for book in (before, after) for each in book.clauses}:
        old, new = before.clause(id_), after.clause(id_)
        for day in telling(before, after):
            covered = any(day in span for span in spans(diff, id_))
            if written(old, day) == written(new, day):
                assert not covered, day
            if meant(old, day) != meant(new, day):
                assert covered, day


@quick
@given(rulebooks(), rulebooks())
def test_spans_are_in_order_disjoint_and_as_long_as_they_can_be(before: Rulebook, after: Rulebook) -> None:
    diff = changes(before, after)
    assert [each.clause for each in diff.clauses] == sorted(each.clause for each in diff.clauses)
    for id_ in {each.clause for each in diff.clauses}:
        own = [each for each in diff.clauses if each.clause == id_]
        assert all(each.span.start < each.span.end and each.aspects for each in own)
        for one, other in pairwise(own):
            assert one.span.end <= other.span.start
            same = (one.aspects, one.before, one.after) == (other.aspects, other.before, other.after)
            if one.span.end == other.span.start and same:
                # What is the same in both states may differ from one span to the next.
                day = other.span.start
                assert written(before.clause(id_), day) != written(before.clause(id_), day - timedelta(days=1))


@quick
@given(rulebooks(), rulebooks())
def test_the_way_back_is_the_same_way(before: Rulebook, after: Rulebook) -> None:
    there, back = changes(before, after), changes(after, before)
    turned = {Edit.ADDED: Edit.REMOVED, Edit.REMOVED: Edit.ADDED, Edit.CHANGED: Edit.CHANGED}
    found = {(each.clause, each.span, turned[each.edit], each.after.times, each.before.times) for each in back.clauses}
    assert found == {(each.clause, each.span, each.edit, each.before.times, each.after.times) for each in there.clauses}


@quick
@given(rulebooks(), days, days)
def test_two_days_of_one_rulebook(book: Rulebook, first: date, second: date) -> None:
    diff = find_changes_between_days(book, first, second, load_kinds())
    named = {each.clause: each for each in diff.clauses}
    assert len(named) == len(diff.clauses)
    for clause in book.clauses:
        if written(clause, first) == written(clause, second):
            assert clause.id not in named
        if meant(clause, first) != meant(clause, second):
            change = named[clause.id]
            assert second in change.span
            assert first not in change.span
            for day in (change.span.start, change.span.end - timedelta(days=1)):
                assert meant(clause, max(day, date(1990, 1, 1))) == meant(clause, second)


@quick
@given(rulebooks(), rulebooks(), st.sampled_from(["zh", "en"]))
def test_every_change_can_be_said(before: Rulebook, after: Rulebook, code: str) -> None:
    diff = changes(before, after)
    items = next(iter(build_rule_change_blocks(diff, load_language(code))))
    assert len(items.items) == len(diff.clauses)  # type: ignore[union-attr]


@quick
@given(due_days, due_days, lengths)
def test_due_days_in_the_same_words_are_the_same_days(one: DueDay, other: DueDay, every: PeriodLength) -> None:
    periods = [Period.containing(every, date(year, month, 1)) for year in (2023, 2024) for month in range(1, 13)]
    if describe_due_day(one, every) == describe_due_day(other, every):
        assert [one.on(each) for each in periods] == [other.on(each) for each in periods]
    first = [each.start for each in periods]
    if describe_opening(one, every) == describe_opening(None, every):
        assert [one.on(each) for each in periods] == first


@pytest.mark.parametrize(
    ("due", "every", "said"),
    [
        (DueDay(), PeriodLength.MONTH, "the last day of the period"),
        (DueDay(day=20), PeriodLength.MONTH, "day 20 of the month"),
        (DueDay(month=1, day=10), PeriodLength.QUARTER, "day 10 of month 1 of the period"),
        (DueDay(month=2), PeriodLength.QUARTER, "the last day of month 2 of the period"),
        (DueDay(month=2, day=29), PeriodLength.YEAR, "the last day of month 2 of the period"),
        (DueDay(month=2, day=29), PeriodLength.QUARTER, "day 29 of month 2 of the period"),
        (DueDay(month=12), PeriodLength.HALF, "the last day of the period"),
        (DueDay(days_after=15), PeriodLength.HALF, "15 days after the last day of the period"),
        (DueDay(days_after=15), None, "15 days after the event"),
        (DueDay(), None, "the day that the event sets"),
    ],
)
def test_due_days_in_words(due: DueDay, every: PeriodLength | None, said: str) -> None:
    assert load_language("en").text(describe_due_day(due, every)) == said


def amendment(clause: str, first: str, *lines: str) -> str:
    """Return an amendment's file."""
    head = f'schema: 1\nkind: amendment\nclause: "{clause}"\nfrom: {first}\n'
    source = "source: {document: 云栖镇党委的通知, approved_by: 云栖镇党委}\n"
    return head + "".join(f"{line}\n" for line in lines) + source


@pytest.mark.parametrize("every", list(PeriodLength))
@pytest.mark.parametrize("count", [1, 3])
def test_times_a_year_are_what_is_really_owed(every: PeriodLength, count: int) -> None:
    """A year's duties, each as often as it asks, are the number that the change names."""
    text = amendment("3.3", "2027-01-01", f"every: {every.value}", f"count: {count}")
    before, after = (
        load_workspace(MemoryTree(files)) for files in (base_files(), {**base_files(), "rules/a.yaml": text})
    )
    change = next(iter(compare_states(before, after).clauses))
    assert (change.clause, change.span, change.path) == ("3.3", Span(date(2027, 1, 1)), "rules/a.yaml")
    for workspace, asked in ((before, change.before), (after, change.after)):
        owed = workspace.due(date(2026, 6, 30), build_year_span(2027))
        assert asked.times == sum(each.count for each in owed.duties if each.clause == "3.3")


def reworded(clause: str, **wording: Any) -> RulesDiff:
    """Return what changes when every wording of one clause of the package is changed."""
    book = load_default_rulebook()
    new = tuple(
        each._replace(wordings=tuple(one._replace(**wording) for one in each.wordings)) if each.id == clause else each
        for each in book.clauses
    )
    return changes(book, book._replace(clauses=new))


def test_a_duty_after_an_event_has_no_number_a_year() -> None:
    (change,) = reworded("4.6", due=DueDay(days_after=3)).clauses
    assert (change.edit, change.before.times, change.after.times) == (Edit.CHANGED, None, None)
    assert [each.aspect for each in change.aspects] == [DutyAspect.DUE]
    assert not change.asks_less
    (off,) = reworded("4.6", off=True).clauses
    assert off.edit is Edit.REMOVED
    assert off.asks_less


def test_settings_are_compared_by_the_value_that_counts() -> None:
    def of(*lines: str) -> dict[str, str | bytes]:
        files = base_files()
        raw = files["branch.yaml"]
        text = raw if isinstance(raw, str) else raw.decode()
        assert "  recorded_within_days: 15\n" in text
        new = "".join(f"  {line}\n" for line in lines)
        return {**files, "branch.yaml": text.replace("settings:\n  recorded_within_days: 15\n", f"settings:\n{new}")}

    default, same, other = (
        load_workspace(MemoryTree(of(*lines)))
        for lines in (
            ["weight_self: 20"],
            ["weight_self: 20", "quarter_plan_day: 10"],
            ["weight_self: 20", "quarter_plan_day: 5", "recorded_within_days: 3"],
        )
    )
    assert compare_states(default, same).empty, "the branch decides what was assumed: nothing else is asked"
    diff = compare_states(default, other)
    assert [(each.key, each.before, each.after, each.own_before, each.own_after) for each in diff.settings] == [
        ("quarter_plan_day", 10, 5, False, True),
        ("recorded_within_days", 15, 3, False, True),
    ]
    assert [(each.clause, each.span) for each in diff.clauses] == [("1.4b", Span(FIRST))]
    assert [each.key for each in diff.of(1).settings] == ["quarter_plan_day"]
    assert not diff.of(3).clauses
    assert [each.key for each in diff.of(3).settings] == ["recorded_within_days"]
    assert diff.of(None) == diff


def test_the_package_rulebook_holds_from_its_first_day() -> None:
    assert compare_days(load_default_rulebook(), FIRST, date(2030, 1, 1)).empty
    diff = compare_days(load_default_rulebook(), FIRST - timedelta(days=1), FIRST)
    assert diff.clauses
    assert {(each.edit, each.span) for each in diff.clauses} == {(Edit.ADDED, Span(FIRST))}


def test_amendments_that_cannot_be_used_change_nothing() -> None:
    files = {
        **base_files(),
        "rules/a.yaml": amendment("9.99", "2026-01-01", "every: month"),
        "rules/b.yaml": amendment("3.5", "2026-01-01", "off: true"),
        "rules/c.yaml": amendment("X9", "2026-01-01", "new: {title: {zh: 事, en: It}, record: training}"),
    }
    assert compare_states(load_workspace(MemoryTree(base_files())), load_workspace(MemoryTree(files))).empty


def test_an_amendment_that_only_moves_to_another_file_changes_nothing() -> None:
    text = amendment("3.4", "2026-07-01", "every: quarter")
    one, other = (load_workspace(MemoryTree({**base_files(), path: text})) for path in ("rules/a.yaml", "rules/b.yaml"))
    assert compare_states(one, other).empty
