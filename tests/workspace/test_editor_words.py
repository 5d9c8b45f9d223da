"""Ids with names and codes with words, for editors: who is in the branch, and nothing that could be more than text."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

from dangwu.data import resources
from dangwu.workspace.editor_words import EDITOR_WORDS_PATH, build_editor_words
from dangwu.workspace.load import load_workspace
from tests.support.branches import base_repo
from tests.support.examples import lay
from tests.support.memory import MemoryTree
from tests.support.run import en, zh

if TYPE_CHECKING:
    from pathlib import Path

DAY = date(2026, 6, 30)


def read(path: Path) -> dict[str, dict[str, object]]:
    made: dict[str, dict[str, object]] = json.loads((path / EDITOR_WORDS_PATH).read_text(encoding="utf-8"))
    return made


def test_members_are_found_by_id_and_by_name_in_every_record() -> None:
    made = json.loads(build_editor_words(load_workspace(MemoryTree(lay()[0])).corpus, DAY))
    entry = made["m009 苏禾"]
    assert entry == {"scope": "yaml,markdown", "prefix": ["苏禾", "m009"], "body": "m009", "description": "苏禾"}
    assert made["g1 第一党小组"]["body"] == "g1"
    reason = made["病假 illness"]
    assert (reason["scope"], reason["body"]) == ("markdown", "illness"), "in YAML the schema completes it"
    assert "病假" in reason["prefix"]
    before = json.loads(build_editor_words(load_workspace(MemoryTree(lay()[0])).corpus, date(2025, 1, 1)))
    assert "m009 苏禾" not in before, "not in the branch yet"


def test_a_name_is_text_and_no_snippet() -> None:
    files = dict(lay()[0])
    name = "$1 ${2:甲} \\\\ }"
    files["members/m009.yaml"] = f"schema: 1\nkind: member\nid: m009\nname: '{name}'\nstatus: []\n".replace(
        "status: []", "status: [{from: 2025-09-18, status: full}]"
    )
    made = json.loads(build_editor_words(load_workspace(MemoryTree(files)).corpus, DAY))
    assert made[f"m009 {name}"]["body"] == "m009"


def test_the_commands_that_change_the_roster_write_them_anew(tmp_path: Path) -> None:
    repo = tmp_path / "records"
    base_repo(repo)
    en("new", "member", "--name", "林晚", "--no-input", cwd=repo, code=0)
    assert not (repo / EDITOR_WORDS_PATH).exists(), "no editor's folder, no words"
    (repo / ".vscode").mkdir()
    en("new", "member", "--name", "纪云", "--no-input", cwd=repo, code=0)
    assert not (repo / EDITOR_WORDS_PATH).exists(), "nobody asked for them"
    zh("schema", "export", cwd=repo, code=0)
    assert "m001 沈怀远" in read(repo)
    en("new", "member", "--name", "顾北辰", "--from", "2026-01-05", "--status", "full", "--no-input", cwd=repo, code=0)
    assert any(entry["description"] == "顾北辰" for entry in read(repo).values())
    before = (repo / EDITOR_WORDS_PATH).read_bytes()
    en("new", "member", "--name", "试写", "--no-input", "--dry-run", cwd=repo, code=0)
    en("check", cwd=repo)
    assert (repo / EDITOR_WORDS_PATH).read_bytes() == before


def test_a_new_repository_keeps_them_out_of_git() -> None:
    ignored = resources.build_template()[".gitignore"].decode().split("\n")
    assert EDITOR_WORDS_PATH in ignored
    settings = json.loads(resources.build_template()[".vscode/settings.json"])
    assert settings["[markdown]"]["editor.quickSuggestions"]["other"] == "on"
