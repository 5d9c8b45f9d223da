"""The index: what a commit would record, also when git judges a commit with an index of its own."""

from __future__ import annotations

import json
import shlex
import sys
from typing import TYPE_CHECKING

import pytest

from dangwu.git.index_tree import IndexTree
from dangwu.git.repository import find_record_root, require_repository
from dangwu.model.tree import UNMERGED_MODE
from tests.support.gitrepo import RECORDS, GitRepo, script

if TYPE_CHECKING:
    from pathlib import Path

# A hook as people have it, but writing down what dangwu saw. Its standard output is git's, so it writes a file.
HOOK = """\
import json, os
from pathlib import Path
from dangwu.git.repository import find_record_root
from dangwu.workspace.open_tree import open_tree
os.chdir({start!r})
tree = open_tree(find_record_root(Path()), staged=True)
seen = {{entry.path: (raw or b"").decode() for entry, raw in tree.read(tree.entries())}}
Path({out!r}).write_text(json.dumps({{"index": os.environ.get("GIT_INDEX_FILE"), "seen": seen}}), encoding="utf-8")
"""


@pytest.fixture
def repo(tmp_path: Path) -> GitRepo:
    made = GitRepo(tmp_path / "张 三 & (1)")
    made.commit(RECORDS)
    return made


def listed(repo: GitRepo, folder: str = "") -> dict[str, bytes | None]:
    tree = IndexTree(require_repository(find_record_root(repo.path / folder)))
    return {entry.path: raw for entry, raw in tree.read(tree.entries())}


@pytest.mark.parametrize("prefix", ["", "支部/"])
def test_a_file_that_is_only_announced_is_not_listed(repo: GitRepo, prefix: str) -> None:
    files = {"branch.yaml": "", "members/a.yaml": "a", "members/会 议.yaml": "b", 'members/"q".yaml': "c", "z.yaml": ""}
    repo.write({f"{prefix}{path}": text for path, text in files.items()})
    repo.git("add", "--all")
    repo.write({f"{prefix}{path}": "new" for path in ("members/b.yaml", "members/新.yaml", "members/zz.yaml")})
    repo.git("add", "--intent-to-add", "--all")
    assert repo.git("ls-files", "-s").count("e69de29bb2d1d6434b8b29ae775ad8c2e48c5391") >= 3
    assert set(files) == {path for path in listed(repo, prefix) if prefix or path in files or "m0" not in path} - set(
        RECORDS
    ) | {"branch.yaml"}
    repo.git("add", "--all")
    assert listed(repo, prefix)["members/新.yaml"] == b"new"


def test_an_announced_file_with_an_odd_name(repo: GitRepo) -> None:
    for name in ("a\nb.yaml", "flags: 20000000.yaml", "  size: 0\tflags: 20000000\n.yaml"):
        (repo.path / name).write_text("x", encoding="utf-8")
        repo.git("add", "--intent-to-add", "--", name)
        assert set(listed(repo)) == set(RECORDS), name
        repo.git("add", "--", name)
        assert listed(repo)[name] == b"x"
        repo.git("rm", "-q", "--cached", "--", name)


def test_an_unmerged_file_is_listed_once_and_without_a_version(repo: GitRepo) -> None:
    for name, path in (("branch.yaml", "branch.yaml"), ("both", "新/图.docx")):
        repo.git("checkout", "-q", "-B", "side", "main")
        repo.commit({path: f"theirs {name}\n"})
        repo.git("checkout", "-q", "main")
        repo.commit({path: f"ours {name}\n"})
        repo.git("merge", "-q", "side", code=1)
        assert repo.git("ls-files", "-u").count("\n") == (2 if path == "branch.yaml" else 1)
        found = {
            entry.path: (entry.mode, entry.blob)
            for entry in IndexTree(require_repository(find_record_root(repo.path))).entries()
        }
        assert found[path] == (UNMERGED_MODE, "")
        assert set(found) == {*RECORDS, path}
        assert listed(repo)[path] is None
        assert listed(repo)["members/m001.yaml"] == RECORDS["members/m001.yaml"].encode()  # type: ignore[union-attr]
        repo.git("reset", "-q", "--hard")


def test_what_is_taken_out_of_the_index_is_gone(repo: GitRepo) -> None:
    repo.git("rm", "-q", "--cached", "members/m001.yaml")
    assert "members/m001.yaml" not in listed(repo)
    assert (repo.path / "members/m001.yaml").exists()


def _hook(repo: GitRepo, start: Path, tmp_path: Path) -> Path:
    out = tmp_path / "seen.json"
    program = tmp_path / "hook.py"
    program.write_text(HOOK.format(start=str(start), out=str(out)), encoding="utf-8")
    # A first line that names the interpreter would end at the first space of its path.
    words = shlex.join([sys.executable, str(program)])
    script(repo.path / ".git" / "hooks" / "pre-commit", f"#!/bin/sh\nexec {words}\n")
    return out


@pytest.mark.parametrize(
    ("words", "index", "staged", "unstaged"),
    [
        ([], "index", True, False),
        (["-a"], "index.lock", True, True),
        (["members/m002.yaml"], "next-index-", False, True),
    ],
    ids=["commit", "commit -a", "commit path"],
)
@pytest.mark.parametrize("start", ["", "members"])
def test_a_hook_judges_what_will_be_recorded(
    repo: GitRepo, tmp_path: Path, words: list[str], index: str, start: str, *, staged: bool, unstaged: bool
) -> None:
    out = _hook(repo, repo.path, tmp_path)
    repo.write({"members/m001.yaml": "staged\n"})
    repo.git("add", "members/m001.yaml")
    repo.write({"members/m002.yaml": "in the folder\n"})
    if words[-1:] == ["members/m002.yaml"] and start:
        words = ["m002.yaml"]
    repo.git("-C", start or ".", "commit", "-q", "-m", "x", *words)
    found = json.loads(out.read_text(encoding="utf-8"))
    assert index in str(found["index"])
    assert (found["seen"]["members/m001.yaml"] == "staged\n") is staged
    assert (found["seen"]["members/m002.yaml"] == "in the folder\n") is unstaged
    for path in ("members/m001.yaml", "members/m002.yaml"):
        assert found["seen"][path].rstrip("\n") == repo.git("show", f"HEAD:{path}")


def test_a_hook_in_a_linked_work_tree(repo: GitRepo, tmp_path: Path) -> None:
    linked = tmp_path / "另 一处"
    repo.git("worktree", "add", "-q", "--detach", str(linked))
    out = _hook(repo, linked, tmp_path)
    (linked / "members" / "m001.yaml").write_text("linked\n", encoding="utf-8")
    repo.git("-C", str(linked), "commit", "-q", "-a", "-m", "x")
    found = json.loads(out.read_text(encoding="utf-8"))
    assert "worktrees" in found["index"]
    assert found["seen"]["members/m001.yaml"] == "linked\n"


def test_an_index_from_elsewhere_is_not_believed(
    repo: GitRepo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = GitRepo(tmp_path / "other")
    other.commit({"branch.yaml": "other\n"})
    monkeypatch.setenv("GIT_INDEX_FILE", str(other.path / ".git" / "index"))
    assert set(listed(repo)) == set(RECORDS)
    inside = repo.path / ".git" / "prepared"
    inside.write_bytes((repo.path / ".git" / "index").read_bytes())
    repo.git("update-index", "--force-remove", "branch.yaml", GIT_INDEX_FILE=str(inside))
    monkeypatch.setenv("GIT_INDEX_FILE", str(inside))
    assert set(listed(repo)) == set(RECORDS) - {"branch.yaml"}
    monkeypatch.chdir(repo.path)
    monkeypatch.setenv("GIT_INDEX_FILE", ".git/prepared")
    assert set(listed(repo)) == set(RECORDS) - {"branch.yaml"}
    # One that lies in no git directory at all was made for this commit.
    outside = inside.rename(tmp_path / "prepared")
    monkeypatch.setenv("GIT_INDEX_FILE", str(outside))
    assert set(listed(repo)) == set(RECORDS) - {"branch.yaml"}


@pytest.mark.parametrize("kind", ["split", "sparse", "version 4", "missing"])
def test_every_kind_of_index(repo: GitRepo, kind: str) -> None:
    if kind == "split":
        repo.git("update-index", "--split-index")
    elif kind == "sparse":
        repo.git("sparse-checkout", "set", "--cone", "--sparse-index", "meetings")
        assert not (repo.path / "members").exists()
    elif kind == "version 4":
        repo.git("update-index", "--index-version", "4")
    else:
        (repo.path / ".git" / "index").unlink()
    assert set(listed(repo)) == (set() if kind == "missing" else set(RECORDS))
