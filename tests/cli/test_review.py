"""``dangwu review``: what a change brings, told to whoever has to say yes or no."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from dangwu.formats.safe_text import UNSAFE_CHARACTER
from dangwu.formats.text_layout import measure_width
from dangwu.workspace.catalogue import load_kinds
from dangwu.workspace.load import load_workspace
from dangwu.workspace.new_findings import find_new_findings
from tests.histories.acting import minutes, path_of
from tests.support import canary
from tests.support.branches import GROUP_MEETING, base_files, listing
from tests.support.examples import AS_OF, BASE, EXAMPLES
from tests.support.gitrepo import GitRepo
from tests.support.markdown import assert_well_formed
from tests.support.memory import MemoryTree
from tests.support.people import LI, TOWN, WANG, acting, at, commit, merge
from tests.support.run import en, is_chinese, run, spoken, zh

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.support.run import Result

DAY = "2026-06-30"
FORMATS = ("text", "md", "json", "github", "sarif")
KEYS = [
    "schema", "as_of", "older", "newer", "diverged", "commits", "controls", "rules", "history", "records", "duties",
    "findings", "others", "summary",
]  # fmt: skip
MAY = "meetings/2026/2026-05-14-group-meeting-g1.md"
LECTURE = "meetings/2026/2026-04-10-lecture.md"
JUNE_COMMITTEE = "meetings/2026/2026-06-05-committee-meeting.md"
WAIVER = "waivers/2026/2026-05-06-g2-april.yaml"
MARCH_COMMITTEE = "meetings/2026/2026-03-05-committee-meeting.md"


def text_of(path: str) -> str:
    raw = base_files()[path]
    return raw.decode() if isinstance(raw, bytes) else raw


def changed(path: str, *changes: tuple[str, str]) -> dict[str, str]:
    text = text_of(path)
    for old, new in changes:
        assert old in text, (path, old)
        text = text.replace(old, new)
    return {path: text}


def reviewed(repo: GitRepo, *words: str, code: int | tuple[int, ...] = (0, 1)) -> Any:
    return en("review", *words, "--format", "json", cwd=repo.path, as_of=DAY, code=code).json()


def codes(document: Any, part: str = "findings") -> list[str]:
    return [each["code"] for each in document[part]]


# --- a pull request with everything in it ---

AMENDMENT = """schema: 1
kind: amendment
clause: "3.4"
from: 2026-01-01
every: quarter
source:
  document: 云栖镇党委关于加强党课工作的通知
  approved_by: 云栖镇党委
"""
ATTRIBUTES = """*.md -diff
meetings/** linguist-generated=true
*.yaml filter=x
*.txt working-tree-encoding=UTF-16
*.md text
"""
INCOMPLETE, STALE, FIXED_LATER, NEW = (
    minutes(day).replace(", m006,", ",") for day in ("2026-06-02", "2026-06-03", "2026-06-04", "2026-06-11")
)


@pytest.fixture(scope="module")
def pull(tmp_path_factory: pytest.TempPathFactory) -> GitRepo:
    """Return a repository with a branch ``pr`` that touches everything, from ``main``, which went on since."""
    repo = GitRepo(tmp_path_factory.mktemp("review") / "青禾 党支部")
    start = {
        **base_files(),
        JUNE_COMMITTEE: text_of(MARCH_COMMITTEE).replace("2026-03-05", "2026-06-05"),
        path_of("2026-06-02"): INCOMPLETE,
        path_of("2026-06-03"): STALE,
        path_of("2026-06-04"): FIXED_LATER,
        ".gitignore": "*.tmp\n",
        "readme.txt": "x\n",
    }
    first = commit(repo, "2026-06-06", start, by=WANG, says="建库")
    repo.git("tag", "-a", "-m", f"x\n\nReviewed-by: {TOWN.written}", f"dangwu/reviewed/2026-06-08-{first[:12]}",
             when=at("2026-06-08"), **acting(TOWN))  # fmt: skip
    repo.git("checkout", "-q", "-b", "pr")
    commit(repo, "2026-06-10", {
        path_of("2026-06-10"): minutes("2026-06-10").replace("group: g1", "group: g1\nmakes_up: 2026-04"),
        path_of("2026-03-20"): minutes("2026-03-20"),
        "waivers/2026/2026-06-09-g2-may.yaml": text_of(WAIVER).replace("2026-04/g2", "2026-05/g2")
        .replace("2026-05-06", "2026-06-09"),
    })  # fmt: skip
    commit(repo, "2026-06-10", {MAY: None, JUNE_COMMITTEE: None})
    moved = path_of("2026-06-03-2")
    repo.git("mv", path_of("2026-06-03"), moved)
    commit(repo, "2026-06-11", {
        **changed(GROUP_MEETING, ("三楼党员活动室", "二楼")),
        path_of("2026-06-02"): shifted(path_of("2026-06-02"), INCOMPLETE.encode()),
        path_of("2026-06-04"): minutes("2026-06-04"),
        path_of("2026-06-11"): NEW,
        "members/m002.yaml": "schema: 1\nkind: [member\n",
        "members/m003.yaml": text_of("members/m003.yaml").encode("gbk"),
        "rules/lecture.yaml": AMENDMENT,
        "branch.yaml": text_of("branch.yaml").replace("recorded_within_days: 15", "recorded_within_days: 30"),
        ".github/CODEOWNERS": "* @somebody\n",
        ".github/workflows/x.yml": "on: pull_request_target\npermissions: write-all\nenv: {A: '${{ secrets.T }}'}\n",
        ".githooks/pre-commit": "#!/bin/sh\n",
        ".pre-commit-config.yaml": "repos: []\n",
        "recipients.txt": "age1x\n",
        "allowed_signers": "x ssh-ed25519 AAAA\n",
        "accepted.yaml": "schema: 1\nkind: accepted\naccepted: []\n",
        ".mailmap": f"{LI.name} <a@b>\n",
        ".vscode/settings.json": "{}\n",
        "sub/.gitattributes": "a b\n",
        "readme.txt": "y\n",
    })  # fmt: skip
    link, attributes, ignore = (
        repo.git("hash-object", "-w", "--stdin", data=each)
        for each in (b"/etc/passwd", ATTRIBUTES.encode(), b"*.tmp\n~$*\nmeetings/\nsupervision/\n*\n")
    )
    plain = repo.git("rev-parse", f"HEAD:{LECTURE}")
    for mode, blob, path in (
        ("120000", link, "members/m009.yaml"), ("100755", plain, LECTURE), ("160000", first, "meetings/2026/other"),
        ("100644", attributes, ".gitattributes"), ("100644", ignore, ".gitignore"),
    ):  # fmt: skip
        repo.git("update-index", "--add", "--cacheinfo", f"{mode},{blob},{path}")
    repo.git("commit", "-q", "-m", "连接、子库、可执行", when=at("2026-06-12"), **acting(LI))
    repo.git("checkout", "-q", "-f", "main")
    commit(repo, "2026-06-13", {path_of("2026-06-12"): minutes("2026-06-12")}, by=WANG)
    return repo


@pytest.fixture(scope="module")
def document(pull: GitRepo) -> Any:
    return reviewed(pull, "main...pr", code=1)


def test_the_shape_of_the_document(pull: GitRepo, document: Any) -> None:
    assert list(document) == KEYS
    assert document["schema"] == "dangwu/review/1"
    assert document["as_of"] == DAY
    assert document["older"] == pull.git("merge-base", "main", "pr")
    assert document["newer"] == pull.git("rev-parse", "pr")
    assert document["diverged"] is False
    assert document["commits"] == {"count": 4, "people": [LI.name]}
    assert list(document["controls"][0]) == ["path", "edit", "why", "warnings", "gone", "come"]
    assert list(document["duties"][0]) == ["id", "clause", "title", "before", "after", "evidence"]
    assert list(document["summary"]) == ["error", "warning", "note", "standing", "mended"]
    again = en("review", "main...pr", "--format", "json", cwd=pull.path, as_of=DAY).out
    assert again == en("review", "main...pr", "--format", "json", cwd=pull.path, as_of=DAY).out


CONTROLS = {
    ".gitattributes", ".gitignore", ".github/CODEOWNERS", ".github/workflows/x.yml", ".githooks/pre-commit",
    ".pre-commit-config.yaml", "recipients.txt", "allowed_signers", "accepted.yaml", ".mailmap",
    ".vscode/settings.json", "rules/lecture.yaml", "branch.yaml", "sub/.gitattributes",
}  # fmt: skip
ODD = {"members/m009.yaml", LECTURE, "meetings/2026/other"}


def test_control_files(document: Any) -> None:
    found = {each["path"]: each for each in document["controls"]}
    assert found.keys() == CONTROLS | ODD
    assert found["branch.yaml"]["edit"] == "changed"
    assert found["branch.yaml"]["gone"] == ["  recorded_within_days: 15"]
    assert found["branch.yaml"]["come"] == ["  recorded_within_days: 30"]
    assert found[".mailmap"]["edit"] == "added"
    assert document["others"] == ["readme.txt"]


@pytest.mark.parametrize(
    ("path", "lines"),
    [
        (".gitattributes", ["*.md -diff", "meetings/** linguist-generated=true", "*.yaml filter=x",
                            "*.txt working-tree-encoding=UTF-16"]),
        (".gitignore", ["meetings/", "supervision/", "*"]),
        (".github/workflows/x.yml", ["on: pull_request_target", "permissions: write-all",
                                     "env: {A: '${{ secrets.T }}'}"]),
        (".github/CODEOWNERS", []),
        ("sub/.gitattributes", []),
        (".mailmap", []),
        ("branch.yaml", []),
    ],
)  # fmt: skip
def test_what_in_a_control_file_can_do_harm(document: Any, path: str, lines: list[str]) -> None:
    (control,) = [each for each in document["controls"] if each["path"] == path]
    assert len(control["warnings"]) == len(lines)
    for line, warning in zip(lines, control["warnings"], strict=True):
        assert warning.endswith(line)


def test_links_other_repositories_and_programs(document: Any) -> None:
    for path in ODD:
        (control,) = [each for each in document["controls"] if each["path"] == path]
        assert len(control["warnings"]) == 1
    assert "passwd" not in json.dumps(document["records"])


def test_control_files_stand_before_everything(pull: GitRepo) -> None:
    for result in spoken("review", "main...pr", cwd=pull.path, as_of=DAY, code=1).values():
        page = result.out
        places = [page.index(each) for each in (".gitattributes", GROUP_MEETING, "3.1/2026-04/g1", "DW301")]
        assert places == sorted(places)
        assert all(f"] {path}" in page for path in CONTROLS)


def test_records_field_by_field(document: Any) -> None:
    found = {each["path"]: each for each in document["records"]}
    assert {path: each["edit"] for path, each in found.items()} == {
        path_of("2026-06-10"): "added",
        path_of("2026-03-20"): "added",
        path_of("2026-06-11"): "added",
        "waivers/2026/2026-06-09-g2-may.yaml": "added",
        "rules/lecture.yaml": "added",
        "accepted.yaml": "added",
        "meetings/2026/other": "added",
        MAY: "removed",
        JUNE_COMMITTEE: "removed",
        GROUP_MEETING: "changed",
        path_of("2026-06-02"): "changed",
        path_of("2026-06-04"): "changed",
        path_of("2026-06-03-2"): "changed",
        "members/m002.yaml": "changed",
        "members/m003.yaml": "changed",
        "members/m009.yaml": "changed",
        "branch.yaml": "changed",
    }
    (field,) = found[GROUP_MEETING]["fields"]
    assert field == {"pointer": ["place"], "edit": "changed", "before": "三楼党员活动室", "after": "二楼"}
    assert found[path_of("2026-06-03-2")]["old_path"] == path_of("2026-06-03")
    assert found[path_of("2026-06-03-2")]["fields"] == []
    assert found["branch.yaml"]["fields"][0]["pointer"] == ["settings", "recorded_within_days"]
    assert {path for path, each in found.items() if not each["readable"]} == {
        "members/m002.yaml", "members/m009.yaml", "meetings/2026/other",
    }  # fmt: skip
    # GBK is a finding, but what it says can be read: nothing of it changed.
    assert found["members/m003.yaml"]["fields"] == []


def test_duties_that_change_their_state(document: Any) -> None:
    found = {each["id"]: (each["before"], each["after"]) for each in document["duties"]}
    wanted = {
        "3.1/2026-04/g1": ("overdue", "late"),
        "3.1/2026-05/g1": ("fulfilled", "overdue"),
        "3.1/2026-05/g2": ("overdue", "waived"),
        "3.2/2026-06": ("fulfilled", "open"),
        "3.4/2026-Q1": (None, "overdue"),
        "3.4/2026-Q2": (None, "fulfilled"),
        "3.4/2026-H1": ("fulfilled", None),
    }
    assert {key: found.get(key) for key in wanted} == wanted
    # What is not yet asked for, and what stays as it was, is not there.
    assert not {"3.4/2026-Q4", "3.4/2026-H2", "3.1/2026-03/g1"} & found.keys()


def test_findings_that_are_new_and_those_that_are_not(document: Any) -> None:
    new = {(each["code"], each["path"]) for each in document["findings"]}
    assert ("DW301", path_of("2026-06-11")) in new
    assert [each for each in new if each[1] in {path_of("2026-06-02"), path_of("2026-06-03-2")}] == []
    assert {path for _, path in new} >= {"members/m002.yaml", "members/m003.yaml", "members/m009.yaml"}
    summary = document["summary"]
    assert summary["error"] == sum(each["severity"] == "error" for each in document["findings"])
    assert summary["standing"] >= 2
    assert summary["mended"] >= 1


def test_what_the_history_of_the_change_shows(document: Any) -> None:
    found = {(each["code"], each["path"]): each for each in document["history"]}
    late = found["DW961", path_of("2026-03-20")]
    assert late["strength"] == "committer"
    assert [each["day"] for each in late["evidence"]] == ["2026-06-10"]
    places = {
        code: {place["path"] for place in each["related"]} for (code, _), each in found.items() if each["related"]
    }
    assert GROUP_MEETING in places["DW964"]
    assert {MAY, JUNE_COMMITTEE} <= places["DW967"]
    assert all(each["commit"] for each in document["history"])


def test_rules_and_settings_say_what_they_change(document: Any) -> None:
    (change,) = document["rules"]["changes"]
    assert (change["clause"], change["change"], change["path"]) == ("3.4", "changed", "rules/lecture.yaml")
    assert change["times_a_year"] == {"before": 2, "after": 4}
    (setting,) = document["rules"]["settings"]
    assert setting["key"] == "recorded_within_days"
    assert (setting["before"]["value"], setting["after"]["value"]) == (15, 30)


def test_nothing_is_written(pull: GitRepo) -> None:
    before = listing(pull.path)
    for form in FORMATS:
        en("review", "main...pr", "--format", form, cwd=pull.path, as_of=DAY, code=1)
    assert listing(pull.path) == before


# --- which change ---


def test_two_dots_between_lines_that_parted(pull: GitRepo) -> None:
    document = reviewed(pull, "main..pr")
    assert document["diverged"] is True
    assert document["older"] == pull.git("rev-parse", "main")
    assert {each["path"]: each["edit"] for each in document["records"]}[path_of("2026-06-12")] == "removed"
    assert document["commits"]["count"] == 4
    page = en("review", "main..pr", cwd=pull.path, as_of=DAY).out
    assert "A...B" in page
    assert "A...B" not in en("review", "main...pr", cwd=pull.path, as_of=DAY).out


def test_one_commit_is_what_it_brings_to_its_first_parent(pull: GitRepo) -> None:
    document = reviewed(pull, "pr")
    assert document["older"] == pull.git("rev-parse", "pr~1")
    assert {each["path"] for each in document["controls"]} == {*ODD, ".gitattributes", ".gitignore"}
    assert document["commits"]["count"] == 1


def test_the_first_commit(pull: GitRepo) -> None:
    root = pull.git("rev-list", "--max-parents=0", "main")
    document = reviewed(pull, root)
    assert document["older"] is None
    assert {each["edit"] for each in document["records"]} == {"added"}
    assert len(document["records"]) == len(base_files()) + 4
    assert document["commits"] == {"count": 1, "people": [WANG.name]}
    for result in spoken("review", root, cwd=pull.path, as_of=DAY, code=1).values():
        assert GROUP_MEETING in result.out


def test_a_merge(tmp_path: Path) -> None:
    repo = GitRepo(tmp_path / "r")
    commit(repo, "2026-03-01", base_files())
    repo.git("checkout", "-q", "-b", "side")
    commit(repo, "2026-06-13", {path_of("2026-06-12"): minutes("2026-06-12")})
    repo.git("checkout", "-q", "main")
    commit(repo, "2026-06-14", {"a.txt": "x"})
    merge(repo, "2026-06-20", "side")
    document = reviewed(repo, "HEAD", code=0)
    assert [each["path"] for each in document["records"]] == [path_of("2026-06-12")]
    assert document["others"] == []
    assert document["commits"] == {"count": 2, "people": [LI.name, TOWN.name]}


def test_nothing_between(pull: GitRepo) -> None:
    document = reviewed(pull, "main..main", code=0)
    assert {key: document[key] for key in KEYS[6:13] if document[key]} == {"rules": document["rules"]}
    assert document["rules"]["changes"] == document["rules"]["settings"] == []
    for result in spoken("review", "main..main", cwd=pull.path, as_of=DAY, code=0).values():
        assert result.out


def test_a_half_range(pull: GitRepo) -> None:
    assert reviewed(pull, "..pr")["older"] == pull.git("rev-parse", "main")
    assert reviewed(pull, "pr..")["newer"] == pull.git("rev-parse", "main")


@pytest.mark.parametrize(
    "words",
    [
        ("nowhere",), ("main..nowhere",), ("--format", "xml", "main"), ("--fail-on", "worse", "main"),
        ("--audience", "members", "main"), ("--make", "main"), ("--by", "x <x@y>", "main"), ("--unsigned", "main"),
        (), ("--", "--upload-pack=x"), ("^main",), ("main", "pr"),
    ],
)  # fmt: skip
def test_wrong_words(pull: GitRepo, words: tuple[str, ...]) -> None:
    for result in spoken("review", *words, cwd=pull.path, as_of=DAY, code=2).values():
        assert not result.out
        assert result.err


def test_where_it_cannot_run(pull: GitRepo, tmp_path: Path) -> None:
    shallow = tmp_path / "shallow"
    pull.git("clone", "-q", "--depth", "1", f"file://{pull.path}", str(shallow))
    said = zh("review", "HEAD", cwd=shallow, as_of=DAY, code=3).err
    assert "git fetch --unshallow" in said
    assert is_chinese(said)
    empty = GitRepo(tmp_path / "empty")
    assert en("review", "HEAD", cwd=empty.path, as_of=DAY, code=3).err
    alone = tmp_path / "alone"
    alone.mkdir()
    assert en("review", "HEAD", cwd=alone, as_of=DAY, code=3).err


def test_when_it_fails(pull: GitRepo, tmp_path: Path) -> None:
    for fail_on, code in (("error", 1), ("warning", 1), ("note", 1), ("never", 0)):
        en("review", "main...pr", "--fail-on", fail_on, cwd=pull.path, as_of=DAY, code=code)
    repo = GitRepo(tmp_path / "r")
    commit(repo, "2026-03-01", base_files())
    # Recorded late: a warning of the history, no error of the records.
    commit(repo, "2026-06-13", {path_of("2026-03-20"): minutes("2026-03-20")})
    document = reviewed(repo, "HEAD", code=0)
    assert codes(document, "history") == ["DW961"]
    assert not [each for each in document["findings"] if each["severity"] == "error"]
    en("review", "HEAD", "--fail-on", "warning", cwd=repo.path, as_of=DAY, code=1)


# --- what is new ---


def shifted(path: str, raw: bytes) -> bytes:
    """Return a file with lines more at the top of its fields and of its body."""
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        return b"\n" + raw if path.endswith(".yaml") else raw
    if "\r" in text or text.startswith("\ufeff"):
        return raw
    if not path.endswith(".md"):
        return f"# 一\n\n# 二\n{text}".encode()
    first, found, rest = text.partition("\n")
    if first.strip() != "---" or not found:
        return raw
    head, end, body = rest.partition("\n---\n")
    blank = "\n\n" if end else ""
    return f"---\n# 一\n\n# 二\n{head}{end}{blank}{body}".encode()


def layers() -> Iterator[Path]:
    for folder in sorted(EXAMPLES.iterdir()):
        if re.fullmatch(r"DW\d+", folder.name):
            yield from (each for each in sorted(folder.iterdir()) if each.name.startswith("bad"))


def tree(layer: Path) -> tuple[dict[str, bytes], date]:
    """Return the files of an example laid over the base, and the day on which they are judged."""
    files: dict[str, bytes] = {}
    for folder in (BASE, layer):
        for path in sorted(folder.rglob("*")):
            name = path.relative_to(folder).as_posix()
            if path.is_file() and name not in {"as_of", "also", "tree.json"}:
                if name.endswith(".delete"):
                    files.pop(name.removesuffix(".delete"))
                else:
                    files[name] = path.read_bytes()
    day = layer / "as_of"
    return files, date.fromisoformat(day.read_text(encoding="utf-8").strip()) if day.is_file() else AS_OF


def test_a_shift_of_lines_makes_nothing_new() -> None:
    """Every finding that the suite has an example of, in files of which all lines moved."""
    seen = 0
    for layer in layers():
        files, day = tree(layer)
        before = load_workspace(MemoryTree({**files})).run_checks(day).findings
        after = (
            load_workspace(MemoryTree({path: shifted(path, raw) for path, raw in files.items()}))
            .run_checks(day)
            .findings
        )
        new, mended = find_new_findings(before, after, {})
        assert not new, (layer, new)
        assert mended == 0
        seen += len(before)
    assert seen > 100


def test_one_more_of_the_same_is_new(tmp_path: Path) -> None:
    """Two findings that differ in nothing but their line are two."""
    repo = GitRepo(tmp_path / "r")
    one = minutes("2026-06-02").replace("组长传达支部工作安排", "【待填】")
    commit(repo, "2026-06-03", {**base_files(), path_of("2026-06-02"): one})
    commit(repo, "2026-06-04", {path_of("2026-06-02"): one.replace("三名同志谈了", "【待填】")})
    document = reviewed(repo, "HEAD", code=1)
    assert codes(document) == ["DW502"]
    assert document["summary"]["standing"] >= 1
    back = reviewed(repo, "HEAD..HEAD~1", code=0)
    assert back["summary"]["mended"] == 1


ACCEPTANCE = """schema: 1
kind: accepted
accepted:
  - code: DW301
    path: {path}
    subject: m006
    reason: 当日全天外派，已向镇党委说明
    date: 2026-06-12
    approved_by: 云栖镇党委
"""


def test_a_change_does_not_silence_its_own_findings(tmp_path: Path) -> None:
    """What accepted.yaml accepts from this change on, is for the reviewer to see; afterwards it is accepted."""
    repo = GitRepo(tmp_path / "r")
    path = path_of("2026-06-11")
    commit(repo, "2026-06-06", base_files())
    commit(repo, "2026-06-12", {path: NEW, "accepted.yaml": ACCEPTANCE.format(path=path)})
    assert codes(en("check", "--format", "json", cwd=repo.path, as_of=DAY, code=0).json()) == []
    document = reviewed(repo, "HEAD", code=1)
    assert codes(document) == ["DW301"]
    assert [each["path"] for each in document["controls"]] == ["accepted.yaml"]
    commit(repo, "2026-06-13", {path: NEW.replace("三楼", "二楼")})
    assert codes(reviewed(repo, "HEAD", code=0)) == []
    # A finding that was there, and is accepted now, is no new one.
    repo.git("reset", "-q", "--hard", "HEAD~2")
    commit(repo, "2026-06-12", {path: NEW})
    commit(repo, "2026-06-13", {"accepted.yaml": ACCEPTANCE.format(path=path)})
    document = reviewed(repo, "HEAD", code=0)
    assert codes(document) == []
    assert document["summary"]["standing"] >= 1


def test_a_finding_of_a_renamed_file_that_names_the_file_is_not_new(tmp_path: Path) -> None:
    repo = GitRepo(tmp_path / "r")
    old, new = "members/m010.yaml", "members/m011.yaml"
    twin = text_of("members/m009.yaml")
    commit(repo, "2026-06-03", {**base_files(), old: twin})
    repo.git("mv", old, new)
    commit(repo, "2026-06-04", {})
    document = reviewed(repo, "HEAD", code=(0, 1))
    assert [each["old_path"] for each in document["records"]] == [old]
    assert not [each for each in document["findings"] if old in each["message"]]
    assert document["summary"]["standing"] >= 1


# --- formats ---


def test_annotations(pull: GitRepo) -> None:
    for result in spoken("review", "main...pr", "--format", "github", cwd=pull.path, as_of=DAY, code=1).values():
        lines = result.out.splitlines()
        assert all(re.match(r"::(error|warning|notice) [^\n]*?::", line) for line in lines)
        assert any(line.startswith("::warning file=.gitattributes,line=1") for line in lines)
        assert any("DW961" in line for line in lines)
        assert any(line.startswith("::error file=") and "DW301" in line for line in lines)


def test_sarif(pull: GitRepo, document: Any) -> None:
    made = en("review", "main...pr", "--format", "sarif", cwd=pull.path, as_of=DAY, code=1).json()
    assert made["version"] == "2.1.0"
    (run_,) = made["runs"]
    ids = [each["id"] for each in run_["tool"]["driver"]["rules"]]
    assert ids == sorted(set(ids))
    assert len(run_["results"]) == len(document["findings"]) + len(
        [each for each in document["history"] if each["path"]]
    )
    for result in run_["results"]:
        assert ids[result["ruleIndex"]] == result["ruleId"]
        assert result["message"]["text"]
        assert result["partialFingerprints"]["dangwuFinding/v1"]
        place = result["locations"][0]["physicalLocation"]
        assert re.fullmatch(r"[A-Za-z0-9%/._-]+", place["artifactLocation"]["uri"])
        assert place["region"]["startLine"] >= 1


def test_markdown(pull: GitRepo) -> None:
    for result in spoken("review", "main...pr", "--format", "md", cwd=pull.path, as_of=DAY, code=1).values():
        assert_well_formed(result.out)
        assert len(result.out.encode()) <= 60_000


def test_a_large_change_fits_into_one_comment(tmp_path: Path) -> None:
    repo = GitRepo(tmp_path / "r")
    commit(repo, "2024-04-01", base_files())
    files: dict[str, str | bytes | None] = {}
    for number in range(400):
        day = f"20{24 + number % 3}-{number % 12 + 1:02}-{number // 36 + 1:02}"
        files[path_of(f"{day}")] = minutes(day).replace("大家认领了各自的任务", f"第{number}号@octocat</details>" * 9)
    commit(repo, "2026-06-01", files)
    for lang in ("zh", "en"):
        page = run("--lang", lang, "review", "HEAD", "--format", "md", cwd=repo.path, as_of=DAY, code=(0, 1)).out
        assert len(page.encode()) <= 60_000
        assert_well_formed(page)
        assert page.count("<details>") >= 2
    left = [int(each) for each in re.findall(r"Left out here for length: (\d+)", page)]
    assert left
    assert max(left) + page.count("- **added**") >= len(files)
    # On a terminal all of it stands there.
    whole = en("review", "HEAD", cwd=repo.path, as_of=DAY, code=(0, 1)).out
    assert all(path in whole for path in files)


HOSTILE = (
    "x</details><script>alert(1)</script> @octocat #12 [a](javascript:b) ![i](http://i/p.png) "
    "\x1b[31m\u202e`c` ::error::y"
)


def test_no_text_of_a_record_acts_in_any_format(tmp_path: Path) -> None:
    repo = GitRepo(tmp_path / "r")
    commit(repo, "2026-03-01", base_files(), by=LI._replace(name="李 <script> @octocat"))
    quoted = json.dumps(HOSTILE, ensure_ascii=False)
    commit(repo, "2026-03-20", {
        GROUP_MEETING: text_of(GROUP_MEETING).replace("place: 三楼党员活动室", f"place: {quoted}")
        .replace("大家认领了各自的任务", HOSTILE).replace("## 批评", f"## {HOSTILE}\n\n## 批评") + "\n/close\n",
        "members/m009.yaml": text_of("members/m009.yaml").replace("苏禾", quoted) + f"{quoted}: {quoted}\n",
        ".gitattributes": f"*.md -diff {HOSTILE}\n",
        "branch.yaml": text_of("branch.yaml").replace("第一党小组", quoted),
        "a @octocat #1 `x`</details>.txt": "x",
        "rules/<script>.yaml": AMENDMENT.replace("云栖镇党委关于加强党课工作的通知", quoted),
    }, says=HOSTILE, by=LI._replace(name="李 @octocat &script"))  # fmt: skip
    for form in FORMATS:
        for lang in ("zh", "en"):
            out = run("--lang", lang, "review", "HEAD", "--format", form, cwd=repo.path, as_of=DAY, code=(0, 1)).out
            assert not UNSAFE_CHARACTER.search(out.replace("\n", "")), form
            if form == "md":
                assert_well_formed(out)
            elif form == "github":
                assert all(line.startswith(("::error ", "::warning ", "::notice ")) for line in out.splitlines())
            elif form in {"json", "sarif"}:
                json.loads(out)
    for form in ("text", "md"):
        out = en("log", GROUP_MEETING, "--format", form, cwd=repo.path, as_of=DAY, code=0).out
        assert not UNSAFE_CHARACTER.search(out.replace("\n", ""))
        if form == "md":
            assert_well_formed(out)


# --- who sees what ---

SONG = re.compile(rf"{canary.SONG}-([a-z-]+?)-([a-z_.]+)-鸟")


def sung(text: str) -> set[str]:
    return {each[1] for each in SONG.finditer(text.replace("\\", ""))} - {"to", "content"}


@pytest.fixture(scope="module")
def canaries(tmp_path_factory: pytest.TempPathFactory) -> GitRepo:
    """Return a branch in which a record of every kind came, was changed, and went."""
    repo = GitRepo(tmp_path_factory.mktemp("canaries") / "r")
    commit(repo, "2026-06-01", base_files())
    commit(repo, "2026-06-02", canary.files())
    every = {path: str(text) for path, text in canary.files().items() if canary.SONG in str(text)}
    commit(repo, "2026-06-03", {path: text.replace("-鸟", "-鸟-鸟") for path, text in every.items()})
    commit(repo, "2026-06-04", dict.fromkeys(every))
    return repo


@pytest.mark.parametrize("change", ["HEAD~2", "HEAD~1", "HEAD", "HEAD..HEAD~1"])
def test_nobody_reads_what_is_not_for_them(canaries: GitRepo, change: str) -> None:
    confidential = {each.name for each in load_kinds().values() if each.audience.rank >= 4}
    for audience, forms in ((None, FORMATS), ("handlers", ("md", "json"))):
        words = () if audience is None else ("--audience", audience)
        for form in forms:
            result = zh("review", change, "--format", form, *words, cwd=canaries.path, as_of=DAY, code=(0, 1))
            assert not sung(result.both) & (confidential if audience is None else {"complainant"}), (form, audience)
            if form in {"text", "md", "json"} and change != "HEAD..HEAD~1":
                # Without this the test would pass on empty pages.
                assert "waiver" in sung(result.out), form
                assert ("admonition" in sung(result.out)) is (audience == "handlers"), form
    records = reviewed(canaries, change)["records"]
    hidden = {each["kind"] for each in records if each["hidden"]}
    assert hidden == confidential
    assert all(each["day"] is None for each in records if each["hidden"])


def test_a_confidential_record_named_like_a_control_file(tmp_path: Path) -> None:
    repo = GitRepo(tmp_path / "r")
    commit(repo, "2026-06-01", base_files())
    secret = canary.text(load_kinds()["admonition"], canary.data("admonition"))
    commit(repo, "2026-06-02", {"admonitions/2026/hooks/x.yaml": secret, "admonitions/2026/CODEOWNERS": secret})
    for form in FORMATS:
        assert canary.SONG not in en("review", "HEAD", "--format", form, cwd=repo.path, as_of=DAY, code=(0, 1)).both


# --- for people ---


def test_both_languages_are_whole(pull: GitRepo) -> None:
    pages = spoken("review", "main...pr", cwd=pull.path, as_of=DAY, code=1)
    own = re.compile(r"[A-Za-z]{3,} [a-z]{2,} [a-z]{2,}")
    for line in pages["zh"].out.splitlines():
        assert not own.search(line.partition("dangwu ")[0]) or line.lstrip().startswith(("+", "-")), line
    for result in pages.values():
        assert "{" not in re.sub(r"\$?\{.*\}|\[member|\{\}", "", result.out)


def test_a_terminal_of_eighty_columns(pull: GitRepo) -> None:
    for lang in ("zh", "en"):
        out = run("--lang", lang, "--color", "always", "review", "main...pr", cwd=pull.path, as_of=DAY,
                  env={"COLUMNS": "80", "TERM": "xterm-256color"}, code=1).out  # fmt: skip
        lines = re.sub(r"\x1b\[[0-9;]*m", "", out).splitlines()
        assert [line for line in lines if measure_width(line) > 80] == []


def test_the_record_root_below_the_top(tmp_path: Path) -> None:
    repo = GitRepo(tmp_path / "r")
    commit(repo, "2026-06-01", {f"支部/{path}": text for path, text in base_files().items()})
    commit(repo, "2026-06-02", {
        "支部/.gitattributes": "* -diff\n", ".github/CODEOWNERS": "* @x\n", "other/branch.yaml": "a: 1\n",
        f"支部/{path_of('2026-06-02')}": INCOMPLETE,
    })  # fmt: skip
    document: Result = en("review", "HEAD", "--format", "json", cwd=repo.path / "支部", as_of=DAY, code=1)
    made = document.json()
    assert [each["path"] for each in made["controls"]] == [".github/CODEOWNERS", "支部/.gitattributes"]
    assert [each["path"] for each in made["records"]] == [path_of("2026-06-02")]
    assert made["others"] == ["other/branch.yaml"]
    lines = en("review", "HEAD", "--format", "github", cwd=repo.path / "支部", as_of=DAY, code=1).out.splitlines()
    assert any(line.startswith("::warning file=支部/.gitattributes,") for line in lines)
    assert any(line.startswith(f"::error file=支部/{path_of('2026-06-02')},") for line in lines)


def test_a_tag_named_like_the_branch_moves_nothing_and_is_told(tmp_path: Path) -> None:
    repo = GitRepo(tmp_path / "r")
    base = commit(repo, "2026-06-06", base_files(), by=WANG)
    repo.git("checkout", "-q", "-b", "pr")
    commit(repo, "2026-06-07", {WAIVER: text_of(WAIVER) + "# 2\n"}, by=LI)
    before = reviewed(repo, "main..HEAD")
    repo.git("tag", "main", "pr")
    for lang, said in spoken("review", "main..HEAD", "--format", "json", cwd=repo.path, as_of=DAY, code=(0, 1)).items():
        assert said.json() == before, lang
        assert "refs/heads/main" in said.err
        assert said.json()["older"] == base
    for words in (["check", "--range", "main..pr"], ["check", "--rev", "main"], ["due", "--rev", "main"],
                  ["audit", "--rev", "main"], ["rules", "diff", "main...pr"]):  # fmt: skip
        assert "main is ambiguous" in en(*words, cwd=repo.path, as_of=DAY).err, words
    assert "ambiguous" not in en("check", "--rev", "HEAD", cwd=repo.path, as_of=DAY).err
