"""A group leader leaves: what ``check`` and ``due`` say before and after the entry is closed, in a real repository."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.branches import base_file, base_repo
from tests.support.run import is_chinese, run, spoken

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.gitrepo import GitRepo

DAY = "2026-06-30"
LEADER = "      - {member: m007, from: 2024-04-01}"
M007 = "members/m007.yaml"
MINUTES = "meetings/2026/2026-06-12-group-meeting-g2.md"
FULL = "  - {from: 2024-03-01, status: full}\n"


@pytest.fixture
def departed(tmp_path: Path) -> GitRepo:
    """Return a branch that a leader left on 1 June, with true minutes of the group eleven days later."""
    repo = base_repo(tmp_path / "青禾 党支部")
    minutes = base_file("meetings/2026/2026-03-13-group-meeting-g2.md").decode().replace("2026-03-13", "2026-06-12")
    assert "chair: m007" in minutes
    minutes = minutes.replace("chair: m007", "chair: m002").replace("approved_by: m007", "approved_by: m002")
    minutes = minutes.replace("m007, ", "").replace(", m007", "")
    status = base_file(M007).decode().replace(FULL, f"{FULL}  - {{from: 2026-06-01, status: transferred}}\n")
    repo.commit({MINUTES: minutes, M007: status})
    return repo


def test_one_finding_and_no_duty_turns(departed: GitRepo) -> None:
    document = run("check", "--format", "json", cwd=departed.path, as_of=DAY, code=1).json()
    (finding,) = document["findings"]
    assert (finding["code"], finding["path"], finding["clause"]) == ("DW605", "branch.yaml", "1.1")
    text = (departed.path / "branch.yaml").read_text(encoding="utf-8")
    assert text.splitlines()[finding["line"] - 1] == LEADER
    assert state_of(departed) == ("fulfilled", [])


def test_it_says_what_to_write(departed: GitRepo) -> None:
    said = spoken("check", cwd=departed.path, as_of=DAY, code=1)
    assert "to: 2026-05-31" in said["en"].out
    assert "to: 2026-05-31" in said["zh"].out
    assert "leader of 第二党小组" in said["en"].out
    assert is_chinese(said["zh"].out)


def test_doing_so_leaves_nothing(departed: GitRepo) -> None:
    text = base_file("branch.yaml").decode().replace(LEADER, LEADER.replace("01}", "01, to: 2026-05-31}"))
    departed.commit({"branch.yaml": text})
    run("check", cwd=departed.path, as_of=DAY, code=0)
    assert state_of(departed) == ("fulfilled", [])


def test_a_new_meeting_does_not_propose_the_departed(departed: GitRepo) -> None:
    words = ("group-meeting", "--group", "g2", "--date", "2026-06-26", "--time", "15:00-16:00", "--no-input")
    run("new", *words, cwd=departed.path, as_of=DAY, code=0)
    text = (departed.path / "meetings/2026/2026-06-26-group-meeting-g2.md").read_text(encoding="utf-8")
    assert "m007" not in text


def state_of(repo: GitRepo) -> tuple[str, list[str]]:
    """Return how the group's meeting of June stands."""
    duties = run("due", "--year", "2026", "--format", "json", cwd=repo.path, as_of=DAY, code=0).json()["duties"]
    (duty,) = (each for each in duties if each["id"] == "3.1/2026-06/g2")
    return duty["state"], duty["near_misses"]
