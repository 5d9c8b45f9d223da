"""``due`` and ``report`` of a commit on a day: what the branch knew then, and when each record had been made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.histories.acting import minutes, path_of
from tests.support.branches import base_files
from tests.support.gitrepo import GitRepo
from tests.support.people import TOWN, WANG, commit, merge
from tests.support.run import en, spoken, zh

if TYPE_CHECKING:
    from pathlib import Path

MARCH, LATE_MARCH, APRIL, MAY = (path_of(day) for day in ("2026-03-12", "2026-03-20", "2026-04-10", "2026-05-14"))
MADE_UP = path_of("2026-06-10")


@pytest.fixture(scope="module")
def repo(tmp_path_factory: pytest.TempPathFactory) -> GitRepo:
    """Return a repository that came to know things one after another; its tags say when."""
    repo = GitRepo(tmp_path_factory.mktemp("known") / "青禾 党支部")
    plain = {path: text for path, text in base_files().items() if path.startswith(("branch", "members"))}
    for name, day, files in (
        ("january", "2026-01-05", plain),
        ("march", "2026-03-13", {MARCH: minutes("2026-03-12")}),
        ("may", "2026-05-15", {MAY: minutes("2026-05-14")}),
        # Held in April, recorded in June.
        ("june", "2026-06-09", {APRIL: minutes("2026-04-10")}),
        # Held in June for January, recorded the next day.
        ("late", "2026-06-11", {MADE_UP: minutes("2026-06-10").replace("group: g1", "group: g1\nmakes_up: 2026-01")}),
    ):
        commit(repo, day, files)
        repo.git("tag", name)
    return repo


def duties(repo: GitRepo, *words: str, as_of: str, subject: str = "g1") -> dict[str, Any]:
    """Return what the group owed by month, by its period."""
    made = en("due", *words, "--system", "3", "--format", "json", cwd=repo.path, as_of=as_of, code=0).json()
    return {
        each["period"]: each for each in made["duties"] if each["id"].startswith("3.1/") and each["subject"] == subject
    }


def states(repo: GitRepo, *words: str, as_of: str) -> dict[str, str]:
    return {period: each["state"] for period, each in duties(repo, *words, as_of=as_of).items() if period <= "2026-06"}


def test_what_was_known_on_a_day(repo: GitRepo) -> None:
    """The same day asked of two commits: what came later was not known to the earlier."""
    day = "2026-06-30"
    assert states(repo, "--rev", "january", as_of=day) == {
        "2026-01": "overdue", "2026-02": "overdue", "2026-03": "overdue", "2026-04": "overdue", "2026-05": "overdue",
        "2026-06": "open",
    }  # fmt: skip
    assert states(repo, "--rev", "may", as_of=day) == {
        "2026-01": "overdue", "2026-02": "overdue", "2026-03": "fulfilled", "2026-04": "overdue",
        "2026-05": "fulfilled", "2026-06": "open",
    }  # fmt: skip
    assert states(repo, "--rev", "late", as_of=day)["2026-01"] == "late"
    assert states(repo, "--rev", "late", as_of=day)["2026-04"] == "fulfilled"
    assert states(repo, as_of=day) == states(repo, "--rev", "late", as_of=day)


def test_the_day_moves_too(repo: GitRepo) -> None:
    """One commit asked on two days: what lay ahead then has passed."""
    then = states(repo, "--rev", "march", as_of="2026-03-31")
    assert (then["2026-03"], then["2026-04"]) == ("fulfilled", "upcoming")
    assert states(repo, "--rev", "january", as_of="2026-03-31")["2026-03"] == "open"
    assert states(repo, "--rev", "january", as_of="2026-04-01")["2026-03"] == "overdue"
    # What the record itself says is for its day, whatever day is asked.
    assert states(repo, "--rev", "late", as_of="2026-03-31")["2026-03"] == "fulfilled"


def test_which_commit_and_which_day_is_said(repo: GitRepo) -> None:
    made = en("due", "--rev", "march", "--format", "json", cwd=repo.path, as_of="2026-03-31", code=0).json()
    assert made["revision"] == repo.git("rev-parse", "march")
    assert made["as_of"] == "2026-03-31"
    for result in spoken("due", "--rev", "march", cwd=repo.path, as_of="2026-03-31", code=0).values():
        assert made["revision"][:7] in result.out
        assert "2026-03-31" in result.out


def test_held_late_and_recorded_late_are_two_things(repo: GitRepo) -> None:
    found = duties(repo, as_of="2026-06-30")
    facts = {
        period: (each["state"], each["held_on"], each["recorded_on"], each["recorded_late"])
        for period, each in found.items()
        if each["evidence"]
    }
    assert facts == {
        "2026-01": ("late", "2026-06-10", "2026-06-11", False),
        "2026-03": ("fulfilled", "2026-03-12", "2026-03-13", False),
        "2026-04": ("fulfilled", "2026-04-10", "2026-06-09", True),
        "2026-05": ("fulfilled", "2026-05-14", "2026-05-15", False),
    }


def test_the_report_keeps_them_apart(repo: GitRepo) -> None:
    made = en("report", "--format", "json", cwd=repo.path, as_of="2026-06-30", code=0).json()
    assert made["summary"]["recorded_late"] == 1
    found = {each["id"]: each for each in made["duties"]}
    assert found["3.1/2026-04/g1"]["recorded_late"] is True
    assert found["3.1/2026-01/g1"]["state"] == "late"
    for lang, tables in (("en", ("## Done late", "## Recorded late")), ("zh", ("## ", "## "))):
        page = (en if lang == "en" else zh)("report", "--format", "md", cwd=repo.path, as_of="2026-06-30", code=0).out
        parts = page.replace("\\", "").split("\n## ")
        done = [part for part in parts if MADE_UP in part and "2026-01-31" in part and "2026-06-10" in part]
        recorded = [part for part in parts if APRIL in part and "2026-06-09" in part]
        assert done, lang
        assert recorded, lang
        assert not [part for part in done if APRIL in part and "2026-06-09" in part]
        if lang == "en":
            assert all(table in page for table in tables)


@pytest.mark.parametrize(("days", "late"), [("60", False), ("59", True), ("0", True), ("1", True)])
def test_the_setting_decides_what_is_late(repo: GitRepo, days: str, *, late: bool) -> None:
    """April's record came sixty days after its meeting; the setting is read where the records are."""
    target = repo.path / "branch.yaml"
    old = target.read_text(encoding="utf-8")
    assert "recorded_within_days: 15" in old
    try:
        target.write_text(old.replace("recorded_within_days: 15", f"recorded_within_days: {days}"), encoding="utf-8")
        found = duties(repo, as_of="2026-06-30")
        assert found["2026-04"]["recorded_late"] is late
        # One day is what March took.
        assert found["2026-03"]["recorded_late"] is (days == "0")
        assert duties(repo, "--rev", "late", as_of="2026-06-30")["2026-04"]["recorded_late"] is True
    finally:
        target.write_text(old, encoding="utf-8")


def test_each_line_of_the_history_has_its_own_days(tmp_path: Path) -> None:
    """What one line recorded in time, another took over as a copy months later."""
    repo = GitRepo(tmp_path / "r")
    plain = {path: text for path, text in base_files().items() if path.startswith(("branch", "members"))}
    commit(repo, "2026-01-05", plain)
    repo.git("checkout", "-q", "-b", "copy")
    commit(repo, "2026-06-01", {MARCH: minutes("2026-03-12")}, by=WANG)
    repo.git("checkout", "-q", "main")
    commit(repo, "2026-03-13", {MARCH: minutes("2026-03-12")})
    facts = [
        (each["recorded_on"], each["recorded_late"])
        for rev in ("main", "copy")
        for period, each in duties(repo, "--rev", rev, as_of="2026-06-30").items()
        if period == "2026-03"
    ]
    assert facts == [("2026-03-13", False), ("2026-06-01", True)]
    merge(repo, "2026-06-02", "copy", by=TOWN)
    assert duties(repo, as_of="2026-06-30")["2026-03"]["recorded_on"] == "2026-03-13"


def test_a_record_keeps_its_day_through_a_rename_and_edits(tmp_path: Path) -> None:
    repo = GitRepo(tmp_path / "r")
    plain = {path: text for path, text in base_files().items() if path.startswith(("branch", "members"))}
    commit(repo, "2026-03-13", {**plain, MARCH: minutes("2026-03-12")})
    repo.git("mv", MARCH, path_of("2026-03-12-2"))
    commit(repo, "2026-05-01", {path_of("2026-03-12-2"): minutes("2026-03-12", place="二楼")})
    march = duties(repo, as_of="2026-06-30")["2026-03"]
    assert (march["evidence"], march["recorded_on"]) == ([path_of("2026-03-12-2")], "2026-03-13")


def test_what_is_not_recorded_yet_has_no_day(tmp_path: Path) -> None:
    repo = GitRepo(tmp_path / "r")
    plain = {path: text for path, text in base_files().items() if path.startswith(("branch", "members"))}
    commit(repo, "2026-01-05", plain)
    repo.write({MARCH: minutes("2026-03-12")})
    here = duties(repo, as_of="2026-06-30")["2026-03"]
    assert (here["state"], here["recorded_on"], here["recorded_late"]) == ("fulfilled", None, False)
    assert duties(repo, "--rev", "HEAD", as_of="2026-06-30")["2026-03"]["state"] == "overdue"
    repo.git("add", "-A")
    assert duties(repo, "--staged", as_of="2026-06-30")["2026-03"]["recorded_on"] is None


def test_a_shallow_clone_says_that_it_does_not_know(repo: GitRepo, tmp_path: Path) -> None:
    clone = tmp_path / "shallow"
    repo.git("clone", "-q", "--depth", "1", f"file://{repo.path}", str(clone))
    for result in spoken("due", "--format", "json", cwd=clone, as_of="2026-06-30", code=0).values():
        made = [each for each in result.json()["duties"] if each["evidence"]]
        assert made
        assert {each["recorded_on"] for each in made} == {None}
        assert not any(each["recorded_late"] for each in made)
        assert "git fetch --unshallow" in result.err


def test_a_commit_that_is_none(repo: GitRepo) -> None:
    for rev in ("nowhere", "--all", "march^{tree}", ""):
        assert zh("due", f"--rev={rev}", cwd=repo.path, as_of="2026-06-30", code=2).err
