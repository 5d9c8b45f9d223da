"""New repositories: from a template, and with a whole history that is the same on every machine."""

from __future__ import annotations

import hashlib
import os
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest

from dangwu.data import resources
from dangwu.errors import CannotRunError, DangwuError, UsageError
from dangwu.git.create import create_history, create_repository
from dangwu.git.hooks.status import inspect_hooks, locate_hooks, render_new_hooks
from dangwu.git.repository import find_record_root, require_repository
from dangwu.workspace.history import find_recorded_days
from dangwu.workspace.open_tree import open_tree
from tests.support.gitrepo import GitRepo, names

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

DATES = "--date=format:%Y-%m-%dT%H:%M:%S%z"
BEIJING = timezone(timedelta(hours=8))
HOOKS = render_new_hooks(resources.read_hooks())
FILES = {
    "branch.yaml": b"schema: 1\n",
    "成员/朱 䶮.yaml": "name: 㛃\n".encode(),
    ".gitattributes": b"*.md text eol=lf\n",
}


@dataclass(frozen=True)
class Step:
    when: datetime
    changes: Mapping[str, bytes | None] = field(default_factory=dict)
    author: str = "王小明"
    email: str = "wang@example.invalid"
    message: str = "记录：一次会议\n"


STEPS = (
    Step(datetime(2026, 1, 5, 9, tzinfo=BEIJING), FILES),
    Step(
        datetime(2026, 2, 5, 23, 30, tzinfo=UTC),
        {'会 议/"一" \\ 二.md': "# 会议\n".encode(), "branch.yaml": b"schema: 1\r\n", "empty.yaml": b""},
    ),
    Step(datetime(2026, 3, 5, 9, tzinfo=BEIJING), {"empty.yaml": None, "no-newline.md": b"end"}, message=""),
)


def _git(path: Path) -> GitRepo:
    made = GitRepo.__new__(GitRepo)
    made.path = path
    return made


def test_a_repository_from_files(tmp_path: Path) -> None:
    folder = tmp_path / "张 三 & (1)" / "deep"
    create_repository(folder, FILES, hooks=HOOKS)
    repo = _git(folder)
    assert repo.git("symbolic-ref", "HEAD") == "refs/heads/main"
    assert repo.git("status", "--porcelain", "-z", "-uall").count("??") == len(FILES)
    assert {path: (folder / path).read_bytes() for path in FILES} == FILES
    hook = folder / ".git" / "hooks" / "pre-commit"
    assert hook.read_bytes() == HOOKS["pre-commit"]
    assert os.access(hook, os.X_OK)
    assert names(hook.parent) == ["pre-commit", "pre-merge-commit"]
    assert {
        each.state.value
        for each in inspect_hooks(locate_hooks(require_repository(find_record_root(folder))), resources.read_hooks())
    } == {"installed"}


@pytest.mark.parametrize("make", ["repository", "history"])
def test_an_empty_folder_may_be_used_and_no_other(tmp_path: Path, make: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def run(folder: Path) -> None:
        if make == "repository":
            create_repository(folder, FILES, hooks={})
        else:
            create_history(folder, STEPS, hooks={})

    (tmp_path / "full").mkdir()
    (tmp_path / "full" / ".hidden").touch()
    (tmp_path / "file").write_text("old", encoding="utf-8")
    for name in ("full", "file"):
        with pytest.raises(UsageError, match="not empty"):
            run(tmp_path / name)
    with pytest.raises(CannotRunError):
        run(tmp_path / "file" / "below")
    with pytest.raises(DangwuError):
        run(tmp_path / ("长" * 100))
    assert names(tmp_path) == ["file", "full"]
    assert (tmp_path / "file").read_text(encoding="utf-8") == "old"
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path / "empty")
    run(type(tmp_path)())
    assert (tmp_path / "empty" / "branch.yaml").is_file()
    monkeypatch.chdir(tmp_path)
    run(type(tmp_path)("-x") / "relative")
    assert (tmp_path / "-x" / "relative" / "branch.yaml").is_file()


def test_a_closed_folder_is_one_message(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "closed").mkdir()

    def closed(_folder: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "scandir", closed)
    with pytest.raises(DangwuError):
        create_repository(tmp_path / "closed", FILES, hooks={})


def test_a_history_is_what_was_asked_for(tmp_path: Path) -> None:
    create_history(tmp_path / "new", STEPS, hooks=HOOKS)
    repo = _git(tmp_path / "new")
    assert repo.git("status", "--porcelain") == ""
    assert repo.git("fsck", "--strict", "--no-dangling") == ""
    assert repo.git("log", "--reverse", "--format=%an|%ae|%cn|%ad|%cd|%s", DATES).splitlines() == [
        "王小明|wang@example.invalid|王小明|2026-01-05T09:00:00+0800|2026-01-05T09:00:00+0800|记录：一次会议",
        "王小明|wang@example.invalid|王小明|2026-02-05T23:30:00+0000|2026-02-05T23:30:00+0000|记录：一次会议",
        "王小明|wang@example.invalid|王小明|2026-03-05T09:00:00+0800|2026-03-05T09:00:00+0800|",
    ]
    expected = {**FILES, '会 议/"一" \\ 二.md': "# 会议\n".encode(), "no-newline.md": b"end"}
    listed = repo.git("ls-files", "-z").split("\0")[:-1]
    assert sorted(listed) == sorted(expected)
    location = find_record_root(tmp_path / "new")
    assert [entry.path for entry in open_tree(location).entries()] == [
        entry.path for entry in open_tree(location, rev="HEAD").entries()
    ]
    days = {path: day.isoformat() for path, day in find_recorded_days(require_repository(location)).items()}
    assert days["empty.yaml"] == "2026-02-06"
    assert days["成员/朱 䶮.yaml"] == "2026-01-05"


# Known once and for all: whoever changes how a history is written, changes the sample branch on every machine.
ID = "9910485cbc23db9fd466b356d3087ca664199973"


@pytest.mark.parametrize("zone", ["UTC", "Asia/Tokyo"])
def test_the_same_history_has_the_same_ids_everywhere(
    tmp_path: Path, zone: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = tmp_path / "mine"
    (mine / ".config" / "git").mkdir(parents=True)
    settings = (
        "[user]\nname = 别人\nemail = o@x\n[core]\nautocrlf = true\neol = crlf\nsafecrlf = true\nignoreCase = true\n"
        "quotePath = true\n[init]\ndefaultBranch = trunk\n[commit]\ngpgSign = true\n[i18n]\ncommitEncoding = GBK\n"
        "[fastimport]\nunpackLimit = 0\n[feature]\nmanyFiles = true\n[fetch]\nfsckObjects = true\n"
    )
    (mine / ".gitconfig").write_text(settings, encoding="utf-8")
    (mine / ".config" / "git" / "attributes").write_text("* text eol=crlf\n", encoding="utf-8")
    monkeypatch.setenv("HOME", str(mine))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(mine / ".config"))
    monkeypatch.setenv("TZ", zone)
    for name, value in {"GIT_AUTHOR_NAME": "x", "GIT_COMMITTER_DATE": "1 +0000", "GIT_DEFAULT_HASH": "sha256"}.items():
        monkeypatch.setenv(name, value)
    steps = [each for each in STEPS if ".gitattributes" not in each.changes]
    create_history(tmp_path / "new", steps, hooks={})
    assert _git(tmp_path / "new").git("rev-parse", "HEAD") == ID
    assert (tmp_path / "new" / "branch.yaml").read_bytes() == b"schema: 1\r\n"
    assert (tmp_path / "new" / '会 议/"一" \\ 二.md').read_bytes() == "# 会议\n".encode()


def test_a_history_inside_another_repository_leaves_that_one_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outer = GitRepo(tmp_path / "outer")
    head = outer.commit({"a.yaml": ""})
    monkeypatch.setenv("GIT_DIR", str(outer.path / ".git"))
    create_history(outer.path / "new", STEPS, hooks={})
    assert outer.git("rev-parse", "HEAD") == head
    assert outer.git("for-each-ref", "--format=%(refname)") == "refs/heads/main"
    assert (outer.path / "new" / "branch.yaml").is_file()


def test_a_history_without_commits_is_an_empty_repository(tmp_path: Path) -> None:
    create_history(tmp_path / "new", [], hooks={})
    assert _git(tmp_path / "new").git("symbolic-ref", "HEAD") == "refs/heads/main"
    assert names(tmp_path / "new") == [".git"]


def test_a_long_history_takes_one_import(tmp_path: Path) -> None:
    steps = [
        Step(datetime(2020, 1, 1, tzinfo=BEIJING) + timedelta(days=number), {f"m/{number}.yaml": b"x" * 2000})
        for number in range(500)
    ]
    create_history(tmp_path / "new", steps, hooks={})
    assert _git(tmp_path / "new").git("rev-list", "--count", "main") == "500"
    assert len(names(tmp_path / "new" / "m")) == 500


NEWER = """[init]
	defaultBranch = trunk
	defaultObjectFormat = sha256
	defaultRefFormat = reftable
	defaultSubmodulePathConfig = true
[index]
	version = 4
	skipHash = true
[core]
	splitIndex = true
	untrackedCache = true
[feature]
	experimental = true
	manyFiles = true
"""


@pytest.mark.parametrize("make", ["init", "demo"])
def test_every_git_can_read_what_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make: str) -> None:
    """Whatever this git, or its user, has for new repositories."""
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / ".gitconfig").write_text(NEWER, encoding="utf-8")
    monkeypatch.setenv("HOME", str(mine))
    monkeypatch.setenv("GIT_DEFAULT_HASH", "sha256")
    monkeypatch.setenv("GIT_DEFAULT_REF_FORMAT", "reftable")
    if make == "init":
        create_repository(tmp_path / "new", FILES, hooks=HOOKS)
    else:
        create_history(tmp_path / "new", STEPS, hooks=HOOKS)
    inside = tmp_path / "new" / ".git"
    assert (inside / "HEAD").read_bytes() == b"ref: refs/heads/main\n"
    settings = (inside / "config").read_text(encoding="utf-8").lower()
    assert "repositoryformatversion = 0" in settings
    assert "extensions" not in settings
    if make == "demo":
        assert re.fullmatch(r"[0-9a-f]{40}\n", (inside / "refs/heads/main").read_text(encoding="ascii"))
        index = (inside / "index").read_bytes()
        assert index.startswith(b"DIRC\0\0\0\2")
        assert index.endswith(hashlib.sha1(index[:-20], usedforsecurity=False).digest())
        assert b"link" not in index
