"""Version 1 is fixed, and the way to a version 2 is there: proved with a toy change that no real version makes."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import jsonschema_rs
import pytest

import dangwu.workspace.load as loading
from dangwu.authoring import migrate
from dangwu.authoring.migrate import STEPS, Step, migrated
from dangwu.data import resources
from dangwu.workspace.catalogue import profiles, rulebook
from dangwu.workspace.load import VERSION, load, outdated
from tests.support.memory import MemoryTree
from tests.support.run import en

if TYPE_CHECKING:
    from pathlib import Path

TOY = Step(
    to=2,
    renamed={"lecture": {("place",): "venue"}, "waiver": {}},
    replaced={"lecture": {("leave", None, "reason"): {"study": "training"}}},
)
BEFORE = """\
---
# 手写的注释
schema: 1   # 版本
kind: lecture
"place": 三楼 # 地点
leave: [{member: m002, reason: 'study'}, {member: m003, reason: illness}]
---

正文 place: 不动
"""
AFTER = """\
---
# 手写的注释
schema: 2   # 版本
kind: lecture
"venue": 三楼 # 地点
leave: [{member: m002, reason: 'training'}, {member: m003, reason: illness}]
---

正文 place: 不动
"""


def test_nothing_changed_in_version_one() -> None:
    assert STEPS == ()
    assert VERSION == 1


def test_a_step_edits_the_text_and_nothing_else() -> None:
    assert migrated("meetings/2026/2026-03-01-lecture.md", BEFORE.encode(), [TOY]).decode() == AFTER


def test_a_step_is_taken_once_and_only_by_its_version() -> None:
    path = "meetings/2026/2026-03-01-lecture.md"
    once = migrated(path, BEFORE.encode(), [TOY])
    assert migrated(path, once, [TOY]) == once
    third = Step(to=3, renamed={"lecture": {("venue",): "hall"}}, replaced={})
    assert b'"hall": ' in migrated(path, BEFORE.encode(), [TOY, third])
    assert migrated(path, BEFORE.encode(), [third]) == BEFORE.encode()


@pytest.mark.parametrize("raw", [b"", b"\xff\xfe", b"schema: [", b"schema: yes\n", b"- 1\n", b"schema: 1\nkind: [1]\n"])
def test_what_cannot_be_read_stays_as_it_is(raw: bytes) -> None:
    after = migrated("waivers/2026/x.yaml", raw, [TOY])
    assert after in {raw, raw.replace(b"schema: 1", b"schema: 2")}


def test_an_older_record_is_read_as_it_would_be_migrated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "VERSION", 2)
    monkeypatch.setattr(migrate.migrated, "__defaults__", ((TOY,),))
    loaded = load(MemoryTree({"meetings/2026/2026-03-01-lecture.md": BEFORE}))
    [document] = loaded.corpus.documents.values()
    assert document.data["venue"] == "三楼"
    assert document.data["schema"] == 2
    assert [path for path, _, _ in outdated(MemoryTree({"meetings/2026/2026-03-01-lecture.md": BEFORE}))]
    assert loaded.check(date(2026, 6, 1)).findings


def test_migrate_has_nothing_to_do(tmp_path: Path) -> None:
    en("init", "支部 一", "--no-input", cwd=tmp_path, code=0)
    done = en("migrate", cwd=tmp_path / "支部 一", code=0)
    assert done.out == ""
    assert "nothing to do" in done.err


def test_adopting_a_profile_adds_its_duties_from_a_day(tmp_path: Path) -> None:
    folder = tmp_path / "党 支部"
    en("init", folder, "--name", "青禾党支部", "--superior", "云栖镇党委", "--secretary", "朱䶮", cwd=tmp_path, code=0)
    assert "branch-regulation-2018" in en("adopt", cwd=folder, code=0).out
    assert en("adopt", "none", cwd=folder, code=2).err.count("branch-regulation-2018") == 1
    en("adopt", "branch-regulation-2018", "--date", "2026-01-01", "--approved-by", "支部党员大会", cwd=folder, code=0)
    assert sorted(path.name for path in (folder / "rules").iterdir() if path.suffix == ".yaml") == [
        "committee-training.yaml",
        "heart-to-heart-talks.yaml",
        "themed-party-day.yaml",
    ]
    duties = en("due", "--format", "json", cwd=folder, code=0).json()["duties"]
    assert {duty["id"] for duty in duties} >= {"BR16/2026-03", "BR19/2026/m001", "EM20/2026/m001"}
    assert all("DW7" not in line for line in en("check", cwd=folder).out.splitlines())
    assert "第十六条" in en("explain", "BR16", cwd=folder, code=0).out


def test_no_profile_is_on_by_itself() -> None:
    for profile in profiles().values():
        for each in profile["amendments"]:
            assert rulebook().clause(each["clause"]) is None
            assert each["source"]["clause"]


def test_profiles_have_their_shape() -> None:
    valid = jsonschema_rs.validator_for(resources.schema("profile"))
    assert profiles()
    for profile in profiles().values():
        assert not list(valid.iter_errors(profile))
