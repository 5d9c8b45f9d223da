"""A repository that somebody prepared: reading it runs none of its programs and writes nothing into it."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from dangwu.data import resources
from dangwu.errors import CannotRunError
from dangwu.files.write import write_file
from dangwu.git.create import create_history, create_repository
from dangwu.git.hooks.install import carry_out_steps, plan_install, plan_uninstall
from dangwu.git.hooks.status import inspect_hooks, locate_hooks
from dangwu.git.repository import find_record_root, require_repository, resolve_commit, resolve_range
from dangwu.git.tags_and_signatures import make_tag
from dangwu.git.version import read_git_version
from dangwu.workspace.history import find_recorded_days
from dangwu.workspace.open_tree import open_tree
from tests.support.gitrepo import RECORDS, GitRepo, names, script
from tests.support.hostile import HOOKS, arm, as_people_do

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def marker(tmp_path: Path) -> Path:
    return tmp_path / "ran"


@pytest.fixture
def repo(tmp_path: Path, marker: Path) -> GitRepo:
    """Return a repository in which every setting that names a program names one that leaves a mark."""
    made = GitRepo(tmp_path / "张 三 & (1)")
    made.commit({**RECORDS, ".gitattributes": "* diff=evil filter=evil merge=evil\n"})
    made.commit(
        {"branch.yaml": "later\n", "notes.txt": "only what adds a file is shown by the log that dangwu reads\n"}
    )
    signed = made.git("cat-file", "commit", "HEAD").replace(
        "\n\n", "\ngpgsig -----BEGIN PGP SIGNATURE-----\n abcd\n -----END PGP SIGNATURE-----\n\n", 1
    )
    made.git(
        "update-ref", "HEAD", made.git("hash-object", "-t", "commit", "-w", "--stdin", data=f"{signed}\n".encode())
    )
    arm(made, tmp_path, marker)
    return made


def _all(repo: GitRepo, **options: object) -> None:
    tree = open_tree(find_record_root(repo.path), **options)  # type: ignore[arg-type]
    assert len([raw for _entry, raw in tree.read(tree.entries()) if raw]) == len(RECORDS)


def _range(repo: GitRepo) -> None:
    assert resolve_range(require_repository(find_record_root(repo.path)), "HEAD~1...HEAD")[0] == repo.git(
        "rev-parse", "HEAD~1"
    )


def _hooks(repo: GitRepo) -> None:
    """Put ours before the hooks that leave a mark, and take them out again."""
    where = locate_hooks(require_repository(find_record_root(repo.path)))
    assert where.shared
    carry_out_steps(
        where, plan_install(where, inspect_hooks(where, resources.read_hooks()), resources.read_hooks(), force=True)
    )
    assert b"dangwu" in (where.hooks / "pre-commit").read_bytes()
    carry_out_steps(where, plan_uninstall(where, inspect_hooks(where, resources.read_hooks())))


READERS: dict[str, Callable[[GitRepo], object]] = {
    "find": lambda repo: require_repository(find_record_root(repo.path)),
    "work tree": _all,
    "index": lambda repo: _all(repo, staged=True),
    "commit": lambda repo: _all(repo, rev="HEAD"),
    "commit id": lambda repo: resolve_commit(require_repository(find_record_root(repo.path)), "main"),
    "range": _range,
    "history": lambda repo: find_recorded_days(require_repository(find_record_root(repo.path)))["branch.yaml"],
    "doctor": lambda _repo: read_git_version(),
    "hooks": lambda repo: inspect_hooks(
        locate_hooks(require_repository(find_record_root(repo.path))), resources.read_hooks()
    ),
    "hooks put in and taken out": _hooks,
    "write": lambda repo: write_file(repo.path / "members" / "m100.yaml", b"a: 1\n"),
}


@pytest.mark.parametrize(
    "words",
    [["status"], ["log", "-1"], ["log", "-1", "-p", "--no-show-signature"], ["commit", "--allow-empty", "-m", "x"]],
)
def test_the_program_runs_where_git_is_not_held_back(repo: GitRepo, marker: Path, words: list[str]) -> None:
    """The other tests would prove nothing if the program could not run at all."""
    as_people_do(repo.path, *words)
    assert marker.exists()


@pytest.mark.parametrize("name", READERS)
def test_reading_runs_nothing(repo: GitRepo, marker: Path, name: str) -> None:
    READERS[name](repo)
    assert not marker.exists(), marker.read_text(encoding="utf-8")


def test_reading_writes_nothing(repo: GitRepo) -> None:
    def state() -> dict[str, tuple[int, int, bytes]]:
        found = {}
        for path in sorted(repo.path.rglob("*")):
            facts = path.lstat()
            raw = path.read_bytes() if path.is_file() else b""
            found[str(path)] = (facts.st_mtime_ns, facts.st_ino, raw)
        return found

    (repo.path / "branch.yaml").touch()
    before = state()
    for name in READERS.keys() - {"write", "hooks put in and taken out"}:
        READERS[name](repo)
    assert state() == before


def test_new_repositories_run_nothing_of_the_user(
    repo: GitRepo, tmp_path: Path, marker: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also not from the user's own settings, nor a hook that the new repository is given."""
    evil = tmp_path / "evil"
    mine = tmp_path / "mine"
    mine.mkdir()
    template = tmp_path / "template"
    script(template / "hooks" / "pre-push", evil.read_text(encoding="utf-8"))
    lines = [f"[init]\ntemplateDir = {template}\n[core]\nfsmonitor = {evil}\nhooksPath = {tmp_path / 'hooks'}\n"]
    lines.append(f'attributesFile = {tmp_path / "attributes"}\n[filter "evil"]\nsmudge = {evil}\nclean = {evil}\n')
    (mine / ".gitconfig").write_text("".join(lines), encoding="utf-8")
    (tmp_path / "attributes").write_text("* filter=evil\n", encoding="utf-8")
    monkeypatch.setenv("HOME", str(mine))
    hooks = {name: evil.read_bytes() for name in HOOKS}
    moment = datetime(2026, 3, 1, 9, tzinfo=timezone(timedelta(hours=8)))
    one = SimpleNamespace(when=moment, author="王", email="w@x", message="x", changes={"a.yaml": b"a: 1\n"})
    create_repository(tmp_path / "one", {"a.yaml": b"a: 1\n"}, hooks=hooks)
    create_history(tmp_path / "two", [one], hooks=hooks)
    assert not marker.exists(), marker.read_text(encoding="utf-8")
    assert (tmp_path / "two" / "a.yaml").read_bytes() == b"a: 1\n"
    assert names(tmp_path / "one" / ".git" / "hooks") == sorted(HOOKS)


EVENTS = (
    "applypatch-msg", "pre-applypatch", "post-applypatch", "pre-commit", "pre-merge-commit", "prepare-commit-msg",
    "commit-msg", "post-commit", "pre-rebase", "post-checkout", "post-merge", "pre-push", "pre-receive", "update",
    "proc-receive", "post-receive", "post-update", "reference-transaction", "push-to-checkout", "pre-auto-gc",
    "post-rewrite", "sendemail-validate", "fsmonitor-watchman", "p4-changelist", "p4-prepare-changelist",
    "p4-post-changelist", "p4-pre-submit", "post-index-change",
)  # fmt: skip


def _configured(evil: Path) -> str:
    """Return settings with a hook at every event, under names that are not easily named, and switched on."""
    events = "".join(f"\tevent = {each}\n" for each in EVENTS)
    names_ = ("evil", "a=b", "", "x.enabled", "a b", "锁", "Evil")
    hooks = [f'[hook "{name}"]\n\tcommand = "{evil}"\n\tenabled = true\n{events}' for name in names_]
    # A command under the name of an event takes from git the switch of that event.
    switches = [f'[hook "{each}"]\n\tcommand = "{evil}"\n\tparallel = true\n\tenabled = true\n' for each in EVENTS]
    return "".join([*hooks, *switches])


def test_hooks_of_the_configuration_run_nothing(
    tmp_path: Path, marker: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Since git 2.54 a hook can stand in the configuration: of the repository, and of the user."""
    repo = GitRepo(tmp_path / "r")
    tip = repo.commit(RECORDS)
    evil = script(tmp_path / "evil", f'#!/bin/sh\necho "$0 $*" >> "{marker}"\n')
    with (repo.path / ".git/config").open("a", encoding="utf-8") as stream:
        stream.write(_configured(evil))
    as_people_do(repo.path, "tag", "seen")
    assert marker.exists() is ((read_git_version() or ()) >= (2, 54))
    marker.unlink(missing_ok=True)
    mine = tmp_path / "mine"
    mine.mkdir()
    settings = "[user]\n\tname = 委员\n\temail = c@example.invalid\n"
    (mine / ".gitconfig").write_text(settings + _configured(evil), encoding="utf-8")
    monkeypatch.setenv("HOME", str(mine))
    make_tag(require_repository(find_record_root(repo.path)), "dangwu/x", tip, "x", sign=False)
    moment = datetime(2026, 3, 1, 9, tzinfo=timezone(timedelta(hours=8)))
    one = SimpleNamespace(when=moment, author="王", email="w@x", message="x", changes={"a.yaml": b"a: 1\n"})
    create_repository(tmp_path / "one", {"a.yaml": b"a: 1\n"}, hooks={})
    create_history(tmp_path / "two", [one], hooks={})
    assert not marker.exists(), marker.read_text(encoding="utf-8")
    assert repo.git("tag", "--list", "dangwu/x") == "dangwu/x"


def test_more_hooks_than_anybody_has_are_refused(tmp_path: Path) -> None:
    repo = GitRepo(tmp_path / "r")
    tip = repo.commit(RECORDS)
    with (repo.path / ".git/config").open("a", encoding="utf-8") as stream:
        stream.write("".join(f'[hook "h{number}"]\n\tcommand = x\n' for number in range(300)))
    with pytest.raises(CannotRunError, match="names more than"):
        make_tag(require_repository(find_record_root(repo.path)), "x", tip, "x", sign=False)
