"""``dangwu fix``: what is safe to correct is shown as a diff, and written only when asked to."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.support.branches import GROUP_MEETING, base_file, base_repo, listing
from tests.support.run import Result, en, zh
from tests.support.terminal import talk

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.gitrepo import GitRepo

DAY = "2026-06-30"
MEMBER = "members/m009.yaml"
LETTER = "supervision/2026/letters/l001.yaml"
SLIP = (
    base_file(GROUP_MEETING).decode().replace("place: ", "place：").replace("date: 2026-03-12", "date: 2026年3月12日")
)
WINDOWS = SLIP.replace("\n", "\r\n").encode("gb18030")


@pytest.fixture
def repo(tmp_path: Path) -> GitRepo:
    return base_repo(tmp_path / "党 支部（一）")


def fix(repo: GitRepo, *words: str, code: int, lang: str = "en") -> Result:
    return (zh if lang == "zh" else en)("fix", *words, cwd=repo.path, as_of=DAY, code=code)


def findings(repo: GitRepo) -> str:
    return en("check", cwd=repo.path, as_of=DAY).out


def test_without_a_terminal_it_only_shows(repo: GitRepo) -> None:
    repo.write({GROUP_MEETING: SLIP})
    before = listing(repo.path)
    made = fix(repo, code=1)
    assert listing(repo.path) == before
    assert made.out.splitlines() == [
        GROUP_MEETING,
        "  line 4: 2026年3月12日 is written as 2026-03-12.  DW104",
        "  line 7: Signs typed full-width, or without their space: place: 三楼党员活动室  DW013",
        f"--- {GROUP_MEETING}",
        f"+++ {GROUP_MEETING}",
        "@@ -2,8 +2,8 @@",
        " schema: 1",
        " kind: group-meeting",
        "-date: 2026年3月12日",
        "+date: 2026-03-12",
        " time: 15:00-16:10",
        " group: g1",
        "-place：三楼党员活动室",
        "+place: 三楼党员活动室",
        " chair: m005",
        " recorder: m003",
    ]
    assert made.err.splitlines() == [
        "Nothing was written. To be corrected: places 2, files 1. Write them: dangwu fix --write"
    ]
    assert "可改正 2 处，涉及 1 个文件" in fix(repo, code=1, lang="zh").err


def test_the_diff_is_one_that_git_applies(repo: GitRepo) -> None:
    repo.write({GROUP_MEETING: SLIP})
    shown = fix(repo, code=1).out
    diff = shown[shown.index("---") :].replace("--- ", "--- a/").replace("+++ ", "+++ b/")
    subprocess.run(["git", "apply", "-"], cwd=repo.path, input=diff.encode(), check=True)
    assert (repo.path / GROUP_MEETING).read_bytes() == base_file(GROUP_MEETING)


def test_what_is_written_is_the_record_as_it_was(repo: GitRepo) -> None:
    repo.write({GROUP_MEETING: WINDOWS, MEMBER: b"\xef\xbb\xbf" + base_file(MEMBER)})
    made = fix(repo, "--write", code=0)
    assert "becomes UTF-8" in made.out
    assert made.err.splitlines()[0] == "Corrected: places 5, files 2. Then: dangwu save"
    assert repo.git("status", "--porcelain") == ""
    assert fix(repo, "--write", code=0).out == ""
    assert "可以放心改正的地方" in fix(repo, code=0, lang="zh").err


def test_names_become_ids_only_where_one_person_is_meant(repo: GitRepo) -> None:
    name = base_file("members/m005.yaml").decode().split("name: ")[1].split("\n")[0]
    slip = base_file(GROUP_MEETING).decode().replace("chair: m005", f"chair: {name}")
    repo.write({GROUP_MEETING: slip})
    assert f"{name} is written as the id m005." in fix(repo, code=1).out
    repo.write({"members/m030.yaml": base_file("members/m005.yaml").decode().replace("m005", "m030")})
    twice = fix(repo, code=0)
    assert f"{GROUP_MEETING}:8: {name}: several people have this name: m005, m030." in twice.out
    repo.write({"members/m030.yaml": "schema: 1\nkind: member\nid: m030\nname: [\n"})
    assert "members/m030.yaml cannot be read, and may be of the same name." in fix(repo, code=0).out
    (repo.path / "members/m030.yaml").unlink()
    fix(repo, "--write", code=0)
    assert repo.git("status", "--porcelain") == ""


def test_a_name_that_was_not_in_the_branch_then_is_left(repo: GitRepo) -> None:
    """Perhaps somebody else is meant, who is not on the list of members."""
    late = base_file(MEMBER).decode().replace("2025-09-18", "2026-04-01").replace("苏禾", "苏木")
    slip = base_file(GROUP_MEETING).decode().replace("m009]", "苏木]").replace("date: ", "date：")
    repo.write({MEMBER: late, GROUP_MEETING: slip})
    made = fix(repo, "--write", code=0)
    assert "苏木 is written as the id m009. Left, since then: 苏木 (m009) had not joined the branch" in made.out
    assert "苏木]" in (repo.path / GROUP_MEETING).read_text(encoding="utf-8")
    assert "date: 2026" in (repo.path / GROUP_MEETING).read_text(encoding="utf-8")


def test_a_name_that_stands_there_as_an_id_already_is_left(repo: GitRepo) -> None:
    slip = base_file(GROUP_MEETING).decode().replace("m009]", "m009, 苏禾]")
    repo.write({GROUP_MEETING: slip})
    made = fix(repo, "--write", code=0)
    assert "苏禾 is written as the id m009. Left, since then:" in made.out
    assert (repo.path / GROUP_MEETING).read_text(encoding="utf-8") == slip


def test_the_branch_itself_is_corrected(repo: GitRepo) -> None:
    text = base_file("branch.yaml").decode()
    slip = text.replace("founded: 2024-03-01", "founded：２０２４年３月１日").replace("member: m005", "member: 何䶮")
    repo.write({"branch.yaml": slip.replace("\n", "\r\n").encode("utf-16")})
    fix(repo, "--write", code=0)
    assert (repo.path / "branch.yaml").read_bytes() == text.encode()


def test_only_what_is_named_is_corrected(repo: GitRepo) -> None:
    repo.write({GROUP_MEETING: WINDOWS, MEMBER: b"\xef\xbb\xbf" + base_file(MEMBER)})
    fix(repo, "--write", "members", code=0)
    assert (repo.path / MEMBER).read_bytes() == base_file(MEMBER)
    assert (repo.path / GROUP_MEETING).read_bytes() == WINDOWS
    assert "There is no file" in fix(repo, "membres", code=2).err


def test_what_is_not_safe_is_left_and_named(repo: GitRepo) -> None:
    marked = base_file(MEMBER).decode().replace("name: ", "<<<<<<< a\nname：甲\n=======\nname：乙\n>>>>>>> b\nname：")
    unclear = base_file("members/m008.yaml").decode().replace("joined_on: 2", "joined_on: 03/04/202")
    repo.write({MEMBER: marked, "members/m001.yaml": b"version https://git-lfs.github.com/spec/v1\n"})
    repo.write({"members/m008.yaml": unclear, GROUP_MEETING: SLIP})
    (repo.path / GROUP_MEETING).chmod(0o444)
    (repo.path / "members/m002.yaml").unlink()
    (repo.path / "members/m002.yaml").symlink_to("m003.yaml")
    before = listing(repo.path)
    made = fix(repo, "--write", code=0)
    assert listing(repo.path) == before
    left = [line.strip() for line in made.out.splitlines()]
    assert left[0] == "Left for a person:"
    assert f"{GROUP_MEETING}: Marked as read-only." in left
    assert "members/m001.yaml: No plain file with the record in it." in left
    assert "members/m002.yaml: No plain file with the record in it." in left
    assert f"{MEMBER}: A merge is not finished here: choose what is true first." in left
    (repo.path / GROUP_MEETING).chmod(0o644)


def test_a_file_of_an_unfinished_merge_is_left(repo: GitRepo) -> None:
    text = base_file(MEMBER).decode()
    repo.git("checkout", "-q", "-b", "other")
    repo.commit({MEMBER: text.replace("苏禾", "苏木")})
    repo.git("checkout", "-q", "main")
    repo.commit({MEMBER: text.replace("苏禾", "苏林")})
    repo.git("merge", "other", code=1)
    repo.write({MEMBER: text.replace("name: ", "name：")})
    assert "A merge is not finished here" in fix(repo, "--write", code=0).out
    assert "name：" in (repo.path / MEMBER).read_text(encoding="utf-8")


def test_confidential_lines_are_shown_to_handlers_only(repo: GitRepo) -> None:
    letter = (
        "schema: 1\nkind: letter\nid: l001\nreceived_on: 2026/6/22\n"
        "channel: letter\nsummary: 葛云栖来信\nhandler: m004\n"
    )
    repo.write({LETTER: letter})
    hidden = fix(repo, "--write", code=0)
    assert "Confidential" in hidden.out
    assert "葛云栖" not in hidden.both
    assert (repo.path / LETTER).read_text(encoding="utf-8") == letter
    fix(repo, "--write", "--audience", "handlers", code=0)
    assert (repo.path / LETTER).read_text(encoding="utf-8") == letter.replace("2026/6/22", "2026-06-22")


def test_json_holds_the_text_afterwards(repo: GitRepo) -> None:
    repo.write({GROUP_MEETING: WINDOWS})
    made = fix(repo, "--format", "json", code=1).json()
    assert (made["schema"], made["written"], made["left"]) == ("dangwu/fix/1", False, [])
    (file,) = made["files"]
    assert file["path"] == GROUP_MEETING
    assert file["after"].encode() == base_file(GROUP_MEETING)
    assert [each["code"] for each in file["corrections"]] == ["DW003", "DW004", "DW104", "DW013"]
    assert fix(repo, "--format", "json", "--write", code=0).json()["written"] is True
    assert (repo.path / GROUP_MEETING).read_bytes() == base_file(GROUP_MEETING)


def test_check_says_what_can_be_corrected(repo: GitRepo) -> None:
    assert "dangwu fix" not in en("check", cwd=repo.path, as_of=DAY).both
    repo.write({GROUP_MEETING: WINDOWS, "members/m031.yaml": "schema: 1\nkind: member\nid: m031\nname: [\n"})
    said = en("check", cwd=repo.path, as_of=DAY, code=1).err
    assert "Places that dangwu fix can correct: 4; it shows them first." in said
    repo.git("add", "-A")
    assert "dangwu fix" not in en("check", "--staged", cwd=repo.path, as_of=DAY, code=1).both


def test_findings_that_could_not_be_seen_are_counted(repo: GitRepo) -> None:
    repo.write({GROUP_MEETING: SLIP.replace(", m009]", "]")})
    made = fix(repo, "--write", code=0)
    assert "Findings that show only once the files can be read: 1" in made.err
    assert "DW301" in findings(repo)


def test_on_a_terminal_it_asks_first(repo: GitRepo) -> None:
    repo.write({GROUP_MEETING: SLIP})
    before = listing(repo.path)
    code, screen = talk("fix", cwd=repo.path, answers=[""], as_of=DAY)
    assert code == 1
    assert listing(repo.path) == before
    assert "-place：三楼党员活动室" in screen
    code, screen = talk("fix", cwd=repo.path, answers=["是"], as_of=DAY)
    assert code == 0
    assert "已改正 2 处" in screen
    assert repo.git("status", "--porcelain") == ""


def test_on_a_terminal_the_diff_is_coloured(repo: GitRepo) -> None:
    repo.write({GROUP_MEETING: SLIP})
    made = en("--color", "always", "fix", cwd=repo.path, as_of=DAY, code=1)
    assert "\x1b[1;31m-place：三楼党员活动室\x1b[0m" in made.out
    assert "\x1b[32m+place: 三楼党员活动室\x1b[0m" in made.out


def test_a_folder_without_git_is_corrected_too(tmp_path: Path, repo: GitRepo) -> None:
    plain = tmp_path / "没有 git"
    repo.write({GROUP_MEETING: WINDOWS})
    subprocess.run(["cp", "-r", repo.path, plain], check=True)
    subprocess.run(["rm", "-rf", plain / ".git"], check=True)
    en("fix", "--write", cwd=plain, as_of=DAY, code=0)
    assert (plain / GROUP_MEETING).read_bytes() == base_file(GROUP_MEETING)


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="for the owner of everything no folder is closed"
)
def test_where_nothing_can_be_written_everything_stays(repo: GitRepo) -> None:
    repo.write({GROUP_MEETING: WINDOWS, MEMBER: b"\xef\xbb\xbf" + base_file(MEMBER)})
    (repo.path / "members").chmod(0o555)
    try:
        fix(repo, "--write", code=3)
    finally:
        (repo.path / "members").chmod(0o755)
    assert (repo.path / GROUP_MEETING).read_bytes() == WINDOWS
