"""What a record says is never a command to the forge whose runner prints what dangwu says."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from dangwu.formats.safe_text import defuse_commands
from tests.support.branches import BASE_DAY, GROUP_MEETING, base_file, base_repo
from tests.support.run import en, run, zh

if TYPE_CHECKING:
    from pathlib import Path

WORDS = (
    "::error file=x,line=1::坏", "::add-mask::a", "::stop-commands::x", "##[group]x", "##[error]x",
    "##vso[task.complete]x", "##teamcity[blockOpened]", "section_start:1560896352:x", "section_end:1560896352:x",
    "  ::warning::x",
)  # fmt: skip
_GITHUB = re.compile(r"^\s*::[^\n]*::", re.MULTILINE)
_ANYWHERE = re.compile(r"##(?:vso|teamcity)?\[|section_(?:start|end):")


def commands(text: str) -> list[str]:
    """Return what a runner would take for its own command."""
    return [*_GITHUB.findall(text), *_ANYWHERE.findall(text)]


@pytest.mark.parametrize("word", WORDS)
def test_a_command_is_shown_and_not_obeyed(word: str) -> None:
    for text in (word, f"x\n{word}\ny", f"\t{word}", f"　{word}"):
        assert commands(text)
        defused = defuse_commands(text)
        assert commands(defused) == []
        assert json.loads(f'"{defused}"' if "\n" not in text and "\t" not in text else '""') in {text, ""}


@pytest.mark.parametrize(
    "text",
    ["", "a::b", "std::vector<int>", "x ::error::y", "::before { }", "### 标题", "## [链接](x)", "section: 1", "#[x]"],
)
def test_other_text_is_left_alone(text: str) -> None:
    assert defuse_commands(text) == text


@pytest.fixture(scope="module")
def branch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a branch whose records hold commands wherever people write text, and findings that quote them."""
    folder = tmp_path_factory.mktemp("forge") / "r"
    meeting = base_file(GROUP_MEETING).decode()
    for old, new in (
        ("place: 三楼党员活动室", 'place: "::error::三楼"'),
        (
            "  - 传达支部三月工作安排",
            '  - "::add-mask::传达"\n  - "##[error]x"\n  - "##vso[task.complete]x"\n  - "section_start:1:x"',
        ),
        ("## 会议内容\n", "## 会议内容\n\n::error::正文::x\n\n##[group]正文\n"),
    ):
        assert old in meeting
        meeting = meeting.replace(old, new)
    member = base_file("members/m003.yaml").decode()
    name = re.search(r"^name: .*$", member, re.MULTILINE)
    assert name is not None
    group = base_file("branch.yaml").decode()
    assert "name: 第一党小组" in group
    files: dict[str, str | bytes] = {
        GROUP_MEETING: meeting,
        "members/m003.yaml": member.replace(name[0], 'name: "::error::甲##[x]"'),
        "members/m055.yaml": 'schema: 1\nkind: "::error::x"\n"::notice::y": 1\n',
        "branch.yaml": group.replace("name: 第一党小组", 'name: "::warning::一组::"'),
        "::error::x.yaml": "a: 1\n",
        "members/##[group]x.yaml": "a: 1\n",
    }
    return base_repo(folder, files).path


TEXTS = (
    ("check",), ("check", "--format", "junit"), ("check", "--format", "json"), ("check", "--format", "sarif"),
    ("check", "--format", "gitlab"), ("due",), ("due", "--format", "md"), ("due", "--format", "json"), ("report",),
    ("report", "--format", "md"), ("report", "--format", "html"), ("report", "--format", "json"),
    ("export", "members", "--format", "csv"), ("export", "meetings", "--format", "csv"),
    ("export", "meetings", "--format", "jsonl"), ("calendar", "--audience", "committee"), ("log", GROUP_MEETING),
    ("log", GROUP_MEETING, "--format", "md"), ("log", GROUP_MEETING, "--format", "json"), ("audit",),
    ("review", "HEAD"), ("review", "HEAD", "--format", "md"), ("review", "HEAD", "--format", "json"),
    ("explain", "3.1/2026-03/g1"), ("check", "::error::nope"), ("due", "--member", "::error::x"),
    ("due", "--group", "##[x]"), ("log", "::error::x"), ("rules",),
)  # fmt: skip


@pytest.mark.parametrize("words", TEXTS, ids=" ".join)
def test_no_output_holds_a_command(branch: Path, words: tuple[str, ...]) -> None:
    for speak in (en, zh):
        said = speak(*words, cwd=branch, as_of=BASE_DAY)
        assert commands(said.out) == []
        assert commands(said.err) == []
        if "json" in words:
            said.json()
    if words == ("check",):
        assert "\\u003a:error" in said.out, "there was something to defuse"
    colored = run("--color", "always", *words, cwd=branch, as_of=BASE_DAY)
    assert commands(colored.both) == []


def test_what_json_says_is_what_the_record_says(branch: Path) -> None:
    report = en("report", "--format", "json", cwd=branch, as_of=BASE_DAY).json()
    topics = next(meeting["topics"] for meeting in report["meetings"] if meeting["path"] == GROUP_MEETING)
    assert "##[error]x" in topics
    assert "section_start:1:x" in topics


@pytest.mark.parametrize("words", [("check",), ("review", "HEAD")], ids=" ".join)
def test_only_our_own_commands_go_to_github(branch: Path, words: tuple[str, ...]) -> None:
    out = en(*words, "--format", "github", cwd=branch, as_of=BASE_DAY).out
    lines = out.splitlines()
    assert lines
    assert all(re.match(r"::(?:error|warning|notice) (?:file|title)=", line) for line in lines), lines
    assert not [line for line in lines if line.count("\n")]


def test_a_file_keeps_what_the_record_says(branch: Path, tmp_path: Path) -> None:
    """Files are read by people and programs, not by the runner."""
    en("report", "--format", "md", "-o", tmp_path / "r.md", cwd=branch, as_of=BASE_DAY, code=0)
    assert "\\u0023" not in (tmp_path / "r.md").read_text(encoding="utf-8")
