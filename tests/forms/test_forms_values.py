"""What particular forms say: who was due, what was paid, what people decided."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from dangwu.errors import UsageError
from dangwu.forms.field_text import FieldText
from dangwu.forms.registry import build_form_paper
from dangwu.language import load_language
from dangwu.model.audience import Audience
from dangwu.pages.paper import Break, Form, Signatures
from dangwu.workspace.catalogue import load_kinds
from dangwu.workspace.forms import build_blank_form, build_form_input
from tests.support import canary
from tests.support.branches import GROUP_MEETING, base_file, base_files
from tests.support.forms import AS_OF, assert_ruled, form, whole, workspace

if TYPE_CHECKING:
    from dangwu.pages.paper import Paper
    from dangwu.workspace.workspace import Workspace

GENERAL = "meetings/2026/2026-03-27-general-meeting.md"


def base() -> Workspace:
    return workspace(base_files())


def sheet(made: Paper) -> list[tuple[str, ...]]:
    """Return the rows of a sign-in sheet, each with number, name, signature and remark."""
    at = next(number for number, each in enumerate(made.blocks) if isinstance(each, Break))
    ruled = next(each for each in made.blocks[at:] if isinstance(each, Form))
    cells = [cell.text for row in ruled.rows[1:] for cell in row]
    return [tuple(cells[start : start + 4]) for start in range(0, len(cells), 4) if cells[start]]


def changed(text: str, **fields: object) -> str:
    """Return a meeting with fields replaced."""
    for key, value in fields.items():
        line = f"{key}: {json.dumps(value, ensure_ascii=False)}\n"
        text = re.sub(rf"^{key}:.*\n(?:[ \]-].*\n)*", line, text, flags=re.MULTILINE)
    return text


def test_the_sign_in_sheet_has_everybody_due_in_order_and_room_to_sign() -> None:
    here = base()
    meeting = next(each for each in here.corpus.meetings if each.path == GENERAL)
    rows = sheet(form(here, GENERAL))
    due = here.corpus.roster.due(meeting)
    assert len(rows) == len(due)
    assert [row[0] for row in rows] == [str(number) for number in range(1, len(due) + 1)]
    assert all(not row[2] for row in rows)
    groups = [here.corpus.member_by_id[_id(here, row[1])].group_on(meeting.day) or "" for row in rows]
    assert groups == sorted(groups)
    for group in set(groups):
        inside = [_id(here, row[1]) for row, one in zip(rows, groups, strict=True) if one == group]
        assert inside == sorted(inside)


def _id(here: Workspace, name: str) -> str:
    return next(each.id for each in here.corpus.members if each.name == name)


def test_present_late_leave_and_absence_are_told_apart() -> None:
    text = base_file(GENERAL).decode()
    here = base()
    meeting = next(each for each in here.corpus.meetings if each.path == GENERAL)
    due = sorted(here.corpus.roster.due(meeting))
    late, leave, absent, unlisted, *others = due
    text = changed(
        text,
        present=[late, *others],
        leave=[{"member": leave, "reason": "business-trip", "approved_by": others[0]}],
        absent=[absent],
    ).replace("topics:", f"late: [{late}]\ntopics:", 1)
    here = workspace({**base_files(), GENERAL: text})
    name = here.corpus.name_of
    for lang, words in (
        ("zh", ("迟到", "请假·出差（公出）", "缺席", "实到")),
        ("en", ("Late", "leave: business trip", "Absent", "Present")),
    ):
        made = form(here, GENERAL, lang)
        marks = {row[1]: row[3] for row in sheet(made)}
        assert (marks[name(late)], marks[name(leave)], marks[name(absent)], marks[name(others[0])]) == words
        assert marks[name(unlisted)] == ""
        front = next(each for each in made.blocks if isinstance(each, Form))
        said = [cell.text for row in front.rows for cell in row]
        counts = [said[said.index(label) + 1] for label in (words[3], words[2])]
        assert counts == [str(len(others) + 1), "1"]


def test_below_the_committee_a_meeting_has_counts_and_no_names() -> None:
    here = base()
    made = form(here, GENERAL, "zh", Audience.MEMBERS)
    said = whole(made)
    names = [each.name for each in here.corpus.members]
    meeting = next(each for each in here.corpus.meetings if each.path == GENERAL)
    known = {here.corpus.name_of(each) for each in (meeting.chair, meeting.recorder, meeting.lecturer or "")}
    known |= {here.corpus.name_of(each.owner or "") for each in meeting.resolutions}
    assert not [each for each in names if each in said and each not in known]
    assert not [each for each in made.blocks if isinstance(each, Break)]
    assert str(len(here.corpus.roster.due(meeting))) in said


def test_an_empty_general_meeting_lists_who_is_due_today() -> None:
    here = base()
    made = build_form_paper(build_blank_form(here, "general-meeting", AS_OF, Audience.COMMITTEE), load_language("zh"))
    due = here.corpus.roster.everyone_on(AS_OF)
    names = [row[1] for row in sheet(made) if row[1]]
    assert {*names} >= {here.corpus.name_of(each) for each in due}
    outside = build_form_paper(build_blank_form(here, "general-meeting", AS_OF, Audience.PUBLIC), load_language("zh"))
    assert not [each for each in names if each in whole(outside)]


def test_a_group_meeting_is_of_its_group() -> None:
    here = base()
    meeting = next(each for each in here.corpus.meetings if each.path == GROUP_MEETING)
    rows = sheet(form(here, GROUP_MEETING))
    assert {_id(here, row[1]) for row in rows} == here.corpus.roster.due(meeting)


def test_a_life_meeting_brings_the_list_of_what_is_to_be_put_right() -> None:
    fields = {**canary.data("rectification"), "meeting": "2026-03-20-democratic-life-meeting"}
    items = [
        {"id": "r1", "issue": "到一线少", "closed_on": "2026-04-01", "due": "2026-04-10"},
        {"id": "r2", "issue": "答复慢", "due": "2026-05-01"},
        {"id": "r3", "issue": "以后才办结", "closed_on": "2026-12-01"},
    ]
    files = canary.files() | {
        canary.path(load_kinds()["rectification"], fields): canary.text(
            load_kinds()["rectification"], {**fields, "items": items}
        )
    }
    made = form(workspace(files), "2026-03-20-democratic-life-meeting")
    said = whole(made)
    assert "整改清单" in said
    ruled = [each for each in made.blocks if isinstance(each, Form)][-1]
    rows = [[cell.text for cell in row] for row in ruled.rows[1:]]
    assert [(row[1], row[5]) for row in rows] == [
        ("到一线少", "已整改\n2026.4.1"),
        ("答复慢", "整改中"),
        ("以后才办结", "整改中\n2026.12.1"),
    ]
    alone = form(workspace(files), "rectifications/2026")
    assert alone.wide
    ruled = [each for each in alone.blocks if isinstance(each, Form)][-1]
    assert [row[6].text for row in ruled.rows[1:]] == ["2026.4.1", "", "2026.12.1"]


def appraisal(*results: dict[str, object]) -> Workspace:
    fields = {**canary.data("appraisal"), "results": list(results)}
    return workspace({**base_files(), "appraisals/2026/appraisal.yaml": canary.text(load_kinds()["appraisal"], fields)})


def test_the_grade_is_what_people_decided_and_nobody_is_ranked() -> None:
    """A member with fewer votes for it may be excellent; the order is that of ids."""
    here = appraisal(
        {"member": "m003", "tally": {"excellent": 0, "qualified": 9}, "grade": "excellent", "reason": "急难在场"},
        {"member": "m001", "tally": {"excellent": 9}, "grade": "qualified", "reason": "尚可"},
    )
    made = form(here, "appraisal-2026", "zh", Audience.COMMITTEE)
    tables = [each for each in made.blocks if isinstance(each, Form) and "等次" in each.caption]
    rows = [[cell.text for cell in row] for row in tables[0].rows[1:]]
    name = here.corpus.name_of
    assert [(row[1], row[2], row[6]) for row in rows] == [(name("m001"), "9", "合格"), (name("m003"), "0", "优秀")]
    breaks = [each for each in made.blocks if isinstance(each, Break)]
    assert len(breaks) == 2
    for lang in ("zh", "en"):
        assert_ruled(form(here, "appraisal-2026", lang))
    one = form(here, "appraisal-2026", "zh", Audience.COMMITTEE, member="m003")
    assert name("m003") in whole(one)
    assert name("m001") not in whole(one)
    assert not [each for each in one.blocks if isinstance(each, Break)]
    with pytest.raises(UsageError):
        form(here, "appraisal-2026", "zh", Audience.COMMITTEE, member="m004")


def test_the_ledger_counts_months_that_are_over() -> None:
    members = [
        {"member": "m001", "assessed": 22.5,
         "paid": [{"month": f"2026-0{n}", "date": f"2026-0{n}-20"} for n in range(1, 6)]},
        {"member": "m002", "assessed": 40, "paid": [{"month": "2026-01", "date": "2026-01-20", "amount": 15}],
         "deferrals": [{"from": "2026-02", "to": "2026-05", "reason": "hardship", "approved_by": "m001",
                        "approved_on": "2026-02-01", "pay_by": "2026-09-30"}]},
    ]  # fmt: skip
    fields = {"schema": 1, "kind": "dues", "year": 2026, "collector": "m003", "members": members}
    made = form(workspace({**base_files(), "dues/2026.yaml": canary.text(load_kinds()["dues"], fields)}), "dues-2026")
    assert made.wide
    ruled = next(each for each in made.blocks if isinstance(each, Form))
    rows = [[cell.text for cell in row] for row in ruled.rows]
    assert len(rows[0]) == 18
    # On 30 June that month is not over yet.
    assert rows[1][2:9] == ["22.5", "22.5", "22.5", "22.5", "22.5", "22.5", ""]
    assert rows[1][15:17] == ["112.50", "0"]
    assert rows[2][15:17] == ["15", "25"]
    assert "缓交至2026.9.30" in rows[2][17]
    assert "困难" not in whole(made)
    assert rows[3][15:17] == ["127.50", "25"]
    signatures = next(each for each in made.blocks if isinstance(each, Signatures))
    assert signatures.parties[0][1]


def test_the_roster_is_of_the_day_and_by_group() -> None:
    here = base()
    rows = [
        [cell.text for cell in row] for row in next(e for e in form(here, "members").blocks if isinstance(e, Form)).rows
    ]
    there = {each.id for each in here.corpus.members if AS_OF in each.days_in_branch}
    assert {row[1] for row in rows[1:]} == there
    short = form(here, "members", "zh", Audience.MEMBERS)
    assert_ruled(short)
    assert not short.wide
    ruled = next(each for each in short.blocks if isinstance(each, Form))
    assert {len(row) for row in ruled.rows} == {4}
    with pytest.raises(UsageError):
        form(here, "members", "zh", Audience.EMPLOYEES)


def test_a_register_of_letters_is_of_its_year() -> None:
    letters = {
        f"supervision/{year}/letter-l{number}.yaml": canary.text(
            load_kinds()["letter"],
            {
                **canary.data("letter"),
                "id": f"l{number}",
                "received_on": f"{year}-0{number}-01",
                "summary": f"第{number}件",
            },
        )
        for number, year in ((1, 2025), (2, 2026), (3, 2026))
    }
    made = form(workspace({**base_files(), **letters}), "letter-2026")
    said = whole(made)
    assert "第1件" not in said
    assert said.index("第2件") < said.index("第3件")
    assert "2026年信访登记簿" in said


def test_several_records_stand_on_pages_of_their_own() -> None:
    made = form(workspace(canary.files()), "rectifications/2026")
    assert not [each for each in made.blocks if isinstance(each, Break)]
    made = form(workspace(canary.files()), "inspections/2026")
    breaks = [at for at, each in enumerate(made.blocks) if isinstance(each, Break)]
    assert len(breaks) == 4
    assert all(each.title for each in made.blocks if isinstance(each, Break))


def test_of_many_sheets_one_persons() -> None:
    files = base_files()
    for member in ("m001", "m002"):
        fields = {**canary.data("target"), "member": member, "post": f"岗位{member}"}
        files[canary.path(load_kinds()["target"], fields)] = canary.text(load_kinds()["target"], fields)
    here = workspace(files)
    assert "岗位m001" in whole(form(here, "target-2026"))
    one = whole(form(here, "target-2026", member="m002"))
    assert "岗位m002" in one
    assert "岗位m001" not in one
    for word in ("target-2026", "general-meeting-2026"):
        with pytest.raises(UsageError):
            form(here, word, member="m003")


def test_what_stands_for_something_is_written_by_its_name() -> None:
    said = whole(form(base(), "members/m001.yaml"))
    assert "第一党小组" in said
    assert "g1" not in said
    here = workspace(canary.files())
    said = whole(form(here, "summaries/2026/mid-year.md"))
    assert f"\n{canary.word('annual-plan', 'tasks.task')}\n" in said
    # Whom it was told to is a field of its own, and no end of a time.
    path = canary.records()["democratic-life-meeting"][0]
    assert canary.word("democratic-life-meeting", "reported_up.to") in whole(form(here, path))


def test_a_month_of_which_the_day_is_not_known_has_no_day_on_paper() -> None:
    member = base_file("members/m001.yaml").decode()
    text = member.replace("status:", "joined_on: 2001-06\nconverted_on: 2002-06-01\nstatus:", 1)
    here = workspace({**base_files(), "members/m001.yaml": text})
    for lang, month, short, day in (
        ("zh", "2001年6月", "2001.6", "2002年6月1日"),
        ("en", "Jun 2001", "2001-06", "1 June 2002"),
    ):
        (ruled,) = (each for each in form(here, "members", lang).blocks if isinstance(each, Form))
        cells = [cell.text for row in ruled.rows for cell in row]
        assert short in cells
        assert f"{short}.1" not in cells
        assert f"{short}-01" not in cells
        words = FieldText(build_form_input(here, "members", AS_OF, Audience.HANDLERS), load_language(lang))
        assert (words.day("2001-06"), words.day("2002-06-01")) == (month, day)


def test_terms_are_written_as_spans() -> None:
    said = whole(form(workspace(canary.files()), "branch.yaml"))
    assert re.search(r"书记，沈怀远，\d{4}\.\d+\.\d+–\n", said)
    assert "含当日" not in said


def test_what_came_of_a_talk_is_asked_field_by_field() -> None:
    said = whole(form(workspace(canary.files()), canary.records()["admonition"][0]))
    for each in ("结果：日期", "结果：肯定或处理意见", "材料存放：地点"):
        assert f"\n{each}\n" in said


def test_few_sign_below_each_other_and_many_in_two_columns() -> None:
    here = base()
    due = len(here.corpus.roster.due(next(each for each in here.corpus.meetings if each.path == GENERAL)))
    widths = [len(each.widths) for each in form(here, GENERAL).blocks if isinstance(each, Form) and each.head]
    assert due <= 20
    assert 4 in widths
    assert 8 not in widths
