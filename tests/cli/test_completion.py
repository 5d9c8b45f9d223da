"""``dangwu completion``: a script for each shell, and completions that the command gives."""

from __future__ import annotations

import shlex
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.support.branches import base_repo
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


def offered(words: str, cwd: Path) -> list[str]:
    count = len(shlex.split(words)) - (0 if words.endswith(" ") else 1)
    env = {"_DANGWU_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": str(count)}
    return run(cwd=cwd, env=env, as_of=None, code=0).out.split()


def test_ids_of_members_and_groups_are_offered(clean: Path, tmp_path: Path) -> None:
    ids = [path.stem for path in sorted((clean / "members").iterdir())]
    assert offered("dangwu new lecture --chair ", clean) == ids
    assert offered("dangwu due --member m00", clean / "meetings") == [id_ for id_ in ids if id_.startswith("m00")]
    assert offered("dangwu new lecture --absent 沈", clean) == ["沈怀远"], "a name may stand for the id"
    assert offered("dangwu new target --member m001", clean) == ["m001"]
    assert offered("dangwu due --group g", clean) == ["g1", "g2"]
    assert offered("dangwu new group-meeting --group 第二", clean) == ["第二党小组"]
    assert offered(f"dangwu -C {shlex.quote(str(clean))} new letter --handler m009", tmp_path) == ["m009"]
    assert offered("dangwu new lecture --chair m", tmp_path) == [], "no records, nothing to offer"


def test_shells_that_show_help_get_names(clean: Path) -> None:
    env = {"_DANGWU_COMPLETE": "complete_zsh", "_TYPER_COMPLETE_ARGS": "dangwu new lecture --chair m009"}
    assert '"m009":"苏禾"' in run(cwd=clean, env=env, as_of=None, code=0).out


def test_odd_records_offer_what_can_be_read(tmp_path: Path) -> None:
    clean = base_repo(tmp_path / "青禾 党支部").path
    (clean / "branch.yaml").write_text("groups: [1, {id: g9, name: 九}, {name: x}\n", encoding="utf-8")
    (clean / "members/m900.yaml").write_bytes(b"id: m900\nname: \xff\x1b[31m\n")
    (clean / "members/m901.yaml").write_text("name: 无编号\n", encoding="utf-8")
    said = offered("dangwu new lecture --chair m90", clean)
    assert said == ["m900"]
    assert offered("dangwu due --group g", clean) in ([], ["g9"])
