"""``dangwu log``: the life of one record in a real repository, told field by field."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from dangwu.formats.text_layout import measure_width
from tests.support import canary
from tests.support.branches import GROUP_MEETING, base_files
from tests.support.gitrepo import GitRepo
from tests.support.people import LI, TOWN, WANG, acting, at, commit, merge
from tests.support.run import en, is_chinese, run, spoken, zh

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.branches import Demo

DAY = "2026-09-30"
RENAMED = "meetings/2026/2026-03-12-group-meeting-g1-2.md"
RAW = base_files()[GROUP_MEETING]
MINUTES = RAW.decode() if isinstance(RAW, bytes) else RAW
WAIVER = "waivers/2026/2026-05-06-g2-april.yaml"


def minutes(*changes: tuple[str, str], text: str = MINUTES) -> str:
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return text


FIRST = minutes()
MOVED = minutes(("三楼党员活动室", "二楼"), ("m006, m009]", "m006]"), ("absent: []", "absent: [m009]"))
REWRITTEN = minutes(("何䶮检讨上月通知发得太晚；", ""), text=MOVED)
AGAIN = minutes(("chair: m005", "chair: m001"), text=REWRITTEN)


@pytest.fixture(scope="module")
def repo(tmp_path_factory: pytest.TempPathFactory) -> GitRepo:
    """Return a repository in which one record has had a whole life."""
    repo = GitRepo(tmp_path_factory.mktemp("log") / "青禾 党支部")
    others = {path: text for path, text in base_files().items() if path != GROUP_MEETING}
    commit(repo, "2026-01-05", others, by=WANG, says="建库")
    repo.git("checkout", "-q", "-b", "spring")
    commit(repo, "2026-03-13", {GROUP_MEETING: FIRST}, says="记三月小组会")
    repo.git("checkout", "-q", "main")
    merge(repo, "2026-03-20", "spring", says=f"合并三月\n\nReviewed-by: {TOWN.written}")
    commit(repo, "2026-04-02", {GROUP_MEETING: MOVED}, by=WANG, author=LI, says="改地点和出勤")
    commit(repo, "2026-04-03", {GROUP_MEETING: REWRITTEN}, says="删一句")
    repo.git("mv", GROUP_MEETING, RENAMED)
    commit(repo, "2026-04-04", {RENAMED: AGAIN}, says="改名并改主持人")
    commit(repo, "2026-04-05", {RENAMED: None}, says="删除")
    head = commit(repo, "2026-04-06", {RENAMED: AGAIN}, by=WANG, says="恢复")
    repo.git("tag", "-a", "-m", f"已审阅\n\nReviewed-by: {TOWN.written}", f"dangwu/reviewed/2026-04-30-{head[:12]}",
             when=at("2026-04-30"), **acting(TOWN))  # fmt: skip
    return repo


@pytest.fixture(scope="module")
def document(repo: GitRepo) -> Any:
    return en("log", RENAMED, "--format", "json", cwd=repo.path, as_of=DAY, code=0).json()


def test_the_shape_of_the_document(repo: GitRepo, document: Any) -> None:
    assert list(document) == ["schema", "as_of", "revision", "path", "paths", "kind", "turns"]
    assert document["schema"] == "dangwu/log/1"
    assert document["as_of"] == DAY
    assert document["revision"] == repo.git("rev-parse", "HEAD")
    assert document["path"] == RENAMED
    assert document["paths"] == [GROUP_MEETING, RENAMED]
    assert document["kind"] == "group-meeting"
    for turn in document["turns"]:
        assert list(turn) == ["turn", "commit", "merged", "signature", "reviewed", "change"]
        assert list(turn["commit"]) == ["id", "title", "author", "committer", "signed"]
        assert list(turn["commit"]["author"]) == ["name", "email", "day"]
        assert list(turn["change"]) == [
            "path", "old_path", "edit", "kind", "day", "readable", "hidden", "fields", "sections",
        ]  # fmt: skip
        for each in turn["change"]["fields"]:
            assert list(each) == ["pointer", "edit", "before", "after"]
        for each in turn["change"]["sections"]:
            assert list(each) == ["title", "edit", "gone", "come"]


def test_the_turns(document: Any) -> None:
    turns = [(each["turn"], each["commit"]["title"], each["commit"]["committer"]["day"]) for each in document["turns"]]
    assert turns == [
        ("created", "记三月小组会", "2026-03-13"),
        ("changed", "改地点和出勤", "2026-04-02"),
        ("changed", "删一句", "2026-04-03"),
        ("renamed", "改名并改主持人", "2026-04-04"),
        ("deleted", "删除", "2026-04-05"),
        ("recreated", "恢复", "2026-04-06"),
    ]
    created, moved, *_ = document["turns"]
    assert created["merged"]["title"] == "合并三月"
    assert created["merged"]["committer"] == {"name": TOWN.name, "email": TOWN.email, "day": "2026-03-20"}
    assert all(each["merged"] is None for each in document["turns"][1:])
    assert (moved["commit"]["author"]["name"], moved["commit"]["committer"]["name"]) == (LI.name, WANG.name)
    assert all(each["signature"] is None for each in document["turns"])


def test_each_field_from_what_to_what(document: Any) -> None:
    changes = [each["change"] for each in document["turns"]]
    fields = [
        {(tuple(each["pointer"]), each["edit"]): (each["before"], each["after"]) for each in change["fields"]}
        for change in changes
    ]
    assert fields[0][("place",), "added"] == (None, "三楼党员活动室")
    assert fields[1] == {
        (("place",), "changed"): ("三楼党员活动室", "二楼"),
        (("present",), "removed"): (["m009"], None),
        (("absent",), "added"): (None, ["m009"]),
    }
    assert fields[2] == {}
    (section,) = changes[2]["sections"]
    assert section["title"] == "批评与自我批评"
    assert (len(section["gone"]), len(section["come"])) == (1, 1)
    assert changes[3]["old_path"] == GROUP_MEETING
    assert fields[3] == {(("chair",), "changed"): ("m005", "m001")}
    assert changes[4]["edit"] == "removed"
    assert fields[4][("chair",), "removed"] == ("m001", None)
    # Brought back, it is compared with what it said before.
    assert changes[5]["edit"] == "changed"
    assert all(change["readable"] and not change["hidden"] for change in changes)


def test_who_has_seen_which_state(document: Any) -> None:
    seen = [[(mark["kind"], mark["day"]) for mark in each["reviewed"]] for each in document["turns"]]
    assert seen == [[("trailer", "2026-03-20")], [], [], [], [], [("tag", "2026-04-30")]]
    trailer, tag = document["turns"][0]["reviewed"][0], document["turns"][5]["reviewed"][0]
    assert list(trailer) == ["kind", "commit", "day", "who", "strength", "name"]
    assert (trailer["who"], trailer["strength"], trailer["name"]) == (TOWN.written, "merged", None)
    assert tag["who"] == TOWN.written
    assert tag["strength"] == "committer"
    assert tag["name"].startswith("dangwu/reviewed/2026-04-30-")


@pytest.mark.parametrize(
    "name", [RENAMED, GROUP_MEETING, "2026-03-12-group-meeting-g1-2", f"./{RENAMED}", RENAMED.replace("/", "\\")]
)
def test_a_record_is_found_by_every_name_that_people_know(repo: GitRepo, document: Any, name: str) -> None:
    assert en("log", name, "--format", "json", cwd=repo.path, as_of=DAY, code=0).json() == document


def test_a_path_from_where_people_stand(repo: GitRepo, document: Any) -> None:
    name = RENAMED.rpartition("/")[2]
    here = repo.path / "meetings" / "2026"
    assert en("log", name, "--format", "json", cwd=here, as_of=DAY, code=0).json() == document
    assert en("log", RENAMED, "--format", "json", cwd=here, as_of=DAY, code=0).json() == document
    assert en("log", f"../../{WAIVER}", "--format", "json", cwd=here, as_of=DAY, code=0).json()["path"] == WAIVER


def test_a_member_and_the_branch_itself(repo: GitRepo) -> None:
    member = en("log", "m005", "--format", "json", cwd=repo.path, as_of=DAY, code=0).json()
    assert (member["path"], member["kind"]) == ("members/m005.yaml", "member")
    assert "何䶮" in zh("log", "m005", cwd=repo.path, as_of=DAY, code=0).out
    assert en("log", "branch.yaml", "--format", "json", cwd=repo.path, as_of=DAY, code=0).json()["kind"] == "branch"


@pytest.mark.parametrize("name", ["nobody", "meetings/2026/none.md", "../branch.yaml", "", "-", "*", "/etc/passwd"])
def test_a_record_that_never_was(repo: GitRepo, name: str) -> None:
    for result in spoken("log", "--", name, cwd=repo.path, as_of=DAY, code=2).values():
        assert not result.out
        assert len(result.err.strip().splitlines()) == 2
    assert is_chinese(zh("log", "--", name, cwd=repo.path, as_of=DAY).err)


def test_a_name_that_several_records_have(tmp_path: Path) -> None:
    repo = GitRepo(tmp_path / "r")
    commit(repo, "2026-01-05", {**base_files(), "plans/2025/annual.yaml": "a: 1\n", "plans/2026/annual.yaml": "b: 2\n"})
    said = zh("log", "annual", cwd=repo.path, as_of=DAY, code=2).err
    assert "plans/2025/annual.yaml" in said
    assert "plans/2026/annual.yaml" in said


def test_renamed_there_and_back(tmp_path: Path) -> None:
    repo = GitRepo(tmp_path / "r")
    commit(repo, "2026-03-13", base_files())
    for old, new in ((GROUP_MEETING, RENAMED), (RENAMED, GROUP_MEETING)):
        repo.git("mv", old, new)
        commit(repo, "2026-03-14", {})
    document = en("log", RENAMED, "--format", "json", cwd=repo.path, as_of=DAY, code=0).json()
    assert document["path"] == GROUP_MEETING
    assert document["paths"] == [RENAMED, GROUP_MEETING]
    assert [each["turn"] for each in document["turns"]] == ["created", "renamed", "renamed"]


def test_another_commit(repo: GitRepo) -> None:
    words = ("log", GROUP_MEETING, "--rev", "spring", "--format", "json")
    document = en(*words, cwd=repo.path, as_of=DAY, code=0).json()
    assert [each["turn"] for each in document["turns"]] == ["created"]
    assert document["turns"][0]["merged"] is None
    assert en("log", GROUP_MEETING, "--rev", "main~6", cwd=repo.path, as_of=DAY, code=2).err
    assert en("log", GROUP_MEETING, "--rev", "nowhere", cwd=repo.path, as_of=DAY, code=2).err


def test_what_the_committee_saw_of_another_line_is_no_review_of_this_one(tmp_path: Path) -> None:
    repo = GitRepo(tmp_path / "r")
    others = {path: text for path, text in base_files().items() if path != GROUP_MEETING}
    commit(repo, "2026-01-05", others)
    repo.git("checkout", "-q", "-b", "other")
    repo.git("checkout", "-q", "main")
    commit(repo, "2026-03-13", {GROUP_MEETING: FIRST})
    repo.git("checkout", "-q", "other")
    seen = commit(repo, "2026-04-01", {WAIVER: base_files()[WAIVER], "note.txt": "x"})
    repo.git("tag", "-a", "-m", f"x\n\nReviewed-by: {TOWN.written}", f"dangwu/reviewed/2026-05-01-{seen[:12]}",
             when=at("2026-05-01"), **acting(TOWN))  # fmt: skip
    repo.git("checkout", "-q", "main")
    merge(repo, "2026-05-02", "other", by=LI)
    document = en("log", GROUP_MEETING, "--format", "json", cwd=repo.path, as_of=DAY, code=0).json()
    assert [each["reviewed"] for each in document["turns"]] == [[]]
    # Nor does it show that the record came late: it was on the main line all the time.
    audited = en("audit", "--format", "json", cwd=repo.path, as_of=DAY, code=0).json()
    assert not [each for each in audited["findings"] if each["path"] == GROUP_MEETING and each["code"] == "DW961"]


# --- for people ---


@pytest.mark.parametrize("columns", ["80", "60", "200"])
def test_a_terminal_of_any_width(repo: GitRepo, columns: str) -> None:
    for lang in ("zh", "en"):
        out = run("--lang", lang, "--color", "always", "log", RENAMED, cwd=repo.path, as_of=DAY,
                  env={"COLUMNS": columns, "TERM": "xterm-256color"}, code=0).out  # fmt: skip
        lines = re.sub(r"\x1b\[[0-9;]*m", "", out).splitlines()
        # A word that has no blank, such as a path, may be longer than a narrow terminal.
        assert [
            line for line in lines if measure_width(line) > int(columns) and measure_width(line.split()[0]) < 60
        ] == []
        assert any("何䶮" in line for line in lines)
        assert "{" not in out


def test_the_page(repo: GitRepo) -> None:
    pages = spoken("log", RENAMED, cwd=repo.path, as_of=DAY, code=0)
    for page in pages.values():
        flat = " ".join(page.out.split())
        for text in ("三楼党员活动室", "二楼", "苏禾 (m009)", "何䶮 (m005)", GROUP_MEETING, "2026-03-20", TOWN.name):
            assert text in flat
        assert flat.index("三楼党员活动室") < flat.index("二楼")
        assert not page.err
    assert "会议地点" in pages["zh"].out or "地点" in pages["zh"].out
    assert "Place" in pages["en"].out


def test_markdown(repo: GitRepo) -> None:
    page = zh("log", RENAMED, "--format", "md", cwd=repo.path, as_of=DAY, code=0).out
    assert page.startswith("# ")
    assert page.count("\n- **") == 6
    assert not [line for line in page.splitlines() if line.startswith("/")]


def test_wrong_words(repo: GitRepo) -> None:
    for words in (("--format", "xml"), ("--audience", "public"), ("--audience", "sealed"), ("--signers", "none")):
        assert en("log", RENAMED, *words, cwd=repo.path, as_of=DAY, code=2).err
    assert en("log", cwd=repo.path, as_of=DAY, code=2).err


def test_no_repository(tmp_path: Path) -> None:
    repo = GitRepo(tmp_path / "empty")
    repo.write(base_files())
    assert "commit" in en("log", "m001", cwd=repo.path, code=3).err
    plain = tmp_path / "plain"
    plain.mkdir()
    (plain / "branch.yaml").write_text("schema: 1\n", encoding="utf-8")
    assert en("log", "m001", cwd=plain, code=3).err


# --- who sees what ---

SECRET = {"admonition", "case", "letter", "accountability"}


@pytest.fixture(scope="module")
def canaries(tmp_path_factory: pytest.TempPathFactory) -> GitRepo:
    """Return a branch with a record of every kind, each made, changed and deleted."""
    repo = GitRepo(tmp_path_factory.mktemp("canary") / "r")
    commit(repo, "2026-06-01", canary.files())
    changed = {
        path: str(text).replace("-鸟", "改-鸟") for path, text in canary.files().items() if canary.SONG in str(text)
    }
    commit(repo, "2026-06-02", changed)
    for path in changed:
        repo.git("rm", "-q", path)
    commit(repo, "2026-06-03", {})
    return repo


def paths(kind: str) -> str:
    return canary.records()[kind][0]


@pytest.mark.parametrize("kind", [*sorted(SECRET), "complainant", "waiver", "general-meeting"])
def test_confidential_records_are_for_handlers(canaries: GitRepo, kind: str) -> None:
    path = paths(kind)
    for lang, form in (("zh", "text"), ("en", "json"), ("en", "md")):
        for audience in (None, "handlers"):
            words = () if audience is None else ("--audience", audience)
            said = run("--lang", lang, "log", path, "--format", form, *words, cwd=canaries.path, as_of=DAY, code=0).both
            shown = kind not in SECRET | {"complainant"} or (audience == "handlers" and kind in SECRET)
            assert (f"{canary.SONG}-{kind}" in said.replace("\\", "")) is shown, (form, audience)
            if not shown:
                assert canary.SONG not in said
                days = {str(each) for key, each in canary.data(kind).items() if key in {"date", "received_on"}}
                assert not [day for day in days if day in said], (form, audience)
    hidden = en("log", path, "--format", "json", cwd=canaries.path, as_of=DAY, code=0).json()["turns"]
    assert [each["turn"] for each in hidden] == ["created", "changed", "deleted"]
    assert {each["change"]["hidden"] for each in hidden} == {kind in SECRET | {"complainant"}}
    if kind in SECRET | {"complainant"}:
        assert not [each for each in hidden if each["change"]["fields"] or each["change"]["sections"]]


def test_what_once_stood_in_the_wrong_place_stays_hidden(tmp_path: Path) -> None:
    """A complainant written into a file of meetings, then corrected: the old state is still one of a complainant."""
    repo = GitRepo(tmp_path / "r")
    _, fields = canary.records()["complainant"]
    from dangwu.workspace.catalogue import load_kinds  # noqa: PLC0415 - only here

    secret = canary.text(load_kinds()["complainant"], fields)
    wrong = "trainings/2026/2026-03-20-x.yaml"
    commit(repo, "2026-06-01", {**base_files(), wrong: secret})
    commit(repo, "2026-06-02", {wrong: "schema: 1\nkind: training\ndate: 2026-03-20\n"})
    commit(repo, "2026-06-03", {wrong: None})
    for command in (("log", wrong), ("review", "HEAD~1"), ("review", "HEAD~2..HEAD~1"), ("review", "HEAD~2..HEAD")):
        for form in ("json", "md"):
            for audience in ("committee", "handlers"):
                said = en(
                    *command, "--format", form, "--audience", audience, cwd=repo.path, as_of=DAY, code=(0, 1)
                ).both
                assert canary.SONG not in said.replace("\\", ""), (command, form, audience)


def test_a_year_without_a_record_is_not_audited(demo: Demo) -> None:
    said = spoken("audit", "--year", "2031", cwd=demo.path, code=2)
    assert "It has records of: 2025, 2026." in said["en"].err
    assert "2025" in said["zh"].err
    en("audit", "--year", "2026", cwd=demo.path, code=(0, 1))
