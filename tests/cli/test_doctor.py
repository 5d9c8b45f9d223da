"""``dangwu doctor``: what is missing, each with the line that puts it right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.branches import base_repo
from tests.support.paper import CHINESE
from tests.support.run import en, is_chinese, spoken

if TYPE_CHECKING:
    from pathlib import Path


def test_a_new_repository_is_in_order(tmp_path: Path) -> None:
    en("init", tmp_path / "r", cwd=tmp_path, code=0)
    said = spoken("doctor", cwd=tmp_path / "r", code=0)
    # A machine may have no Chinese font, which only printing misses.
    marks = {line[:4] for line in said["en"].out.splitlines()}
    assert marks == ({"ok  "} if CHINESE else {"ok  ", "--  ", "    "})
    assert is_chinese(said["zh"].out)
    (tmp_path / "r/.dangwu/schema/member.json").write_text("{}", encoding="utf-8")
    (tmp_path / "r/.git/hooks/pre-commit").unlink()
    worse = en("doctor", cwd=tmp_path / "r", code=3)
    assert worse.out.count("!!  ") == 2
    assert "dangwu schema export" in worse.out
    en("schema", "export", cwd=tmp_path / "r", code=0)
    assert en("doctor", cwd=tmp_path / "r", code=3).out.count("!!  ") == 1


def test_a_repository_made_by_hand_lacks_hook_and_schemas(tmp_path: Path) -> None:
    said = spoken("doctor", cwd=base_repo(tmp_path / "r").path, code=3)
    assert said["en"].out.count("!!  ") == said["zh"].out.count("!!  ") == 2
