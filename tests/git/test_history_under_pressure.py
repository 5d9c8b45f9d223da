"""When git first had each record, also where a repository tries to tell it otherwise."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from typing import TYPE_CHECKING

import pytest

from dangwu.errors import CannotRunError
from dangwu.git.repository import find_record_root, require_repository
from dangwu.workspace.history import find_recorded_days
from tests.support.gitrepo import GitRepo

if TYPE_CHECKING:
    from pathlib import Path

MARCH, APRIL, MAY = date(2026, 3, 12), date(2026, 4, 1), date(2026, 5, 6)
AT = {MARCH: "2026-03-12T09:00:00+08:00", APRIL: "2026-04-01T00:30:00+08:00", MAY: "2026-05-06T12:00:00+08:00"}


@pytest.fixture
def repo(tmp_path: Path) -> GitRepo:
    made = GitRepo(tmp_path / "张 三 & (1)")
    made.commit({"branch.yaml": "", "meetings/会 “一”.md": "1"}, when=AT[MARCH])
    made.commit({"meetings/会 “一”.md": "2", "members/䶮.yaml": "name: 䶮\n"}, when=AT[APRIL])
    return made


def days(path: Path, rev: str = "HEAD") -> dict[str, date]:
    return dict(find_recorded_days(require_repository(find_record_root(path)), rev))


def test_the_first_commit_that_carries_a_file_counts(repo: GitRepo) -> None:
    # 00:30 in Beijing is still the day before in UTC.
    assert days(repo.path) == {"branch.yaml": MARCH, "meetings/会 “一”.md": MARCH, "members/䶮.yaml": APRIL}
    assert days(repo.path, "HEAD~1") == {"branch.yaml": MARCH, "meetings/会 “一”.md": MARCH}


@pytest.mark.parametrize("zone", ["America/Los_Angeles", "Pacific/Kiritimati"])
def test_the_day_is_that_of_beijing_wherever_the_reader_is(
    repo: GitRepo, zone: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", zone)
    assert days(repo.path)["members/䶮.yaml"] == APRIL


def test_a_file_made_again_counts_from_the_first_time(repo: GitRepo) -> None:
    (repo.path / "members/䶮.yaml").unlink()
    repo.commit(when=AT[MAY])
    repo.commit({"members/䶮.yaml": "again"}, when=AT[MAY])
    assert days(repo.path)["members/䶮.yaml"] == APRIL


def test_a_renamed_file_counts_from_its_first_name(repo: GitRepo) -> None:
    repo.git("mv", "members/䶮.yaml", "members/m001.yaml")
    repo.commit(when=AT[MAY])
    assert days(repo.path)["members/m001.yaml"] == APRIL


def test_paths_are_those_below_the_record_root(repo: GitRepo) -> None:
    below = "分 支/记录"
    repo.commit({f"{below}/branch.yaml": "", f"{below}/a.md": "", f"{below}2/b.md": ""}, when=AT[MAY])
    assert days(repo.path / below) == {"branch.yaml": MAY, "a.md": MAY}


@pytest.mark.parametrize("below", ["", "sub"])
def test_a_branch_that_a_merge_did_not_take_over_still_counts(tmp_path: Path, below: str) -> None:
    made = GitRepo(tmp_path)
    made.commit({f"{below}/branch.yaml".strip("/"): ""}, when=AT[MARCH])
    made.git("checkout", "-q", "-b", "early")
    made.commit({f"{below}/a.md".strip("/"): "early"}, when=AT[APRIL])
    made.git("checkout", "-q", "main")
    made.commit({f"{below}/other.md".strip("/"): ""}, when=AT[MAY])
    made.git("merge", "-q", "-s", "ours", "-m", "merge", "early", when=AT[MAY])
    assert days(tmp_path / below)["a.md"] == APRIL


def test_a_file_that_only_a_merge_brings_is_not_lost(repo: GitRepo) -> None:
    repo.git("checkout", "-q", "-b", "side", "HEAD~1")
    repo.commit({"side.md": ""}, when=AT[APRIL])
    repo.git("checkout", "-q", "main")
    repo.git("merge", "-q", "--no-commit", "side", when=AT[MAY])
    repo.commit({"of the merge.md": ""}, when=AT[MAY])
    assert len(repo.git("rev-list", "--parents", "-1", "HEAD").split()) == 3
    found = days(repo.path)
    assert (found["of the merge.md"], found["side.md"], found["branch.yaml"]) == (MAY, APRIL, MARCH)


def test_a_back_dated_tip_hides_nothing(repo: GitRepo) -> None:
    repo.commit({"late.md": ""}, when="2001-01-01T00:00:00+08:00")
    assert days(repo.path) == {
        "branch.yaml": MARCH,
        "meetings/会 “一”.md": MARCH,
        "members/䶮.yaml": APRIL,
        "late.md": date(2001, 1, 1),
    }


SETTINGS = {
    "log.showRoot": "false",
    "log.follow": "true",
    "log.diffMerges": "off",
    "log.date": "relative",
    "log.decorate": "full",
    "diff.relative": "true",
    "diff.renames": "copies",
    "diff.orderFile": "nowhere",
    "diff.noprefix": "true",
    "color.ui": "always",
    "format.pretty": "oneline",
    "core.quotePath": "true",
    "core.abbrev": "4",
}


@pytest.mark.parametrize("below", ["", "sub/"])
def test_no_setting_changes_the_answer(tmp_path: Path, below: str) -> None:
    made = GitRepo(tmp_path)
    made.commit({f"{below}branch.yaml": "", f"{below}会.md": "", "beside.md": ""}, when=AT[MARCH])
    before = days(tmp_path / below)
    assert before["会.md"] == MARCH
    for name, value in SETTINGS.items():
        made.git("config", name, value)
    assert days(tmp_path / below) == before


def test_grafts_and_replacements_are_not_believed(repo: GitRepo) -> None:
    before = days(repo.path)
    tip, first = repo.git("rev-list", "HEAD").split()
    (repo.path / ".git/info").mkdir(exist_ok=True)
    (repo.path / ".git/info/grafts").write_text(f"{tip}\n", encoding="utf-8")
    later = repo.git("commit-tree", f"{first}^{{tree}}", data=b"x", when=AT[MAY])
    repo.git("replace", first, later)
    assert days(repo.path) == before


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_a_pipe_in_place_of_the_mailmap_does_not_hang(repo: GitRepo) -> None:
    os.mkfifo(repo.path / ".mailmap")
    code = "import sys,pathlib; from dangwu.git import repository as r; "
    code += "from dangwu.workspace.history import find_recorded_days as days;"
    code += "print(len(days(r.require_repository(r.find_record_root(pathlib.Path(sys.argv[1]))))))"
    done = subprocess.run(
        [sys.executable, "-c", code, str(repo.path)],
        capture_output=True,
        timeout=60,
        check=True,
    )
    assert done.stdout.split() == [b"3"]


def made(repo: GitRepo, entries: str) -> str:
    return repo.git("mktree", "-z", data=entries.encode("utf-8", "surrogateescape"))


@pytest.mark.parametrize(
    "name", ["\x01tail.md", "//123", "//", "\n.md", " .md", "-x.md", '"a".md', "a\\b.md", "\udcff.md"]
)
def test_no_name_of_a_file_breaks_the_reading(repo: GitRepo, name: str) -> None:
    blob = repo.git("hash-object", "-w", "--stdin", data=b"x")
    if "/" in name:
        # Only a name with slashes could pass for the line of a commit, and only a forged tree holds one.
        raw = b"100644 " + name.encode() + b"\0" + bytes.fromhex(blob)
        tree = repo.git("hash-object", "-t", "tree", "-w", "--literally", "--stdin", data=raw)
        commit = repo.git("commit-tree", tree, data=b"by hand", when=AT[MAY])
    else:
        commit = repo.git("commit-tree", made(repo, f"100644 blob {blob}\t{name}\0"), data=b"by hand", when=AT[MAY])
    assert days(repo.path, commit) == ({} if "/" in name else {name: MAY})


@pytest.mark.parametrize(
    ("time", "day"),
    [("0", date(1970, 1, 1)), ("99999999999999", date(9999, 1, 1)), ("soon", None)],
)
def test_no_time_of_a_commit_breaks_the_reading(repo: GitRepo, time: str, day: date | None) -> None:
    tree = repo.git("rev-parse", "HEAD^{tree}")
    text = f"tree {tree}\nauthor a <a@example.invalid> 1 +0800\ncommitter a <a@example.invalid> {time} +0800\n\nx\n"
    commit = repo.git("hash-object", "-t", "commit", "-w", "--literally", "--stdin", data=text.encode())
    assert days(repo.path, commit).get("branch.yaml") == day


def test_without_the_whole_history_nothing_is_said(repo: GitRepo, tmp_path: Path) -> None:
    repo.git("clone", "-q", "--depth=1", f"file://{repo.path}", str(tmp_path / "shallow"))
    location = find_record_root(tmp_path / "shallow")
    assert require_repository(location).shallow
    with pytest.raises(CannotRunError):
        find_recorded_days(require_repository(location))
    GitRepo(tmp_path / "unborn")
    assert days(tmp_path / "unborn") == {}


def test_a_bare_repository_has_a_history(repo: GitRepo, tmp_path: Path) -> None:
    repo.git("clone", "-q", "--bare", str(repo.path), str(tmp_path / "bare.git"))
    assert days(tmp_path / "bare.git") == days(repo.path)


def test_all_of_it_takes_three_processes(repo: GitRepo, monkeypatch: pytest.MonkeyPatch) -> None:
    repository = require_repository(find_record_root(repo.path))
    started: list[object] = []
    real = subprocess.Popen.__init__

    def counting(self: subprocess.Popen[bytes], words: list[str], **options: object) -> None:
        started.append(words)
        real(self, words, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(subprocess.Popen, "__init__", counting)
    assert len(find_recorded_days(repository)) == 3
    assert len(started) == 3
