"""``dangwu board``: who sees what on it, and what it does to a folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dangwu.workspace.catalogue import load_kinds
from tests.support import canary
from tests.support.branches import base_files
from tests.support.canary import assert_fit
from tests.support.canary import names as members
from tests.support.gitrepo import GitRepo, names
from tests.support.openness import Reader
from tests.support.run import en, run, spoken

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.branches import Demo

READERS = ("public", "employees", "members")
MARK = ".dangwu-board"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a branch with a record of every kind, each field unmistakable."""
    repo = GitRepo(tmp_path_factory.mktemp("canary") / "r")
    named = {
        "matter": f"给{members()[0]}的通知",
        "content": f"{members()[1]}与{members()[2]}参加。\n- {members()[0][0]}**{members()[0][1:]}**主持",
        "scope": "society",
    }
    fields = {**canary.data("disclosure"), "date": "2026-03-21", "about": [], **named}
    del fields["basis"]
    text = canary.text(load_kinds()["disclosure"], fields)
    repo.commit({**canary.files(), "disclosures/2026/2026-03-21-named.yaml": text})
    return repo.path


def written(folder: Path) -> dict[str, str]:
    """Return the files of a board by path."""
    return {
        each.relative_to(folder).as_posix(): each.read_text(encoding="utf-8")
        for each in sorted(folder.rglob("*"))
        if each.is_file()
    }


def board(repo: Path, folder: Path, *words: str, code: int = 0) -> str:
    """Run the command, and return what it said."""
    return run("--lang", "zh", "-C", repo, "board", "-o", folder, *words, cwd=repo, code=code).both


@pytest.mark.parametrize("audience", READERS)
def test_nobody_reads_what_is_not_for_them(whole: Path, tmp_path: Path, audience: str) -> None:
    words = ("-C", whole, "board", "--audience", audience, "-o", "b")
    said = run(*words, cwd=tmp_path, as_of=canary.AS_OF, code=0).both
    files = written(tmp_path / "b")
    text = said + "".join(files.values())
    assert_fit(text, audience)
    wanted = {"public": {"society"}, "employees": {"society", "employees"}, "members": set(canary.SCOPES)}[audience]
    assert canary.told(text) == wanted
    assert f"{canary.SONG}-disclosure-feedback" not in text
    assert f"{canary.SONG}-disclosure-basis" not in text
    named = any("的通知" in each for each in files.values())
    assert named
    assert (members()[0] in text) == (audience == "members")
    assert ("给某某的通知" in text) == (audience != "members")
    # Also a name that has marks inside, which a reader does not see.
    read = "".join("".join(Reader(each).text) for path, each in files.items() if path.endswith(".html"))
    assert (f"{members()[0]}主持" in read) == (audience == "members")
    assert ("某某主持" in read) == (audience != "members")


@pytest.mark.parametrize("audience", ["committee", "handlers"])
def test_the_committee_has_no_board(demo: Demo, tmp_path: Path, audience: str) -> None:
    said = en("-C", str(demo.path), "board", "--audience", audience, "-o", "b", cwd=tmp_path, code=2).err
    assert "A board is for readers outside the committee" in said
    assert "public, employees or members" in said
    assert not (tmp_path / "b").exists()
    for word in ("sealed", "everybody"):
        assert "employees" in en("board", "--audience", word, "-o", "b", cwd=demo.path, code=2).err


def test_the_demo_in_both_languages(demo: Demo, tmp_path: Path) -> None:
    results = spoken("-C", demo.path, "board", "-o", "b", "--force", cwd=tmp_path, code=0)
    assert {code: each.out for code, each in results.items()} == dict.fromkeys(results, "")
    assert "index.html" in results["zh"].err
    files = written(tmp_path / "b")
    assert {path.partition("/")[0] for path in files} == {"index.html", "zh", "en", MARK}
    assert {path[3:] for path in files if path.startswith("zh/")} == {
        path[3:] for path in files if path.startswith("en/")
    }
    assert files[MARK].split() == sorted(set(files) - {MARK})
    for path, text in files.items():
        if path != MARK:
            assert Reader(text).named("h1")


def test_the_same_bytes_from_a_commit_and_after_another_audience(demo: Demo, tmp_path: Path) -> None:
    for folder in ("a", "b"):
        board(demo.path, tmp_path / folder, "--rev", "main")
    assert written(tmp_path / "a") == written(tmp_path / "b")
    board(demo.path, tmp_path / "b", "--audience", "members", "--force")
    assert len(written(tmp_path / "b")) > len(written(tmp_path / "a"))
    board(demo.path, tmp_path / "b", "--rev", "main", "--force")
    assert written(tmp_path / "a") == written(tmp_path / "b")


def test_only_what_it_made_is_replaced_or_removed(demo: Demo, tmp_path: Path) -> None:
    folder = tmp_path / "公开 栏"
    board(demo.path, folder, "--audience", "members")
    (folder / "CNAME").write_text("x", encoding="utf-8")
    (folder / "zh" / "own.html").write_text("y", encoding="utf-8")
    assert "--force" in board(demo.path, folder, code=2)
    before = written(folder)
    board(demo.path, folder, "--audience", "public", "--force")
    after = written(folder)
    assert after["CNAME"] == "x"
    assert after["zh/own.html"] == "y"
    gone = before.keys() - after.keys()
    assert gone
    assert all("/item-" in path or "/class-" in path or "/year-" in path for path in gone)
    assert set(after[MARK].split()) == after.keys() - {MARK, "CNAME", "zh/own.html"}


def test_a_folder_of_others_is_left_alone(demo: Demo, tmp_path: Path) -> None:
    folder = tmp_path / "others"
    folder.mkdir()
    (folder / "index.html").write_text("others", encoding="utf-8")
    for words in ((), ("--force",)):
        assert "不是空" in board(demo.path, folder, *words, code=2) or "非空" in board(
            demo.path, folder, *words, code=2
        )
    assert written(folder) == {"index.html": "others"}
    (folder / MARK).write_text("", encoding="utf-8")
    assert "index.html" in board(demo.path, folder, "--force", code=2)
    assert written(folder) == {"index.html": "others", MARK: ""}


def test_a_list_that_somebody_changed_removes_nothing_else(demo: Demo, tmp_path: Path) -> None:
    folder = tmp_path / "b"
    board(demo.path, folder)
    kept = [tmp_path / "a.html", folder / "zh" / "a.txt", tmp_path / "elsewhere" / "a.html"]
    kept[2].parent.mkdir()
    for each in kept:
        each.write_text("x", encoding="utf-8")
    (folder / "linked").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    lines = (folder / MARK).read_text(encoding="utf-8")
    more = ("../a.html", "zh/a.txt", str(kept[0]), "linked/a.html", "zh/../../a.html", "zh\\..\\a.html", "\x00")
    (folder / MARK).write_text(lines + "\n".join(more), encoding="utf-8")
    board(demo.path, folder, "--force")
    assert all(each.read_text(encoding="utf-8") == "x" for each in kept)


def test_a_linked_folder_or_page_is_not_written_through(demo: Demo, tmp_path: Path) -> None:
    folder = tmp_path / "b"
    board(demo.path, folder)
    away = tmp_path / "away"
    away.mkdir()
    for each in (folder / "en").iterdir():
        each.unlink()
    (folder / "en").rmdir()
    (folder / "en").symlink_to(away, target_is_directory=True)
    board(demo.path, folder, "--force", code=2)
    assert names(away) == []
    (folder / "en").unlink()
    secret = tmp_path / "secret"
    secret.write_text("secret", encoding="utf-8")
    (folder / "index.html").unlink()
    (folder / "index.html").symlink_to(secret)
    board(demo.path, folder, "--force", code=2)
    assert secret.read_text(encoding="utf-8") == "secret"


def test_never_among_the_records(tmp_path: Path) -> None:
    repo = GitRepo(tmp_path / "r")
    repo.commit(base_files())
    (tmp_path / "way").symlink_to(repo.path / "meetings", target_is_directory=True)
    before = repo.git("status", "--porcelain")
    for place in ("disclosures/2026/board", "meetings", "Meetings/board", ".git/board", "members/../meetings/x", "."):
        board(repo.path, repo.path / place, code=2)
    board(repo.path, tmp_path / "way" / "board", code=2)
    assert repo.git("status", "--porcelain") == before
    assert not (repo.path / ".git" / "board").exists()
    board(repo.path, tmp_path / "board")
    assert repo.git("status", "--porcelain") == before


def test_a_file_where_a_folder_is_needed(demo: Demo, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    assert "不是文件夹" in board(demo.path, tmp_path / "file", "--force", code=2)
    board(demo.path, tmp_path / "file" / "b", code=3)
    assert written(tmp_path) == {"file": "x"}


def test_where_to_bring_an_opinion(demo: Demo, tmp_path: Path) -> None:
    board(demo.path, tmp_path / "b", "--contact", "办公楼一层意见箱 <b>&\u202e")
    for path, text in written(tmp_path / "b").items():
        if "/item-" in path or path.endswith("ask.html"):
            assert '<p class="contact" lang="zh-CN">办公楼一层意见箱 &lt;b&gt;&amp;\\u202e</p>' in text
