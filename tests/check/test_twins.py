"""A contradiction between two files is told in both: checking the new one alone shows it; accepted once, it rests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.branches import BASE_DAY, base_repo
from tests.support.changed import laid
from tests.support.examples import overlay
from tests.support.run import en

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.gitrepo import GitRepo

GROUP, COMMITTEE = (f"meetings/2026/2026-06-11-{name}.md" for name in ("group-meeting-g1", "committee-meeting"))
ACCEPTED = """\
schema: 1
kind: accepted
accepted:
  - {{code: DW309, path: {path}, subject: m001, reason: 中途由支委会转来，正文写明, date: 2026-06-30}}
  - {{code: DW309, path: {path}, subject: m003, reason: 中途由支委会转来，正文写明, date: 2026-06-30}}
"""


@pytest.fixture
def repo(tmp_path: Path) -> GitRepo:
    return base_repo(tmp_path / "党 支部", {path: laid(overlay("DW309", "bad"))[path] for path in (GROUP, COMMITTEE)})


def told(repo: GitRepo, *words: str, code: int) -> list[tuple[str, str, str]]:
    said = en("check", *words, "--format", "json", cwd=repo.path, as_of=BASE_DAY, code=code).json()
    return [(each["path"], each["subject"], each["related"][0]["path"]) for each in said["findings"]]


@pytest.mark.parametrize(("path", "other"), [(GROUP, COMMITTEE), (COMMITTEE, GROUP)])
def test_either_meeting_alone_tells_of_the_other(repo: GitRepo, path: str, other: str) -> None:
    assert told(repo, path, code=1) == [(path, "m001", other), (path, "m003", other)]


def test_both_are_told_once_each(repo: GitRepo) -> None:
    found = told(repo, code=1)
    assert sorted(found) == sorted(set(found))
    assert [path for path, _, _ in found] == [COMMITTEE, COMMITTEE, GROUP, GROUP]


@pytest.mark.parametrize("path", [GROUP, COMMITTEE])
def test_what_is_accepted_in_one_file_is_accepted_in_both(repo: GitRepo, path: str) -> None:
    repo.write({"accepted.yaml": ACCEPTED.format(path=path)})
    assert told(repo, code=0) == []
    assert told(repo, GROUP, COMMITTEE, code=0) == []


def test_meetings_one_after_the_other_are_silent(repo: GitRepo) -> None:
    text = (repo.path / GROUP).read_text(encoding="utf-8").replace("15:30-16:30", "16:10-17:10")
    repo.write({GROUP: text})
    assert told(repo, code=0) == []


def test_a_record_for_more_people_does_not_name_a_closed_one(tmp_path: Path) -> None:
    """A letter and the complainant apart have one id: only the file with the narrower audience says so."""
    desk = base_repo(
        tmp_path / "r",
        {
            "supervision/2026/letter-p001.yaml": "schema: 1\nkind: letter\nid: p001\nreceived_on: 2026-06-22\n"
            "channel: phone\nsummary: 反映食堂价格偏高。\nhandler: m004\n",
            "complainants/p001.yaml": "schema: 1\nkind: complainant\nid: p001\nletter: p001\nname: 甲\n",
        },
    )
    said = en("check", "--format", "json", cwd=desk.path, as_of=BASE_DAY).json()["findings"]
    assert [each["path"] for each in said if each["code"] == "DW203"] == ["complainants/p001.yaml"]
