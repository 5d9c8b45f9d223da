"""Rosters as branches keep them: without ids, with posts, months, dots and numbers; near names are asked about."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dangwu.language import load_language
from dangwu.model.roster_answers import RosterAnswers
from dangwu.workspace.import_sheet import ImportRequest, plan_import
from dangwu.workspace.load import load_workspace
from tests.support.branches import base_file, base_files
from tests.support.examples import AS_OF
from tests.support.memory import MemoryTree

if TYPE_CHECKING:
    from dangwu.model.import_plan import ImportPlan

KEPT_FROM = "founded: 2024-03-01\nrecords_from: 2026-04-01\n"


def planned(text: str, answers: RosterAnswers | None = None, **members: str) -> ImportPlan:
    """Plan the import of a roster, as CSV, over the clean branch with records from 1 April 2026."""
    branch = base_file("branch.yaml").decode().replace("founded: 2024-03-01\n", KEPT_FROM)
    assert KEPT_FROM in branch
    tree = MemoryTree(
        {**base_files(), "branch.yaml": branch, **{f"members/{id_}.yaml": text for id_, text in members.items()}}
    )
    order = ImportRequest(
        sheet="members", name="花名册.csv", raw=text.encode(), as_of=AS_OF, language="zh", answers=answers,
        command="dangwu import members 花名册.csv",
    )  # fmt: skip
    return plan_import(tree, load_workspace(tree), order)


def texts(made: ImportPlan) -> dict[str, str]:
    """Return the files of a plan without problems."""
    english = load_language("en")
    assert not made.troubles, [english.text(trouble.message) for trouble in made.troubles]
    return {file.path: (file.after or b"").decode() for file in made.files}


def said(made: ImportPlan) -> list[tuple[tuple[str, ...], str]]:
    english = load_language("en")
    return [
        (tuple(cell.rpartition("!")[2] for cell in (trouble.cell, *trouble.others)), english.text(trouble.message))
        for trouble in made.troubles
    ]


HABITS = {
    "national heads": (
        "序号,姓名,加入党组织日期,转为正式党员日期,人员类别,党籍状态\n1,郑小燃,2012-06-01,2013-06-01,正式党员,正常\n"
    ),
    "a number before the name": "姓名,入党时间,转正时间\n1.郑小燃,2012.6.1,2013.6.1\n",
    "days of eight digits and a count for ids": ("编号,姓名,入党时间,转正时间\n1,郑小燃,20120601,20130601\n2,许㛃,,\n"),
    "words for the day and the post behind the name": (
        "姓名,入党年月日,转正时间\n郑小燃（党员）,2012年6月1日,2013年6月1日\n"
    ),
    "titles above and a signature below": (
        "青禾精工党支部党员花名册,,,\n制表:李某,,2026年4月,\n姓　名,性别,入党时间,转正时间\n"
        "郑 小 燃,男,2012/6/1,2013/6/1\n合计,1,,\n"
    ),
    "English": "No.,Name,Joined the Party on,Became a full member on\n1,郑小燃,2012-06-01,2013-06-01\n",
}


@pytest.mark.parametrize("habit", HABITS)
def test_a_new_member_gets_an_id_and_the_status_that_follows(habit: str) -> None:
    (path, text), *others = texts(planned(HABITS[habit])).items()
    assert (path, others) == ("members/m010.yaml", [])
    for line in ("id: m010 ", "name: 郑小燃 ", "joined_on: 2012-06-01 ", "converted_on: 2013-06-01 ",
                 "  - {from: 2024-03-01, status: full}"):  # fmt: skip
        assert line in text, text


@pytest.mark.parametrize(
    ("row", "entry"),
    [
        ("2026-02-03,,", "{from: 2026-02-03, status: probationary}"),
        ("2026-02-03,2027-02-03,", "{from: 2026-02-03, status: probationary}"),
        ("2025-02-03,2026-02-03,", "{from: 2026-02-03, status: full}"),
        ("2025-02-03,,预备党员", "{from: 2025-02-03, status: probationary}"),
        ("2012-02-03,,", "{from: 2026-04-01, status: full}"),
        (",,正式党员", "{from: 2026-04-01, status: full}"),
    ],
)
def test_the_status_follows_from_the_days(row: str, entry: str) -> None:
    text = texts(planned(f"姓名,入党时间,转正时间,人员类别\n郑小燃,{row}\n"))["members/m010.yaml"]
    assert entry in text, text
    assert "2027" not in text


def test_a_status_that_nobody_stated_is_asked_for_once() -> None:
    made = planned("姓名,入党时间,转正时间\n郑小燃,,\n李大勇,2024-12-01,\n")
    assert said(made) == [
        (("C2", "C3"), "Nothing in this row says whether the person is a full or a probationary member.")
    ]


def test_new_groups_and_posts_are_proposed_for_the_branch() -> None:
    made = planned(
        "姓名,入党时间,转正时间,党小组,党内职务\n郑小燃,2012-06-01,2013-06-01,第三党小组,组长\n"
        "李大勇,2012-06-01,2013-06-01,第3小组,支部副书记兼青年委员\n王一一,2012-06-01,2013-06-01,第一小组,党员\n"
    )
    files = texts(made)
    assert "{from: 2026-04-01, group: g3}" in files["members/m010.yaml"]
    assert "{from: 2026-04-01, group: g3}" in files["members/m011.yaml"]
    assert "{from: 2026-04-01, group: g1}" in files["members/m012.yaml"]
    branch = files["branch.yaml"]
    assert (
        "  - id: g3\n    name: 第三党小组\n    from: 2026-04-01\n    leaders:\n      - {member: m010, from: 2026-04-01}"
        in branch
    )
    assert "      - {post: deputy-secretary, member: m011, from: 2026-04-01}\n" in branch
    assert "      - {post: committee-member, member: m011, from: 2026-04-01}\n" in branch
    assert {change.who for change in made.changes if change.path == "branch.yaml"} == {"第三党小组", "郑小燃", "李大勇"}


def test_an_office_that_somebody_holds_is_left_to_a_person() -> None:
    made = planned("姓名,入党时间,转正时间,党内职务\n郑小燃,2012-06-01,2013-06-01,书记、党委委员\n")
    assert list(texts(made)) == ["members/m010.yaml"]
    notes = [load_language("en").text(note) for note in made.notes]
    assert any("a change of office is entered there by hand" in note for note in notes)
    assert any("党委委员” is no post in the branch" in note for note in notes)


TASHI = base_file("members/m006.yaml").decode().replace("许㛃", "扎西·多吉")


ANY_DOT = ("扎西·多吉", "扎西．多吉", "扎西.多吉", "扎西•多吉", "扎西多吉", "扎西 · 多吉", "6、扎西・多吉")


@pytest.mark.parametrize("name", ANY_DOT)
def test_a_name_is_known_with_any_dot_and_keeps_its_own(name: str) -> None:
    made = planned(f"姓名,入党时间\n{name},\n", m006=TASHI)
    assert (said(made), made.changes) == ([], ())


def test_a_new_name_gets_the_middle_dot() -> None:
    assert "name: 扎西·多吉 " in texts(planned("姓名,入党时间\n扎西．多吉,2012-06-01\n"))["members/m010.yaml"]


@pytest.mark.parametrize("name", ["扎西·多杰", "扎西多桑", "扎多·西吉"])
def test_a_name_that_is_nearly_a_members_is_a_question(name: str) -> None:
    text = f"姓名,入党时间,转正时间\n{name},2012-06-01,2013-06-01\n"
    made = planned(text, m006=TASHI)
    assert said(made) == [
        (("A2",), f"{name} is not in the records, and 扎西·多吉 (m006) is not in the sheet: one person, or two?")
    ]
    hint = made.troubles[0].hint
    assert hint is not None
    told = load_language("en").text(hint)
    assert f'--same "{name}=m006"' in told
    assert f'--other "{name}"' in told
    same = texts(planned(text, RosterAnswers(same={name: "m006"}), m006=TASHI))
    assert list(same) == ["members/m006.yaml"]
    assert "name: 扎西·多吉" in same["members/m006.yaml"]
    other = texts(planned(text, RosterAnswers(others=frozenset({name})), m006=TASHI))
    assert list(other) == ["members/m010.yaml"]


def test_of_two_people_in_the_sheet_neither_is_the_other() -> None:
    made = planned("姓名,入党时间\n扎西·多吉,\n扎西·多杰,2012-06-01\n", m006=TASHI)
    assert list(texts(made)) == ["members/m010.yaml"]


def test_a_month_without_a_day_stays_one() -> None:
    text = "姓名,入党时间,转正时间\n郑小燃,2001.06,2002年6月\n李大勇,200106,二〇〇二年六月\n"
    for answers in (None, RosterAnswers(months="first"), RosterAnswers(months="leave-out")):
        made = texts(planned(text, answers)).values()
        assert len(made) == 2
        for member in made:
            assert "joined_on: 2001-06 " in member
            assert "converted_on: 2002-06 " in member
            # Since which day of an earlier month matters to nobody: recorded from the first day of records on.
            assert "{from: 2026-04-01, status: full}" in member
    (only,) = texts(planned("姓名,入党年月\n郑小燃,2001年6月\n")).values()
    assert "joined_on: 2001-06 " in only
    assert "{from: 2026-04-01, status: full}" in only


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("2025.05,2026.05,正式党员", None),
        ("2026.05,,预备党员", None),
        ("2026.05,,", None),
        ("2026.03,,", "{from: 2026-04-01, status: probationary}"),
        ("2025.03,2026.03,", "{from: 2026-04-01, status: full}"),
        ("2025.06,2026.06,预备党员", "{from: 2026-04-01, status: probationary}"),
    ],
)
def test_a_month_in_which_the_day_matters_is_asked_about(row: str, expected: str | None) -> None:
    made = planned(f"姓名,入党时间,转正时间,人员类别\n郑小燃,{row}\n")
    if expected is None:
        ((cells, message),) = said(made)
        assert message.startswith("Only the month is given here, and the day matters")
        assert cells == ("C2" if row.endswith("正式党员") else "B2",)
    else:
        (member,) = texts(made).values()
        assert expected in member


def test_a_planned_month_leaves_somebody_probationary() -> None:
    (member,) = texts(planned("姓名,入党时间,转正时间\n郑小燃,2025-07-03,2026.07\n")).values()
    assert "status: probationary" in member
    assert "converted_on" not in member


def test_a_month_says_nothing_new_of_a_known_day_and_a_day_does_of_a_month() -> None:
    (known,) = texts(planned("姓名,入党时间,转正时间\n郑小燃,2001-06-12,2002.06\n")).values()
    assert texts(planned("姓名,入党时间,转正时间\n郑小燃,2001年6月,2002.06\n", m010=known)) == {}
    assert "joined_on: 2001-07 " in texts(planned("姓名,入党时间\n郑小燃,2001年7月\n", m010=known))["members/m010.yaml"]
    changed = texts(planned("姓名,转正时间\n郑小燃,2002-06-20\n", m010=known))["members/m010.yaml"]
    assert "converted_on: 2002-06-20" in changed


def test_other_months_without_a_day_are_one_question() -> None:
    text = "姓名,入党时间,状态,状态起始日期\n郑小燃,2001.06,正式党员,2026.04\n李大勇,200106,正式党员,2026年4月\n"
    made = planned(text)
    assert said(made) == [(("D2", "D3"), "Only the month is given here, not the day.")]
    first = texts(planned(text, RosterAnswers(months="first")))
    assert all("joined_on: 2001-06 " in text and "{from: 2026-04-01" in text for text in first.values())
    none = texts(
        planned(text.replace("2026.04", "2026.06").replace("2026年4月", ""), RosterAnswers(months="leave-out"))
    )
    assert all("{from: 2026-04-01, status: full}" in text for text in none.values())


def test_two_people_of_one_name_need_ids() -> None:
    made = planned("姓名,入党时间\n郑小燃,2001-06-01\n郑小燃,2012-06-01\n")
    assert said(made) == [(("A2", "A3"), "Several people are called 郑小燃.")]
    apart = planned("姓名,入党时间\n郑小燃（大）,2001-06-01\n郑小燃（小）,2012-06-01\n")
    assert list(texts(apart)) == ["members/m010.yaml", "members/m011.yaml"]


def test_who_is_no_member_yet_is_left_out_and_said() -> None:
    made = planned("姓名,入党时间,人员类别\n郑小燃,2001-06-01,正式党员\n李大勇,,入党积极分子\n")
    assert list(texts(made)) == ["members/m010.yaml"]
    assert any("3 李大勇" in load_language("en").text(note) for note in made.notes)


def test_a_probationary_member_becomes_a_full_one_by_the_day_alone() -> None:
    known = texts(planned("姓名,入党时间\n郑小燃,2026-02-03\n"))["members/m010.yaml"]
    known = known.replace("2026-02-03", "2025-04-03")
    made = planned("姓名,入党时间,转正时间\n郑小燃,2025-04-03,2026-04-03\n", m010=known)
    assert "  - {from: 2026-04-03, status: full}" in texts(made)["members/m010.yaml"]
