"""The committee's file of anchors: added to by dangwu, and read as shells and editors of Windows save it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.branches import base_files
from tests.support.gitrepo import GitRepo
from tests.support.people import commit
from tests.support.run import en, is_chinese, zh

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

NAME = "青禾精工党支部"
OTHER = f"dangwu-anchor/1 2026-03-01 {'a' * 40} {'b' * 40} 7 别的党支部"


@pytest.fixture
def repo(tmp_path: Path) -> GitRepo:
    repo = GitRepo(tmp_path / "支部 记录")
    commit(repo, "2026-03-13", base_files())
    return repo


def anchor(repo: GitRepo, *words: str | Path, day: str = "2026-03-20", code: int = 0) -> Any:
    return en("audit", "anchor", *words, cwd=repo.path, as_of=day, code=code)


def told(repo: GitRepo, kept: Path, code: int | tuple[int, ...] = (0, 1)) -> Any:
    said = en("audit", "--since-anchor", kept, "--format", "json", cwd=repo.path, as_of="2026-06-30", code=code)
    return said.json()


def codes(document: Any) -> set[str]:
    return {each["code"] for each in document["findings"]} & {"DW973", "DW988"}


def test_a_line_is_added_again_and_again(repo: GitRepo, tmp_path: Path) -> None:
    kept = tmp_path / "党委 存证.txt"
    printed = anchor(repo).out
    said = anchor(repo, "--append", kept)
    assert not said.out
    assert kept.name in said.err
    assert kept.read_text(encoding="utf-8") == printed
    assert NAME in printed
    # The same line is not there twice.
    assert "already" in anchor(repo, "--append", kept).err
    assert kept.read_text(encoding="utf-8") == printed
    commit(repo, "2026-04-13", {"a.txt": "x"})
    zh("audit", "anchor", "--append", kept, cwd=repo.path, as_of="2026-04-20", code=0)
    first, second = kept.read_text(encoding="utf-8").splitlines()
    assert first == printed.rstrip("\n")
    assert second.startswith("dangwu-anchor/1 2026-04-20 ")
    document = told(repo, kept, 0)
    assert codes(document) == set()
    assert [mark["kind"] for mark in document["marks"]] == ["anchor", "anchor"]


ENCODED: dict[str, Callable[[str], bytes]] = {
    "UTF-8": str.encode,
    "byte order mark": lambda text: text.encode("utf-8-sig"),
    "UTF-16 of PowerShell": lambda text: b"\xff\xfe" + text.encode("utf-16-le"),
    "UTF-16, high byte first": lambda text: b"\xfe\xff" + text.encode("utf-16-be"),
    "GBK": lambda text: text.encode("gbk"),
}


@pytest.mark.parametrize("end", ["\n", "\r\n", ""], ids=["line feed", "Windows", "no end"])
@pytest.mark.parametrize("save", ENCODED.values(), ids=ENCODED)
def test_what_is_there_stays_as_it_was_saved(
    repo: GitRepo, tmp_path: Path, save: Callable[[str], bytes], end: str
) -> None:
    kept = tmp_path / "anchors"
    before = save(f"# 党委保存{end or chr(10)}{OTHER}{end}")
    kept.write_bytes(before)
    kept.chmod(0o640)
    anchor(repo, "--append", kept)
    after = kept.read_bytes()
    assert after.startswith(before)
    added = after.removeprefix(before)
    line = anchor(repo).out.rstrip("\n")
    joint, closing = ("", end) if end else ("\n", "\n")
    mark = len(save(""))
    assert added == save(f"{joint}{line}{closing}")[mark:]
    assert os.name == "nt" or kept.stat().st_mode & 0o777 == 0o640
    commit(repo, "2026-04-13", {"a.txt": "x"})
    anchor(repo, "--append", kept, day="2026-04-20")
    assert kept.read_bytes().startswith(after)
    said = en("audit", "--since-anchor", kept, cwd=repo.path, as_of="2026-06-30", code=0)
    assert "passed over: 1 (别的党支部)" in said.err
    assert said.out.count(NAME) >= 2


def test_the_places_and_files_that_are_refused(repo: GitRepo, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(repo.path, target_is_directory=True)
    nested = repo.path / "kept" / "anchors.txt"
    for place in (repo.path / "anchors.txt", nested, repo.path / ".git" / "a", tmp_path / "link" / "a"):
        said = zh("audit", "anchor", "--append", place, cwd=repo.path, as_of="2026-03-20", code=2)
        assert is_chinese(said.err)
        assert not place.exists()
    # A path counts from where the command runs.
    anchor(repo, "--append", "anchors.txt", code=2)
    other = tmp_path / "report.md"
    for raw in (b"# \xe6\x8a\xa5\xe5\x91\x8a\n\ntext\n", b"\xff\xfe\x00", bytes(range(256)), b"dangwu-anchor/1 2026\n"):
        other.write_bytes(raw)
        assert "no file of anchors" in anchor(repo, "--append", other, code=2).err
        assert other.read_bytes() == raw
    anchor(repo, "--append", tmp_path, code=3)


def test_an_empty_file_is_begun(repo: GitRepo, tmp_path: Path) -> None:
    kept = tmp_path / "anchors"
    for raw in (b"", b"\n", b"# \n"):
        kept.write_bytes(raw)
        anchor(repo, "--append", kept)
        assert kept.read_text(encoding="utf-8") == raw.decode() + anchor(repo).out


def test_a_file_to_which_shells_added_in_turn(repo: GitRepo, tmp_path: Path) -> None:
    """PowerShell adds UTF-16 to whatever is there; a console in GBK puts other characters for the name."""
    first = anchor(repo).out
    commit(repo, "2026-04-13", {"a.txt": "x"})
    second = anchor(repo, day="2026-04-20").out
    commit(repo, "2026-05-13", {"a.txt": "y"})
    third = anchor(repo, day="2026-05-20").out
    kept = tmp_path / "anchors"
    garbled = third.encode().decode("gb18030", "replace").encode()
    for begun in (first.encode(), b"\xff\xfe" + first.encode("utf-16-le")):
        kept.write_bytes(begun + second.replace("\n", "\r\n").encode("utf-16-le") + garbled)
        document = told(repo, kept, 0)
        assert codes(document) == set()
        assert [mark["day"] for mark in document["marks"]] == ["2026-03-20", "2026-04-20", "2026-05-20"]


@pytest.mark.parametrize("page", ["gb18030", "cp437", "cp1252"])
def test_a_garbled_line_is_no_other_branchs(repo: GitRepo, tmp_path: Path, page: str) -> None:
    """The commit is lost: only the name says whose line it is."""
    line = anchor(repo).out.encode().decode(page, "replace")
    repo.git("commit", "-q", "--amend", "-m", "又", "--date", "2026-03-14T09:00:00+08:00")
    kept = tmp_path / "anchors"
    kept.write_bytes(line.encode())
    assert codes(told(repo, kept, 1)) == {"DW973"}


def test_a_branch_without_a_readable_name(repo: GitRepo, tmp_path: Path) -> None:
    commit(repo, "2026-04-13", {"branch.yaml": "schema: 1\nkind: branch\n"})
    kept = tmp_path / "anchors"
    anchor(repo, "--append", kept, day="2026-04-20")
    anchor(repo, "--append", kept, day="2026-04-21")
    document = told(repo, kept)
    assert codes(document) == set()
    assert len(document["marks"]) == 2


def test_two_anchors_of_one_lost_commit_say_their_own_days(repo: GitRepo, tmp_path: Path) -> None:
    kept = tmp_path / "anchors"
    anchor(repo, "--append", kept)
    anchor(repo, "--append", kept, day="2026-03-27")
    repo.git("commit", "-q", "--amend", "-m", "又")
    said = [each["message"] for each in told(repo, kept, 1)["findings"] if each["code"] == "DW973"]
    assert [day for day in ("2026-03-20", "2026-03-27") if any(day in message for message in said)] == [
        "2026-03-20",
        "2026-03-27",
    ]
