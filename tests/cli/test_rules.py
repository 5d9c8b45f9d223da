"""``dangwu rules``: the rulebook in force, with what a branch has amended."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dangwu.data import resources
from tests.support.branches import base_repo
from tests.support.run import en, is_chinese, spoken

if TYPE_CHECKING:
    from pathlib import Path

AMENDMENT = """schema: 1
kind: amendment
clause: "3.4"
from: 2026-07-01
every: quarter
source:
  document: 云栖镇党委关于加强党课工作的通知
  approved_by: 云栖镇党委
"""


def _clause(document: Any, id_: str) -> Any:
    return next(each for each in document["clauses"] if each["clause"] == id_)


def test_the_rulebook_without_a_branch(tmp_path: Path) -> None:
    document = en("rules", "--format", "json", cwd=tmp_path, code=0).json()
    assert list(document) == ["schema", "rulebook", "as_of", "clauses"]
    assert document["schema"] == "dangwu/rules/1"
    ids = [each["clause"] for each in document["clauses"]]
    assert {"3.1", "3.2", "3.3", "3.4", "3.5", "10.1(5)"} <= set(ids)
    assert all(
        list(each) == ["clause", "system", "title", "becomes", "reading", "subject", "record", "checks", "wordings"]
        for each in document["clauses"]
    )
    for form in ("text", "md"):
        said = spoken("rules", "--format", form, cwd=tmp_path, code=0)
        assert is_chinese(said["zh"].out)
        assert not is_chinese(said["en"].out)
        assert "3.1" in said["en"].out
    some = en("rules", "--system", "10", "--format", "json", cwd=tmp_path, code=0).json()
    assert {each["system"] for each in some["clauses"]} == {10}


def test_an_amendment_is_dated_and_cited(tmp_path: Path) -> None:
    repo = base_repo(tmp_path / "r", {"rules/lecture.yaml": AMENDMENT})
    en("check", cwd=repo.path, as_of="2026-06-30", code=0)
    document = en("rules", "--format", "json", cwd=repo.path, code=0).json()
    wordings = _clause(document, "3.4")["wordings"]
    assert [(each["from"], each["to"], each["every"]) for each in wordings][-1] == ("2026-07-01", None, "quarter")
    assert "云栖镇党委关于加强党课工作的通知" in wordings[-1]["source"]
    said = spoken("rules", "--system", "3", cwd=repo.path, as_of="2026-08-01", code=0)
    assert "quarter" in said["en"].out
    assert "云栖镇党委" in said["zh"].out
    duties = en("due", "--format", "json", cwd=repo.path, as_of="2026-12-31").json()["duties"]
    assert {duty["period"] for duty in duties if duty["clause"] == "3.4"} == {"2026-H1", "2026-Q3", "2026-Q4"}


def test_a_system_that_is_none_of_the_ten_is_a_usage_error(tmp_path: Path) -> None:
    for number in ("11", "0", "-1", "三"):
        assert "whole number" in en("rules", "--system", number, cwd=tmp_path, code=2).err
    assert "from 0 to 10" in en("rules", "diff", "2026-01-01", "--system", "11", cwd=tmp_path, code=2).err


def test_every_setting_with_its_value_and_where_it_comes_from(tmp_path: Path) -> None:
    clean = base_repo(tmp_path / "青禾 党支部").path
    known = resources.load_schema("branch")["properties"]["settings"]["properties"]
    outside = en("rules", "--settings", "--format", "json", cwd=tmp_path, code=0).json()
    assert outside["schema"] == "dangwu/settings/1"
    assert {each["key"] for each in outside["settings"]} == set(known)
    assert all(each["assumed"] and each["value"] == each["default"] for each in outside["settings"])
    branch = clean / "branch.yaml"
    text = branch.read_text(encoding="utf-8")
    branch.write_text(text.replace("recorded_within_days: 15", "recorded_within_days: 9"), encoding="utf-8")
    line = next(
        at for at, each in enumerate(branch.read_text("utf-8").split("\n"), 1) if "recorded_within_days" in each
    )
    inside = en("rules", "--settings", "--format", "json", cwd=clean, code=0).json()
    decided = {each["key"]: each for each in inside["settings"] if not each["assumed"]}
    assert decided["recorded_within_days"]["value"] == 9
    assert decided["recorded_within_days"]["default"] == 15
    assert decided["recorded_within_days"]["from"] == {"path": "branch.yaml", "line": line}
    for form in ("text", "md"):
        said = spoken("rules", "--settings", "--format", form, cwd=clean, code=0)
        assert f"9 days (branch.yaml, line {line}); default 15 days; allowed 0 to 366" in said["en"].out
        assert not is_chinese(said["en"].out)
        assert is_chinese(said["zh"].out)
    of_system = en("rules", "--settings", "--system", "10", "--format", "json", cwd=clean, code=0).json()["settings"]
    assert [each["key"] for each in of_system] == ["admonition_outcome_days"]
