"""The first hour of a branch, typed on a terminal, and its recording (asciicast v2, as asciinema plays it).

``python -m tests.support.first_hour`` writes the recordings anew. The pauses in them are those of a calm reader, not
of the machine: a recording has no time of its own, and the same keys give the same file.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tests.support.branch_book import NAMES, fill_in
from tests.support.run import DAY, environment, run
from tests.support.screen import COLUMNS, LINES, Screen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs" / "recordings"
BOOKS = {"zh": "建库.xlsx", "en": "branch.xlsx"}
READMES = {"zh": ROOT / "README.zh-CN.md", "en": ROOT / "README.md"}
MOST = 10
"""The most values that the first hour may ask to be typed."""
_READING, _KEY = 1.5, 0.06
"""Seconds before a line is typed, and for each key."""
_COMMIT = re.compile(r"\b[0-9a-f]{12}\b")
_OF_THE_SHELL = re.compile(r"\x1b\[\?2004[hl]")
_NO_VALUES = frozenset({"dangwu", "init", "check", "due", "save", "new", "meeting", "cd"})


class Typed(NamedTuple):
    """A line that is typed at the shell (``$ dangwu …``) or as an answer, and what the screen then says."""

    text: str
    says: tuple[str, ...] = ()
    at_shell: bool = False

    @property
    def values(self) -> tuple[str, ...]:
        """What is a value in it: every word of a command but its name and its options', every answer but Enter."""
        if not self.at_shell:
            return (self.text,) if self.text else ()
        return tuple(word for word in shlex.split(self.text) if word not in _NO_VALUES and word[:2] != "--")


def _command(text: str, *says: str) -> Typed:
    return Typed(text, says, at_shell=True)


DIALOGUES: dict[str, tuple[Typed, ...]] = {
    "zh": (
        _command("dangwu init 我们支部 --from 建库.xlsx",
                 "青禾精工有限公司党支部", "2026-10-01", "夏铁军", "都对就直接回车"),
        Typed("", (*NAMES, "m024", "新的记录库在 我们支部", "直接回车即 夏铁军")),
        Typed("", ("邮箱地址",)),
        Typed("xia@example.org", ("cd 我们支部", "dangwu check")),
        _command("cd 我们支部"),
        _command("dangwu check", "错误 0", "还没有入库的记录：25 份"),
        _command("dangwu due", "自 2026-10-01 起在这里保存记录", "党小组会"),
        _command("dangwu save", "新增：党员，邓小满", "已入库 25 份记录"),
        _command("dangwu new meeting", "支部委员会会议", "党小组会 第一党小组", "直接回车选 1"),
        Typed("2", ("直接回车即 2026-11-23",)),
        Typed("", ("起止时间",)),
        Typed("15:00-16:10", ("地点",)),
        Typed("二楼会议室", ("议题",)),
        Typed("学习镇党委例会精神；安排十二月工作", ("应到 8 人", "m001 夏铁军", "直接回车即没有")),
        Typed("", ("请假",)),
        Typed("", ("记录人；直接回车即 m001 夏铁军",)),
        Typed("", ("会议内容",)),
        Typed("何䶮传达镇党委例会精神，八人都谈了体会；十二月四日慰问退休党员，李大勇、周立言负责。",
              ("批评与自我批评",)),
        Typed("陆文静说自己上月缺学一次，已补；彭凌霜提醒何䶮会前早发材料。",
              ("已写入 meetings/2026/2026-11-23-group-meeting-g1.md",)),
        _command("dangwu check", "错误 0", "还没有入库的记录：1 份"),
        _command("dangwu save", "新增：党小组会", "已入库 1 份记录"),
    ),
    "en": (
        _command("dangwu init our-branch --from branch.xlsx", "青禾精工有限公司党支部", "2026-10-01", "夏铁军",
                 "Enter if all is right"),
        Typed("", (*NAMES, "m024", "A new record repository is in our-branch", "Enter for 夏铁军")),
        Typed("", ("Mail address",)),
        Typed("xia@example.org", ("cd our-branch", "dangwu check")),
        _command("cd our-branch"),
        _command("dangwu check", "error 0", "25 records"),
        _command("dangwu due", "records kept here from 2026-10-01 on", "Party group meeting"),
        _command("dangwu save", "邓小满", "Saved: 25 records"),
        _command("dangwu new meeting", "Party group meeting 第一党小组", "Enter for 1"),
        Typed("2", ("Enter for 2026-11-23",)),
        Typed("", ("From when to when",)),
        Typed("15:00-16:10", ("Place",)),
        Typed("Meeting room, first floor", ("Issues",)),
        Typed("What the town committee asked for; Work in December", ("Due: 8", "m001 夏铁军", "Enter: nobody")),
        Typed("", ("On leave",)),
        Typed("", ("Recorder; Enter for m001 夏铁军",)),
        Typed("", ("Proceedings",)),
        Typed("何䶮 told what the town committee asked for; visits to the retired on 4 December: 李大勇, 周立言.",
              ("Criticism and self-criticism",)),
        Typed("陆文静 missed a study session and made it up; 彭凌霜 asked for the papers earlier.",
              ("meetings/2026/2026-11-23-group-meeting-g1.md",)),
        _command("dangwu check", "error 0", "1 record"),
        _command("dangwu save", "Saved: 1 record"),
    ),
}  # fmt: skip
"""What is typed by language, from an empty folder with the workbook to the saved minutes of the first meeting."""


def count_values(typed: Sequence[Typed]) -> int:
    """Return how many values were typed."""
    return sum(len(line.values) for line in typed)


def play(typed: Sequence[Typed], folder: Path, language: str) -> Iterator[str]:
    """Type each line in a terminal that stands in a folder, and yield what was written behind it.

    The command is the installed one, and the day is fixed: beside that nothing is set.
    """
    commands = folder.parent / f"{folder.name}-bin"
    commands.mkdir()
    installed = Path(sys.executable).with_name("dangwu")
    assert installed.exists(), "the tests run in an environment in which dangwu is installed"
    start = commands / "dangwu"
    start.write_text(f'#!/bin/sh\nexec "{installed}" --as-of {DAY} --lang {language} "$@"\n', encoding="utf-8")
    start.chmod(0o755)
    home = folder.parent / f"{folder.name}-home"
    home.mkdir()
    moment = f"{DAY}T16:30:00+0800"
    path = f"{commands}{os.pathsep}{os.environ['PATH']}"
    values = environment({"HOME": str(home), "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "PATH": path,
                          "GIT_AUTHOR_DATE": moment, "GIT_COMMITTER_DATE": moment})  # fmt: skip
    with Screen(folder, values) as screen:
        for line in typed:
            written = _OF_THE_SHELL.sub("", screen.type(line.text))
            for words in line.says:
                assert words in written, f"{words!r} is not in:\n{written[-2000:]}"
            yield written
        assert "".join(screen.look().split()), "the terminal shows nothing"


def read_commands(language: str) -> list[str]:
    """Return the commands of the block “Your own branch” of the README, to the letter, without its comments."""
    text = READMES[language].read_text(encoding="utf-8")
    (block,) = re.findall(r"```sh\n(dangwu init --workbook .*?)```", text, re.DOTALL)
    return [line.partition("  #")[0].rstrip() for line in block.splitlines()]


def prepare(folder: Path, language: str, fill: Callable[[Path], Path] = fill_in) -> Path:
    """Run the first command of the README in a new folder, and fill in the workbook that it writes."""
    folder.mkdir()
    name, *words = shlex.split(read_commands(language)[0])
    assert name == "dangwu"
    run("--lang", language, *words, cwd=folder, code=0)
    fill(folder / BOOKS[language])
    return folder


def render_recording(typed: Sequence[Typed], written: Sequence[str], language: str) -> str:
    """Return the recording: what was typed as input, what was written as output, with the pauses of a reader."""
    title = "第一个小时 · The first hour" if language == "zh" else "The first hour"
    lines: list[object] = [{"version": 2, "width": COLUMNS, "height": LINES, "title": title}, [0.5, "o", "$ "]]
    now = 0.5
    for line, words in zip(typed, written, strict=True):
        echo, end, rest = words.partition("\r\n")
        now += _READING
        lines.append([round(now, 2), "i", f"{line.text}\r"])
        for key in echo:
            now += _KEY
            lines.append([round(now, 2), "o", key])
        now += _KEY * 5
        lines.append([round(now, 2), "o", forget_commits(end + rest)])
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)


def forget_commits(text: str) -> str:
    """Return text with every commit as the same one: its id depends on the version of what is recorded."""
    return _COMMIT.sub("0123456789ab", text)


def main() -> None:
    """Write the recordings."""
    FOLDER.mkdir(exist_ok=True)
    for language, typed in DIALOGUES.items():
        place = Path(tempfile.mkdtemp())
        try:
            written = list(play(typed, prepare(place / "desk", language), language))
        finally:
            shutil.rmtree(place)
        (FOLDER / f"first-hour.{language}.cast").write_text(render_recording(typed, written, language), "utf-8")


if __name__ == "__main__":
    main()
