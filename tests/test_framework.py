"""The pre-commit framework runs what ``.pre-commit-hooks.yaml`` says.

For a hook in Python the framework would make an environment and install dangwu into it from a package index, which
needs a network, and tests have none. So its own validator reads the file, and real commits run each field of it
through a local hook: all is as in the file but ``language``, which is ``system``: the dangwu under test, on the path.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from ruamel.yaml import YAML

from dangwu.cli.hook_text import build_manager_lines
from dangwu.git.hooks.script import TOP_FOLDER
from tests.support.branches import GROUP_MEETING, base_files, base_repo
from tests.support.gitrepo import GitRepo
from tests.support.hooks import FOUND, attempt, recorded, refused
from tests.support.run import compiled_once, en

if TYPE_CHECKING:
    from collections.abc import Mapping

MANIFEST = Path(__file__).parents[1] / ".pre-commit-hooks.yaml"
GOOD, BAD, ALSO_GOOD = b"absent: []", b"absent: none", b"absent: [ ]"
_NOT_IN_A_CONFIG = {"minimum_pre_commit_version"}

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the paths of these commands are POSIX")


def declared() -> dict[str, Any]:
    (hook,) = YAML(typ="safe").load(MANIFEST.read_text(encoding="utf-8"))
    return dict(hook)


@pytest.fixture
def found(tmp_path: Path) -> dict[str, str]:
    """Return surroundings in which the framework keeps its things to the test."""
    return {**FOUND, "PRE_COMMIT_HOME": str(tmp_path / "framework"), "PRE_COMMIT_COLOR": "never"}


def framework(repo: GitRepo, *words: str, env: Mapping[str, str], code: int = 0) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "pre_commit", *words],
        cwd=repo.path,
        env={**os.environ, **compiled_once(), **env, "DANGWU_LANG": "en"},
        capture_output=True,
        timeout=60,
        check=False,
    )
    said = (done.stdout + done.stderr).decode()
    assert done.returncode == code, said
    return said


def use(repo: GitRepo, text: str, env: Mapping[str, str]) -> None:
    repo.write({".pre-commit-config.yaml": text})
    repo.git("add", ".pre-commit-config.yaml")
    repo.git("commit", "-q", "--no-verify", "-m", "settings")
    framework(repo, "install", env=env)


def config(**more: object) -> str:
    """Return a configuration with the hook as it is declared."""
    hook = {**{key: value for key, value in declared().items() if key not in _NOT_IN_A_CONFIG}, **more}
    lines = [f"{'- ' if at == 0 else '  '}{key}: {_flow(value)}" for at, (key, value) in enumerate(hook.items())]
    body = "\n".join(f"      {line}" for line in lines)
    return f"default_install_hook_types: [pre-commit, pre-merge-commit]\nrepos:\n  - repo: local\n    hooks:\n{body}\n"


def _flow(value: object) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(_flow, value))}]"
    return str(value).lower() if isinstance(value, bool) else "'" + str(value).replace("'", "''") + "'"


def change(repo: GitRepo, new: bytes, *, prefix: str = "", stage: bool = False) -> None:
    path = repo.path / prefix / GROUP_MEETING
    raw = path.read_bytes()
    old = next(each for each in (ALSO_GOOD, BAD, GOOD) if each + b"\n" in raw)
    path.write_bytes(raw.replace(old + b"\n", new + b"\n"))
    if stage:
        repo.git("add", "--", str(path))


def test_the_framework_accepts_the_file(tmp_path: Path, found: dict[str, str]) -> None:
    repo = GitRepo(tmp_path / "r")
    framework(repo, "validate-manifest", str(MANIFEST), env=found)
    assert declared()["entry"] == "dangwu check --staged --new"
    assert declared()["language"] == "python"
    assert declared()["pass_filenames"] is False
    # What is pushed is not the index: judging the index then would answer another question.
    assert "pre-push" not in declared()["stages"]


def test_the_lines_that_dangwu_prints_say_the_same() -> None:
    printed = YAML(typ="safe").load(build_manager_lines("pre-commit", TOP_FOLDER))
    assert printed["default_install_hook_types"] == ["pre-commit", "pre-merge-commit"]
    (hook,) = printed["repos"][0]["hooks"]
    wanted = {key: value for key, value in declared().items() if key not in {*_NOT_IN_A_CONFIG, "description"}}
    assert hook == {**wanted, "language": "system"}


def test_commits_and_merges(tmp_path: Path, found: dict[str, str]) -> None:
    repo = base_repo(tmp_path / '党 支部 "x" & (1)')
    use(repo, config(language="system"), found)
    en("hook", "status", cwd=repo.path, code=0)
    change(repo, BAD, stage=True)
    change(repo, ALSO_GOOD)
    assert "DW1" in refused(repo, "commit", "-m", "bad in the index, good in the folder", env=found)
    change(repo, ALSO_GOOD, stage=True)
    change(repo, BAD)
    recorded(repo, "commit", "-m", "good in the index, bad in the folder", env=found)
    assert BAD in (repo.path / GROUP_MEETING).read_bytes(), "the framework brings the folder back"
    refused(repo, "commit", "-a", "-m", "x", env=found)
    refused(repo, "commit", "-m", "x", GROUP_MEETING, env=found)
    repo.git("checkout", "--", ".")
    # No file is left whose name a filter could look at.
    repo.git("rm", "-q", "members/m005.yaml")
    assert "m005" in refused(repo, "commit", "-m", "only deleted", env=found)
    repo.git("reset", "-q", "--hard")
    repo.git("checkout", "-q", "-b", "side")
    repo.git("rm", "-q", "waivers/2026/2026-05-06-g2-april.yaml", "members/m005.yaml")
    attempt(repo, "commit", "--no-verify", "-m", "theirs", env=found)
    repo.git("checkout", "-q", "main")
    repo.write({"notes.txt": "x"})
    repo.git("add", "notes.txt")
    recorded(repo, "commit", "-m", "ours", env=found)
    assert "m005" in refused(repo, "merge", "--no-edit", "side", env=found)


def test_by_hand_and_for_all_files(tmp_path: Path, found: dict[str, str]) -> None:
    repo = base_repo(tmp_path / "r")
    use(repo, config(language="system"), found)
    for words in (["run"], ["run", "--all-files"], ["run", "--hook-stage", "manual"]):
        assert "Passed" in framework(repo, *words, env=found)
    change(repo, BAD, stage=True)
    assert "DW1" in framework(repo, "run", env=found, code=1)
    assert "Passed" not in framework(repo, "run", "--hook-stage", "pre-push", "--all-files", env=found)


def test_records_below_the_top(tmp_path: Path, found: dict[str, str]) -> None:
    """As the file's own comment says: the folder is an argument."""
    repo = GitRepo(tmp_path / "r")
    repo.commit({f"支 部/{path}": raw for path, raw in base_files().items()})
    use(repo, config(language="system", args=["-C", "支 部"]), found)
    change(repo, BAD, prefix="支 部")
    refused(repo, "commit", "-a", "-m", "x", env=found)
    repo.git("checkout", "--", ".")
    use(repo, build_manager_lines("pre-commit", "./支 部"), found)
    change(repo, BAD, prefix="支 部")
    refused(repo, "commit", "-a", "-m", "x", env=found)
    change(repo, ALSO_GOOD, prefix="支 部")
    recorded(repo, "commit", "-a", "-m", "x", env=found)


def test_both_side_by_side(tmp_path: Path, found: dict[str, str]) -> None:
    """Whichever came first: with --force ours before theirs, and theirs over ours."""
    repo = base_repo(tmp_path / "r")
    use(repo, config(id="other", entry="sh -c 'echo OTHER'", language="system", name="other"), found)
    en("hook", "install", cwd=repo.path, code=3)
    en("hook", "install", "--force", cwd=repo.path, code=0)
    change(repo, BAD)
    said = refused(repo, "commit", "-a", "-m", "x", env=found)
    assert "other" in said
    assert "DW1" in said
    en("hook", "uninstall", cwd=repo.path, code=0)
    recorded(repo, "commit", "-a", "-m", "x", env=found)
    framework(repo, "uninstall", env=found)
    en("hook", "install", cwd=repo.path, code=0)
    framework(repo, "install", env=found)
    en("hook", "status", cwd=repo.path, code=0)
    repo.write({"notes.txt": "x"})
    repo.git("add", "notes.txt")
    # What is wrong was recorded before: that refuses no other change.
    recorded(repo, "commit", "-m", "x", env=found)
    repo.write({"members/m077.yaml": "schema: 1\n"})
    repo.git("add", "members/m077.yaml")
    said = refused(repo, "commit", "-m", "x", env=found)
    assert "other" in said
    assert "DW1" in said
