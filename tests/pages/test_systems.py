"""The report and the calendar of all ten systems: what many people owe, what follows from events, the registers."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

import pytest

from dangwu.data import resources
from dangwu.formats.html import render_html
from dangwu.formats.machine.json import render_report_json
from dangwu.language import load_language
from dangwu.model.audience import AUDIENCE_CHOICES, Audience
from dangwu.model.duty import Duty, DutyState
from dangwu.model.finding import Finding, Source
from dangwu.model.message import say
from dangwu.model.period import Period
from dangwu.pages.charts.month_calendar import build_calendars
from dangwu.pages.duties import build_due_page, build_to_do_items
from dangwu.pages.page import Grid, Heading, Item, Items, Page, Table, Tone
from dangwu.pages.registers.registry import build_registers
from dangwu.pages.wording.grouped_duties import group_duties
from dangwu.pages.year import build_year_page
from dangwu.workspace.load import load_workspace
from dangwu.workspace.workspace import Workspace, build_year_span
from tests.support import canary, values
from tests.support.memory import MemoryTree

if TYPE_CHECKING:
    from dangwu.model.results import DutyResult, YearReport

EN, ZH = load_language("en"), load_language("zh")
DAY = date(2026, 6, 30)


@cache
def branch() -> Workspace:
    """Return a branch with a record of every kind."""
    return load_workspace(MemoryTree(canary.files(), {}))


@cache
def owed(audience: Audience = Audience.COMMITTEE) -> DutyResult:
    return branch().due(DAY, build_year_span(2026), audience)


@cache
def report(audience: Audience = Audience.COMMITTEE) -> YearReport:
    return branch().report(DAY, 2026, audience)


def headings(page: Page) -> list[str]:
    return [each.text for each in page.blocks if isinstance(each, Heading) and each.level == 2]


def tables(page: Page) -> dict[str, Table]:
    return {each.caption: each for each in page.blocks if isinstance(each, Table)}


def item(code: str, of: DutyResult) -> Item:
    return next(each for each in build_to_do_items(of, EN) if each.code == code)


def chosen(of: DutyResult, clause: str) -> tuple[Duty, ...]:
    return tuple(each for each in of.duties if each.clause == clause)


def test_a_calendar_for_each_system_and_one_row_for_what_each_member_owes() -> None:
    grids = build_calendars(owed(), EN)
    assert [grid.caption.partition(" ")[0] for grid in grids] == [str(each) for each in range(1, 11)]
    for grid in grids:
        assert {sum(cell.span for cell in row.cells) for row in grid.rows if row.cells} == {12}
    rows = {row.label: row for row in grids[4].rows if row.cells}
    target = rows["5.2 Setting targets"].cells[0]
    assert (target.mark, target.note) == ("!", "1/9")
    assert "1 of 9 done" in target.words
    dues = next(row for row in grids[9].rows if row.cells)
    assert [cell.note for cell in dues.cells[:7]] == ["0/9", "0/9", "1/9", "0/9", "0/9", "0/9", ""]
    assert [bool(grid.legend) for grid in grids] == [False] * 9 + [True]


def test_only_those_behind_are_named_in_the_order_of_groups_and_ids() -> None:
    shown = item("5.2/2026", owed())
    assert shown.title == "5.2 Setting targets, the year 2026, 8 of 9 missing"
    behind = [each for each in chosen(owed(), "5.2") if each.state is DutyState.OVERDUE]
    names = shown.details[1].split(", ")
    assert len(names) == len(behind) == 8
    assert owed().corpus.name_of("m004") not in names
    (group,) = group_duties(chosen(owed(), "5.2"), owed())
    order = [
        (owed().corpus.member_by_id[each.subject or ""].group_on(DAY) or "z", each.subject) for each in group.duties
    ]
    assert order == sorted(order)
    assert names == [owed().corpus.name_of(each.subject or "") for each in group.duties if each in behind]
    text = "\n".join(shown.details)
    assert "dangwu new target --member ID --year 2026" in text
    assert "A waiver names the duty of each, as in 5.2/2026/m0" in text


def test_one_person_asked_for_alone_is_named() -> None:
    mine = owed()._replace(duties=tuple(each for each in chosen(owed(), "5.2") if each.subject == "m003"))
    shown = item("5.2/2026/m003", mine)
    assert owed().corpus.name_of("m003") in shown.title
    assert "dangwu new target --member m003 --year 2026" in "\n".join(shown.details)
    (grid,) = build_calendars(mine, EN)
    assert grid.rows[-1].label == owed().corpus.name_of("m003")


def test_what_follows_from_events_is_a_list() -> None:
    page = build_due_page(owed(), EN)
    rows = tables(page)["Duties after events"].rows
    assert {row[0].text.partition(" ")[0] for row in rows} >= {"1.4g", "4.6", "8.2(1)", "8.5"}
    assert all(row[1].text for row in rows)
    assert not [
        row
        for each in page.blocks
        if isinstance(each, Grid)
        for row in each.rows
        if row.label.startswith(("4.6", "8.5"))
    ]
    handlers = tables(build_due_page(owed(Audience.HANDLERS), EN))["Duties after events"].rows
    assert len(handlers) > len(rows)


@pytest.mark.parametrize(
    ("code", "step"),
    [
        ("1.4b/2026-Q2", "write it now: dangwu new quarter-plan --quarter 2026-Q2"),
        ("1.4c/2026-05", "write it now: dangwu new month-plan --month 2026-05"),
        ("3.2/2026-05", "hold it late and record it: dangwu new committee-meeting --makes-up 2026-05"),
        ("5.3a/2026-04/g1", "write it now: dangwu new target-log --group g1 --month 2026-04"),
        ("5.3b/2026-H1/g2", "Next: dangwu new target-report --group g2 --half 2026-H1"),
        ("10.1(6)m/2026-01", "enter the payment in dues/2026.yaml"),
        (
            "8.2(1)/2026/2026-03-20-general-meeting-1",
            "new disclosure --about 2026-03-20-general-meeting --resolution 1",
        ),
    ],
)
def test_the_next_step_is_the_right_command(code: str, step: str) -> None:
    assert step in "\n".join(item(code, owed()).details)


def test_the_summary_of_the_half() -> None:
    first, second = (replace(each, state=DutyState.OPEN, evidence=()) for each in chosen(owed(), "1.4f"))
    of = owed()._replace(duties=(first, second))
    said = ["\n".join(each.details) for each in build_to_do_items(of, EN)]
    assert "dangwu new mid-year-summary --year 2026" in said[0]
    assert "dangwu new year-end-summary --year 2026" in said[1]


def test_what_is_only_generally_required_warns_and_comes_after_what_is_overdue() -> None:
    items = build_to_do_items(owed(), EN)
    study = next(each for each in items if each.code == "6.3b/2026-01")
    assert (study.tag, study.tone) == ("overdue (generally required)", Tone.WARN)
    tones = [each.tone for each in items]
    assert tones == sorted(tones, key=[Tone.BAD, Tone.WARN, Tone.OPEN].index)
    assert "弹性要求" in next(each for each in build_to_do_items(owed(), ZH) if each.code == "6.3b/2026-01").tag


def test_the_report_has_every_system_with_its_registers() -> None:
    page = build_year_page(report(), EN)
    numbers = [each.partition(" ")[0] for each in headings(page)]
    assert [each for each in numbers if each.isdigit()] == [str(each) for each in range(1, 11)]
    assert {
        "Plans, inspections and summaries", "Rectification items", "Study sessions", "Trainings",
        "Targets and assessments", "Items of openness", "Supervision, as counts",
        "Dues up to this month, in total", "Democratic appraisal: counts",
    } <= tables(page).keys()  # fmt: skip
    text = repr(page)
    assert "The evidence of 4.1 counts for 9.2(2) too." in text
    assert "Assumed: " in text


def test_the_registers_are_the_same_for_machines() -> None:
    made = json.loads(render_report_json(report(), EN))["registers"]
    assert made.keys() == {each.key for each in build_registers(report())}
    assert made["dues"] == [{"people": 1, "assessed": "6", "paid": "1"}]
    assert made["appraisal"][0] == {"grade": "excellent", "members": 1}
    assert [each["member"] for each in made["targets"]] == ["m004"]
    for each in build_registers(report()):
        assert len(made[each.key]) == len(each.rows)


def test_people_in_registers_stand_by_group_and_id() -> None:
    sheets = list(branch().corpus.generic_records)
    one = next(each for each in sheets if each.kind == "assessment")
    many = [
        one._replace(subject=f"m{number:03d}", data={**one.data, "member": f"m{number:03d}", "grade": grade})
        for number, grade in ((9, "excellent"), (2, "unqualified"), (7, "excellent"), (1, "qualified"))
    ]
    corpus = replace(branch().corpus, generic_records=tuple(many))
    made = replace_corpus(report(), corpus)
    rows = next(each for each in build_registers(made) if each.key == "targets").rows
    groups = [(str(row[2]) or "z", row[0]) for row in rows]
    assert groups == sorted(groups)


def replace_corpus(of: YearReport, corpus: object) -> YearReport:
    return of._replace(owed=of.owed._replace(corpus=corpus))  # type: ignore[arg-type]


def test_absences_and_dues_are_two_lists_for_people() -> None:
    dues = Finding(
        code=values.code("DW906"),
        source=Source("dues/2026.yaml", (), 3, 1),
        message=say("three months"),
        subject="m002",
    )
    row = Finding(code=values.code("DW907"), source=Source("dues/2026.yaml", (), 4, 1), message=say("a wrong row"))
    checked = values.checked()._replace(findings=(*values.findings(), dues, row))
    page = build_year_page(values.report()._replace(checked=checked), EN)
    parts: dict[str, set[str]] = {}
    for at, each in enumerate(page.blocks):
        if isinstance(each, Heading):
            parts[each.text] = {
                one.code for block in page.blocks[at + 1 : at + 3] if isinstance(block, Items) for one in block.items
            }
    assert parts["For people to consider: consecutive absences (10.1(5))"] == {"DW310"}
    assert parts["For people to consider: dues unpaid for consecutive months (10.1(6))"] == {"DW906"}
    assert "DW907" in parts["Open findings"]


@pytest.mark.parametrize("audience", [Audience(each) for each in AUDIENCE_CHOICES])
def test_a_contents_list_leads_to_every_part(audience: Audience) -> None:
    page = build_year_page(report(audience), ZH)
    text = render_html(page, ZH, resources.read_package_text)
    targets = re.findall(r'<a href="#(part-\d+)">', text)
    ids = re.findall(r'<h2 id="(part-\d+)">', text)
    assert len(ids) == len(headings(page))
    assert targets == (ids if len(ids) > 6 else [])


def test_no_duty_of_a_year_before_is_made_personal_by_a_wrong_rulebook() -> None:
    one = replace(chosen(owed(), "5.2")[0], clause="99.9", period=Period.parse("2026"))
    assert build_to_do_items(owed()._replace(duties=(one,)), EN)[0].code == one.id
