"""What ``dangwu new`` works out for each kind, what it refuses, and what it never says."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from dangwu.authoring.new.recipes.people import TARGET_HEADS
from dangwu.authoring.new.record_fields import build_flags
from dangwu.data import resources
from tests.support.branches import BASE_DAY
from tests.support.by_hand import data_of
from tests.support.desk import KINDS, desk_files
from tests.support.gitrepo import GitRepo
from tests.support.run import en, is_chinese, spoken, zh
from tests.support.terminal import talk

if TYPE_CHECKING:
    from pathlib import Path

TO_WRITE = "【待填】"
TIME = ("--time", "15:00-16:30")
terminal = pytest.mark.skipif(os.name == "nt", reason="no pseudo-terminals")


@pytest.fixture
def desk(tmp_path: Path, shared: Path) -> Path:
    return shutil.copytree(shared, tmp_path / "党 支部")


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the desk for tests that write nothing."""
    repo = GitRepo(tmp_path_factory.mktemp("shared") / "党 支部")
    repo.commit(desk_files())
    return repo.path


def made(folder: Path, *words: str, as_of: str = BASE_DAY) -> Any:
    text = zh("new", *words, "--dry-run", cwd=folder, as_of=as_of, code=0).out
    return data_of("x.md" if text.startswith("---") else "x.yaml", text)


def test_a_quarter_and_a_month_take_the_tasks_that_fall_due(shared: Path) -> None:
    assert [each["task"] for each in made(shared, "quarter-plan")["items"]] == ["t2", "t3", "t4"]
    assert [each["task"] for each in made(shared, "month-plan", "--month", "2026-05")["items"]] == ["t3"]
    (only,) = made(shared, "quarter-plan", "--quarter", "2026-q4")["items"]
    assert only == {"task": "t1", "text": "集中学习十二次", "owner": "m003", "due": "2026-12-20"}
    assert (
        made(shared, "quarter-plan", "--quarter", "2026-Q1", "--rows", "2")["items"]
        == [{"task": TO_WRITE, "text": TO_WRITE, "owner": TO_WRITE}] * 2
    )


def test_an_annual_plan_has_every_section_and_its_owners(shared: Path) -> None:
    plan = made(shared, "annual-plan", "--year", "2027", "--rows", "8")
    assert [each["section"] for each in plan["tasks"]] == [
        section for section in ("ideology", "organization", "style", "clean-conduct") for _ in range(2)
    ]
    owners = {each["section"]: each["owner"] for each in plan["tasks"]}
    assert owners == {"ideology": "m003", "organization": "m002", "style": TO_WRITE, "clean-conduct": "m004"}
    assert (plan["approved_on"], plan["approved_by"]) == (TO_WRITE, TO_WRITE)


def test_an_inspection_asks_only_for_what_is_open(desk: Path) -> None:
    first = desk / "inspections/2026/2026-06-02-plan-inspection.yaml"
    first.parent.mkdir(exist_ok=True, parents=True)
    first.write_text(
        "schema: 1\nkind: plan-inspection\ndate: 2026-06-02\ninspector: m001\nfindings: 按时\n"
        "tasks:\n  - {task: t3, state: done}\n  - {task: t2, state: behind}\n",
        encoding="utf-8",
    )
    inspection = made(desk, "plan-inspection")
    assert inspection["inspector"] == "m001"
    assert [each["task"] for each in inspection["tasks"]] == ["t1", "t2", "t4"]
    summary = made(desk, "mid-year-summary")
    assert [each["task"] for each in summary["results"]] == ["t1", "t2", "t3", "t4"]


def test_a_target_begins_with_five_heads_and_a_hundred_points(shared: Path) -> None:
    target = made(shared, "target", "--member", "m004")
    assert [each["head"] for each in target["items"]] == list(TARGET_HEADS)
    assert sum(each["points"] for each in target["items"]) == 100
    assert target["post"] == "纪检委员"
    assert target["reviewed_by"] == TO_WRITE


def test_an_assessment_takes_the_items_and_no_score(shared: Path) -> None:
    own = made(shared, "assessment", "--member", "m003")
    assert [each["points"] for each in own["items"]] == [10, 30, 10, 20, 30]
    assert {each[who] for each in own["items"] for who in ("self", "peer", "branch")} == {TO_WRITE}
    assert own["grade"] == TO_WRITE
    probationary = made(shared, "assessment", "--member", "m009")
    assert "grade" not in probationary


def test_an_appraisal_lists_the_full_members_and_no_tally(shared: Path) -> None:
    appraisal = made(shared, "appraisal")
    assert [each["member"] for each in appraisal["results"]] == [f"m00{number}" for number in range(1, 9)]
    assert {count for each in appraisal["results"] for count in each["tally"].values()} == {TO_WRITE}
    assert {each["grade"] for each in appraisal["results"]} == {TO_WRITE}
    assert appraisal["voters"] == 8


def test_a_group_log_has_a_row_for_everyone(shared: Path) -> None:
    log = made(shared, "target-log", "--group", "第一党小组")
    assert [each["member"] for each in log["entries"]] == ["m001", "m003", "m005", "m006", "m009"]
    assert (log["keeper"], log["month"]) == ("m005", "2026-06")
    assert made(shared, "target-report", "--group", "g2")["author"] == "m007"


def test_participation_is_worked_out(shared: Path) -> None:
    rows = {each["member"]: each for each in made(shared, "participation-check")["members"]}
    assert len(rows) == 9
    for row in rows.values():
        assert row["due"] == row["present"] + row["leave"] + row["absent"]
    assert rows["m004"]["leave"] == 1


def test_a_ledger_goes_on_with_last_years_amounts(shared: Path) -> None:
    ledger = made(shared, "dues")
    assert ledger["collector"] == "m002"
    assert ledger["members"][0] == {"member": "m001", "assessed": 15, "paid": []}
    assert {each["assessed"] for each in made(shared, "dues", "--year", "2024")["members"]} == {TO_WRITE}
    assert len(made(shared, "dues", "--year", "2024")["members"]) == 8


def test_a_rectification_follows_the_meeting_without_one(desk: Path) -> None:
    assert made(desk, "rectification", "--rows", "2")["meeting"] == "2026-06-24-democratic-life-meeting"
    assert [each["id"] for each in made(desk, "rectification", "--rows", "2")["items"]] == ["r1", "r2"]
    zh("new", "rectification", cwd=desk, as_of=BASE_DAY, code=0)
    path = desk / "rectifications/2026/2026-06-30-rectification.yaml"
    done = (
        path.read_text(encoding="utf-8")
        .replace("due: 【待填】", "due: 2026-09-01")
        .replace("owner: 【待填】", "owner: m001")
    )
    path.write_text(done, encoding="utf-8")
    assert made(desk, "rectification")["meeting"] == TO_WRITE


def test_a_disclosure_says_what_its_record_says(desk: Path) -> None:
    about = ("--about", "2026-03-27-general-meeting")
    assert made(desk, "disclosure", *about)["matter"] == "支部党员大会 2026-03-27"
    assert made(desk, "disclosure", *about, "--resolution", "1")["matter"] == "通过党员责任区方案"
    dues = made(desk, "disclosure", "--about", "dues-2025")
    assert (dues["class"], dues["matter"]) == (4, "党费台账 2025")
    assert "completed_on" in made(desk, "disclosure", "--timing", "periodic")
    meeting = desk / "meetings/2026/2026-03-27-general-meeting.md"
    text = meeting.read_text(encoding="utf-8").replace(
        "    due: 2026-04-30\n", "    due: 2026-04-30\n    major: true\n"
    )
    meeting.write_text(text, encoding="utf-8")
    major = made(desk, "disclosure", *about, "--resolution", "1")
    assert (major["class"], major["timing"]) == (1, "major")
    assert major["superior_approved_on"] == TO_WRITE
    assert major["stages"]["decision"] == {"discussed_on": "2026-03-27", "meeting": "2026-03-27-general-meeting"}
    assert "resolution 2" in en("new", "disclosure", *about, "--resolution", "2", cwd=desk, as_of=BASE_DAY, code=2).err


def test_meetings_say_what_their_kind_asks_for(shared: Path) -> None:
    study = made(shared, "study-session", *TIME)
    assert (study["hours"], study["plan_item"], study["topics"]) == (1.5, "e1", ["学习章程"])
    assert made(shared, "study-session", *TIME, "--date", "2026-05-08")["plan_item"] == "unplanned"
    assert made(shared, "party-building-meeting", *TIME)["topics"] == ["党建工作分析", "职工思想分析"]
    life = made(shared, "democratic-life-meeting", *TIME, "--theme", "改进作风", "--leave", "m003:illness")
    assert life["self_checks"] == [TO_WRITE]
    assert life["present"] == ["m001", "m002", "m004"]
    assert life["leave"] == [{"member": "m003", "reason": "illness", "approved_by": TO_WRITE}]
    everyone = made(shared, "democratic-life-meeting", *TIME, "--leave", "m003:illness", "--self-checks", "全体")
    assert everyone["self_checks"] == ["m001", "m002", "m003", "m004"]
    assert (life["topics"], life["reported_up"]["to"]) == (["改进作风"], "云栖镇党委")
    invited = made(shared, "democratic-life-meeting", *TIME, "--in-attendance", "许经理", "--superior-present",
                   "白委员", "--notice-sent-on", "2026-06-15")  # fmt: skip
    assert invited["in_attendance_fixed_by"] == TO_WRITE
    assert (invited["superior_present"], invited["notice"]) == (["白委员"], {"sent_on": "2026-06-15"})
    assert made(shared, "organizational-life-meeting", *TIME)["spoke"] == [TO_WRITE]
    spoke = made(shared, "organizational-life-meeting", *TIME, "--absent", "m009", "--spoke", "all")["spoke"]
    assert spoke == [f"m00{number}" for number in range(1, 9)]
    heard = made(shared, "general-meeting", *TIME, "--administrative-report-speaker", "白总")
    assert heard["administrative_report"] == {"speaker": "白总"}
    assert made(shared, "committee-meeting", *TIME, "--agenda", "month-plan")["agenda"] == ["month-plan"]


def test_training_lists_its_audience(shared: Path) -> None:
    members = made(shared, "training", "--audience", "members", "--absent", "m002，m003")
    assert members["present"] == ["m001", *(f"m00{number}" for number in range(4, 10))]
    assert made(shared, "training", "--audience", "committee")["present"] == ["m001", "m002", "m003", "m004"]
    assert made(shared, "training", "--audience", "party-workers")["present"] == []
    assert made(shared, "training")["present"] == [TO_WRITE]


def test_a_deployed_summary_asks_for_notice_and_names(shared: Path) -> None:
    deployed = made(shared, "excellence-summary")
    assert (deployed["deployed"], deployed["notice"]) == (TO_WRITE, TO_WRITE)
    assert made(shared, "excellence-summary", "--deployed")["deployed"] is True
    assert made(shared, "excellence-summary", "--nothing-deployed")["deployed"] is False


def test_an_admonition_needs_three_persons_and_names_none_in_its_file(desk: Path) -> None:
    persons = ("--member", "m006", "--talker", "m001", "--recorder")
    for third, code in (("m001", 2), ("m006", 2), ("m002", 0)):
        said = spoken("new", "admonition", *persons, third, "--dry-run", cwd=desk, as_of=BASE_DAY, code=code)
        if code:
            assert "10.2(3)" in said["en"].err
            assert is_chinese(said["zh"].err)
    assert (
        "10.4"
        in en("new", "admonition", "--member", "m006", "--follower", "m006", cwd=desk, as_of=BASE_DAY, code=2).err
    )
    en("new", "admonition", "--id", "m006", cwd=desk, as_of=BASE_DAY, code=2)
    for number in (1, 2):
        said_once = zh("new", "admonition", *persons, "m002", cwd=desk, as_of=BASE_DAY, code=0)
        assert f"admonitions/2026/a00{number}.yaml" in said_once.err
    (desk / "admonitions/2025").mkdir()
    (desk / "admonitions/2025/a007.yaml").write_bytes(b"x")
    assert "a008.yaml" in zh("new", "admonition", *persons, "m002", cwd=desk, as_of=BASE_DAY, code=0).err


def test_who_wrote_a_letter_stands_apart_and_is_never_shown(desk: Path) -> None:
    words = (
        "letter",
        "--channel",
        "letter",
        "--summary",
        "反映加班费",
        "--complainant",
        "欧阳无忌",
        "--contact",
        "一三八",
    )
    for extra in ((), ("--dry-run",)):
        said = zh("new", *words, *extra, cwd=desk, as_of=BASE_DAY, code=0)
        assert "欧阳无忌" not in said.both
        assert "一三八" not in said.both
    letter = (desk / "supervision/2026/letter-l002.yaml").read_text(encoding="utf-8")
    assert "欧阳无忌" not in letter
    assert "handler: m004" in letter
    apart = (desk / "complainants/p001.yaml").read_text(encoding="utf-8")
    for word in ("letter: l002", "欧阳无忌", "一三八"):
        assert word in apart


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("target",), ("--member",)),
        (("target", "--member", "无此人"), ("--member", "无此人")),
        (("target-log",), ("--group",)),
        (("target", "--member", "m004", "--approved-by", "us"), ("--approved-by", "committee", "superior")),
        (("target", "--member", "m004", "--approved-on", "昨天"), ("--approved-on", "昨天")),
        (("quarter-plan", "--quarter", "2026-05"), ("--quarter", "2026-Q1")),
        (("month-plan", "--month", "2026-Q1"), ("--month", "2026-03")),
        (("annual-plan", "--year", "26"), ("--year", "2026")),
        (("annual-plan", "--rows", "0"), ("--rows",)),
        (("annual-plan",), ("plans/2026/annual.yaml",)),
        (("development-plan", "--target", "two"), ("--target", "two")),
        (("admonition", "--ground", "9"), ("--ground", "1", "8")),
        (("training", "--audience", "everybody"), ("--audience", "party-workers")),
        (("training", "--title", " "), ("--title",)),
        (("training", "--slug", "../x"), ("--slug",)),
        (("disclosure", "--about", "nothing"), ("--about", "nothing")),
        (("amendment",), ("--clause",)),
        (("amendment", "--clause", "第三条"), ("--clause", "第三条")),
        (("case", "--id", "A 1"), ("--id",)),
        (("duty-report", "--member", "m001", "--good", "1"), ("--good",)),
        (("accepted",), ("accepted",)),
    ],
    ids=" ".join,
)
def test_what_cannot_be_written_is_said(shared: Path, words: tuple[str, ...], says: tuple[str, ...]) -> None:
    before = sorted(shared.rglob("*"))
    english, chinese = (spoken("new", *words, cwd=shared, as_of=BASE_DAY, code=2)[lang] for lang in ("en", "zh"))
    for word in says:
        assert word in english.err
        assert word in chinese.err
    assert not english.out
    assert is_chinese(chinese.err)
    assert sorted(shared.rglob("*")) == before


def test_in_small_branches_everyone_is_due_at_a_life_meeting(desk: Path) -> None:
    branch = desk / "branch.yaml"
    text = branch.read_text(encoding="utf-8").replace("committee: true", "committee: false")
    branch.write_text(text, encoding="utf-8")
    assert len(made(desk, "democratic-life-meeting", *TIME)["present"]) == 9


@pytest.mark.parametrize("kind", KINDS)
def test_help_of_every_kind_names_every_flag_in_both_languages(tmp_path: Path, kind: str) -> None:
    said = spoken("new", kind, "--help", cwd=tmp_path, as_of=None, code=0)
    assert not is_chinese(said["en"].out)
    assert is_chinese(said["zh"].out)
    for flag in build_flags(resources.load_schema(kind)):
        assert flag.title.zh, flag
        assert flag.title.en, flag
        assert is_chinese(flag.title.zh), flag
        assert not is_chinese(flag.title.en), flag


def test_new_lists_every_kind(tmp_path: Path) -> None:
    said = spoken("new", "--help", cwd=tmp_path, as_of=None, code=0)
    for kind in KINDS:
        assert f"  {kind} " in said["en"].out
        assert f"  {kind} " in said["zh"].out
    assert not is_chinese(said["en"].out)


@terminal
def test_answers_on_a_terminal(desk: Path) -> None:
    code, screen = talk(
        "new", "talk-feedback", cwd=desk, as_of=BASE_DAY, answers=["", "无此人", "m001", "同事", "职工", ""]
    )
    assert code == 0, screen
    assert "cadres=干部|workers=职工|members=党员" in screen.replace("\r\n", ""), "the words stand in the question"
    text = (desk / "supervision/2026/2026-06-30-talk-workers.yaml").read_text(encoding="utf-8")
    assert "by: m001" in text
    assert "with: workers" in text
    assert "topic: 【待填】" in text
    code, screen = talk(
        "new", "facility-check", cwd=desk, as_of=BASE_DAY, answers=["6月30", "2026-06-30", "m002", "有", "否"]
    )
    assert code == 0, screen
    text = (desk / "inspections/2026/2026-06-30-facility-check.yaml").read_text(encoding="utf-8")
    assert "room: true" in text
    assert "kit: false" in text
    code, screen = talk("new", "facility-check", "--no-input", cwd=desk, as_of=BASE_DAY, answers=[])
    assert code == 0, screen
    assert (desk / "inspections/2026/2026-06-30-facility-check-2.yaml").exists()
