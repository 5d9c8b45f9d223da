"""``dangwu schema``: the schemas, self-contained."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from dangwu.data import resources
from dangwu.data.editor_schema import build_editor_schema
from tests.support.run import en, is_chinese, spoken, zh

if TYPE_CHECKING:
    from pathlib import Path


def test_show_prints_every_kind_whole(tmp_path: Path) -> None:
    for kind in ("branch", "group-meeting"):
        document = en("schema", "show", kind, cwd=tmp_path, code=0).json()
        assert document == build_editor_schema(resources.load_schema(kind))
    text = json.dumps([resources.load_schema(kind) for kind in resources.list_kinds()])
    assert "common.json" not in text, "no schema needs another file"


def test_export_writes_them_where_the_editor_looks(clean: Path, tmp_path: Path) -> None:
    said = zh("schema", "export", tmp_path / "模 式", cwd=clean, code=0)
    assert is_chinese(said.err)
    assert {path.stem for path in (tmp_path / "模 式").iterdir()} == set(resources.list_kinds())
    assert not (clean / ".dangwu").exists()
    shown = en("schema", "show", "member", cwd=clean).out
    assert (tmp_path / "模 式/member.json").read_text(encoding="utf-8") == shown


def test_unknown_kinds(tmp_path: Path) -> None:
    for words in (("show", "nosuch"), ("show",), ("nosuch",), ()):
        said = spoken("schema", *words, cwd=tmp_path)
        assert said["en"].code == said["zh"].code == 2, words
        assert is_chinese(said["zh"].err)
        assert not is_chinese(said["en"].err)
