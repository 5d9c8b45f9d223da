"""Sheets as branches keep them are imported at the first or second try, with the command that the first try advised."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Any

import pytest
from ruamel.yaml import YAML

from tests.support.branches import base_repo
from tests.support.real_sheets import REAL_SHEETS
from tests.support.run import en

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.gitrepo import GitRepo
    from tests.support.real_sheets import Ledger

LEDGER = "dues/2026.yaml"


def read_ledger(repo: GitRepo) -> Ledger:
    """Return the ledger as the expectations have it; who has 【待填】 is left out."""
    data = YAML(typ="safe", pure=True).load((repo.path / LEDGER).read_text(encoding="utf-8"))
    found: Ledger = {}
    for member in data["members"]:
        paid: dict[str, list[Any]] = {}
        for payment in member["paid"]:
            said = (str(payment["date"]), payment["amount"]) if "amount" in payment else str(payment["date"])
            paid.setdefault(payment["month"], []).append(said)
        if member["assessed"] != "【待填】":
            months = {month: each[0] if len(each) == 1 else each for month, each in paid.items()}
            found[member["member"]] = (member["assessed"], months)
    return found


def test_a_reduction_goes_through_export_form_and_the_next_year(tmp_path: Path) -> None:
    sheet = REAL_SHEETS["another amount from March"]
    repo = base_repo(tmp_path / "支部")
    file = tmp_path / sheet.file
    file.write_bytes(sheet.raw())
    en("import", "dues", file, "--collector", "m002", "--write", cwd=repo.path, code=0)
    text = (repo.path / LEDGER).read_text(encoding="utf-8")
    assert "- {from: 2026-03, assessed: 12.5}" in text
    assert "less than a fen" not in en("check", cwd=repo.path).out
    for ending in ("xlsx", "csv"):
        target = tmp_path / f"再.{ending}"
        en("export", "dues", "--format", ending, "-o", target, cwd=repo.path, code=0)
        assert en("import", "dues", target, "--format", "json", cwd=repo.path, code=0).json()["changes"] == []
    en("new", "dues", "--year", "2027", cwd=repo.path, code=0)
    assert "assessed: 12.5" in (repo.path / "dues/2027.yaml").read_text(encoding="utf-8")


def test_what_new_dues_left_is_filled_in_with_the_collector(tmp_path: Path) -> None:
    repo = base_repo(tmp_path / "支部")
    en("new", "dues", "--year", "2026", cwd=repo.path, code=0)
    sheet = REAL_SHEETS["a draft of new dues"]
    file = tmp_path / sheet.file
    file.write_bytes(sheet.raw())
    words = ("import", "dues", file, "--year", "2026", "--collector", "m002", "--write")
    en(*words, cwd=repo.path, code=0)
    text = (repo.path / LEDGER).read_text(encoding="utf-8")
    assert "collector: m002" in text
    assert text.count("【待填】") == 6


@pytest.mark.parametrize("name", REAL_SHEETS)
def test_it_is_imported_at_the_first_or_second_try(name: str, tmp_path: Path) -> None:
    sheet = REAL_SHEETS[name]
    repo = base_repo(tmp_path / "支部")
    if sheet.drafted:
        en("new", "dues", "--year", "2026", cwd=repo.path, code=0)
        repo.git("add", "-A")
    file = tmp_path / sheet.file
    file.write_bytes(sheet.raw())
    tried = en("import", "dues", file, "--format", "json", cwd=repo.path, code=(0, 1))
    assert "Warning" not in tried.err
    words = ["import", "dues", str(file)]
    first = tried.json()
    if first["problems"]:
        assert all(each["cell"] and each["hint"] for each in first["problems"])
        again: str = first["again"]
        for gap, known in sheet.filled:
            again = again.replace(gap, known)
        words = shlex.split(again)[1:]
    made = en(*words, "--write", "--format", "json", cwd=repo.path, code=0).json()
    assert made["written"]
    said = " ".join(made["notes"])
    assert [note for note in sheet.notes if note not in said] == []
    assert read_ledger(repo) == sheet.ledger
    assert en(*words, "--format", "json", cwd=repo.path, code=0).json()["changes"] == []
