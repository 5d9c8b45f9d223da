"""``dangwu save``: the records that changed become one commit, in words, or nothing does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.branches import base_file, base_repo
from tests.support.gitrepo import GitRepo
from tests.support.run import en, zh

if TYPE_CHECKING:
    from pathlib import Path

DAY = "2026-06-30"
MEMBER = "members/m009.yaml"
NEW_MEMBER = "schema: 1\nkind: member\nid: m030\nname: 㛃𬭎\nstatus:\n  - {from: 2026-06-01, status: full}\n"


@pytest.fixture
def repo(tmp_path: Path) -> GitRepo:
    made = base_repo(tmp_path / "党 支部（一）")
    made.git("config", "user.name", "王建国")
    made.git("config", "user.email", "w@example.com")
    return made


def save(repo: GitRepo, *words: str, code: int = 0, lang: str = "zh") -> str:
    run = zh if lang == "zh" else en
    return run("save", "--no-input", *words, cwd=repo.path, as_of=DAY, code=code).both


def message(repo: GitRepo) -> str:
    return repo.git("log", "-1", "--format=%an <%ae>%n%cn%n%B").strip()


def test_a_new_record_is_committed_in_words(repo: GitRepo) -> None:
    before = repo.git("rev-parse", "HEAD")
    repo.write({"members/m030.yaml": NEW_MEMBER})
    said = save(repo)
    assert "已入库 1 份记录" in said
    assert message(repo) == "王建国 <w@example.com>\n王建国\n新增：党员，㛃𬭎"
    assert repo.git("rev-parse", "HEAD^") == before
    assert repo.git("show", "HEAD:members/m030.yaml") == NEW_MEMBER.rstrip("\n")
    assert repo.git("status", "--porcelain") == ""
    repo.git("fsck", "--strict")
    assert "没有要入库的" in save(repo)


def test_several_records_are_counted_and_listed(repo: GitRepo) -> None:
    repo.write({"members/m030.yaml": NEW_MEMBER, "members/m031.yaml": NEW_MEMBER.replace("m030", "m031")})
    (repo.path / MEMBER).write_bytes(base_file(MEMBER) + "# 注\n".encode())
    save(repo, lang="en")
    title, _, *lines = message(repo).splitlines()[2:]
    assert title == "records new: 2, changed: 1"
    assert [line.partition(":")[0] for line in lines] == ["changed", "new", "new"]


def test_own_words_are_the_message(repo: GitRepo) -> None:
    repo.write({"members/m030.yaml": NEW_MEMBER})
    save(repo, "  补录：㛃𬭎 的党员记录 ")
    assert message(repo).endswith("补录：㛃𬭎 的党员记录")


def test_an_error_that_the_change_brings_stops_it(repo: GitRepo) -> None:
    before = repo.git("rev-parse", "HEAD")
    repo.write({"members/m030.yaml": NEW_MEMBER.replace("id: m030", "id: m031"), "members/m031.yaml": "schema: 1\n"})
    said = save(repo, code=1)
    assert "DW" in said
    assert said.rstrip().splitlines()[-1].startswith("没有入库：请先改好这 ")
    assert repo.git("rev-parse", "HEAD") == before
    assert repo.git("diff", "--cached", "--name-only") == ""


def test_an_error_elsewhere_that_the_change_causes_stops_it(repo: GitRepo) -> None:
    """A member that others name is taken out: what is wrong then stands in their files."""
    (repo.path / "members/m001.yaml").unlink()
    said = save(repo, code=1)
    assert "meetings/" in said
    assert "没有入库" in said


def test_what_was_wrong_before_stops_nothing(repo: GitRepo) -> None:
    repo.commit({"members/m040.yaml": "schema: 1\nkind: member\nid: m041\nname: 甲\n"})
    repo.write({"members/m030.yaml": NEW_MEMBER})
    said = save(repo, lang="en")
    assert "Findings that were there before: " in said
    assert "Saved: 1 records" in said


def test_a_draft_is_kept_and_not_recorded(repo: GitRepo) -> None:
    repo.write({"members/m030.yaml": NEW_MEMBER, "members/m031.yaml": NEW_MEMBER.replace("㛃𬭎", "【待填】")})
    said = save(repo)
    assert "members/m031.yaml" in said
    assert repo.git("status", "--porcelain") == "?? members/m031.yaml"
    assert "草稿" in save(repo)


def test_what_is_staged_stays_staged(repo: GitRepo) -> None:
    repo.write({"notes.txt": "备忘\n", "members/m030.yaml": NEW_MEMBER})
    repo.git("add", "notes.txt")
    save(repo)
    assert repo.git("show", "--format=", "--name-only", "HEAD") == "members/m030.yaml"
    assert repo.git("status", "--porcelain") == "A  notes.txt"


def test_a_deleted_record_is_taken_out_in_words(repo: GitRepo) -> None:
    repo.commit({"members/m030.yaml": NEW_MEMBER})
    (repo.path / "members/m030.yaml").unlink()
    save(repo)
    assert message(repo).endswith("撤去：党员，㛃𬭎")
    assert repo.git("ls-files", "members/m030.yaml") == ""


def test_of_a_confidential_record_the_history_says_no_name(repo: GitRepo) -> None:
    letter = (
        "schema: 1\nkind: letter\nid: l001\nreceived_on: 2026-06-22\n"
        "channel: letter\nsummary: 葛云栖来信\nhandler: m004\n"
    )
    repo.write({"supervision/2026/letter-l001.yaml": letter})
    said = save(repo)
    assert message(repo).endswith("新增：一份不公开的记录")
    assert "葛云栖" not in said


def test_without_a_name_nothing_is_saved_and_it_is_asked_for_once(tmp_path: Path) -> None:
    repo = base_repo(tmp_path / "branch")
    repo.write({"members/m030.yaml": NEW_MEMBER})
    said = save(repo, code=3, lang="en")
    assert '--name "NAME" --mail ADDRESS' in said
    save(repo, "--name", "朱䶮", "--mail", "z@example.com")
    assert repo.git("config", "--local", "user.name") == "朱䶮"
    assert message(repo).startswith("朱䶮 <z@example.com>")
    repo.write({"members/m031.yaml": NEW_MEMBER.replace("m030", "m031")})
    save(repo)


@pytest.mark.parametrize("mail", ["ohne", "a b@example.com", "<x@example.com>"])
def test_an_address_that_is_none_is_refused(tmp_path: Path, mail: str) -> None:
    repo = base_repo(tmp_path / "branch")
    repo.write({"members/m030.yaml": NEW_MEMBER})
    assert "--mail" in save(repo, "--name", "朱䶮", "--mail", mail, code=2)


def test_the_first_save_takes_the_files_of_the_repository_along(tmp_path: Path) -> None:
    words = ("init", "支部", "--name", "青禾党支部", "--superior", "云栖镇党委", "--secretary", "王建国", "--no-input")
    zh(*words, cwd=tmp_path, as_of=DAY, code=0)
    folder = tmp_path / "支部"
    zh("save", "--no-input", "--name", "王建国", "--mail", "w@example.com", cwd=folder, as_of=DAY, code=0)
    done = GitRepo(folder)
    assert done.git("status", "--porcelain") == ""
    assert {".gitattributes", "branch.yaml", "members/m001.yaml"} <= {*done.git("ls-files").splitlines()}


@pytest.mark.parametrize(
    ("steps", "word"),
    [
        (("checkout -q --detach",), "分支"),
        (("checkout -q -b other HEAD", "commit -q --allow-empty -m x", "merge --no-commit --no-ff main"), ""),
    ],
)
def test_where_no_commit_can_be_made_it_says_why(repo: GitRepo, steps: tuple[str, ...], word: str) -> None:
    for step in steps:
        repo.git(*step.split())
    if not word:
        (repo.path / ".git/MERGE_HEAD").write_text(repo.git("rev-parse", "main") + "\n", encoding="ascii")
        word = "合并"
    repo.write({"members/m030.yaml": NEW_MEMBER})
    assert word in save(repo, code=3)
    assert (repo.path / "members/m030.yaml").read_text(encoding="utf-8") == NEW_MEMBER


def test_hooks_of_the_repository_do_not_run(repo: GitRepo) -> None:
    for name in ("pre-commit", "post-commit", "reference-transaction", "post-index-change"):
        hook = repo.path / ".git/hooks" / name
        hook.parent.mkdir(exist_ok=True)
        hook.write_text("#!/bin/sh\ntouch ran\nexit 1\n", encoding="ascii")
        hook.chmod(0o755)
    repo.write({"members/m030.yaml": NEW_MEMBER})
    save(repo)
    assert not (repo.path / "ran").exists()


def test_bytes_are_committed_as_they_were_checked(repo: GitRepo) -> None:
    """No filter and no line ending of git's configuration comes between the check and the commit."""
    repo.git("config", "core.autocrlf", "true")
    repo.git("config", "filter.x.clean", "tr a-z A-Z")
    (repo.path / ".git/info").mkdir(exist_ok=True)
    (repo.path / ".git/info/attributes").write_text("*.yaml filter=x\n", encoding="ascii")
    repo.write({"members/m030.yaml": NEW_MEMBER})
    save(repo)
    assert repo.git("cat-file", "blob", "HEAD:members/m030.yaml") == NEW_MEMBER.rstrip("\n")


def test_what_is_not_saved_is_counted_by_check_and_new(repo: GitRepo) -> None:
    assert "dangwu save" not in en("check", cwd=repo.path, as_of=DAY).both
    repo.write({"members/m030.yaml": NEW_MEMBER})
    assert "Not saved in the history yet: 1 records" in en("check", cwd=repo.path, as_of=DAY).err
    said = en("new", "member", "--name", "甲", "--no-input", cwd=repo.path, as_of=DAY, code=0).err
    assert "Not saved in the history yet: 2 records" in said
