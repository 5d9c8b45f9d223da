"""Where the records are, whatever kind of repository stands around them, and which words name a commit."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from dangwu.errors import CannotRunError, DangwuError, UsageError
from dangwu.files.worktree import WorkTree
from dangwu.git import environment
from dangwu.git.repository import RecordRoot, find_record_root, require_repository, resolve_commit, resolve_range
from dangwu.git.revision_names import find_ambiguous_names
from dangwu.workspace.history import find_recorded_days
from dangwu.workspace.open_tree import open_tree
from tests.support.gitrepo import RECORDS, GitRepo, names, script

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
    with pytest.raises(UsageError, match="No such commit"):
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
    monkeypatch.setitem(environment.FIXED_ENVIRONMENT, "GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
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
    with pytest.raises(UsageError, match="No such commit") as caught:
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


def test_a_branch_goes_before_a_tag_of_its_name(repo: GitRepo) -> None:
    """git has it the other way round, and nobody who writes main..HEAD means a tag."""
    first = repo.git("rev-parse", "HEAD")
    repo.git("tag", "main")
    repo.git("tag", "-a", "-m", "x", "年度")
    repo.git("tag", "HEAD")
    second = repo.commit({"branch.yaml": "later\n"})
    third = repo.commit({"branch.yaml": "last\n"})
    repo.git("branch", "heads/main", first)
    repo.git("update-ref", "refs/main", first)
    repo.git("branch", "same", third)
    repo.git("tag", "-a", "-m", "x", "same", third)
    repo.git("branch", "a@b", second)
    repo.git("tag", "a@b", first)
    repo.git("tag", third[:8], first)
    repository = require_repository(find_record_root(repo.path))
    for rev, commit in {
        "main": third, "main~1": second, "main^": second, "main@{0}": third, "tags/main": first,
        "refs/tags/main": first, "heads/main": third, "refs/heads/main": third, "年度": first, "HEAD": third,
        "@": third, "same": third, "a@b": second, "a@b^": first, third: third,
    }.items():  # fmt: skip
        assert resolve_commit(repository, rev) == commit, rev
    assert resolve_range(repository, "main~1..main") == (second, third)
    assert resolve_range(repository, "main...HEAD") == (third, third)
    for words, found in {
        "main": [("main", "refs/heads/main")], "main~1..a@b": [("main", "refs/heads/main"), ("a@b", "refs/heads/a@b")],
        "HEAD": [], "@..年度": [], "same": [], "refs/tags/main": [], "tags/main..heads/main": [], "-x": [], "": [],
        f"{third[:8]}..HEAD": [(third[:8], f"refs/tags/{third[:8]}")], third: [],
        "main...": [("main", "refs/heads/main")], "main" + "~" * 90: [], "~^@:": [],
    }.items():  # fmt: skip
        assert [*find_ambiguous_names(repository.folder, words)] == found, words


def test_what_a_shallow_clone_does_not_hold_is_not_called_a_typing_error(repo: GitRepo, tmp_path: Path) -> None:
    first = repo.git("rev-parse", "HEAD")
    repo.commit({"branch.yaml": "later\n"})
    repo.git("clone", "-q", "--depth", "1", f"file://{repo.path}", str(tmp_path / "shallow"))
    repository = require_repository(find_record_root(tmp_path / "shallow"))
    for words in (f"{first}..HEAD", "HEAD~1..HEAD", "origin/other...HEAD"):
        with pytest.raises(CannotRunError, match="shallow") as caught:
            resolve_range(repository, words)
        assert caught.value.hint is not None
        assert "--unshallow" in caught.value.hint.template
    assert resolve_commit(repository, "main")


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


def test_a_repository_that_the_caller_names_is_the_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The records in one folder, git's in another, as GIT_DIR and GIT_WORK_TREE say, or GIT_DIR alone."""
    files, apart = tmp_path / "记 录", tmp_path / "apart"
    repo = GitRepo(files)
    commit = repo.commit({**RECORDS, "支部/branch.yaml": "x\n"})
    (files / ".git").rename(apart)
    repo.write({"branch.yaml": "later\n"})
    with pytest.raises(CannotRunError):
        require_repository(find_record_root(files))
    monkeypatch.setenv("GIT_DIR", str(apart))
    with pytest.raises(CannotRunError):
        require_repository(find_record_root(files))
    monkeypatch.chdir(files)
    for work_tree in ("", str(files), "."):
        if work_tree:
            monkeypatch.setenv("GIT_WORK_TREE", work_tree)
        for folder, prefix in ((files, ""), (files / "members", ""), (files / "支部", "支部/")):
            location = find_record_root(folder)
            repository = require_repository(location)
            assert (repository.git_dir, repository.prefix, repository.bare) == (apart, prefix, False)
            assert resolve_commit(repository, "HEAD") == commit
        staged = {entry.path: entry.blob for entry in open_tree(find_record_root(files), staged=True).entries()}
        now = {entry.path: entry.blob for entry in open_tree(find_record_root(files)).entries()}
        assert {path for path in now if now[path] != staged[path]} == {"branch.yaml"}
    monkeypatch.setenv("GIT_DIR", "../apart")
    assert require_repository(find_record_root(files)).git_dir == apart


def test_a_repository_inside_the_named_work_tree_keeps_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As where somebody keeps the settings of a whole home folder in git."""
    home = GitRepo(tmp_path / "home")
    home.commit({"notes.txt": ""})
    (home.path / ".git").rename(tmp_path / "apart")
    inner = GitRepo(home.path / "records")
    commit = inner.commit(RECORDS)
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "apart"))
    monkeypatch.setenv("GIT_WORK_TREE", str(home.path))
    repository = require_repository(find_record_root(inner.path))
    assert repository.git_dir == inner.path / ".git"
    assert resolve_commit(repository, "HEAD") == commit


@pytest.mark.parametrize("way", ["file", "count", "parameters", "home"])
def test_trust_that_the_caller_gives_counts(
    repo: GitRepo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    monkeypatch.setitem(environment.FIXED_ENVIRONMENT, "GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    monkeypatch.delenv("GIT_CONFIG_GLOBAL", raising=False)
    text = f'[safe]\n\tdirectory = "{repo.path}"\n'
    with pytest.raises(CannotRunError, match="another user"):
        require_repository(find_record_root(repo.path))
    if way == "file":
        (tmp_path / "config").write_text(text, encoding="utf-8")
        monkeypatch.chdir(tmp_path)
        monkeypatch.setenv("GIT_CONFIG_GLOBAL", "config")
    elif way == "home":
        (tmp_path / "home").mkdir()
        (tmp_path / "home/.gitconfig").write_text(text, encoding="utf-8")
        monkeypatch.setenv("HOME", str(tmp_path / "home"))
    elif way == "count":
        for name, value in {
            "GIT_CONFIG_COUNT": "2", "GIT_CONFIG_KEY_0": "core.worktree", "GIT_CONFIG_VALUE_0": "/nowhere",
            "GIT_CONFIG_KEY_1": "safe.Directory", "GIT_CONFIG_VALUE_1": str(repo.path),
        }.items():  # fmt: skip
            monkeypatch.setenv(name, value)
    else:
        monkeypatch.setenv("GIT_CONFIG_PARAMETERS", f"'core.bare'='true' 'safe.directory'='{repo.path}'")
    assert resolve_commit(require_repository(find_record_root(repo.path)), "HEAD") == repo.git("rev-parse", "HEAD")


@pytest.mark.parametrize("count", ["-1", "x", "999999999999", "", "１"])
def test_a_count_of_settings_that_is_none(repo: GitRepo, monkeypatch: pytest.MonkeyPatch, count: str) -> None:
    monkeypatch.setenv("GIT_CONFIG_COUNT", count)
    monkeypatch.setenv("GIT_CONFIG_PARAMETERS", "'not closed")
    assert require_repository(find_record_root(repo.path)).prefix == ""


HOOK = """#!/bin/sh
while read -r old new ref; do
    cd '{cwd}' && '{python}' -m dangwu --lang en -C '{at}' check --rev "$new" --format json >'{out}' 2>'{err}'
    echo $? >'{out}.code'
done
exit 1
"""


@pytest.mark.skipif(os.name == "nt", reason="a hook in sh")
@pytest.mark.parametrize("bare", [True, False])
def test_a_hook_before_a_push_is_accepted_sees_what_came(tmp_path: Path, *, bare: bool) -> None:
    repo = GitRepo(tmp_path / "r")
    repo.commit(RECORDS)
    there = tmp_path / "服务 器"
    repo.git("clone", "-q", *(["--bare"] if bare else []), ".", str(there))
    git_dir = there if bare else there / ".git"
    out, err = tmp_path / "out", tmp_path / "err"
    text = HOOK.format(cwd=git_dir, python=sys.executable, at=there, out=out, err=err)
    script(git_dir / "hooks/pre-receive", text)
    repo.commit({"members/m009.yaml": "来\n"})
    repo.git("push", "-q", str(there), "HEAD:refs/heads/new", code=1)
    assert out.with_name("out.code").read_text(encoding="utf-8").strip() == "1", err.read_text(encoding="utf-8")
    found = {each["path"] for each in json.loads(out.read_text(encoding="utf-8"))["findings"]}
    assert "members/m009.yaml" in found


def test_a_location_without_a_reason_still_has_words(tmp_path: Path) -> None:
    with pytest.raises(DangwuError, match="not in a git repository"):
        require_repository(RecordRoot(root=tmp_path))
