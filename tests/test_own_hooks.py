"""``.pre-commit-config.yaml``: before each commit on dangwu itself the framework runs what CI runs."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version
from ruamel.yaml import YAML

from tests.support.gitrepo import GitRepo
from tests.support.hooks import FOUND, recorded, refused
from tools import commands, lock

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
CONFIG = ROOT / ".pre-commit-config.yaml"
STUB = """import sys
print("CALLED", *sys.argv[1:])
sys.exit("refuse" in open("state.txt", encoding="utf-8").read())
"""
"""In the place of ``dev.py``: says how it was called, and fails where a file of the test asks for it."""


def config() -> dict[str, Any]:
    return dict(YAML(typ="safe").load(CONFIG.read_text(encoding="utf-8")))


def hooks() -> Iterator[dict[str, Any]]:
    """Yield the hooks that are written here; the framework's own are in ``meta``."""
    assert {repo["repo"] for repo in config()["repos"]} == {"local", "meta"}, "a hook from elsewhere needs the network"
    for repo in config()["repos"]:
        if repo["repo"] == "local":
            yield from repo["hooks"]


def pinned(text: str) -> list[Requirement]:
    """Return what a text of settings pins as ``name==version``."""
    return [Requirement(pin) for pin in re.findall(r"[A-Za-z0-9._-]+==[0-9][^\s'\",\]]*", text)]


def test_versions_are_those_of_the_lock() -> None:
    """None is written beside the lock: each hook is a command that installs what the lock names."""
    text = CONFIG.read_text(encoding="utf-8")
    entries = {**lock.entries(lock.RUN.read_text("utf-8")), **lock.entries(lock.TEST.read_text("utf-8"))}
    for requirement in pinned(text):
        assert entries[canonicalize_name(requirement.name)].startswith(str(requirement)), requirement
    assert all(hook["language"] == "system" for hook in hooks())
    assert all(hook["entry"].startswith("python3 dev.py ") for hook in hooks())
    (framework,) = (line for line in lock.requirements()[lock.TEST] if line.startswith("pre-commit"))
    lowest = config()["minimum_pre_commit_version"]
    assert Requirement(framework).specifier.contains(Version(lowest))
    assert Version(lowest) <= Version(entries["pre-commit"].split("==")[1].split()[0])


def test_the_reader_of_pins_can_tell() -> None:
    """The test above would pass on anything if this reading were wrong."""
    found = pinned("additional_dependencies: [ruff==0.1.0, 'mypy==1.2.3', \"types-x==2026.1\"]\n")
    assert [str(pin) for pin in found] == ["ruff==0.1.0", "mypy==1.2.3", "types-x==2026.1"]


def test_together_they_are_what_ci_asks_of_code() -> None:
    called = [hook["entry"].removeprefix("python3 dev.py ").split() for hook in hooks()]
    assert [words[1:] for words in called if words[0] == "lint"] == [[name] for name in commands.LINTERS]
    tests = [word for words in called if words[0] == "test" for word in words[1:] if not word.startswith("-")]
    assert tests
    assert all((ROOT / word).is_file() for word in tests)


def test_lint_runs_all_or_those_named(monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[str] = []
    monkeypatch.setattr(commands, "tested", lambda: Path("bin"))
    monkeypatch.setattr(commands, "run", lambda *words: ran.append(" ".join(map(str, words[1:]))))
    commands.main(["lint"], "")
    assert ran == ["check .", "format --check .", ""]
    ran.clear()
    commands.main(["lint", "types", "rules"], "")
    assert ran == ["", "check ."]
    with pytest.raises(SystemExit, match="usage"):
        commands.main(["lint", "other"], "usage")


def test_every_hook_has_files_to_look_at() -> None:
    """Each alternative of a pattern finds something, so that a folder that moved does not silence its hook."""
    names = [path.relative_to(ROOT).as_posix() for path in _files(ROOT)]
    for hook in hooks():
        parts = re.fullmatch(r"\^\((.+)\)(/|\$)", hook["files"])
        assert parts, hook["id"]
        for alternative in parts[1].split("|"):
            assert any(re.search(f"^({alternative}){parts[2]}", name) for name in names), alternative


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.is_file():
            yield path
        elif path.name in {"src", "schemas", "record-template", "tests", "tools", "lock"}:
            yield from (inside for inside in path.rglob("*") if inside.is_file())


@pytest.mark.skipif(os.name == "nt", reason="python3 is not the name of Python there")
def test_a_commit_is_judged(tmp_path: Path) -> None:
    env = {**FOUND, "PRE_COMMIT_HOME": str(tmp_path / "framework"), "PRE_COMMIT_COLOR": "never"}
    repo = GitRepo(tmp_path / "源 码")
    repo.commit({"dev.py": STUB, "state.txt": "pass\n", CONFIG.name: CONFIG.read_bytes()})
    repo.commit({"src/dangwu/check/a.py": "A = 1\n", "tests/examples/a.yaml": "a: 1\n"})
    for words in (["validate-config"], ["install"]):
        done = subprocess.run(
            [sys.executable, "-m", "pre_commit", *words], cwd=repo.path, env={**os.environ, **env}, check=False
        )
        assert done.returncode == 0
    repo.write({"src/dangwu/check/a.py": "A = 2\n", "state.txt": "refuse\n"})
    repo.git("add", "-A")
    said = refused(repo, "commit", "-m", "code", env=env)
    assert re.findall(r"CALLED (.*)", said) == [
        "lint rules",
        "lint format",
        "lint types",
        "test -q tests/check/test_examples.py",
    ]
    repo.write({"state.txt": "pass\n"})
    repo.git("add", "-A")
    said = recorded(repo, "commit", "-m", "code", env=env)
    assert re.findall(r"^(.+?)\.\.\.+(?:\(no files to check\))?(Passed|Skipped)$", said, re.MULTILINE) == [
        ("Check hooks apply to the repository", "Skipped"),
        ("Check for useless excludes", "Skipped"),
        ("ruff check", "Passed"),
        ("ruff format --check", "Passed"),
        ("mypy", "Passed"),
        ("dangwu check on every example", "Passed"),
        ("the hook that dangwu offers", "Skipped"),
    ]
    repo.write({"notes.md": "# 说明\n"})
    repo.git("add", "-A")
    assert "Passed" not in recorded(repo, "commit", "-m", "words alone", env=env)
