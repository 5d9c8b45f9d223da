"""Output that cannot be written: one line and exit code 3, and no word where only the reader has gone."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.support.branches import base_repo
from tests.support.run import DAY, environment, is_chinese

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no disk that is always full")  # noqa: PTH110

COMMANDS = (
    "--version", "--help", "", "check", "check --format json", "check --format sarif", "due", "due --format json",
    "report", "report --format md", "report --format xlsx", "rules", "rules diff 2025-01-01 2026-01-01", "calendar",
    "export members --format csv", "export all", "explain DW301", "doctor", "hook status", "hook install",
    "schema show member", "adopt", "new member --name 甲 --no-input --dry-run", "log branch.yaml", "audit",
    "review HEAD", "completion bash", "form branch.yaml --format docx",
)  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    repo = base_repo(tmp_path_factory.mktemp("r") / "支部")
    return repo.path


def shell(line: str, cwd: Path, lang: str = "en") -> subprocess.CompletedProcess[str]:
    """Run a line of a shell, in which ``dangwu`` is the command."""
    command = f"{shlex.quote(sys.executable)} -m dangwu --lang {lang} --as-of {DAY}"
    return subprocess.run(
        ["bash", "-c", line.replace("dangwu", command, 1)],
        cwd=cwd, env=environment(), capture_output=True, encoding="utf-8", errors="replace", timeout=60, check=False,
    )  # fmt: skip


@pytest.mark.parametrize("words", COMMANDS)
@pytest.mark.parametrize("to", [">/dev/full", ">&-"])
def test_it_is_one_line_and_exit_code_3(folder: Path, words: str, to: str) -> None:
    said = shell(f"dangwu {words} {to}", folder)
    assert said.returncode == 3, said.stderr
    assert said.stderr.count("The output was not written: ") == 1, said.stderr
    assert ("the disk is full" in said.stderr) is (to == ">/dev/full")
    for word in ("Traceback", "Exception ignored", "fault in dangwu", "lost sys"):
        assert word not in said.stderr


def test_in_chinese(folder: Path) -> None:
    assert "输出没有写成：磁盘已满" in shell("dangwu due >/dev/full", folder, "zh").stderr
    assert is_chinese(shell("dangwu due >&-", folder, "zh").stderr)


@pytest.mark.parametrize("words", ["report --format json", "rules", "schema show member", "export all", "due"])
def test_a_reader_that_goes_away_is_no_news(folder: Path, words: str) -> None:
    said = shell(f"dangwu {words} | head -c 1; echo ${{PIPESTATUS[0]}} >&2", folder)
    assert said.stderr in {"141\n", "0\n"}, "as other programs end"
    said = shell(f"dangwu {words} 2>&1 | true; echo ${{PIPESTATUS[0]}} >&2", folder)
    assert said.stderr == "141\n"


def test_messages_that_cannot_be_written(folder: Path, tmp_path: Path) -> None:
    """The exit code then says all there is to say; who closes standard error wants no messages."""
    assert shell("dangwu check --rev nosuch 2>/dev/full", folder).returncode == 2
    assert shell("dangwu check --rev nosuch 2>&-", folder).returncode == 2
    said = shell("dangwu schema export x 2>/dev/full", tmp_path)
    assert (said.returncode, said.stdout) == (3, "")
    assert (tmp_path / "x/member.json").is_file()
    said = shell("dangwu schema export y 2>&-", tmp_path)
    assert (said.returncode, said.stdout) == (0, "")


def test_a_command_that_prints_nothing_does_not_mind(tmp_path: Path) -> None:
    assert shell("dangwu init r >&-", tmp_path).returncode == 0
    assert shell("dangwu -C r schema export >/dev/full", tmp_path).returncode == 0
    assert shell("dangwu -C r new member --name 甲 --no-input <&- >&- 2>&-", tmp_path).returncode == 0
    assert (tmp_path / "r/members/m002.yaml").is_file()


def test_no_file_takes_the_place_of_a_closed_stream(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "report.md"
    assert shell(f"dangwu report --output {shlex.quote(str(out))} <&- >&- 2>&-", folder).returncode == 0
    assert out.read_text(encoding="utf-8").startswith("# ")
    assert shell("dangwu import members - <&-", folder).returncode in {1, 3}


def test_a_small_disk(tmp_path: Path, folder: Path) -> None:
    """Files, not only streams: what is made is whole or not there."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "none", disk], capture_output=True, check=False)
    if mounted.returncode:
        pytest.skip("no small disk can be mounted here")
    try:
        said = shell(f"dangwu report --format xlsx --output {disk}/r.xlsx", folder)
        assert said.returncode == 3, said.stderr
        assert "the disk is full" in said.stderr
        assert not list(disk.iterdir())
        said = shell(f"dangwu init {disk}/r", folder)
        assert said.returncode == 3, said.stderr
        assert not list(disk.iterdir())
        said = shell(f"dangwu report --format json >{disk}/out", folder)
        assert said.returncode == 3, said.stderr
    finally:
        subprocess.run(["umount", disk], check=True)
