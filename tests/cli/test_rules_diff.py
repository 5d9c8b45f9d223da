"""``dangwu rules diff``: what two days or two states of a real repository ask differently."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.support.branches import base_files, base_repo, listing
from tests.support.run import en, is_chinese, spoken, zh

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.gitrepo import GitRepo
    from tests.support.run import Result

SOURCE = "source:\n  document: 云栖镇党委关于加强党课工作的通知\n  approved_by: 云栖镇党委\n"
LECTURE = f'schema: 1\nkind: amendment\nclause: "3.4"\nfrom: 2026-07-01\nevery: quarter\n{SOURCE}'
OFF = f'schema: 1\nkind: amendment\nclause: "3.1"\nfrom: 2026-03-01\nto: 2026-08-31\noff: true\n{SOURCE}'
EXTRA = f"""schema: 1
kind: amendment
clause: X1
from: 2026-03-01
every: month
count: 2
due: {{day: 20}}
new:
  title: {{zh: 主题党日, en: Themed Party day}}
  record: themed-party-day
  subject: group
  conditions: [someone-present]
{SOURCE}"""


@pytest.fixture
def repo(tmp_path: Path) -> GitRepo:
    return base_repo(tmp_path / "青禾 党支部")


def branch(**settings: int | str) -> str:
    raw = base_files()["branch.yaml"]
    text = raw if isinstance(raw, str) else raw.decode()
    lines = "".join(f"  {key}: {value}\n" for key, value in settings.items())
    return text.replace("settings:\n  recorded_within_days: 15\n", f"settings:\n{lines}")


def diff(repo: GitRepo, *words: str) -> Any:
    document = en("rules", "diff", *words, "--format", "json", cwd=repo.path, code=0).json()
    assert list(document) == ["schema", "before", "after", "changes", "settings"]
    assert document["schema"] == "dangwu/rules-diff/1"
    return document


def told(change: Any, aspect: str) -> tuple[str | None, str | None] | None:
    found = [each for each in change["aspects"] if each["aspect"] == aspect]
    return (found[0]["before"], found[0]["after"]) if found else None


def test_an_amendment_between_two_commits(repo: GitRepo) -> None:
    first = repo.git("rev-parse", "HEAD")
    second = repo.commit({"rules/lecture.yaml": LECTURE})
    document = diff(repo, first, second)
    assert document["before"] == {"day": None, "revision": first}
    assert document["after"] == {"day": None, "revision": second}
    (change,) = document["changes"]
    assert {key: change[key] for key in ("clause", "system", "title", "change", "from", "last", "path")} == {
        "clause": "3.4",
        "system": 3,
        "title": "Party lecture",
        "change": "changed",
        "from": "2026-07-01",
        "last": None,
        "path": "rules/lecture.yaml",
    }
    assert change["times_a_year"] == {"before": 2, "after": 4}
    assert told(change, "every") == ("every half-year", "every quarter")
    source = "云栖镇党委关于加强党课工作的通知, approved by 云栖镇党委"
    assert told(change, "source") == ("Ten basic working systems (2020), 3.4", source)
    assert [each["aspect"] for each in change["aspects"]] == ["every", "source"]
    assert document["settings"] == []
    back = diff(repo, f"{second}..{first}")["changes"][0]
    assert back["times_a_year"] == {"before": 4, "after": 2}
    assert told(back, "every") == ("every quarter", "every half-year")
    said = spoken("rules", "diff", first, second, cwd=repo.path, code=0)
    assert "Times a year for the branch: 2 → 4 (2 more)" in said["en"].out
    assert "党支部一年应办次数：2 → 4（增加 2 次）" in said["zh"].out
    assert "[要求有变] 3.4 党课" in said["zh"].out


def test_an_amendment_that_is_changed_and_one_that_is_taken_back(repo: GitRepo) -> None:
    repo.commit({"rules/lecture.yaml": LECTURE, "rules/off.yaml": OFF})
    later = LECTURE.replace("2026-07-01", "2026-10-01").replace("every: quarter", "count: 2\ndue: {month: 5, day: 20}")
    (repo.path / "rules/off.yaml").unlink()
    repo.commit({"rules/lecture.yaml": later})
    changes = diff(repo, "HEAD~1", "HEAD")["changes"]
    spans = [(each["clause"], each["change"], each["from"], each["last"]) for each in changes]
    assert spans == [
        ("3.1", "added", "2026-03-01", "2026-08-31"),
        ("3.4", "changed", "2026-07-01", "2026-09-30"),
        ("3.4", "changed", "2026-10-01", None),
    ]
    assert changes[0]["times_a_year"] == {"before": 0, "after": 12}
    assert told(changes[0], "effect") == ("switched off", "has effect")
    assert told(changes[1], "every") == ("every quarter", "every half-year")
    assert changes[2]["times_a_year"] == {"before": 4, "after": 4}
    assert told(changes[2], "times") == ("1", "2")
    assert told(changes[2], "due") == ("the last day of the period", "day 20 of month 5 of the period")
    assert told(changes[2], "source") is None


def test_a_duty_that_is_switched_off_for_some_months(repo: GitRepo) -> None:
    repo.commit({"rules/off.yaml": OFF})
    said = spoken("rules", "diff", "HEAD~1", "HEAD", cwd=repo.path, code=0)
    assert "[no longer owed] 3.1 Party group meeting" in said["en"].out
    assert "From 2026-03-01 to 2026-08-31" in said["en"].out
    assert "Times a year for each Party group, as long as this holds: 12 → 0" in said["en"].out
    assert "status: has effect → switched off" in said["en"].out
    assert "fewer" not in said["en"].out, "of some months it is not true that a year has so many fewer"
    assert "[不再要求] 3.1 党小组会" in said["zh"].out
    assert "施行情况：由“施行中”改为“停止执行”" in said["zh"].out


def test_an_extra_duty_and_its_end(repo: GitRepo) -> None:
    repo.commit({"rules/day.yaml": EXTRA})
    (change,) = diff(repo, "HEAD~1")["changes"]
    assert (change["clause"], change["system"], change["change"]) == ("X1", 0, "added")
    assert change["times_a_year"] == {"before": 0, "after": 24}
    assert change["subject"] == {"before": "group", "after": "group"}
    assert told(change, "record") == (None, "Themed Party day")
    assert told(change, "conditions") == (None, "somebody who is due is present")
    assert told(change, "due") == (None, "day 20 of the month")
    assert told(change, "opens") is None
    said = zh("rules", "diff", "HEAD~1", "--system", "0", cwd=repo.path, code=0).out
    assert "[新增要求] X1 主题党日" in said
    repo.commit({"rules/day.yaml": EXTRA.replace("every: month", "to: 2026-12-31\nevery: month")})
    (ended,) = diff(repo, "HEAD~1", "HEAD")["changes"]
    assert (ended["change"], ended["from"], ended["last"]) == ("removed", "2027-01-01", None)
    assert told(ended, "effect") == ("has effect", "not in force")
    assert "24 → 0 (24 fewer)" in en("rules", "diff", "HEAD~1", "HEAD", cwd=repo.path).out
    renamed = EXTRA.replace("en: Themed Party day", "en: Party day of the month").replace("group", "branch")
    repo.commit({"rules/day.yaml": renamed})
    new = diff(repo, "HEAD~2", "HEAD")["changes"][0]
    assert told(new, "title") == ("Themed Party day", "Party day of the month")
    assert told(new, "subject") == ("each Party group", "the branch")
    text = en("rules", "diff", "HEAD~2", "HEAD", cwd=repo.path).out
    assert "Times a year: 24, each Party group; now 24, the branch" in text


def test_settings(repo: GitRepo) -> None:
    """The work tree is read where the second is left out; a setting shows in the duties that it decides."""
    repo.write({"branch.yaml": branch(recorded_within_days=30, plan_inspection_every="month")})
    document = diff(repo, "HEAD")
    assert document["after"] == {"day": None, "revision": None}
    assert [(each["key"], each["system"], each["before"], each["after"]) for each in document["settings"]] == [
        ("plan_inspection_every", 1, {"value": "quarter", "assumed": True}, {"value": "month", "assumed": False}),
        ("recorded_within_days", 3, {"value": 15, "assumed": False}, {"value": 30, "assumed": False}),
    ]
    (change,) = document["changes"]
    assert (change["clause"], change["times_a_year"]) == ("1.4e", {"before": 4, "after": 12})
    said = spoken("rules", "diff", "HEAD", cwd=repo.path, code=0)
    assert "every quarter (assumed) → every month" in said["en"].out
    assert "取值：由“每季度（假定）”改为“每月”" in said["zh"].out
    assert "设置不分起止日期" in said["zh"].out
    only = diff(repo, "HEAD", "--system", "3")
    assert [each["key"] for each in only["settings"]] == ["recorded_within_days"]
    assert only["changes"] == []


def test_two_days(repo: GitRepo) -> None:
    repo.write({"rules/lecture.yaml": LECTURE, "rules/off.yaml": OFF})
    document = diff(repo, "2026-01-01", "2026-04-01")
    assert document["before"] == {"day": "2026-01-01", "revision": None}
    assert [(each["clause"], each["change"]) for each in document["changes"]] == [("3.1", "removed")]
    for words in (("2026-01-01", "2026-11-23"), ("2026-01-01",), ("2026-01-01..",), ("2026-01-01..2026-11-23",)):
        (change,) = diff(repo, *words)["changes"]
        assert (change["clause"], change["from"], change["last"]) == ("3.4", "2026-07-01", None)
    (back,) = diff(repo, "..2026-01-01")["changes"]
    assert (back["from"], back["last"], back["times_a_year"]) == ("2020-08-24", "2026-06-30", {"before": 4, "after": 2})
    before = diff(repo, "2026-01-01", "2020-01-01")["changes"]
    assert {(each["change"], each["from"], each["last"]) for each in before} == {("removed", None, "2020-08-23")}


def test_two_days_without_a_branch(tmp_path: Path) -> None:
    said = spoken("rules", "diff", "2021-01-01", "2026-01-01", cwd=tmp_path, code=0)
    assert "The rules are the same." in said["en"].out
    assert "两者的制度相同。" in said["zh"].out
    assert "[newly owed] 3.1" in en("rules", "diff", "2020-01-01", "2026-01-01", cwd=tmp_path, code=0).out


def test_the_same_and_where_lines_of_history_parted(repo: GitRepo) -> None:
    repo.git("switch", "-q", "-c", "2026-01-01")
    repo.commit({"rules/lecture.yaml": LECTURE})
    repo.git("switch", "-q", "main")
    repo.commit({"rules/off.yaml": OFF})
    assert "The rules are the same." in en("rules", "diff", "HEAD", cwd=repo.path, code=0).out
    named = [each["clause"] for each in diff(repo, "main", "heads/2026-01-01")["changes"]]
    assert named == ["3.1", "3.4"]
    assert [each["clause"] for each in diff(repo, "main...heads/2026-01-01")["changes"]] == ["3.4"]


def test_markdown_speaks_both_languages(repo: GitRepo) -> None:
    text = LECTURE.replace("云栖镇党委", "Town Committee").replace("关于加强党课工作的通知", " | `x` *y*")
    repo.commit(
        {
            "rules/lecture.yaml": text,
            "rules/off.yaml": OFF.replace("云栖镇党委", "T").replace("关于加强党课工作的通知", "n"),
        }
    )
    for form in ("text", "md"):
        said = spoken("rules", "diff", "HEAD~1", "HEAD", "--format", form, cwd=repo.path, code=0)
        assert is_chinese(said["zh"].out)
        assert not is_chinese(said["en"].out)
    assert r"\| \`x\` \*y\*" in said["en"].out


def test_what_cannot_be_read_or_used_changes_nothing_and_is_named(repo: GitRepo) -> None:
    repo.commit({"rules/lecture.yaml": LECTURE + "  nosuch: 1\n", "rules/x.yaml": LECTURE.replace("3.4", "9.99")})
    said = spoken("rules", "diff", "HEAD~1", "HEAD", cwd=repo.path, code=0)
    assert "The rules are the same." in said["en"].out
    assert said["en"].err == "rules/lecture.yaml cannot be read in HEAD, so nothing in it counts.\n"
    assert "读不出来" in said["zh"].err


def test_nothing_is_written(repo: GitRepo) -> None:
    repo.write({"rules/lecture.yaml": LECTURE})
    before = listing(repo.path)
    for words in (("HEAD",), ("2026-01-01", "2026-12-31"), ("HEAD..HEAD",)):
        en("rules", "diff", *words, cwd=repo.path, code=0)
    assert listing(repo.path) == before


@pytest.mark.parametrize(
    ("words", "part"),
    [
        ((), "missing"),
        (("..",), "Name what is compared"),
        (("", ""), "Name what is compared"),
        (("2026-01-01", "HEAD"), "2026-01-01 is a day, but HEAD is not"),
        (("HEAD..2026-01-01",), "2026-01-01 is a day, but HEAD is not"),
        (("2026-02-30",), "2026-02-30 is not a day"),
        (("1800-01-01",), "out of range"),
        (("nosuch",), "No such commit: nosuch"),
        (("--", "-x"), "No such commit: -x"),
        (("\x1b[31m",), "No such commit"),
        (("HEAD", "HEAD", "HEAD"), "Only two"),
        (("HEAD", "--system", "11"), "0 to 10"),
        (("HEAD", "--format", "html"), "text, md, json"),
    ],
)
def test_wrong_words(clean: Path, words: tuple[str, ...], part: str) -> None:
    said: dict[str, Result] = spoken("rules", "diff", *words, cwd=clean, code=2)
    assert part in said["en"].err
    for result in said.values():
        assert result.err.startswith("dangwu: ")
        assert len(result.err.splitlines()) == 2, "the next step is there"
        assert not result.out
        assert "\x1b" not in result.err
    assert is_chinese(said["zh"].err)


def test_options_stand_behind_the_word(clean: Path) -> None:
    said = en("rules", "--format", "json", "diff", "HEAD", cwd=clean, code=2)
    assert "dangwu rules diff A B --format json" in said.err
    assert "nosuch" in en("rules", "nosuch", cwd=clean, code=2).err


def test_revisions_need_a_repository(tmp_path: Path) -> None:
    said = spoken("rules", "diff", "HEAD", cwd=tmp_path, code=3)
    assert "not in a git repository" in said["en"].err
    assert is_chinese(said["zh"].err)
