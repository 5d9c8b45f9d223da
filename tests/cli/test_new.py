"""``dangwu new``: every kind by flags and by answers; what it writes passes the check once people have written."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tests.support.branches import BASE_DAY, base_files, base_repo
from tests.support.run import en, is_chinese, run, spoken, zh
from tests.support.terminal import talk

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.run import Result

terminal = pytest.mark.skipif(os.name == "nt", reason="no pseudo-terminals")
TIME = ("--time", "15:00-16:10")


@pytest.fixture
def branch(tmp_path: Path) -> Path:
    return base_repo(tmp_path / "党 支部").path


def _new(folder: Path, *words: str, lang: str = "zh", code: int = 0) -> Result:
    return run("--lang", lang, "new", *words, cwd=folder, as_of=BASE_DAY, code=code)


def _written(folder: Path) -> set[str]:
    every = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    return {path for path in every if not path.startswith(".git/")} - set(base_files())


def _filled(folder: Path) -> str:
    """Write something wherever a person must, and return the one new file."""
    (path,) = _written(folder)
    file = folder / path
    file.write_text(
        file.read_text(encoding="utf-8").replace("【待填】", "朱䶮等逐项讨论，当场议定。"), encoding="utf-8"
    )
    return path


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    ("words", "path"),
    [
        (("general-meeting", *TIME, "--topic", "学习", "--recorder", "m003"), "2026-06-30-general-meeting.md"),
        (
            ("committee-meeting", *TIME, "--topic", "批评与自我批评", "--recorder", "m003"),
            "2026-06-30-committee-meeting.md",
        ),
        (("group-meeting", "--group", "g1", *TIME, "--topic", "批评与自我批评"), "2026-06-30-group-meeting-g1.md"),
        (("lecture", *TIME, "--lecturer", "沈怀远", "--topic", "党课", "--recorder", "m003"), "2026-06-30-lecture.md"),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)
def test_a_meeting_passes_the_check_once_it_is_written(
    branch: Path, words: tuple[str, ...], path: str, lang: str
) -> None:
    said = _new(branch, *words, lang=lang)
    assert not said.out
    assert path in said.err
    assert is_chinese(said.err.replace("【待填】", "")) == (lang == "zh")
    left = en("check", cwd=branch, as_of=BASE_DAY, code=1)
    assert "【待填】" in left.out
    assert _filled(branch) == f"meetings/2026/{path}"
    en("check", cwd=branch, as_of=BASE_DAY, code=0)


def test_every_flag_of_a_meeting(branch: Path) -> None:
    words = (
        "group-meeting", "--date", "2026-05-28", "--group", "第一党小组", "--time", "09:00-10:00",
        "--place", "车间: 二楼 #3", "--topic", "学习", "--topic", "批评与自我批评", "--absent", "m009",
        "--leave", "m006:business-trip:m001", "--late", "m003", "--in-attendance",
        "许经理", "--chair", "m001", "--delegated-by", "m005",
        "--recorder", "m003", "--makes-up", "2026-04",
    )  # fmt: skip
    dry = _new(branch, *words, "--dry-run")
    assert not dry.err
    assert not _written(branch)
    _new(branch, *words)
    assert _filled(branch) == "meetings/2026/2026-05-28-group-meeting-g1.md"
    text = (branch / "meetings/2026/2026-05-28-group-meeting-g1.md").read_text(encoding="utf-8")
    assert text.replace("朱䶮等逐项讨论，当场议定。", "【待填】") == dry.out
    for word in (
        "m009",
        "business-trip",
        "approved_by: m001",
        "late: [m003]",
        "许经理",
        "delegated_by: m005",
        "2026-04",
    ):
        assert word in text
    en("check", cwd=branch, as_of=BASE_DAY, code=0)


def test_names_for_ids(branch: Path) -> None:
    name = next(
        line.partition(": ")[2]
        for line in str(base_files()["members/m009.yaml"], "utf-8").splitlines()  # type: ignore[arg-type]
        if line.startswith("name:")
    )
    said = _new(branch, "group-meeting", "--group", "g1", *TIME, "--absent", name, "--dry-run")
    assert "absent: [m009]" in said.out
    assert "m009" not in said.out.partition("present:")[2].partition("]")[0]
    both = _new(branch, "group-meeting", "--group", "g1", *TIME, "--absent", f"{name}，m006", "--dry-run")
    assert "absent: [m006, m009]" in both.out
    (branch / "members/m010.yaml").write_bytes(
        bytes(base_files()["members/m009.yaml"]).replace(b"id: m009", b"id: m010")  # type: ignore[arg-type]
    )
    twice = spoken("new", "group-meeting", "--group", "g1", *TIME, "--absent", name, cwd=branch, as_of=BASE_DAY, code=2)
    assert "m009" in twice["en"].err
    assert "m010" in twice["en"].err
    assert is_chinese(twice["zh"].err.replace(name, ""))


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("group-meeting", "--group", "g1"), "--time"),
        (("group-meeting", *TIME), "--group"),
        (("group-meeting", "--group", "g9", *TIME), "g9"),
        (("group-meeting", "--group", "g1", "--time", "三点到四点"), "--time"),
        (("group-meeting", "--group", "g1", "--time", "25:00-26:00"), "--time"),
        (("group-meeting", "--group", "g1", *TIME, "--absent", "m002"), "m002"),
        (("group-meeting", "--group", "g1", *TIME, "--absent", "无此人"), "无此人"),
        (("group-meeting", "--group", "g1", *TIME, "--leave", "m006"), "business-trip"),
        (("group-meeting", "--group", "g1", *TIME, "--leave", "m006:holiday"), "business-trip"),
        (("group-meeting", "--group", "g1", *TIME, "--leave", "m006:business-trip", "--absent", "m006"), "m006"),
        (("group-meeting", "--group", "g1", *TIME, "--late", "m006", "--absent", "m006"), "m006"),
        (("group-meeting", "--group", "g1", *TIME, "--date", "2026-02-30"), "2026-02-30"),
        (("group-meeting", "--group", "g1", *TIME, "--date", "2020-01-01"), "2020-01-01"),
        (("group-meeting", "--group", "g1", *TIME, "--makes-up", "April"), "April"),
        (("general-meeting", *TIME, "--group", "g1"), "--group"),
        (("general-meeting", *TIME, "--lecturer", "x"), "--lecturer"),
        (("member",), "--name"),
        (("member", "--name", " "), "--name"),
        (("member", "--name", "甲", "--id", "m001"), "m001"),
        (("member", "--name", "甲", "--status", "maybe"), "probationary"),
        (("member", "--name", "甲", "--group", "g9"), "g9"),
        (("waiver",), "--duty"),
        (("waiver", "--duty", "3.1/2026-06/g1", "--outcome", "deferred"), "--until"),
        (("waiver", "--duty", "3.1/2026-06/g1", "--outcome", "maybe"), "missed"),
        (("minutes",), "minutes"),
        ((), "new"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_what_cannot_be_written_is_said(clean: Path, words: tuple[str, ...], says: str) -> None:
    before = sorted(clean.rglob("*"))
    english = _new(clean, *words, lang="en", code=2)
    assert says in english.err
    assert not english.out
    assert sorted(clean.rglob("*")) == before


def test_nothing_is_overwritten(branch: Path) -> None:
    words = ("group-meeting", "--group", "g1", *TIME)
    _new(branch, *words)
    first = {path: (branch / path).read_bytes() for path in _written(branch)}
    _new(branch, *words)
    assert _written(branch) == {*first, "meetings/2026/2026-06-30-group-meeting-g1-2.md"}
    assert {path: (branch / path).read_bytes() for path in first} == first
    (branch / "members/m010.yaml").write_text("mine\n", encoding="utf-8")
    _new(branch, "member", "--name", "甲", "--id", "m010", code=2)
    assert (branch / "members/m010.yaml").read_text(encoding="utf-8") == "mine\n"
    assert not list(branch.rglob("*.tmp"))


def test_a_member(branch: Path) -> None:
    words = (
        "--name",
        "李㛃",
        "--status",
        "probationary",
        "--from",
        "2026-06-01",
        "--group",
        "g2",
        "--joined-on",
        "2026-05-20",
    )
    _new(branch, "member", *words)
    assert _written(branch) == {"members/m010.yaml"}
    text = (branch / "members/m010.yaml").read_text(encoding="utf-8")
    for word in ("id: m010", "李㛃", "probationary", "g2", "2026-06-01", "joined_on: 2026-05-20"):
        assert word in text
    en("check", cwd=branch, as_of=BASE_DAY, code=0)


def test_a_month_is_taken_where_the_day_of_joining_is_not_known(branch: Path) -> None:
    for word in ("2026-05", "2026年5月"):
        made = _new(branch, "member", "--name", "李㛃", "--joined-on", word, "--dry-run")
        assert "joined_on: 2026-05 " in made.out
    assert (
        "--joined-on"
        in en("new", "member", "--name", "李㛃", "--joined-on", "五月", cwd=branch, as_of=BASE_DAY, code=2).err
    )


def test_a_waiver_settles_its_duty(branch: Path) -> None:
    words = (
        "--duty",
        "3.1/2026-06/g2",
        "--outcome",
        "waived",
        "--reason",
        "全组出差: 见通知",
        "--approved-by",
        "云栖镇党委",
        "--date",
        BASE_DAY,
    )
    _new(branch, "waiver", *words)
    (path,) = _written(branch)
    assert path == "waivers/2026/2026-06-30-3-1-2026-06-g2.yaml"
    en("check", cwd=branch, as_of=BASE_DAY, code=0)
    duties = en("due", "--format", "json", cwd=branch, as_of=BASE_DAY).json()["duties"]
    assert next(duty["state"] for duty in duties if duty["id"] == "3.1/2026-06/g2") == "waived"
    dry = _new(branch, "waiver", "--duty", "3.1/2026-06/g1", "--outcome", "deferred", "--until", "2026-07-10",
               "--slug", "later", "--dry-run")  # fmt: skip
    assert "until: 2026-07-10" in dry.out
    assert dry.out.count("【待填】") == 3


@terminal
def test_answers_on_a_terminal(branch: Path) -> None:
    code, screen = talk(
        "new", "group-meeting", cwd=branch, as_of=BASE_DAY,
        answers=[
            "第一党小组", "", "三点", "15:00-16:10", "", "学习；批评与自我批评", "m009", "m006:business-trip",
            "m005", "", "", "",
        ],
    )  # fmt: skip
    assert code == 0, screen
    path = _filled(branch)
    assert path == "meetings/2026/2026-06-30-group-meeting-g1.md"
    text = (branch / path).read_text(encoding="utf-8")
    for word in ("absent: [m009]", "member: m006", "- 学习", "- 批评与自我批评", "15:00-16:10"):
        assert word in text
    en("check", cwd=branch, as_of=BASE_DAY, code=0)


@terminal
def test_a_terminal_that_is_told_to_ask_nothing(branch: Path) -> None:
    code, screen = talk("new", "group-meeting", "--no-input", cwd=branch, as_of=BASE_DAY, answers=[])
    assert code == 2
    assert "--group" in screen
    code, screen = talk("new", "member", cwd=branch, as_of=BASE_DAY, answers=["", "李㛃", "还没有", "预备党员", ""])
    assert code == 0, screen
    text = (branch / "members/m010.yaml").read_text(encoding="utf-8")
    assert "name: 李㛃" in text
    assert "{from: 【待填】, status: probationary}" in text


def test_from_a_sub_folder_the_record_lands_at_the_root(branch: Path) -> None:
    zh("new", "member", "--name", "甲", cwd=branch / "meetings" / "2026", as_of=BASE_DAY, code=0)
    assert _written(branch) == {"members/m010.yaml"}
