"""``dangwu explain``: a code, a clause, a duty, and what is none of them."""

from __future__ import annotations

import re
from datetime import date
from functools import cache, partial
from typing import TYPE_CHECKING, Any

import pytest

from dangwu.cli.duty_filter import find_duties
from dangwu.data import resources
from dangwu.files.worktree import WorkTree
from dangwu.model.audience import Audience
from dangwu.workspace.load import load_workspace
from dangwu.workspace.workspace import Workspace
from tests.support.run import DAY, en, is_chinese, run, spoken, zh

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.branches import Demo


@pytest.mark.parametrize("id_", ["DW301", "dw301", "attendance-incomplete"])
def test_a_code_by_number_or_name(tmp_path: Path, id_: str) -> None:
    said = spoken("explain", id_, cwd=tmp_path, code=0)
    assert said["en"].out.startswith("# DW301 attendance-incomplete")
    assert said["zh"].out.startswith("# DW301 attendance-incomplete")
    assert is_chinese(said["zh"].out)


@pytest.mark.parametrize("id_", ["3.1", "3.5", "10.1(5)"])
def test_a_clause(tmp_path: Path, id_: str) -> None:
    said = spoken("explain", id_, cwd=tmp_path, code=0)
    assert id_ in said["en"].out
    assert is_chinese(said["zh"].out)
    assert not is_chinese(said["en"].out)


def test_every_planted_duty(demo: Demo) -> None:
    duties = [fault for fault in demo.planted if fault["duty"]]
    assert duties
    words = {"overdue": ("overdue", "逾期"), "late": ("late", "迟"), "waived": ("waived", "免")}
    for fault in duties:
        said = spoken("explain", str(fault["duty"]), "--audience", "handlers", cwd=demo.path, code=0)
        assert str(fault["duty"]) in said["en"].out
        assert str(fault["duty"]) in said["zh"].out
        if fault["state"] in words:
            assert words[str(fault["state"])][0] in said["en"].out
        if fault["path"] and fault["state"] != "waived":
            assert str(fault["path"]) in said["en"].out


def test_the_common_id_of_several_people(demo: Demo) -> None:
    """Counts, who is behind with the next step, each person's own id, and the clause."""
    said = spoken("explain", "10.1(6)m/2026-07", cwd=demo.path, code=0)
    assert said["en"].out.startswith("10.1(6)m/2026-07  10.1(6)m Monthly dues, Jul 2026")
    assert "fulfilled 21   overdue 1   not applicable 1" in said["en"].out
    assert 'dangwu new waiver --duty "10.1(6)m/2026-07/m020"' in said["en"].out
    assert len(re.findall(r"10\.1\(6\)m/2026-07/m\d{3}$", said["en"].out, re.MULTILINE)) == 23
    assert "Each member pays the assessed amount every month" in said["en"].out
    assert is_chinese(said["zh"].out)
    groups = zh("explain", "3.1/2026-09", cwd=demo.path, code=0).out.rpartition("逐一列出")[2]
    assert re.findall(r" 3\.1/2026-09/(g\d)$", groups, re.MULTILINE) == ["g1", "g2", "g3"]


@pytest.mark.parametrize("audience", ["members", "committee", "handlers"])
@pytest.mark.parametrize("command", ["due", "report"])
def test_every_id_that_is_printed_is_known(
    demo: Demo, command: str, audience: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed = zh(command, "--audience", audience, cwd=demo.path, code=0).out
    ids = set(re.findall(r"(?<![^\s\"])\d+\.\d+[^\s\"]*/\d{4}[^\s\"，、。]*", printed))
    assert ids
    workspace = load_workspace(WorkTree(demo.path))
    # Many ids are of one period, the duties of which are worked out once.
    due = cache(partial(Workspace.due, workspace))
    monkeypatch.setattr(Workspace, "due", lambda _workspace, *asked: due(*asked))
    for id_ in ids:
        duties, _ = find_duties(workspace, id_, date.fromisoformat(DAY), Audience(audience))
        assert all(duty.id.startswith(id_) for duty in duties)


@pytest.mark.parametrize(
    "id_", ["DW999", "3.99", "nosuch", "3.1/2026-99/g1", "3.1/2026-03/g99", "3.1/", "/", "", "\x1b[31m"]
)
def test_what_is_not_there(clean: Path, id_: str) -> None:
    said = spoken("explain", id_, cwd=clean, code=2)
    assert said["en"].err.startswith("dangwu: ")
    assert len(said["en"].err.splitlines()) == 2, "the next step is there"
    assert is_chinese(said["zh"].err)
    assert "\x1b" not in said["en"].err


def test_a_duty_needs_a_branch(tmp_path: Path) -> None:
    en("explain", "3.1/2026-03/g1", cwd=tmp_path, code=3)


@pytest.mark.parametrize("word", ["党小组会", "group-meeting", "小组会", "Party group meeting"])
def test_a_kind_by_any_of_its_names(tmp_path: Path, word: str) -> None:
    """What it is for, where it is, who may see it, its fields with clauses, an example and the commands."""
    said = spoken("explain", word, cwd=tmp_path, code=0)
    for text in (said["zh"].out, said["en"].out):
        assert "meetings/{year}/{date}-group-meeting-{group}.md" in text
        assert "\n  - {member: m009, reason: study, approved_by: m005}\n" in text, "to be copied as it stands"
        assert "dangwu new group-meeting" in text
        assert "[3.1]" in text
    assert "全体党员" in said["zh"].out
    assert "## 批评与自我批评" in said["zh"].out
    assert "## Criticism and self-criticism" in said["en"].out
    assert "who may see it  the members" in said["en"].out
    for line in (r"^group\* .* 3\.1$", r"^leave\[\]\.reason .*illness=sick leave"):
        assert re.search(line, said["en"].out, re.MULTILINE), line


@pytest.mark.parametrize("kind", resources.list_kinds())
def test_every_kind_is_explained_in_every_form(tmp_path: Path, kind: str) -> None:
    for language in ("zh", "en"):
        text, md = (run("--lang", language, "explain", kind, *form, cwd=tmp_path, code=0).out
                    for form in ((), ("--format", "md")))  # fmt: skip
        data = run("--lang", language, "explain", kind, "--format", "json", cwd=tmp_path, code=0).json()
        assert data["schema"] == "dangwu/explain/1"
        explained = data["kind"]
        assert explained["name"] == kind
        assert explained["example"]["text"].rstrip("\n") in text
        assert f"```\n{explained['example']['text'].rstrip()}\n```" in md
        assert explained["commands"][-1] == f"dangwu schema show {kind}"
        assert all(command in text for command in explained["commands"])
        assert [field["path"] for field in explained["fields"] if field["required"]]
        assert is_chinese(explained["purpose"]) == (language == "zh")


def test_a_kind_that_is_nearly_named_is_suggested(tmp_path: Path) -> None:
    said = spoken("explain", "党组会", cwd=tmp_path, code=2)
    assert "党小组会（group-meeting）" in said["zh"].err
    assert "Party group meeting (group-meeting)" in said["en"].err
    assert "disclosure_days" in en("explain", "disclosure_day", cwd=tmp_path, code=2).err
    assert "plan" in en("explain", "plan", cwd=tmp_path, code=2).err, "several kinds are offered"


def test_one_setting(clean: Path, tmp_path: Path) -> None:
    for word in ("recorded_within_days", "recorded-within-days", "会后多少天内入库算及时"):
        said = spoken("explain", word, cwd=clean, code=0)
        assert re.search(r"^value in force +15 days$", said["en"].out, re.MULTILINE)
        assert re.search(r"branch\.yaml, line \d+", said["en"].out)
        assert "[3.5]" in said["en"].out
        assert is_chinese(said["zh"].out)
    outside = en("explain", "recorded_within_days", cwd=tmp_path, code=0).out
    assert "assumed: the branch has not decided it" in outside


def test_codes_clauses_and_duties_as_json(demo: Demo) -> None:
    def read(word: str) -> Any:
        return en("explain", word, "--format", "json", cwd=demo.path, code=0).json()

    assert read("DW301")["code"]["name"] == "attendance-incomplete"
    assert read("DW301")["code"]["page"].startswith("# DW301")
    assert read("3.1")["clause"]["record"] == "group-meeting"
    assert [duty["id"] for duty in read("3.1/2026-03/g1")["duties"]] == ["3.1/2026-03/g1"]
    assert len(read("3.1/2026-09")["duties"]) == 3
    md = en("explain", "3.1/2026-03/g1", "--format", "md", cwd=demo.path, code=0).out
    assert md.startswith("# 3.1/2026-03/g1")
