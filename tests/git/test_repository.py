"""Where the records are, whatever kind of repository stands around them, and which words name a commit."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dangwu.errors import CannotRunError, DangwuError, UsageError
from dangwu.files.worktree import WorkTree
from dangwu.git import plumbing
from dangwu.git.repository import RecordRoot, find_record_root, require_repository, resolve_commit, resolve_range
from dangwu.workspace.history import find_recorded_days
from dangwu.workspace.open_tree import open_tree
from tests.support.gitrepo import RECORDS, GitRepo, names, script

if TYPE_CHECKING:
    import os

FOLDER = "张 三 & (1)"


@pytest.fixture
def repo(tmp_path: Path) -> GitRepo:
    made = GitRepo(tmp_path / FOLDER)
    made.commit(RECORDS)
    return made


def test_the_root_is_the_nearest_folder_with_a_branch(repo: GitRepo) -> None:
    repo.commit({"集团/支部/branch.yaml": "", "集团/支部/members/m001.yaml": ""})
    assert find_record_root(repo.path / "集团/支部/members").root == repo.path / "集团/支部"
    assert require_repository(find_record_root(repo.path / "集团/支部/members")).prefix == "集团/支部/"
    assert find_record_root(repo.path / "集团").root == repo.path
    assert require_repository(find_record_root(repo.path / "集团")).prefix == ""


def test_without_a_branch_the_top_of_the_work_tree_is_taken(tmp_path: Path) -> None:
    repo = GitRepo(tmp_path / FOLDER)
    repo.commit({"members/m001.yaml": ""})
    location = find_record_root(repo.path / "members")
    assert location.root == repo.path
    assert require_repository(location).prefix == ""
    assert [entry.path for entry in open_tree(location, staged=True).entries()] == ["members/m001.yaml"]


def test_a_branch_that_is_a_folder_is_no_branch(tmp_path: Path) -> None:
    (tmp_path / "branch.yaml").mkdir()
    (tmp_path / "members").mkdir()
    assert find_record_root(tmp_path / "members").root == tmp_path / "members"


def test_a_plain_folder_is_read_and_nothing_more(tmp_path: Path) -> None:
    (tmp_path / "branch.yaml").write_text("", encoding="utf-8")
    location = find_record_root(tmp_path)
    assert location.repository is None
    assert [entry.path for entry in open_tree(location).entries()] == ["branch.yaml"]
    for options in ({"staged": True}, {"rev": "HEAD"}):
        with pytest.raises(CannotRunError, match="not in a git repository") as caught:
            open_tree(location, **options)
        assert caught.value.hint is not None


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "file").touch()
    for name in ("gone", "loop", "file", "file/below", "长" * 200):
        with pytest.raises(CannotRunError, match="There is no folder"):
            find_record_root(tmp_path / name)


def test_closed_folders_above_are_no_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inner = tmp_path / "closed" / "inner"
    inner.mkdir(parents=True)
    real = Path.stat

    def closed(self: Path, *, follow_symlinks: bool = True) -> os.stat_result:
        if self == inner.parent / "branch.yaml":
            raise PermissionError(13, "Permission denied", str(self))
        return real(self, follow_symlinks=follow_symlinks)

    monkeypatch.setattr(Path, "stat", closed)
    assert find_record_root(inner).root == inner


def test_a_linked_work_tree(repo: GitRepo, tmp_path: Path) -> None:
    linked = tmp_path / "另 一处"
    repo.git("worktree", "add", "-q", "-b", "side", str(linked))
    location = find_record_root(linked / "members")
    assert location.root == linked
    repository = require_repository(location)
    assert repository.git_dir.parent == repo.path / ".git" / "worktrees"
    assert not repository.bare
    (linked / "branch.yaml").write_text("changed\n", encoding="utf-8")
    repo.git("-C", str(linked), "add", "branch.yaml")
    staged = {entry.path: entry.blob for entry in open_tree(location, staged=True).entries()}
    there = {entry.path: entry.blob for entry in open_tree(find_record_root(repo.path), staged=True).entries()}
    assert staged["branch.yaml"] != there["branch.yaml"]
    assert set(find_recorded_days(repository)) == set(RECORDS)


def test_a_linked_work_tree_of_a_bare_repository(repo: GitRepo, tmp_path: Path) -> None:
    repo.git("clone", "-q", "--bare", str(repo.path), str(tmp_path / "bare.git"))
    repo.git("-C", str(tmp_path / "bare.git"), "worktree", "add", "-q", str(tmp_path / "linked"), "main")
    location = find_record_root(tmp_path / "linked")
    assert not require_repository(location).bare
    assert open_tree(location, staged=True).entries() == open_tree(location).entries()


def test_a_bare_repository_is_read_by_commit_only(repo: GitRepo, tmp_path: Path) -> None:
    bare = tmp_path / "bare.git"
    repo.git("clone", "-q", "--bare", str(repo.path), str(bare))
    location = find_record_root(bare)
    assert (location.root, require_repository(location).bare, require_repository(location).prefix) == (bare, True, "")
    assert {entry.path for entry in open_tree(location, rev="main").entries()} == set(RECORDS)
    assert set(find_recorded_days(require_repository(location), "main")) == set(RECORDS)
    for staged in (False, True):
        with pytest.raises(CannotRunError, match="bare repository") as caught:
            open_tree(location, staged=staged)
        assert caught.value.hint is not None
        assert "--rev" in caught.value.hint.template


def test_a_detached_head(repo: GitRepo) -> None:
    repo.commit({"branch.yaml": "later\n"})
    repo.git("checkout", "-q", "--detach", "HEAD~1")
    location = find_record_root(repo.path)
    assert resolve_commit(require_repository(location), "HEAD") == repo.git("rev-parse", "main~1")
    assert open_tree(location, rev="HEAD").entries() == open_tree(location).entries()
    assert set(find_recorded_days(require_repository(location))) == set(RECORDS)


def test_before_the_first_commit(tmp_path: Path) -> None:
    repo = GitRepo(tmp_path)
    repo.write(RECORDS)
    repo.git("add", "branch.yaml")
    location = find_record_root(tmp_path)
    assert {entry.path for entry in open_tree(location).entries()} == set(RECORDS)
    assert [entry.path for entry in open_tree(location, staged=True).entries()] == ["branch.yaml"]
    with pytest.raises(CannotRunError, match="no commits yet"):
        open_tree(location, rev="HEAD")
    with pytest.raises(UsageError, match="no commit"):
        open_tree(location, rev="main")
    assert find_recorded_days(require_repository(location)) == {}


@pytest.mark.parametrize("hindrance", ["absent", "closed", "folder"])
def test_without_git_the_folder_is_still_read(
    repo: GitRepo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, hindrance: str
) -> None:
    programs = tmp_path / "programs"
    programs.mkdir()
    if hindrance == "closed":
        (programs / "git").touch(mode=0o644)
    if hindrance == "folder":
        (programs / "git").mkdir()
    monkeypatch.setenv("PATH", str(programs))
    location = find_record_root(repo.path)
    assert location.repository is None
    assert {entry.path for entry in open_tree(location).entries()} == set(RECORDS)
    with pytest.raises(CannotRunError, match="git was not found") as caught:
        open_tree(location, staged=True)
    assert caught.value.hint is not None


def test_a_repository_of_somebody_else(repo: GitRepo, monkeypatch: pytest.MonkeyPatch) -> None:
    repo.commit({"分 支/branch.yaml": "", "分 支/members/m001.yaml": ""})
    monkeypatch.setitem(plumbing._FIXED_ENVIRONMENT, "GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    location = find_record_root(repo.path / "分 支")
    assert location.root == repo.path / "分 支"
    assert [entry.path for entry in open_tree(location).entries()] == ["branch.yaml", "members/m001.yaml"]
    with pytest.raises(CannotRunError, match="another user") as caught:
        open_tree(location, rev="HEAD")
    assert caught.value.hint is not None
    line = "git config --global --add safe.directory {path}"
    assert caught.value.hint.template.endswith(line)
    # git asks for the top of the work tree, quoted for a shell.
    assert dict(caught.value.hint.arguments)["path"] == f"'{repo.path}'"


@pytest.mark.parametrize("fault", ["no head", "dangling file", "newer format", "broken config"])
def test_a_broken_repository_leaves_the_folder_readable(repo: GitRepo, fault: str) -> None:
    folder = repo.path / ".git"
    if fault == "no head":
        (folder / "HEAD").unlink()
    elif fault == "dangling file":
        folder.rename(repo.path / "away")
        folder.write_text("gitdir: /nowhere/at/all\n", encoding="utf-8")
    elif fault == "newer format":
        repo.git("config", "core.repositoryFormatVersion", "99")
    else:
        (folder / "config").write_text("[core\n", encoding="utf-8")
    location = find_record_root(repo.path)
    assert set(RECORDS) <= {entry.path for entry in WorkTree(location.root).entries()}
    for options in ({"staged": True}, {"rev": "HEAD"}):
        with pytest.raises(CannotRunError):
            open_tree(location, **options)


REFUSED = [
    "--output=x", "--all", "-x", "--", "", " ", "@{u}", "nowhere", "main\n", "main\nHEAD", "main\0", "\x1b[31m",
    "main..HEAD", "HEAD..", "^HEAD", "^main", "HEAD^@", "HEAD^!", "HEAD:branch.yaml", "HEAD^{tree}", "main:",
    "HEAD --output=x", "a" * 400, "@{-1}", "HEAD~99", "0" * 40, ":/nothing says this", "refs/heads/*", "\udcff",
]  # fmt: skip


@pytest.fixture(scope="module")
def still(tmp_path_factory: pytest.TempPathFactory) -> GitRepo:
    """Return a repository that no test changes."""
    made = GitRepo(tmp_path_factory.mktemp("still") / FOLDER)
    made.commit(RECORDS)
    return made


@pytest.mark.parametrize("rev", REFUSED)
def test_words_that_name_no_commit(still: GitRepo, rev: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(still.path)
    before = names(still.path)
    with pytest.raises(UsageError, match="There is no commit") as caught:
        open_tree(find_record_root(still.path), rev=rev)
    assert dict(caught.value.message.arguments)["rev"] == rev
    assert names(still.path) == before


def test_words_that_name_a_commit(repo: GitRepo) -> None:
    first = repo.git("rev-parse", "HEAD")
    second = repo.commit({"branch.yaml": "later\n"})
    repo.git("update-ref", "refs/heads/-x", first)
    repo.git("update-ref", "refs/heads/支部 换届".replace(" ", "-"), first)
    repo.git("tag", "-a", "-m", "年度", "年度2025", first)
    repository = require_repository(find_record_root(repo.path))
    for rev in ("-x", "支部-换届", "年度2025", "HEAD~1", "main^", first, first[:10], "refs/heads/-x"):
        assert resolve_commit(repository, rev) == first, rev
    for rev in ("HEAD", "main", "@", "HEAD^{commit}", "main@{0}"):
        assert resolve_commit(repository, rev) == second, rev


def test_ranges(repo: GitRepo) -> None:
    base = repo.git("rev-parse", "HEAD")
    main = repo.commit({"branch.yaml": "main\n"})
    repo.git("checkout", "-q", "-b", "side", base)
    side = repo.commit({"members/m003.yaml": "side\n"})
    location = find_record_root(repo.path)
    assert resolve_range(require_repository(location), "main..side") == (main, side)
    assert resolve_range(require_repository(location), "main...side") == (base, side)
    assert resolve_range(require_repository(location), "main..") == (main, side)
    assert resolve_range(require_repository(location), "..main") == (side, main)
    for wrong in ("main", "", "a b"):
        with pytest.raises(UsageError, match="no range"):
            resolve_range(require_repository(location), wrong)
    for wrong in ("main..nowhere", "--output=x..main", "main....side", "main..side..main", "main..\nside"):
        with pytest.raises(UsageError):
            resolve_range(require_repository(location), wrong)


def test_a_range_of_two_strangers(repo: GitRepo) -> None:
    repo.git("checkout", "-q", "--orphan", "other")
    repo.commit(when="2026-04-01T09:00:00+08:00")
    location = find_record_root(repo.path)
    assert len(resolve_range(require_repository(location), "main..other")) == 2
    with pytest.raises(CannotRunError, match="nothing in common"):
        resolve_range(require_repository(location), "main...other")


def test_no_setting_of_the_caller_leads_git_elsewhere(
    repo: GitRepo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = GitRepo(tmp_path / "other")
    other.commit({"branch.yaml": "other\n"})
    for name, value in {
        "GIT_DIR": str(other.path / ".git"),
        "GIT_WORK_TREE": str(other.path),
        "GIT_OBJECT_DIRECTORY": str(other.path / ".git" / "objects"),
        "GIT_NAMESPACE": "other",
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": "core.worktree",
        "GIT_CONFIG_VALUE_0": str(other.path),
        "GIT_EXTERNAL_DIFF": str(script(tmp_path / "diff", "#!/bin/sh\nexit 1\n")),
    }.items():
        monkeypatch.setenv(name, value)
    location = find_record_root(repo.path)
    assert location.root == repo.path
    assert open_tree(location, rev="HEAD").entries() == WorkTree(repo.path).entries()


def test_a_location_without_a_reason_still_has_words(tmp_path: Path) -> None:
    with pytest.raises(DangwuError, match="not in a git repository"):
        require_repository(RecordRoot(root=tmp_path))
