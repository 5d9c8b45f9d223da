"""``dangwu completion``: a script for each shell, and completions that the command gives."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.support.run import is_chinese, run, spoken, zh

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell", "pwsh"])
def test_a_script_for_each_shell(tmp_path: Path, shell: str) -> None:
    script = zh("completion", shell, cwd=tmp_path, code=0).out
    assert "dangwu" in script
    assert "_DANGWU_COMPLETE" in script
    program = shutil.which("bash" if shell == "bash" else shell)
    if program is not None and shell in {"bash", "zsh", "fish"}:
        subprocess.run([program, "-n"], input=script.encode(), check=True, timeout=60)


def test_an_unknown_shell(tmp_path: Path) -> None:
    said = spoken("completion", "tcsh", cwd=tmp_path, code=2)
    assert "bash, zsh" in said["en"].err
    assert is_chinese(said["zh"].err)


def test_bash_gets_commands_and_options(tmp_path: Path) -> None:
    for words, wanted in (
        ("dangwu ch", "check"),
        ("dangwu check --sta", "--staged"),
        ("dangwu new gro", "group-meeting"),
    ):
        env = {"_DANGWU_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": str(len(words.split()) - 1)}
        said = run(cwd=tmp_path, env=env, as_of=None)
        assert wanted in said.out.split(), said
