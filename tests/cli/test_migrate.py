"""Version 1 is fixed: records of a newer one are refused, and ``adopt`` adds stricter duties from a day on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import jsonschema_rs

from dangwu.data import resources
from dangwu.workspace.catalogue import load_default_rulebook, load_profiles
from tests.support.run import en

if TYPE_CHECKING:
    from pathlib import Path


def test_migrate_has_nothing_to_do(tmp_path: Path) -> None:
    en("init", "支部 一", "--no-input", cwd=tmp_path, code=0)
    done = en("migrate", cwd=tmp_path / "支部 一", code=0)
    assert done.out == ""
    assert "nothing to do" in done.err


def test_a_newer_record_is_refused(tmp_path: Path) -> None:
    en("init", "支部", "--no-input", cwd=tmp_path, code=0)
    branch = tmp_path / "支部" / "branch.yaml"
    branch.write_text(branch.read_text("utf-8").replace("schema: 1", "schema: 2"), encoding="utf-8")
    for command in ("migrate", "check", "due"):
        assert "written for a newer dangwu" in en(command, cwd=tmp_path / "支部", code=3).err


def test_without_records_nothing_is_called_up_to_date(tmp_path: Path) -> None:
    done = en("migrate", cwd=tmp_path, code=3)
    assert "There is no branch.yaml here." in done.err
    assert "nothing to do" not in done.err


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
    for profile in load_profiles().values():
        for each in profile["amendments"]:
            assert load_default_rulebook().clause(each["clause"]) is None
            assert each["source"]["clause"]


def test_profiles_have_their_shape() -> None:
    valid = jsonschema_rs.validator_for(resources.load_schema("profile"))
    assert load_profiles()
    for profile in load_profiles().values():
        assert not list(valid.iter_errors(profile))
