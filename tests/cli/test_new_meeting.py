"""``dangwu new meeting``: it offers what is owed, and ``check`` accepts and ``due`` counts what it writes."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Any

import pytest

from dangwu.model.record import MEETING_KINDS
from tests.support.branches import BASE_DAY, base_repo
from tests.support.by_hand import written
from tests.support.run import en, is_chinese, run, spoken, zh
from tests.support.terminal import talk

if TYPE_CHECKING:
    from pathlib import Path

terminal = pytest.mark.skipif(os.name == "nt", reason="no pseudo-terminals")
EVE = "2026-06-29"
TIME = ("--time", "15:00-16:10")
_LIFE = (
    "--theme", "作风", "--focus-problem", "会风", "--notice-sent-on", "2026-12-01", "--reported-up-sent-on",
    "2026-12-01",
)  # fmt: skip
MEETINGS = {
    "1.5": (), "3.1": (), "3.2": (), "3.3": (), "3.4": ("--lecturer", "外请教员"), "4.1": _LIFE, "4.4": _LIFE,
    "6.3b": (), "6.5": ("--theme", "作风"), "9.2(2)": _LIFE, "9.2(4)": (),
}  # fmt: skip
"""Clause that a meeting settles → what its kind asks for beside."""


@pytest.fixture
def branch(tmp_path: Path) -> Path:
    return base_repo(tmp_path / "党 支部").path


def _write_out(folder: Path, said: str) -> str:
    """Write something wherever a person must, in the record that was just made, and return its path."""
    path = str(re.findall(r"meetings/[\w./-]+\.md", said)[0])
    file = folder / path
    file.write_text(written(path, file.read_text(encoding="utf-8")), encoding="utf-8")
    return path


def _duties(folder: Path, day: str, year: str = "2026") -> dict[str, dict[str, Any]]:
    owed = en("due", "--year", year, "--format", "json", cwd=folder, as_of=day).json()["duties"]
    return {each["id"]: each for each in owed}


def _errors(folder: Path, path: str, day: str) -> list[dict[str, Any]]:
    found = en("check", "--format", "json", cwd=folder, as_of=day).json()["findings"]
    return [each for each in found if each["path"] == path and each["severity"] == "error"]


@terminal
@pytest.mark.parametrize(
    ("lang", "offer", "words"),
    [
        ("zh", "党小组会 第一党小组 6月，还有1天", ("学习；批评与自我批评", "m006：公出")),
        ("en", "Party group meeting 第一党小组 Jun, days left: 1", ("study; criticism", "m006:business trip")),
    ],
)
def test_a_terminal_offers_what_is_owed(branch: Path, lang: str, offer: str, words: tuple[str, str]) -> None:
    code, screen = talk("new", "meeting", "--no-input", cwd=branch, as_of=EVE, lang=lang, answers=[])
    assert code == 2
    assert "dangwu new meeting --duty 3.3/2026-Q2" in screen
    answers = ["0", "4", "", "15：00至16：10", "", words[0], "m009", words[1], "m005", "", "", ""]
    code, screen = talk("new", "meeting", cwd=branch, as_of=EVE, lang=lang, answers=answers)
    assert code == 0, screen
    assert f"   4  {offer}\n" in screen
    assert ("是哪一次" in screen) == (lang == "zh")
    path = _write_out(branch, screen)
    assert path == "meetings/2026/2026-06-29-group-meeting-g1.md"
    text = (branch / path).read_text(encoding="utf-8")
    assert "15:00-16:10" in text
    assert "{member: m006, reason: business-trip, approved_by: m005}" in text
    en("check", cwd=branch, as_of=EVE, code=0)
    duty = _duties(branch, EVE)["3.1/2026-06/g1"]
    assert (duty["state"], duty["evidence"]) == ("fulfilled", [path])


@terminal
def test_a_terminal_takes_names_ids_and_numbers_and_asks_again(branch: Path) -> None:
    talked = ["九十九", "99", "党费", "生活会", "3.1/2026-02/g1", "2026-01-31", "２０２６年２月２７日", "9：00-10：00"]
    code, screen = talk("new", "meeting", cwd=branch, as_of=EVE, answers=[*talked, *[""] * 7])
    assert code == 0, screen
    for said in (
        "“九十九”",
        "第 99 项",
        "dangwu new dues",
        "民主生活会（democratic-life-meeting）、组织生活会",
        "2026-02-01",
    ):
        assert said in screen
    text = (branch / "meetings/2026/2026-02-27-group-meeting-g1.md").read_text(encoding="utf-8")
    assert "time: 09:00-10:00" in text
    assert "makes_up" not in text


@terminal
def test_a_wrong_answer_asks_again_and_nothing_typed_is_lost(branch: Path) -> None:
    """Hours in two steps, an unknown name, somebody given twice, a name with a slip, a chair who was away."""
    answers = [
        "第一党小组", "2019-01-01", "2026-06-26", "三点", "下午3点", "4点半", "", "学习；批评与自我批评", "无此人",
        "m009", "m009出差", "m006出差，m005：病假", "", "沈怀近", "n", "沈怀近", "", "m001", "",
        "# 1 学习", "",
    ]  # fmt: skip
    code, screen = talk("new", "group-meeting", cwd=branch, as_of=EVE, answers=answers)
    assert code == 0, screen
    for said in ("2019-01-01", "是上午还是下午", "15:00开始", "无此人", "写了两次", "沈怀远（m001）吗"):
        assert said in screen, said
    assert "即 2026-06-29" in screen
    assert "即 三楼党员活动室" in screen
    assert "即 m003 顾明朗" in screen
    text = (branch / "meetings/2026/2026-06-26-group-meeting-g1.md").read_text(encoding="utf-8")
    for line in (
        "time: 15:00-16:30",
        "place: 三楼党员活动室",
        "chair: m001",
        "recorder: m003",
        "present: [m001, m003]",
        "{member: m006, reason: business-trip, approved_by: 【待填】}",
        "{member: m005, reason: illness, approved_by: m001}",
        "absent: [m009]",
        # What is typed is a paragraph, and no heading of its own.
        "## 会议内容\n\n\\# 1 学习\n\n## 批评与自我批评\n\n【待填】",
    ):
        assert line in text, line


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_duty_that_a_meeting_settles_is_settled(tmp_path: Path, lang: str) -> None:
    """From the id that ``due`` prints to a record that the check accepts and the duty counts, for each clause."""
    repo, day = base_repo(tmp_path / "党 支部"), "2026-12-30"
    open_ = [each for each in _duties(repo.path, day).values() if each["state"] in {"open", "overdue"}]
    first = {each["clause"]: each["id"] for each in reversed(open_) if each["clause"] in MEETINGS}
    assert set(first) == set(MEETINGS)
    for clause, duty in first.items():
        words = ("--duty", duty, *TIME, "--topic", "学习", *MEETINGS[clause], "--no-input")
        said = run("--lang", lang, "new", "meeting", *words, cwd=repo.path, as_of=day, code=0)
        path = _write_out(repo.path, said.err)
        assert _errors(repo.path, path, day) == [], duty
        state = _duties(repo.path, day)[duty]
        assert state["state"] == ("fulfilled" if state["due"] >= day else "late"), state
        assert path in state["evidence"]
        repo.git("clean", "-fdq")


def test_the_kind_by_its_name_in_either_language(branch: Path) -> None:
    for word in ("group-meeting", "党小组会", "小组会", "Party group meeting", "ＰＡＲＴＹ　group"):
        said = zh(
            "new", "meeting", "--kind", word, "--group", "第一党小组", *TIME, "--dry-run", cwd=branch, as_of=EVE, code=0
        )
        assert "\nkind: group-meeting" in said.out, word
        assert "\ngroup: g1" in said.out
        direct = zh("new", word, "--group", "g1", *TIME, "--dry-run", cwd=branch, as_of=EVE, code=0)
        assert direct.out == said.out


def test_further_options_are_those_of_the_kind(branch: Path) -> None:
    words = ("new", "meeting", "--kind", "支委会", *TIME, "--agenda", "party-building", "--absent", "m003", "--dry-run")
    said = zh(*words, cwd=branch, as_of=EVE, code=0)
    assert "agenda: [party-building]" in said.out
    assert "absent: [m003]" in said.out
    wrong = spoken("new", "meeting", "--kind", "支委会", "--theme", "x", *TIME, cwd=branch, as_of=EVE, code=2)
    assert "--theme" in wrong["zh"].err
    assert is_chinese(wrong["zh"].err)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ((), ("--kind", "--duty")),
        (("--kind", "甲乙丙"), ("甲乙丙", "group-meeting")),
        (("--kind", "dues"), ("dangwu new dues",)),
        (("--kind", "生活会"), ("democratic-life-meeting", "organizational-life-meeting")),
        (("--kind", "lecture", "--group", "g1"), ("党课",)),
        (("--kind", "group-meeting", "--group", "g9"), ("g9", "g1")),
        (("--duty", "9.9/2026-06"), ("9.9/2026-06", "dangwu due")),
        (("--duty", "abc"), ("abc", "3.1/2026-03/g1")),
        (("--duty", "3.1/2026-06"), ("3.1/2026-06/g1", "3.1/2026-06/g2")),
        (("--duty", "1.4c/2026-06"), ("1.4c/2026-06",)),
        (("--duty", "3.1/2026-06/g1", "--kind", "lecture"), ("3.1/2026-06/g1", "--kind")),
        (("--duty", "3.1/2026-06/g1", "--group", "g2"), ("3.1/2026-06/g1", "g2")),
        (("--duty", "3.1/2026-06/g1", "--date", "2026-05-31"), ("2026-06-01", "--kind group-meeting")),
        (("--kind", "lecture", "--date", "6月1日"), ("6月1日", "--date")),
        (("--kind", "lecture", "--time", "三点"), ("三点", "15:00-16:10")),
    ],
    ids=" ".join,
)
def test_what_is_no_meeting_is_said_in_two_lines(branch: Path, words: tuple[str, ...], says: tuple[str, ...]) -> None:
    before = sorted(branch.rglob("*"))
    said = spoken("new", "meeting", *words, cwd=branch, as_of=EVE, code=2)
    lines = said["zh"].err.strip().splitlines()
    assert len(lines) == 2 + ("已经办过" in lines[0]), lines
    for word in says:
        assert word in said["zh"].err
    assert is_chinese(said["zh"].err)
    assert not said["zh"].out
    assert sorted(branch.rglob("*")) == before


def test_a_meeting_needs_a_branch(tmp_path: Path) -> None:
    for words in (
        ("meeting",),
        ("meeting", "--kind", "lecture"),
        ("lecture", *TIME),
        ("member", "--name", "甲"),
        ("waiver",),
        ("dues",),
    ):
        said = spoken("new", *words, cwd=tmp_path, as_of=EVE, code=3)
        assert "dangwu init" in said["zh"].err
        assert is_chinese(said["zh"].err)
    assert not list(tmp_path.iterdir())
    (tmp_path / "branch.yaml").write_text("schema: 1\nkind: branch\nname: [", encoding="utf-8")
    said = spoken("new", "meeting", "--kind", "lecture", *TIME, cwd=tmp_path, as_of=EVE, code=3)
    assert "dangwu check" in said["zh"].err


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_fresh_branch_holds_its_first_meeting(tmp_path: Path, lang: str) -> None:
    folder = tmp_path / "新 支部"
    zh("init", folder, cwd=tmp_path, as_of="2026-05-01", code=0)
    for file in (folder / "branch.yaml", folder / "members/m001.yaml"):
        file.write_text(file.read_text(encoding="utf-8").replace("【待填】", "沈㛃"), encoding="utf-8")
    for name in ("欧阳𬭎", "何䶮"):
        zh(
            "new",
            "member",
            "--name",
            name,
            "--status",
            "full",
            "--from",
            "2026-05-01",
            cwd=folder,
            as_of="2026-05-01",
            code=0,
        )
    said = spoken("new", "meeting", cwd=folder, as_of=BASE_DAY, code=2)
    assert "dangwu new meeting --duty 3.3/2026-Q2" in said["zh"].err
    words = (
        "new",
        "meeting",
        "--duty",
        "3.3/2026-Q2",
        *TIME,
        "--topic",
        "学习",
        "--place",
        "会议室",
        "--recorder",
        "何䶮",
    )
    path = _write_out(folder, run("--lang", lang, *words, cwd=folder, as_of=BASE_DAY, code=0).err)
    assert _errors(folder, path, BASE_DAY) == []
    assert _duties(folder, BASE_DAY)["3.3/2026-Q2"]["evidence"] == [path]
    assert "党小组" in zh("new", "meeting", "--kind", "小组会", *TIME, cwd=folder, as_of=BASE_DAY, code=2).err


def test_help_lists_the_kinds(tmp_path: Path) -> None:
    said = spoken("new", "meeting", "--help", cwd=tmp_path, as_of=None, code=0)
    for kind in MEETING_KINDS:
        assert f"  {kind} " in said["zh"].out
        assert f"  {kind} " in said["en"].out
    assert "党小组会" in said["zh"].out
    assert not is_chinese(said["en"].out)


def test_the_next_step_of_a_matter_makes_a_meeting_that_counts(branch: Path) -> None:
    due = zh("due", "--year", "2026", cwd=branch, as_of=EVE).out
    printed = re.search(r"dangwu (new general-meeting --administrative-report-speaker \S+)", due)
    assert printed is not None, due
    said = zh(*printed[1].split(), *TIME, "--topic", "通报", "--recorder", "m003", cwd=branch, as_of=EVE, code=0)
    path = _write_out(branch, said.err)
    assert _duties(branch, EVE)["9.2(4)/2026-H1"]["evidence"] == [path]
