"""``dangwu check``: what it says, in every form, of every state."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest

from tests.support.branches import BASE_DAY, GROUP_MEETING, base_file, base_files, base_repo
from tests.support.gitrepo import GitRepo
from tests.support.run import en, is_chinese, run, spoken, zh

if TYPE_CHECKING:
    from pathlib import Path


OTHER = "meetings/2026/2026-03-13-group-meeting-g2.md"
KEYS = ["code", "name", "severity", "path", "line", "column", "clause", "subject", "message", "hint", "related"]


def _changed(path: str, old: str, new: str) -> dict[str, str | bytes]:
    raw = base_files()[path]
    assert isinstance(raw, bytes)
    assert old.encode() in raw
    return {path: raw.replace(old.encode(), new.encode())}


WRONG = _changed(GROUP_MEETING, "absent: []", "absent: [m001]") | _changed(OTHER, "absent: []", "absents: []")


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> GitRepo:
    """Return a branch with one faulty commit after a clean one, and nothing changed since."""
    repo = base_repo(tmp_path_factory.mktemp("faulty") / "党支部")
    repo.commit(WRONG)
    return repo


def _codes(document: Any) -> list[tuple[str, str]]:
    return [(each["path"], each["code"]) for each in document["findings"]]


def test_a_clean_branch_is_clean(clean: Path) -> None:
    said = spoken("check", cwd=clean, as_of=BASE_DAY, code=0)
    assert is_chinese(said["zh"].out)
    assert not is_chinese(said["en"].out)
    assert not said["zh"].err
    assert not said["en"].err


def test_text_names_place_code_clause_and_next_step(faulty: GitRepo) -> None:
    said = spoken("check", cwd=faulty.path, as_of=BASE_DAY, code=1)
    for lang, result in said.items():
        first = f"{GROUP_MEETING}:12:"
        assert first in result.out, lang
        assert "DW302" in result.out or "DW303" in result.out
        assert f"{OTHER}:" in result.out
        assert "DW103" in result.out
        assert "absent: [m001]" in result.out, "the line itself is shown"
    assert "next step:" in said["en"].out
    assert "下一步" in said["zh"].out
    assert "3.5" in said["en"].out


def test_json_has_the_shape_of_the_design(faulty: GitRepo) -> None:
    one = en("check", "--format", "json", cwd=faulty.path, as_of=BASE_DAY, code=1)
    document = one.json()
    assert list(document) == ["schema", "as_of", "revision", "findings", "accepted", "summary"]
    assert document["schema"] == "dangwu/check/1"
    assert document["as_of"] == BASE_DAY
    assert document["revision"] is None
    assert list(document["summary"]) == ["error", "warning", "note", "accepted", "records"]
    assert document["findings"]
    for each in document["findings"]:
        assert list(each) == KEYS
        assert all(list(other) == ["path", "line", "column", "message"] for other in each["related"])
    order = [(each["path"], each["line"], each["column"], each["code"]) for each in document["findings"]]
    assert order == sorted(order)
    counted = {
        name: sum(each["severity"] == name for each in document["findings"]) for name in ("error", "warning", "note")
    }
    assert {name: document["summary"][name] for name in counted} == counted
    assert document["summary"]["records"] == len([path for path in base_files() if path.endswith((".md", ".yaml"))])
    assert one.out == en("check", "--format", "json", cwd=faulty.path, as_of=BASE_DAY).out


def test_the_other_forms(faulty: GitRepo) -> None:
    count = len(en("check", "--format", "json", cwd=faulty.path, as_of=BASE_DAY).json()["findings"])
    out = {form: zh("check", "--format", form, cwd=faulty.path, as_of=BASE_DAY, code=1).out
           for form in ("github", "gitlab", "sarif", "junit")}  # fmt: skip
    assert out["github"].count("\n::") + out["github"].startswith("::") == count
    assert f"file={GROUP_MEETING},line=12" in out["github"]
    assert len(json.loads(out["gitlab"])) == count
    results = json.loads(out["sarif"])["runs"][0]["results"]
    assert len(results) == count
    suites = ET.fromstring(out["junit"])  # noqa: S314 - made here
    assert len(list(suites.iter("testcase"))) == count
    assert all(is_chinese(text) for text in out.values())


def test_work_tree_index_and_commit_of_the_same_records_say_the_same(faulty: GitRepo) -> None:
    head = faulty.git("rev-parse", "HEAD")
    documents = [
        en("check", *words, "--format", "json", cwd=faulty.path, as_of=BASE_DAY, code=1).json()
        for words in ((), ("--staged",), ("--rev", "HEAD"), ("--rev", head[:12]))
    ]
    assert [document.pop("revision") for document in documents] == [None, "index", head, head]
    assert all(document == documents[0] for document in documents)


def test_rev_judges_an_old_commit(faulty: GitRepo) -> None:
    en("check", "--rev", "HEAD~1", cwd=faulty.path, as_of=BASE_DAY, code=0)


def test_range_shows_only_what_is_new(tmp_path: Path) -> None:
    repo = base_repo(tmp_path / "r")
    repo.commit(_changed(OTHER, "absent: []", "absents: []"))
    first = repo.git("rev-parse", "HEAD")
    repo.commit(_changed(GROUP_MEETING, "absent: []", "absent: none"))
    both = en("check", "--format", "json", cwd=repo.path, as_of=BASE_DAY, code=1).json()
    assert {path for path, _ in _codes(both)} >= {GROUP_MEETING, OTHER}
    for range_ in ("HEAD~1..HEAD", f"{first}..", "HEAD~1...HEAD"):
        new = en("check", "--range", range_, "--format", "json", cwd=repo.path, as_of=BASE_DAY, code=1).json()
        assert {path for path, _ in _codes(new)} == {GROUP_MEETING}
        assert new["revision"] == repo.git("rev-parse", "HEAD")
    en("check", "--range", "HEAD..HEAD", cwd=repo.path, as_of=BASE_DAY, code=0)


@pytest.mark.parametrize(("limit", "code"), [("error", 0), ("warning", 1), ("note", 1), ("never", 0)])
def test_fail_on(tmp_path: Path, limit: str, code: int) -> None:
    """Windows line ends are a warning."""
    raw = base_files()[GROUP_MEETING]
    assert isinstance(raw, bytes)
    repo = base_repo(tmp_path / "r", {GROUP_MEETING: raw.replace(b"\n", b"\r\n")})
    found = en("check", "--fail-on", limit, "--format", "json", cwd=repo.path, as_of=BASE_DAY, code=code).json()
    assert {each["severity"] for each in found["findings"]} == {"warning"}


def test_fail_on_never_hides_errors_from_the_exit_code_only(faulty: GitRepo) -> None:
    assert "DW103" in en("check", "--fail-on", "never", cwd=faulty.path, as_of=BASE_DAY, code=0).out


def test_accepted_findings_are_set_apart_and_shown_on_demand(tmp_path: Path) -> None:
    accepted = (
        "schema: 1\nkind: accepted\naccepted:\n"
        f"  - {{code: DW407, path: {GROUP_MEETING}, reason: 已由镇党委核实, date: 2026-05-01}}\n"
        f"  - {{code: DW103, path: {OTHER}, reason: 不能接受的, date: 2026-05-01}}\n"
    )
    changed = _changed(GROUP_MEETING, "absent: []", "absent: [m001]")
    repo = base_repo(tmp_path / "r", changed)
    before = en("check", "--format", "json", cwd=repo.path, as_of=BASE_DAY, code=1).json()
    code, subject = before["findings"][0]["code"], before["findings"][0]["subject"]
    assert _codes(before)[0][0] == GROUP_MEETING
    repo.write({"accepted.yaml": accepted.replace("DW407", code)} | _changed(OTHER, "absent: []", "absents: []"))
    after = en("check", "--format", "json", cwd=repo.path, as_of=BASE_DAY, code=1).json()
    assert (GROUP_MEETING, code) not in _codes(after)
    assert [
        (each["code"], each["subject"], each["reason"], each["date"], each["accepted_in"]) for each in after["accepted"]
    ] == [(code, subject, "已由镇党委核实", "2026-05-01", "accepted.yaml")]
    assert (OTHER, "DW103") in _codes(after), "what has no shape cannot be accepted"
    plain, shown = (en("check", *words, cwd=repo.path, as_of=BASE_DAY) for words in ((), ("--show-accepted",)))
    assert "已由镇党委核实" not in plain.out
    assert "已由镇党委核实" in shown.out
    assert "accepted 1" in plain.out


def test_paths_are_relative_to_where_one_stands(faulty: GitRepo) -> None:
    below = faulty.path / "meetings" / "2026"
    name = GROUP_MEETING.rpartition("/")[2]
    for cwd, words in (
        (below, (name,)),
        (below, ("./" + name,)),
        (below, (str(faulty.path / GROUP_MEETING),)),
        (faulty.path, (GROUP_MEETING,)),
        (faulty.path.parent, ("-C", str(below), name)),
    ):
        document = en("check", "--format", "json", *words, cwd=cwd, as_of=BASE_DAY, code=1).json()
        assert {path for path, _ in _codes(document)} == {GROUP_MEETING}, (cwd, words)
    both = en("check", "--format", "json", ".", cwd=below, as_of=BASE_DAY, code=1).json()
    assert {path for path, _ in _codes(both)} == {GROUP_MEETING, OTHER}
    en("check", "members", cwd=faulty.path, as_of=BASE_DAY, code=0)
    en("check", "../members", cwd=faulty.path / "meetings", as_of=BASE_DAY, code=0)
    outside = spoken("check", "../..", cwd=faulty.path, as_of=BASE_DAY, code=2)
    assert "outside" in outside["en"].err
    assert is_chinese(outside["zh"].err)


@pytest.mark.parametrize(
    "words",
    [("--staged", "--rev", "HEAD"), ("--format", "xml"), ("--fail-on", "all"), ("--range", "HEAD"), ("--rev", "no")],
)
def test_usage_errors(clean: Path, words: tuple[str, ...]) -> None:
    said = spoken("check", *words, cwd=clean, as_of=BASE_DAY, code=2)
    assert not said["en"].out
    assert said["en"].err.startswith("dangwu: ")
    assert said["zh"].err.startswith("dangwu: ")
    assert is_chinese(said["zh"].err)


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    for lang, result in spoken("-C", tmp_path / "无", "check", cwd=tmp_path, code=3).items():
        assert "无" in result.err, lang


def test_options_may_stand_anywhere(clean: Path) -> None:
    assert run("check", "--lang", "en", "--as-of=2026-06-30", cwd=clean, as_of=None, code=0).out == \
        en("check", cwd=clean, as_of=BASE_DAY, code=0).out  # fmt: skip


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("nope.yaml", "Did you mean"),
        ("brnch.yaml", "branch.yaml"),
        ("meeting", "meetings"),
        ("targets/*", "name the folder"),
        ("members/m00?.yaml", "name the folder"),
        ("zzzz", "Records are in: "),
        ("members/m999.yaml", "members/m00"),
        ("members\nbranch.yaml", "Did you mean"),
    ],
)
def test_a_path_that_names_nothing_is_a_usage_error(faulty: GitRepo, word: str, hint: str) -> None:
    for words in ((), ("--staged",), ("--rev", "HEAD"), ("--range", "HEAD~1..HEAD"), ("--audience", "committee")):
        said = spoken("check", *words, word, cwd=faulty.path, as_of=BASE_DAY, code=2)
        assert "There is no file or folder" in said["en"].err
        assert hint in said["en"].err
        assert is_chinese(said["zh"].err)
        assert not said["en"].out
    en("check", "members", word, cwd=faulty.path, as_of=BASE_DAY, code=2)
    en("check", "members", cwd=faulty.path / "meetings", as_of=BASE_DAY, code=2)


def test_a_file_that_is_no_record_is_not_called_clean(tmp_path: Path) -> None:
    repo = base_repo(tmp_path / "r", {"README.md": "x\n", "notes/x.txt": "x\n", "meeting/x.yaml": "a: 1\n"})
    for word in ("README.md", "notes", "notes/x.txt", ".git"):
        said = en("check", word, cwd=repo.path, as_of=BASE_DAY, code=2)
        assert f"No record is there, so nothing was checked of: {word}." in said.err
        assert "Records are in: " in said.err
    both = en("check", "README.md", "members", cwd=repo.path, as_of=BASE_DAY, code=0)
    assert "nothing was checked of: README.md." in both.err
    misplaced = en("check", "meeting", "--format", "json", cwd=repo.path, as_of=BASE_DAY, code=0)
    assert [code for _, code in _codes(misplaced.json())] == ["DW202"], "what a finding is about was looked at"


def test_a_path_of_either_state_of_a_range_is_known(tmp_path: Path) -> None:
    repo = base_repo(tmp_path / "r", {"plans/2026/annual.yaml": "schema: 1\n"})
    (repo.path / "plans/2026/annual.yaml").unlink()
    repo.commit({"members/m044.yaml": "schema: 1\n"})
    for word in ("plans", "plans/2026/annual.yaml", "members/m044.yaml"):
        en("check", "--range", "HEAD~1..HEAD", word, cwd=repo.path, as_of=BASE_DAY, code=(0, 1))
    en("check", "--rev", "HEAD", "plans", cwd=repo.path, as_of=BASE_DAY, code=2)


def test_of_very_many_findings_a_part_is_listed_and_all_are_counted(tmp_path: Path) -> None:
    repo = base_repo(tmp_path / "党支部")
    raw = base_files()["members/m001.yaml"]
    assert isinstance(raw, bytes)
    unknown = "".join(f"extra{number}: {number}\n" for number in range(99)).encode()
    for number in range(110):
        id_ = f"m9{number:03d}"
        (repo.path / f"members/{id_}.yaml").write_bytes(raw.replace(b"m001", id_.encode()) + unknown)
    said = run("--lang", "en", "check", "--format", "json", cwd=repo.path, as_of=BASE_DAY)
    assert said.code == 1
    document = said.json()
    listed = [finding for finding in document["findings"] if finding["code"] == "DW103"]
    assert len(listed) == 110
    assert all("98 more" in finding["hint"] for finding in listed)
    assert document["summary"]["error"] >= 110 * 99
    text = run("--lang", "en", "check", cwd=repo.path, as_of=BASE_DAY)
    assert text.code == 1
    assert str(document["summary"]["error"]) in text.out.rsplit("\n", 2)[-2]
    # A change in one of these files brings what is new in it, and nothing of the others.
    repo.commit()
    (repo.path / "members/m9000.yaml").write_bytes(raw.replace(b"m001", b"m9000") + unknown + b"one_more: 1\n")
    repo.commit()
    changed = run("--lang", "en", "check", "--range", "HEAD~1..HEAD", "--format", "json", cwd=repo.path, as_of=BASE_DAY)
    assert {finding["path"] for finding in changed.json()["findings"]} == {"members/m9000.yaml"}


@pytest.mark.parametrize("format_", ["sha1", "sha256"])
def test_the_index_and_the_work_tree_in_either_object_format(tmp_path: Path, format_: str) -> None:
    repo = GitRepo(tmp_path / "r", f"--object-format={format_}")
    repo.commit(base_files())
    said = en("check", "--staged", cwd=repo.path, as_of=BASE_DAY, code=0)
    assert not said.err
    repo.write({GROUP_MEETING: base_file(GROUP_MEETING) + b"\n"})
    assert GROUP_MEETING in en("check", "--staged", cwd=repo.path, as_of=BASE_DAY, code=0).err
    for words in (["check", "--rev", "HEAD"], ["check", "--range", "HEAD..HEAD"], ["due"], ["audit"], ["review", "@"],
                  ["log", GROUP_MEETING], ["audit", "anchor"], ["hook", "install"], ["new", "member", "--name", "甲"],
                  ["review", "--quarantine", ".", "HEAD"]):  # fmt: skip
        assert "cannot" not in en(*words, cwd=repo.path, as_of=BASE_DAY, code=(0, 1)).err, words


def test_whether_a_closed_file_exists_is_not_disclosed(tmp_path: Path) -> None:
    path = "admonitions/2026/t-01.yaml"
    repo = base_repo(tmp_path / "r", {path: "schema: 1\nkind: admonition\n"})
    for word in (path, "admonitions/2026/t-02.yaml", "admonitions", "admonitions/2026"):
        said = en("check", "--audience", "members", word, cwd=repo.path, as_of=BASE_DAY, code=2)
        assert f"{word} is not for the audience" in said.err
    assert "no file or folder nope" in en("check", "--audience", "members", "nope", cwd=repo.path, code=2).err
    near = en("check", "--audience", "members", "admonition", cwd=repo.path, as_of=BASE_DAY, code=2)
    assert "admonitions" not in near.err
    assert "admonitions" in en("check", "admonition", cwd=repo.path, as_of=BASE_DAY, code=2).err
    en("check", path, cwd=repo.path, as_of=BASE_DAY, code=1)
