"""What a person typed at questions is there to be read again when the command ends without having written it."""

from __future__ import annotations

import os
import shlex
from typing import TYPE_CHECKING

import pytest

from tests.support.branches import BASE_DAY, base_repo
from tests.support.run import en, zh
from tests.support.terminal import talk
from tests.support.workbooks import book

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.gitrepo import GitRepo

ROSTER = [["姓名", "入党时间", "转正时间"], ["夏铁军", "2001-06-30", "2002-06-30"], ["郑浩然", "不记得", "2010-06-30"]]
MEETING = ["第一党小组", "2025-06-12", "15:00-16:10", "三楼 活动室", "学习", "", "", "m003", "", ""]
END_OF_INPUT = "\x04"
pytestmark = pytest.mark.skipif(os.name == "nt", reason="no pseudo-terminals")


@pytest.fixture
def repo(tmp_path: Path) -> GitRepo:
    return base_repo(tmp_path / "党 支部")


def test_a_record_that_cannot_be_written_is_printed_whole(repo: GitRepo) -> None:
    (repo.path / "meetings/2025").write_text("这里是一个文件，不是文件夹\n", encoding="utf-8")
    code, screen = talk("new", "group-meeting", cwd=repo.path, answers=MEETING, as_of=BASE_DAY)
    assert code == 3
    assert "没有写入；记录的内容如下，应存为 meetings/2025/2025-06-12-group-meeting-g1.md：" in screen
    text = screen[screen.index("---\n# yaml-language-server") :]
    for line in ("kind: group-meeting", "place: 三楼 活动室", "  - 学习", "recorder: m003"):
        assert line in text
    (repo.path / "meetings/2025").unlink()
    (repo.path / "meetings/2025").mkdir()
    kept = text[: text.rindex("dangwu: ")]
    (repo.path / "meetings/2025/2025-06-12-group-meeting-g1.md").write_text(kept, encoding="utf-8")
    assert "DW1" not in zh("check", "meetings/2025", cwd=repo.path, as_of=BASE_DAY).out


def test_a_dialog_that_is_broken_off_shows_what_was_answered(repo: GitRepo) -> None:
    answers = [*MEETING[:5], END_OF_INPUT]
    code, screen = talk("new", "group-meeting", cwd=repo.path, answers=answers, as_of=BASE_DAY, lang="en")
    assert code == 130
    told = screen[screen.index("What was typed before this") :]
    assert [line.rpartition(": ")[2] for line in told.splitlines()[1:6]] == MEETING[:5]


def test_a_dialog_that_succeeds_shows_nothing_again(repo: GitRepo) -> None:
    code, screen = talk("new", "group-meeting", cwd=repo.path, answers=MEETING, as_of=BASE_DAY, lang="en")
    assert code == 0, screen
    assert "What was typed" not in screen


def test_flags_are_not_told_again(repo: GitRepo) -> None:
    (repo.path / "meetings/2025").write_text("x\n", encoding="utf-8")
    words = ("new", "group-meeting", "--group", "g1", "--date", "2025-06-12", "--time", "15:00-16:10")
    told = en(*words, cwd=repo.path, as_of=BASE_DAY, code=3)
    assert "Not written;" not in told.err
    assert told.out == ""


def test_init_gives_the_command_with_every_answer(tmp_path: Path) -> None:
    (tmp_path / "花名册.xlsx").write_bytes(book(ROSTER))
    answers = ["花名册.xlsx", "青禾 党支部", "云栖镇党委", "2015年6月1日", "2026-01-01", "夏铁军", ""]
    code, screen = talk("init", "新 支部", cwd=tmp_path, answers=answers, lang="en")
    assert code == 1
    assert not (tmp_path / "新 支部").exists()
    again = next(line for line in screen.splitlines() if line.startswith("To begin again"))
    words = shlex.split(again.partition(": ")[2])[1:]
    (tmp_path / "花名册.xlsx").write_bytes(book([*ROSTER[:2], ["郑浩然", "2009-06-30", "2010-06-30"]]))
    en(*words, cwd=tmp_path, code=0)
    branch = (tmp_path / "新 支部/branch.yaml").read_text(encoding="utf-8")
    for line in ("name: 青禾 党支部", "superior: 云栖镇党委", "founded: 2015-06-01", "records_from: 2026-01-01"):
        assert line in branch


def test_init_asks_nothing_for_a_folder_in_use(tmp_path: Path) -> None:
    (tmp_path / "旧").mkdir()
    (tmp_path / "旧/照片.jpg").write_bytes(b"x")
    code, screen = talk("init", "旧", cwd=tmp_path, answers=[], lang="en")
    assert code == 2
    assert "Name of the branch" not in screen


def test_cells_of_a_workbook_left_blank_are_named(tmp_path: Path) -> None:
    en("init", "--workbook", "空.xlsx", cwd=tmp_path, code=0)
    told = zh("init", "新", "--from", "空.xlsx", cwd=tmp_path, code=1).out
    assert "[Branch!B2] 还缺建库要用的内容" in told
    assert "同样的还有：B3、B4、B5" in told
