"""What one commit did to many records is one finding, whole in every form, with the commit's own words."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tests.histories.acting import minutes, path_of
from tests.support.branches import base_files
from tests.support.gitrepo import GitRepo
from tests.support.people import LI, WANG, commit
from tests.support.run import en, spoken

if TYPE_CHECKING:
    from pathlib import Path

DAY = "2026-06-30"
DAYS = [str(date(2025, 1, 1) + timedelta(days=number)) for number in range(400)]
LEDGER = [path_of(day) for day in DAYS]
LETTER = "supervision/2026/letter-x1.yaml"
WHY = "誊录 2025 年的纸质台账\n\n原件在档案柜。\x1b[31m<b>::error::x\u202e\n\nSigned-off-by: 李某 <li@example.org>"
TOLD = "誊录 2025 年的纸质台账 原件在档案柜。"


@pytest.fixture(scope="module")
def repo(tmp_path_factory: pytest.TempPathFactory) -> GitRepo:
    """Return a branch that brought in 400 meetings with its reason, then handed 67 of them over without a word."""
    repo = GitRepo(tmp_path_factory.mktemp("heaps") / "青禾 党支部")
    plain = {path: text for path, text in base_files().items() if path.startswith(("branch", "members"))}
    commit(repo, "2026-01-05", plain)
    repo.git("tag", "before")
    commit(repo, "2026-03-20", {path_of(day): minutes(day) for day in DAYS}, says=WHY)
    commit(repo, "2026-04-20", dict.fromkeys(LEDGER[:67]), by=WANG)
    commit(
        repo, "2026-04-21", {path_of("2026-04-20"): minutes("2026-04-20"), LETTER: "schema: 1\nkind: letter\nid: x1\n"}
    )
    commit(repo, "2026-05-20", {path_of("2026-04-20"): None, LETTER: None}, says="某人撤回来信")
    return repo


def audited(repo: GitRepo, *words: str) -> dict[str, Any]:
    document: dict[str, Any] = en("audit", *words, "--format", "json", cwd=repo.path, as_of=DAY, code=0).json()
    assert document["summary"]["warning"] == sum(each["severity"] == "warning" for each in document["findings"])
    return document


def by_code(document: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    codes: dict[str, list[dict[str, Any]]] = {}
    for each in document["findings"]:
        codes.setdefault(each["code"], []).append(each)
    return codes


def test_a_commit_is_one_finding_with_all_its_records(repo: GitRepo) -> None:
    found = by_code(audited(repo))
    assert {code: len(each) for code, each in found.items()} == {"DW961": 1, "DW962": 1, "DW967": 2}
    (ledger,) = found["DW961"]
    assert [place["path"] for place in ledger["related"]] == [
        path for path in LEDGER[67:] if path < path_of("2026-03-05")
    ]
    assert ledger["path"] == LEDGER[67]
    assert ledger["related"][0]["message"] == f"Of {DAYS[67]}, recorded on 2026-03-20, {443 - 67} days later."
    assert ledger["message"] == "Recorded long after the day: 333 records, by one commit of 2026-03-20 (李某)."
    archive = next(each for each in found["DW967"] if len(each["related"]) == 67)
    assert {place["path"] for place in archive["related"]} == {*LEDGER[:67]}
    assert list(archive) == [
        "code", "name", "severity", "path", "line", "column", "clause", "subject", "message", "hint", "related",
        "commit", "reason", "strength", "evidence",
    ]  # fmt: skip


def test_who_gave_a_reason_looks_unlike_who_did_not(repo: GitRepo) -> None:
    found = by_code(audited(repo))
    assert found["DW961"][0]["reason"].startswith(TOLD)
    assert [each["reason"] for each in found["DW967"] if len(each["related"]) == 67] == [""]
    sentences = {"en": ("message: “", "message gives no reason"), "zh": ("提交说明：“", "提交说明没有写原因")}
    for lang, result in spoken("audit", cwd=repo.path, as_of=DAY, code=0).items():
        given, missing = sentences[lang]
        assert given + TOLD.replace(" ", "") in result.out.replace("\n", "").replace(" ", "").replace(
            "message:", "message: "
        )
        assert missing in result.out
        assert "\x1b" not in result.out
        assert "\u202e" not in result.out


def test_a_terminal_shows_some_and_says_how_to_see_all(repo: GitRepo) -> None:
    said = en("audit", cwd=repo.path, as_of=DAY, code=0).out
    assert len(said.splitlines()) < 90
    assert "and 328 more; all of them with --format md or json" in said
    assert LEDGER[70] in said
    assert LEDGER[80] not in said
    whole = en("audit", "--format", "md", cwd=repo.path, as_of=DAY, code=0).out
    assert all(path.rpartition("/")[2] in whole for path in LEDGER)
    assert "<b>" not in whole


def test_a_year_has_its_own_records_only(repo: GitRepo) -> None:
    for year, wanted in (("2025", DAYS[67:365]), ("2026", DAYS[365:])):
        (ledger,) = by_code(audited(repo, "--year", year))["DW961"]
        assert [place["path"] for place in ledger["related"]] == [path_of(day) for day in wanted]


def test_a_review_says_it_in_the_same_way(repo: GitRepo) -> None:
    reviewed = en("review", "before..HEAD", "--format", "json", cwd=repo.path, as_of=DAY, code=(0, 1)).json()
    found = {each["code"]: each for each in reviewed["history"]}
    assert len(found["DW961"]["related"]) == 333
    assert found["DW961"]["reason"].startswith(TOLD)
    said = en("review", "before..HEAD", cwd=repo.path, as_of=DAY, code=(0, 1)).out
    assert "and 328 more; all of them with --format md or json" in said
    for form in ("md", "github", "sarif"):
        said = en("review", "before..HEAD", "--format", form, cwd=repo.path, as_of=DAY, code=(0, 1)).out
        assert said.count("DW967") >= 1


def test_what_is_closed_to_an_audience_leaves_no_trace(repo: GitRepo) -> None:
    """The committee reads neither that a letter was deleted nor the words of the commit that did it."""
    for audience, count, reason in (("handlers", 2, "某人撤回来信"), ("committee", 0, None)):
        document = audited(repo, "--audience", audience)
        (last,) = [each for each in by_code(document)["DW967"] if each["evidence"][0]["day"] == "2026-05-20"]
        assert len(last["related"]) == count
        assert last["reason"] == reason
        said = en("audit", "--audience", audience, "--format", "md", cwd=repo.path, as_of=DAY, code=0).out
        assert ("letter" in said) is (audience == "handlers")
        assert ("撤回" in said) is (audience == "handlers")


def test_a_single_record_keeps_its_own_sentence(tmp_path: Path) -> None:
    repo = GitRepo(tmp_path / "库")
    plain = {path: text for path, text in base_files().items() if path.startswith(("branch", "members"))}
    commit(repo, "2026-01-05", plain)
    commit(
        repo, "2026-04-24", {path_of("2026-03-12"): minutes("2026-03-12")}, by=LI, says="记录\n\n外出一个月，回来补记"
    )
    (late,) = audited(repo)["findings"]
    assert late["message"] == "Of 2026-03-12, recorded on 2026-04-24, 43 days later."
    assert (late["related"], late["reason"]) == ([], "外出一个月，回来补记")
