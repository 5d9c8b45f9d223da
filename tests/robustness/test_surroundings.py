"""Repositories as people have them: names, links, words that look like options, odd places, zones and gits."""

from __future__ import annotations

import os
import re
import shutil
import sys
from typing import TYPE_CHECKING

import pytest

from tests.support.branches import GROUP_MEETING, base_files, base_repo
from tests.support.gitrepo import GitRepo, script
from tests.support.run import en, is_chinese, run, spoken, zh

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from tests.support.run import Result

AS_OF = "2026-06-30"
POSIX = pytest.mark.skipif(os.name == "nt", reason="names and links that Windows does not make")


def _findings(result: Result, path: str | None = None) -> set[tuple[str, str, int]]:
    return {
        (each["code"], each["path"], each["line"])
        for each in result.json()["findings"]
        if path is None or each["path"] == path
    }


# Row 10


CLASHES = (
    ("members/caf\u00e9.yaml", "members/cafe\u0301.yaml"),
    ("members/A.yaml", "members/a.yaml"),
    ("members/ß.yaml", "members/SS.yaml"),
    ("members/con.yaml",),
    ("members/Nul.md",),
    ("members/com1.yaml",),
    ("members/x.yaml:s.yaml",),
    ("members/a\\b.yaml",),
    ("members/a?.yaml",),
    ("members/a|b<c>.yaml",),
    ("members/a\nb.yaml",),
    ("members/ende /x.yaml",),
    ("members/ende./x.yaml",),
)


def test_row_10_names_that_do_not_work_everywhere(tmp_path: Path) -> None:
    repo = base_repo(tmp_path / "r")
    blob = repo.git("hash-object", "-w", "--stdin", data=b"schema: 1\n")
    lines = [f"100644 blob {blob}\t{path}" for paths in CLASHES for path in paths]
    repo.git("update-index", "--add", "-z", "--index-info", data="".join(f"{each}\0" for each in lines).encode())
    commit = repo.git("commit-tree", repo.git("write-tree"), "-m", "names")
    said = spoken("check", "--rev", commit, "--format", "json", cwd=repo.path, as_of=AS_OF, code=1)
    assert _findings(said["zh"]) == _findings(said["en"])
    clashing = {path for code, path, _line in _findings(said["en"]) if code == "DW205"}
    assert not [paths for paths in CLASHES if not clashing & set(paths)]
    text = en("check", "--rev", commit, cwd=repo.path, as_of=AS_OF, code=1)
    assert not [line for line in text.out.splitlines() if line.startswith("b.yaml")], (
        "a line end in a name breaks a line"
    )


# Row 12


@POSIX
def test_row_12_links_are_never_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.yaml"
    secret.write_text("schema: 1\nkind: member\nid: geheim\nname: 机密\n", encoding="utf-8")
    repo = base_repo(tmp_path / "r")
    members = repo.path / "members"
    (members / "link.yaml").symlink_to(secret)
    (members / "passwd.yaml").symlink_to("/etc/passwd")
    (members / "loop.yaml").symlink_to("loop.yaml")
    (members / "into").symlink_to(tmp_path, target_is_directory=True)
    os.mkfifo(members / "pipe.yaml")
    (repo.path / "plans").symlink_to(tmp_path, target_is_directory=True)
    (repo.path / "rules").symlink_to(tmp_path, target_is_directory=True)
    wanted = {("DW001", f"members/{name}.yaml", 1) for name in ("link", "passwd", "loop")}
    for lang, result in spoken("check", "--format", "json", cwd=repo.path, as_of=AS_OF, code=1).items():
        assert wanted | {("DW001", "members/pipe.yaml", 1)} <= _findings(result), lang
        assert "机密" not in result.both
        assert "geheim" not in result.both
        assert "root:" not in result.both
    (members / "pipe.yaml").unlink()
    other = GitRepo(tmp_path / "other").commit({"x.yaml": "name: 机密\n"})
    repo.git("update-index", "--add", "--cacheinfo", f"160000,{other},members/sub.yaml")
    repo.git("add", "members/link.yaml", "members/passwd.yaml", "members/loop.yaml")
    staged = en("check", "--staged", "--format", "json", cwd=repo.path, as_of=AS_OF, code=1)
    assert wanted | {("DW001", "members/sub.yaml", 1)} <= _findings(staged)
    for command in ("due", "report"):
        assert "机密" not in en(command, "--format", "json", cwd=repo.path, as_of=AS_OF, code=0).both


@POSIX
def test_row_12_an_executable_record_is_a_record(tmp_path: Path) -> None:
    repo = base_repo(tmp_path / "r")
    (repo.path / "branch.yaml").chmod(0o755)
    repo.commit()
    en("check", "--rev", "HEAD", cwd=repo.path, as_of=AS_OF, code=0)


# Row 13


@pytest.mark.parametrize(
    "id_", ["..", "../../x", "/etc/x", "C:\\x", "\\\\host\\x", "%2e%2e", "a" * 65, "甲", "ｍ1", ""]
)
def test_row_13_no_id_leads_out_of_the_repository(clean: Path, id_: str) -> None:
    for words in (
        ("member", "--name", "甲", f"--id={id_}", "--dry-run"),
        ("waiver", "--duty", "3.1/2026-06/g1", f"--slug={id_}" if id_ else "--slug=.", "--dry-run"),
    ):
        said = run("--lang", "en", "new", *words, cwd=clean, as_of=AS_OF)
        if not id_ and words[0] == "member":
            assert said.code == 0, "an empty id is none; the next free one is taken"
            assert "id: m010" in said.out
        else:
            assert said.code == 2, said
            assert "--id" in said.err or "--slug" in said.err
    said = run("--lang", "en", "new", "group-meeting", f"--group={id_ or '..'}", "--time", "15:00-16:00", cwd=clean,
               as_of=AS_OF, code=2)  # fmt: skip
    assert "no group" in said.err


# Row 14


WORDS = ("--output=x", "-x", "--upload-pack=touch x", "@{u}", "a..b", "main\nHEAD", "main:branch.yaml", "HEAD^{tree}",
         "", " ", "\x1b[31m", "a" * 5000, "^main", "main^@", "不存在", "HEAD~99", ":/x", "--")  # fmt: skip


@pytest.mark.parametrize("rev", WORDS)
def test_row_14_no_revision_is_an_option(clean: Path, rev: str) -> None:
    before = sorted(clean.iterdir())
    said = en("check", f"--rev={rev}", cwd=clean, as_of=AS_OF, code=2)
    assert "No such commit" in said.err
    assert "\x1b" not in said.err
    assert sorted(clean.iterdir()) == before


@pytest.mark.parametrize(
    "range_", ["--output=x..HEAD", "HEAD..--output=x", "HEAD", "..--all", "a..b..c", "@{u}...HEAD"]
)
def test_row_14_no_range_is_an_option(clean: Path, range_: str) -> None:
    before = sorted(clean.iterdir())
    en("check", f"--range={range_}", cwd=clean, as_of=AS_OF, code=2)
    assert sorted(clean.iterdir()) == before


def test_row_14_a_branch_with_the_name_of_an_option_is_a_branch(tmp_path: Path) -> None:
    repo = base_repo(tmp_path / "r")
    head = repo.git("rev-parse", "HEAD")
    repo.git("update-ref", "refs/heads/--output=x", head)
    for command in ("check", "due", "report"):
        said = en(command, "--rev=--output=x", "--format", "json", cwd=repo.path, as_of=AS_OF, code=0)
        assert said.json()["revision"] == head
    assert not (repo.path / "x").exists()


@pytest.mark.parametrize("path", ["--output=x", "-x", ":(glob)**", "members/*", "不存在", "a\nb"])
def test_row_14_no_path_is_an_option(clean: Path, path: str) -> None:
    said = en("check", "--format", "json", "--", path, cwd=clean, as_of=AS_OF, code=2)
    assert "There is no file or folder" in said.err


# Row 18


HOSTILE = (
    ("[bold red]赤[/bold red]", "[bold red]赤[/bold red]"),
    ("[/]", "[/]"),
    ("[link=https://evil.example]点[/link]", "[link=https://evil.example]点[/link]"),
    (":skull: :warning:", ":skull: :warning:"),
    ("\\\\e[31m赤", "[31m赤"),
    ("\\e[31m赤\\e[0m", "[31m赤"),
    ("\\e]8;;https://evil.example\\a点\\e]8;;\\a", "https://evil.example"),
    ("\\x9b31m赤", "31m赤"),
    ("\\u202e赤\\u2066", "赤"),
    ("{name} {0} %s %(x)s", "{name} {0} %s %(x)s"),
    ("赤\\r覆", "赤"),
    ("\\0赤", "赤"),
)


def test_row_18_text_is_text(tmp_path: Path) -> None:
    """Escapes inside quotation marks get past every look at the file's own characters."""
    repo = base_repo(tmp_path / "r")
    branch = base_files()["branch.yaml"]
    assert isinstance(branch, bytes)
    words = " ".join(each for each, _ in HOSTILE)
    name = "{zh: 青禾精工党支部, en: Qinghe Precision Works Party Branch}".encode()
    assert name in branch
    repo.write({"branch.yaml": branch.replace(name, f'"{words}"'.encode())})
    repo.write({f"members/h{n}.yaml": f'"x{text}": 1\nkind: member\n' for n, (text, _) in enumerate(HOSTILE)})
    for lang in ("zh", "en"):
        for color in ("never", "auto"):
            said = run("--lang", lang, "--color", color, "check", cwd=repo.path, as_of=AS_OF, code=1)
            assert not _raw(said.both)
            for _text, visible in HOSTILE:
                assert visible in said.out
        due = run("--lang", lang, "due", cwd=repo.path, as_of=AS_OF, code=0)
        assert not _raw(due.both)
        assert "[bold red]" in due.out
    colored = en("--color", "always", "check", cwd=repo.path, as_of=AS_OF, code=1).out
    assert "\x1b]" not in colored, "no hyperlinks"
    for form in ("json", "github", "gitlab", "sarif", "junit"):
        assert not _raw(en("check", "--format", form, cwd=repo.path, as_of=AS_OF, code=1).both), form


def _raw(text: str) -> set[str]:
    return set(text) & {chr(code) for code in (*range(9), *range(11, 32), *range(0x7F, 0xA0), 0x202E, 0x2066)}


@POSIX
def test_row_19_a_file_name_that_is_no_text(tmp_path: Path) -> None:
    repo = base_repo(tmp_path / "r")
    with open(os.fsencode(repo.path / "members") + b"/\xff\xe6.yaml", "wb") as stream:  # noqa: PTH123
        stream.write(b"schema: 1\nkind: member\n")
    for form in ("text", "json", "github", "gitlab", "sarif", "junit"):
        assert en("check", "--format", form, cwd=repo.path, as_of=AS_OF, code=1).out
    repo.git("add", "-A")
    for words in (("check", "--staged"), ("due",), ("report",)):
        en(*words, cwd=repo.path, as_of=AS_OF, code=(0, 1))


# Row 29


def test_row_29_the_index_is_judged_and_nothing_else(tmp_path: Path) -> None:
    repo = base_repo(tmp_path / "r")
    path = repo.path / GROUP_MEETING
    good = path.read_bytes()
    bad = good.replace(b"absent: []", b"absent: none")
    path.write_bytes(bad)
    en("check", "--staged", cwd=repo.path, as_of=AS_OF, code=0)
    en("check", cwd=repo.path, as_of=AS_OF, code=1)
    repo.git("add", "-A")
    path.write_bytes(good)
    staged = en("check", "--staged", "--format", "json", cwd=repo.path, as_of=AS_OF, code=1)
    assert staged.json()["revision"] == "index"
    assert ("DW104", GROUP_MEETING, 12) in _findings(staged)
    en("check", cwd=repo.path, as_of=AS_OF, code=0)
    repo.git("add", "-A")
    (repo.path / "members/m099.yaml").write_bytes(b"kind: nothing\n")
    repo.git("add", "-N", "members/m099.yaml")
    en("check", "--staged", cwd=repo.path, as_of=AS_OF, code=0)
    en("check", cwd=repo.path, as_of=AS_OF, code=1)


@pytest.mark.parametrize(
    "words", [("-a", "-m", "x"), ("-m", "x", GROUP_MEETING), ("-m", "x")], ids=["-a", "path", "index"]
)
def test_row_29_the_hook_judges_what_a_commit_records(tmp_path: Path, words: tuple[str, ...]) -> None:
    """``commit -a`` and ``commit PATH`` give the hook an index of their own."""
    repo = base_repo(tmp_path / "r")
    calls = script(
        repo.path / ".git/hooks/pre-commit", f'#!/bin/sh\nexec "{sys.executable}" -m dangwu check --staged\n'
    )
    assert calls.is_file()
    path = repo.path / GROUP_MEETING
    path.write_bytes(path.read_bytes().replace(b"absent: []", b"absent: none"))
    if words[0] == "-m" and len(words) == 2:
        repo.git("add", "-A")
    head = repo.git("rev-parse", "HEAD")
    repo.git("commit", "-q", *words, code=1)
    assert repo.git("rev-parse", "HEAD") == head
    path.write_bytes(path.read_bytes().replace(b"absent: none", b"absent: [ ]"))
    if words[0] == "-m" and len(words) == 2:
        repo.git("add", "-A")
    repo.git("commit", "-q", *words)
    assert repo.git("rev-parse", "HEAD") != head


# Row 35


ZONES = ("UTC", "Asia/Shanghai", "America/Los_Angeles", "Pacific/Kiritimati", "Asia/Kathmandu")


@pytest.mark.parametrize("as_of", ["2025-12-31", "2026-01-01", "2024-02-29"])
def test_row_35_the_zone_changes_nothing(demo: object, as_of: str) -> None:
    folder = demo.path  # type: ignore[attr-defined]
    outs = {
        (run("--lang", "en", "due", "--format", "json", cwd=folder, as_of=as_of, env={"TZ": zone}, code=0).out)
        for zone in (ZONES if as_of == "2026-01-01" else ZONES[2:4])
    }
    assert len(outs) == 1
    assert f'"as_of": "{as_of}"' in outs.pop()


def test_row_35_the_day_is_the_day_in_china(clean: Path) -> None:
    days = {run("check", "--format", "json", cwd=clean, as_of=None, env={"TZ": zone}).json()["as_of"] for zone in ZONES}
    assert len(days) == 1


def test_row_35_leap_day(tmp_path: Path) -> None:
    repo = base_repo(tmp_path / "r")
    for as_of in ("2028-02-29", "2100-02-28"):
        for command in ("check", "due", "report"):
            en(command, cwd=repo.path, as_of=as_of, code=(0, 1))
    said = spoken("due", cwd=repo.path, as_of="2026-02-29", code=2)
    assert "2026-02-29" in said["zh"].err
    for wrong in ("20260101", "2026-1-1", "01-02-2026", "today", "", "９９９９-01-01", "0001-01-01", "9999-12-31"):
        result = run("--lang", "en", "due", cwd=repo.path, as_of=wrong)
        assert result.code == (0 if wrong == "20260101" else 2), (wrong, result)


# Row 39


def _worktree(folder: Path) -> Path:
    base_repo(folder / "r").git("worktree", "add", "-q", "-b", "other", str(folder / "w"))
    return folder / "w"


def _submodule(folder: Path) -> Path:
    base_repo(folder / "inner")
    outer = GitRepo(folder / "outer")
    outer.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(folder / "inner"), "branches/一")
    return folder / "outer" / "branches" / "一"


def _bare(folder: Path) -> Path:
    repo = base_repo(folder / "r")
    repo.git("clone", "-q", "--bare", ".", str(folder / "bare.git"))
    return folder / "bare.git"


def _subfolder(folder: Path) -> Path:
    return base_repo(folder / "r").path / "meetings" / "2026"


def _in_monorepo(folder: Path) -> Path:
    repo = GitRepo(folder / "mono")
    repo.commit({f"支部/一 (1)/{path}": raw for path, raw in base_files().items()})
    return folder / "mono" / "支部" / "一 (1)"


def _detached(folder: Path) -> Path:
    repo = base_repo(folder / "r")
    repo.git("checkout", "-q", "--detach")
    return repo.path


def _sparse(folder: Path) -> Path:
    repo = base_repo(folder / "r")
    repo.git("sparse-checkout", "set", "members")
    assert not (repo.path / GROUP_MEETING).exists()
    return repo.path


def _no_commits(folder: Path) -> Path:
    repo = GitRepo(folder / "r")
    repo.write(base_files())
    return repo.path


def _nothing(folder: Path) -> Path:
    return GitRepo(folder / "r").path


def _no_repository(folder: Path) -> Path:
    place = folder / "plain"
    for path, raw in base_files().items():
        (place / path).parent.mkdir(parents=True, exist_ok=True)
        (place / path).write_bytes(raw if isinstance(raw, bytes) else raw.encode())
    return place


def _empty_folder(folder: Path) -> Path:
    (folder / "空").mkdir()
    return folder / "空"


COMMANDS = (
    ("check",), ("due",), ("report",), ("check", "--staged"), ("check", "--rev", "HEAD"), ("explain", "3.1"),
    ("rules",), ("doctor",), ("review", "HEAD"), ("audit",), ("audit", "anchor"), ("log", "m001"),
)  # fmt: skip
NO_HISTORY = dict.fromkeys(("review HEAD", "audit", "audit anchor", "log m001"), 3)
NO_RECORDS = dict.fromkeys(("check", "due", "report", "check --staged", "check --rev HEAD", "doctor", *NO_HISTORY), 3)
PLACES: dict[Callable[[Path], Path], dict[str, int]] = {
    _worktree: {},
    _submodule: {},
    _subfolder: {},
    _in_monorepo: {},
    _detached: {},
    _bare: {"check": 3, "due": 3, "report": 3, "check --staged": 3, "doctor": 3},
    _sparse: {},
    _no_commits: {"check --staged": 1, "check --rev HEAD": 3, **NO_HISTORY},
    _nothing: NO_RECORDS,
    _no_repository: {"check --staged": 3, "check --rev HEAD": 3, "doctor": 3, **NO_HISTORY},
    _empty_folder: NO_RECORDS,
}


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.__name__[1:])
def test_row_39_every_command_everywhere(tmp_path: Path, place: Callable[[Path], Path]) -> None:
    folder = place(tmp_path)
    codes = {" ".join(words): zh(*words, cwd=folder, as_of=AS_OF).code for words in COMMANDS}
    wanted = {" ".join(words): PLACES[place].get(" ".join(words), 0) for words in COMMANDS}
    if "doctor" not in PLACES[place]:
        # A repository made by hand has neither our hook nor our schemas.
        wanted["doctor"] = 3
    assert codes == wanted


# Row 38


def _assert_recording_unknown(folder: Path, word: str, env: Mapping[str, str] | None = None) -> None:
    """Check that every output says that it is not known when records were made, and why; never that none was late."""
    said = spoken("due", "--format", "json", cwd=folder, as_of=AS_OF, env=env, code=0)
    due = said["en"].json()
    assert word in said["en"].err
    assert word in due["recorded_unknown"]
    assert is_chinese(said["zh"].json()["recorded_unknown"])
    assert {duty["recorded_on"] for duty in due["duties"]} == {None}
    assert {duty["recorded_late"] for duty in due["duties"] if duty["evidence"]} == {None}
    report = en("report", "--format", "json", cwd=folder, as_of=AS_OF, env=env, code=0).json()
    assert report["summary"]["recorded_late"] is None
    assert report["recorded_on"] is None
    assert word in report["recorded_unknown"]
    for form, cell in (("text", "late {2,}not known"), ("md", "late.*not known"), ("html", "late.*not known")):
        out = en("report", "--format", form, cwd=folder, as_of=AS_OF, env=env, code=0).out
        assert re.search(f"Duties whose record came {cell}", out, re.DOTALL), form
        assert "When records were made is not known." in out, form
    assert "不明" in zh("report", cwd=folder, as_of=AS_OF, env=env, code=0).out
    for words in (("due",), ("explain", "3.1/2026-03/g1")):
        assert "When records were made is not known." in en(*words, cwd=folder, as_of=AS_OF, env=env, code=0).out
    for what in ("duties", "meetings"):
        table = en("export", what, "--format", "csv", cwd=folder, as_of=AS_OF, env=env, code=0).out
        assert "not known" in table, what
    tidy = en("export", "duties", "--tidy", cwd=folder, as_of=AS_OF, env=env, code=0).out
    assert ",unknown," in tidy
    assert ",not known," not in tidy


def test_row_38_a_shallow_clone_says_what_it_does_not_know(tmp_path: Path) -> None:
    repo = base_repo(tmp_path / "r")
    repo.commit({"README.md": "x\n"})
    repo.git("clone", "-q", "--depth", "1", f"file://{repo.path}", str(tmp_path / "s"))
    _assert_recording_unknown(tmp_path / "s", "shallow")
    said = spoken("due", cwd=tmp_path / "s", as_of=AS_OF, code=0)
    assert "git fetch --unshallow" in said["en"].err
    assert "git fetch --unshallow" in said["zh"].err
    known = en("report", "--format", "json", cwd=repo.path, as_of=AS_OF, code=0).json()
    assert known["recorded_unknown"] is None
    assert isinstance(known["summary"]["recorded_late"], int)


def test_row_38_without_git_late_records_are_not_known(tmp_path: Path) -> None:
    _assert_recording_unknown(_no_repository(tmp_path), "not in a git repository")
    _assert_recording_unknown(base_repo(tmp_path / "r").path, "git was not found", {"PATH": ""})


def test_row_38_before_the_first_commit_nothing_is_late(tmp_path: Path) -> None:
    report = en("report", "--format", "json", cwd=_no_commits(tmp_path), as_of=AS_OF, code=0).json()
    assert report["summary"]["recorded_late"] == 0
    assert report["recorded_unknown"] is None


def test_row_38_a_git_that_does_not_know_the_format(tmp_path: Path) -> None:
    repo = base_repo(tmp_path / "r")
    repo.git("config", "core.repositoryformatversion", "1")
    repo.git("config", "extensions.someNewThing", "yes")
    _assert_recording_unknown(repo.path, "somenewthing")
    assert "Upgrade git" in en("due", cwd=repo.path, as_of=AS_OF, code=0).err


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can give a folder away")
def test_row_38_the_repository_of_another_user(tmp_path: Path) -> None:
    repo = base_repo(tmp_path / "r")
    for path in (repo.path, *repo.path.rglob("*")):
        os.chown(path, 4711, -1)
    _assert_recording_unknown(repo.path, "belongs to another user")
    assert "safe.directory" in en("due", cwd=repo.path, as_of=AS_OF, code=0).err


def _sparse_sparse_index(folder: Path) -> Path:
    path = _sparse(folder)
    GitRepo(path).git("sparse-checkout", "set", "--sparse-index", "members")
    return path


def _sparse_without_branch(folder: Path) -> Path:
    repo = base_repo(folder / "r")
    repo.git("sparse-checkout", "set", "--no-cone", "/members/")
    assert not (repo.path / "branch.yaml").exists()
    return repo.path


def _flagged(folder: Path) -> Path:
    repo = base_repo(folder / "r")
    repo.git("update-index", "--skip-worktree", GROUP_MEETING, "branch.yaml")
    for path in (GROUP_MEETING, "branch.yaml"):
        (repo.path / path).unlink()
    return repo.path


def _flagged_split_index(folder: Path) -> Path:
    path = _flagged(folder)
    GitRepo(path).git("update-index", "--split-index")
    return path


def _flagged_in_a_part(folder: Path) -> Path:
    place = _in_monorepo(folder)
    repo = GitRepo(folder / "mono")
    repo.git("update-index", "--skip-worktree", f"支部/一 (1)/{GROUP_MEETING}")
    (place / GROUP_MEETING).unlink()
    return place


def _flagged_in_a_second_work_tree(folder: Path) -> Path:
    place = _worktree(folder)
    (GitRepo(folder / "r")).git("-C", str(place), "update-index", "--skip-worktree", GROUP_MEETING)
    (place / GROUP_MEETING).unlink()
    return place


@pytest.mark.parametrize(
    "place",
    [
        _sparse,
        _sparse_sparse_index,
        _sparse_without_branch,
        _flagged,
        _flagged_split_index,
        _flagged_in_a_part,
        _flagged_in_a_second_work_tree,
    ],
    ids=lambda place: place.__name__[1:],
)
def test_row_38_what_git_keeps_off_the_disk_is_read_all_the_same(
    tmp_path: Path, clean: Path, place: Callable[[Path], Path]
) -> None:
    folder = place(tmp_path)
    for words in (("check",), ("due",), ("report",)):
        shown, whole = (
            en(*words, "--format", "json", cwd=where, as_of=AS_OF, code=0).json() for where in (folder, clean)
        )
        if words == ("report",):
            shown.pop("recorded_on"), whole.pop("recorded_on")
        assert shown == whole, words
    en("check", GROUP_MEETING, cwd=folder, as_of=AS_OF, code=0)
    assert "no group" not in en("new", "member", "--name", "甲", "--group", "g1", "--dry-run", cwd=folder, as_of=AS_OF,
                                code=0).both  # fmt: skip
    said = en("check", cwd=folder, as_of=AS_OF, env={"PATH": ""}, code=3)
    assert "git was not found" in said.err


def test_row_38_a_record_that_is_on_disk_after_all_counts_as_it_is_there(tmp_path: Path) -> None:
    folder = _flagged(tmp_path)
    raw = base_files()[GROUP_MEETING]
    assert isinstance(raw, bytes)
    (folder / GROUP_MEETING).write_bytes(raw.replace(b"absent: []", b"absent: none"))
    assert ("DW104", GROUP_MEETING, 12) in _findings(
        en("check", "--format", "json", cwd=folder, as_of=AS_OF, code=1), GROUP_MEETING
    )


def test_row_38_a_record_that_was_deleted_is_gone(tmp_path: Path) -> None:
    """Only what git itself keeps off the disk is read from the index."""
    folder = _flagged(tmp_path)
    (folder / "members/m001.yaml").unlink()
    found = en("check", "--format", "json", cwd=folder, as_of=AS_OF, code=1).json()
    assert found["summary"]["records"] == en("check", "--staged", "--format", "json", cwd=folder, as_of=AS_OF,
                                             code=0).json()["summary"]["records"] - 1  # fmt: skip


def test_row_38_a_promised_object_is_never_fetched(tmp_path: Path) -> None:
    repo = base_repo(tmp_path / "r")
    repo.git("config", "uploadpack.allowFilter", "true")
    clone = tmp_path / "partial"
    repo.git("clone", "-q", "--filter=blob:none", "--sparse", f"file://{repo.path}", str(clone))
    for words in (("check",), ("due",), ("check", "--staged"), ("check", "--rev", "HEAD")):
        said = en(*words, cwd=clone, as_of=AS_OF, code=3)
        assert "git fetch --refetch" in said.err
    missing = repo.git("-C", str(clone), "rev-list", "--objects", "--all", "--missing=print")
    assert "?" in missing, "nothing was fetched by reading"


# Row 40


def test_row_40_no_git_and_an_old_git(tmp_path: Path) -> None:
    repo = base_repo(tmp_path / "张 三 & (1)")
    empty = tmp_path / "nothing"
    empty.mkdir()
    none = {"PATH": str(empty)}
    en("check", cwd=repo.path, as_of=AS_OF, env=none, code=0)
    for words in (("check", "--staged"), ("check", "--rev", "HEAD"), ("doctor",), ("demo", tmp_path / "d")):
        said = spoken(*words, cwd=repo.path, as_of=AS_OF, env=none, code=3)
        assert "git was not found" in said["en"].both
        assert "Install git" in said["en"].both
        assert "git" in said["zh"].both
    if os.name != "nt":
        script(empty / "git", "#!/bin/sh\necho git version 2.11.0\n")
        said = spoken("doctor", cwd=repo.path, as_of=AS_OF, env=none, code=3)
        assert "2.39" in said["en"].out
        assert "2.11.0" in said["zh"].out


def test_row_40_long_and_chinese_paths(tmp_path: Path) -> None:
    deep = tmp_path / "张 三 & (1)" / ("长" * 60) / ("名" * 60) / ("字" * 60)
    deep.mkdir(parents=True)
    repo = base_repo(deep / "党支部 'a' \"b\"" if os.name != "nt" else deep / "党支部")
    for words in (("check",), ("check", "--staged"), ("check", "--rev", "HEAD"), ("due",), ("report",)):
        en(*words, cwd=repo.path, as_of=AS_OF, code=0)
    en("-C", repo.path, "check", cwd=tmp_path, as_of=AS_OF, code=0)


@pytest.mark.parametrize("env", [{}, {"LANG": "C"}, {"LC_ALL": "zh_CN.GBK"}, {"PYTHONUTF8": "0", "LC_ALL": "C"},
                                 {"PYTHONIOENCODING": "gbk"}, {"PYTHONUTF8": "1"}])  # fmt: skip
def test_row_40_output_is_utf_8_everywhere(clean: Path, env: dict[str, str]) -> None:
    if "LC_ALL" in env and not sys.prefix.isascii():
        pytest.skip("in such a locale Python itself does not start below a folder of this name")
    said = zh("due", cwd=clean, as_of=AS_OF, env=env, code=0)
    assert "青禾精工党支部" in said.out


# Row 44


@pytest.mark.parametrize("path", ["branch.yaml", "members/m001.yaml", GROUP_MEETING])
def test_row_44_a_newer_record_is_refused_and_left_alone(tmp_path: Path, path: str) -> None:
    repo = base_repo(tmp_path / "r")
    file = repo.path / path
    file.write_bytes(file.read_bytes().replace(b"schema: 1", b"schema: 99"))
    raw = file.read_bytes()
    for words in (("check",), ("due",), ("report",), ("new", "member", "--name", "甲")):
        said = spoken(*words, cwd=repo.path, as_of=AS_OF, code=3)
        assert path in said["en"].err
        assert "Upgrade dangwu" in said["en"].err
        assert said["zh"].err != said["en"].err
    assert file.read_bytes() == raw


def test_the_shell_finds_git() -> None:
    assert shutil.which("git")
