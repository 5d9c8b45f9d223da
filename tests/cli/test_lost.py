"""What cannot be read is never an empty record: no command says that nothing is owed because it saw nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.branches import BASE_DAY, base_file, base_files
from tests.support.gitrepo import GitRepo
from tests.support.run import en, spoken

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MEMBER = "members/m001.yaml"
COMMITTED = (
    ("check", "--rev", "HEAD"),
    ("due", "--rev", "HEAD"),
    ("report", "--rev", "HEAD"),
    ("board", "--rev", "HEAD", "-o", "site"),
    ("export", "duties", "--rev", "HEAD", "-o", "x.xlsx"),
    ("audit",),
    ("review", "HEAD~1..HEAD"),
)
OWED = (
    ("due",),
    ("due", "--format", "json"),
    ("report",),
    ("board", "-o", "site"),
    ("export", "duties", "-o", "x.xlsx"),
    ("calendar", "-o", "x.ics"),
)


@pytest.fixture
def repo(tmp_path: Path) -> GitRepo:
    made = GitRepo(tmp_path / "r")
    made.commit(base_files())
    made.commit({path: base_file(path) + b"# changed\n" for path in (MEMBER, "branch.yaml")})
    return made


def _lose(repo: GitRepo, name: str) -> None:
    id_ = repo.git("rev-parse", name)
    (repo.path / ".git/objects" / id_[:2] / id_[2:]).unlink()


@pytest.mark.parametrize("name", [f"HEAD:{MEMBER}", "HEAD:branch.yaml", "HEAD:members", "HEAD^{tree}", "HEAD"])
def test_a_lost_object_is_said(repo: GitRepo, name: str) -> None:
    _lose(repo, name)
    for words in COMMITTED:
        for lang, said in spoken(*words, cwd=repo.path, as_of=BASE_DAY, code=3).items():
            assert said.out == "", (words, lang)
            assert "git fsck" in said.err, (words, lang, said.err)
    assert not (repo.path / "site").exists()


def test_a_lost_version_of_a_record_is_said(repo: GitRepo) -> None:
    """What the last commit holds can be read; whether it was changed afterwards cannot."""
    _lose(repo, f"HEAD~1:{MEMBER}")
    assert en("due", "--rev", "HEAD", cwd=repo.path, as_of=BASE_DAY, code=0).out
    for words in (("audit",), ("review", "HEAD~1..HEAD")):
        assert "git fsck" in en(*words, cwd=repo.path, as_of=BASE_DAY, code=3).err, words


def test_a_submodule_is_of_another_repository(repo: GitRepo) -> None:
    """What its id names need not be here."""
    for number in (1, 2):
        repo.git("update-index", "--add", "--cacheinfo", f"160000,{str(number) * 40},members/m100.yaml")
        repo.git("commit", "-q", "-m", "子模块")
    for words in COMMITTED:
        en(*words, cwd=repo.path, as_of=BASE_DAY, code=(0, 1))


UNREAD: dict[str, Callable[[Path], object]] = {
    "no YAML": lambda path: path.write_text("schema: 1\nkind: [branch\n", encoding="utf-8"),
    "no text": lambda path: path.write_bytes(b"\xff\xfe\x00\x81"),
    "empty": lambda path: path.write_bytes(b""),
    "no branch": lambda path: path.write_text("schema: 1\nkind: branch\nname: [x]\n", encoding="utf-8"),
    "too large": lambda path: path.write_bytes(b"#" * (1 << 21)),
}


@pytest.mark.parametrize("kind", UNREAD)
def test_without_a_readable_branch_nothing_is_owed_and_that_is_said(repo: GitRepo, kind: str) -> None:
    UNREAD[kind](repo.path / "branch.yaml")
    for words in OWED:
        for lang, said in spoken(*words, cwd=repo.path, as_of=BASE_DAY, code=3).items():
            assert said.out == "", (words, lang)
            assert "branch.yaml" in said.err, (words, lang)
            assert "dangwu check" in said.err, (words, lang)
    assert en("check", cwd=repo.path, as_of=BASE_DAY, code=1).out
