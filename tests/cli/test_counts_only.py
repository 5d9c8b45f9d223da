"""What members see of meetings, lectures, study and training: counts only (docs/site/en/privacy.md)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support import canary
from tests.support.branches import base_file, base_repo
from tests.support.canary import names
from tests.support.gitrepo import GitRepo
from tests.support.paper import every_word
from tests.support.run import en, run

if TYPE_CHECKING:
    from pathlib import Path

COUNTED = ("general-meeting", "group-meeting", "lecture", "study-session", "themed-party-day", "training")
MEETING = "meetings/2026/2026-03-12-group-meeting-g1.md"

CHAIRED = """schema: 1
kind: amendment
clause: X1
from: 2026-01-01
every: month
new:
  title: {zh: 组长主持的党小组会, en: Group meetings chaired by the leader}
  record: group-meeting
  subject: group
  conditions: [chaired-by-leader]
source: {document: 支部工作办法, approved_by: 支部党员大会}
"""


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a branch with a record of every kind, each field unmistakable."""
    repo = GitRepo(tmp_path_factory.mktemp("canary") / "r")
    repo.commit(canary.files())
    return repo.path


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a branch with a rule on who chairs, a meeting chaired by another, and a document studied too soon."""
    text = base_file(MEETING).decode()
    chair = next(line for line in text.splitlines() if line.startswith("chair:"))
    other = text.replace(chair, "chair: m009\ndocuments:\n  - {title: 尚未印发的意见, published: 2026-04-01}")
    files = {MEETING: other, "rules/chair.yaml": CHAIRED}
    return base_repo(tmp_path_factory.mktemp("faulty") / "r", dict(files)).path


@pytest.mark.parametrize("kind", COUNTED)
@pytest.mark.parametrize("form", ["md", "html", "json", "text"])
def test_no_report_tells_members_more(whole: Path, kind: str, form: str) -> None:
    words = ("report", "--format", form, "--audience", "members")
    assert f"{canary.SONG}-{kind}" not in en(*words, cwd=whole, as_of=canary.AS_OF, code=0).both


@pytest.mark.parametrize("kind", COUNTED)
def test_the_committee_reads_them(whole: Path, kind: str) -> None:
    said = en("report", "--format", "json", "--audience", "committee", cwd=whole, as_of=canary.AS_OF, code=0).both
    assert f"{canary.SONG}-{kind}" in said


def test_the_counts_are_there(whole: Path) -> None:
    words = ("report", "--format", "json", "--audience", "members")
    told = en(*words, cwd=whole, as_of=canary.AS_OF, code=0).json()
    for meeting in told["meetings"]:
        assert (meeting["chair"], meeting["recorder"], meeting["place"], meeting["lecturer"]) == (None,) * 4
        assert meeting["topics"] == []
    assert any(meeting["present"] for meeting in told["meetings"])
    assert {"date", "hours", "audience", "present"} == set(told["registers"]["trainings"][0]) - {"path"}
    assert {"date", "hours", "due", "present"} == set(told["registers"]["study_sessions"][0]) - {"path"}


@pytest.mark.parametrize("kind", COUNTED)
def test_no_form_tells_members_more(whole: Path, tmp_path: Path, kind: str) -> None:
    path = canary.records()[kind][0]
    made = tmp_path / "form.docx"
    words = ("-C", whole, "form", path, "--audience", "members", "-o", made)
    run(*words, cwd=whole, as_of=canary.AS_OF, code=0)
    written = every_word(made)
    assert canary.SONG not in written
    assert not [name for name in names() if name in written]


def test_no_sheet_tells_members_more(whole: Path, tmp_path: Path) -> None:
    for form in ("csv", "jsonl", "xlsx"):
        made = tmp_path / f"sheet.{form}"
        words = ("-C", whole, "export", "meetings", "--audience", "members", "-o", made)
        run(*words, cwd=whole, as_of=canary.AS_OF, code=0)
        assert canary.SONG not in every_word(made)


def test_a_near_miss_names_nobody(faulty: Path) -> None:
    for audience, seen in (("committee", True), ("members", False)):
        words = ("due", "--format", "json", "--audience", audience)
        duties = en(*words, cwd=faulty, as_of="2026-06-30", code=0).json()["duties"]
        missed = [miss["reason"] for each in duties for miss in each["near_misses"] if miss["path"] == MEETING]
        assert missed
        assert [name for name in names() if name in missed[0]] != [] if seen else "某某" in missed[0]
        assert seen or not [name for name in names() if name in missed[0]]


def test_a_finding_quotes_nothing_of_a_meeting(faulty: Path) -> None:
    for audience, seen in (("committee", True), ("members", False)):
        found = en("check", "--format", "json", "--audience", audience, cwd=faulty, as_of="2026-06-30")
        assert "DW952" in found.out
        assert ("尚未印发的意见" in found.out) == seen
        assert ("2026-04-01" in found.out) == seen
