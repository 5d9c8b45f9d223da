"""Who is named in what is disclosed, with a basis and without (8.2): one rule for everybody who has a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.branches import BASE_DAY, base_file, base_repo
from tests.support.paper import every_word
from tests.support.run import run

if TYPE_CHECKING:
    from pathlib import Path

PEOPLE = {
    "member": "沈怀远",
    "staff": "何立群",
    "supervisor": "白芷兰",
    "plan": "温若水",
    "guest": "柳青",
    "head": "闻天启",
}
"""One person of each kind of record that names people."""
COMPLAINANT = "路无名"
ITEM = "disclosures/2026/2026-04-03-zeren-qu.yaml"
LETTER = "2026-03-02-l1"


def disclosure(text: str, basis: str = "", scope: str = "society") -> str:
    return f"""schema: 1
kind: disclosure
date: 2026-04-03
class: 6
matter: 通报表扬
content: 表扬{text}。
timing: temporary
scope: {scope}
form: notice
secrecy_check: {{by: m004, date: 2026-04-01}}
approved_by: m001
approved_on: 2026-04-02
{f"basis: {basis}" if basis else ""}
feedback:
  - {{id: f1, date: 2026-04-05, text: 也应表扬沈怀远}}
"""


def files(text: str, basis: str = "", scope: str = "society") -> dict[str, str | bytes]:
    branch = base_file("branch.yaml").decode()
    staff = "staff:\n  - {id: s01, name: 何立群, department: 总务部}\n"
    plan = """schema: 1
kind: development-plan
year: 2026
approved_on: 2026-01-20
approved_by: {body: committee}
target: 0
people:
  - {id: p01, name: 温若水, stage: activist, activist_on: 2025-06-01}
steps: [培养考察]
"""
    lecture = base_file("meetings/2026/2026-03-27-general-meeting.md").decode()
    general = lecture.replace(
        "kind: general-meeting\n", "kind: general-meeting\nadministrative_report: {speaker: 闻天启}\n"
    )
    talk = general.replace("kind: general-meeting\nadministrative_report: {speaker: 闻天启}", "kind: lecture")
    return {
        "branch.yaml": branch + staff,
        "plans/2026/development.yaml": plan,
        "meetings/2026/2026-03-27-general-meeting.md": general,
        "meetings/2026/2026-03-28-lecture.md": talk.replace("2026-03-27", "2026-03-28").replace(
            "kind: lecture\n", "kind: lecture\nlecturer: 柳青（镇党校）\n"
        ),
        "complainants/w9.yaml": f"schema: 1\nkind: complainant\nid: w9\nletter: {LETTER}\nname: {COMPLAINANT}\n",
        ITEM: disclosure(text, basis, scope),
    }


def read_board(repo: Path, folder: Path, audience: str) -> str:
    run("-C", repo, "board", "--audience", audience, "-o", folder, "--force", cwd=repo, as_of=BASE_DAY, code=0)
    return "".join(path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.html")))


def read_form(repo: Path, folder: Path, audience: str) -> str:
    made = folder / "form.docx"
    words = ("--lang", "zh", "-C", repo, "form", ITEM, "--audience", audience, "-o", made, "--force")
    run(*words, cwd=repo, as_of=BASE_DAY, code=0)
    return every_word(made)


def find_named(repo: Path) -> list[dict[str, str]]:
    found = run("-C", repo, "check", "--format", "json", cwd=repo, as_of=BASE_DAY).json()["findings"]
    return [each for each in found if each["code"] == "DW885"]


@pytest.fixture(scope="module")
def unasked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a branch that names everybody to society without a basis."""
    repo = base_repo(tmp_path_factory.mktemp("unasked") / "r", files("、".join(PEOPLE.values())))
    return repo.path


@pytest.fixture(scope="module")
def allowed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a branch that has a basis for all it names, and names a complainant beside them."""
    said = "、".join((*PEOPLE.values(), COMPLAINANT))
    return base_repo(tmp_path_factory.mktemp("allowed") / "r", files(said, basis="各人于三月三十日书面同意")).path


@pytest.mark.parametrize("who", PEOPLE)
def test_without_a_basis_nobody_is_named(unasked: Path, tmp_path: Path, who: str) -> None:
    name = PEOPLE[who]
    assert [each for each in find_named(unasked) if name in str(each["message"])], who
    for audience in ("public", "employees"):
        board = read_board(unasked, tmp_path / audience, audience)
        assert name not in board
        assert "表扬某某、某某、某某" in board
    assert name in read_board(unasked, tmp_path / "members", "members")


def test_without_a_basis_each_is_found_once(unasked: Path) -> None:
    assert len(find_named(unasked)) == len(PEOPLE)


@pytest.mark.parametrize("who", PEOPLE)
def test_with_a_basis_everybody_is_praised_by_name(allowed: Path, tmp_path: Path, who: str) -> None:
    assert find_named(allowed) == []
    for audience in ("public", "employees", "members"):
        assert PEOPLE[who] in read_board(allowed, tmp_path / audience, audience)


def test_no_basis_covers_a_complainant(allowed: Path, tmp_path: Path) -> None:
    for audience in ("public", "employees", "members"):
        assert COMPLAINANT not in read_board(allowed, tmp_path / audience, audience)
    found = run("-C", allowed, "check", "--format", "json", cwd=allowed, as_of=BASE_DAY)
    assert "DW895" in {each["code"] for each in found.json()["findings"]}
    assert COMPLAINANT not in found.out


def test_the_form_names_whom_the_board_names(unasked: Path, allowed: Path, tmp_path: Path) -> None:
    asked, without = read_form(allowed, tmp_path, "employees"), read_form(unasked, tmp_path, "employees")
    for name in PEOPLE.values():
        assert name in asked
        assert name not in without
    # What others said of the item was not published, so that no basis speaks of it.
    assert "也应表扬某某" in asked
    assert "也应表扬某某" in without


def test_members_do_not_read_of_whom_it_is_found(unasked: Path) -> None:
    """That somebody has a name in a plan is for the committee."""
    words = ("-C", unasked, "check", "--format", "json", "--audience", "members")
    found = run(*words, cwd=unasked, as_of=BASE_DAY).json()["findings"]
    assert not [each for each in found if each["code"] == "DW885"]


def test_an_id_is_masked_where_it_is_found(tmp_path: Path) -> None:
    repo = base_repo(tmp_path / "r", files("m001和p01"))
    assert len(find_named(repo.path)) == 2
    board = read_board(repo.path, tmp_path / "b", "public")
    assert "表扬某某和某某" in board


def test_the_name_of_the_branch_stays_whole(tmp_path: Path) -> None:
    """A member may be called as the branch is: its own name is no name of a person."""
    member = base_file("members/m001.yaml").decode().replace("沈怀远", "青禾")
    repo = base_repo(tmp_path / "r", {**files("青禾精工党支部"), "members/m001.yaml": member})
    assert find_named(repo.path) == []
    assert "表扬青禾精工党支部" in read_board(repo.path, tmp_path / "b", "public")
