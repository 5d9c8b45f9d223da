"""What a command loads: heavy libraries only where they are needed, so that a hook is quick."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.support.branches import GROUP_MEETING, base_file, base_files

if TYPE_CHECKING:
    from pathlib import Path

HEAVY = {"jsonschema_rs", "ruamel", "_ruamel_yaml", "rich", "jinja2", "tempfile", "markdown_it"}
GIT = "dangwu.git.plumbing"
# The library that parses the command line loads subprocess itself; so the door to git is looked for, not subprocess.
WRAPPER = """
import json, sys
from dangwu.cli.main import main
code = main(sys.argv[1:])
sys.stdout.flush()
print(json.dumps({"code": code, "modules": sorted(sys.modules)}), file=sys.stderr)
"""


def _loaded(*words: str, folder: Path) -> tuple[int, set[str]]:
    done = subprocess.run(
        [sys.executable, "-c", WRAPPER, *words], cwd=folder, capture_output=True, check=True, encoding="utf-8"
    )
    facts = json.loads(done.stderr.splitlines()[-1])
    return facts["code"], set(facts["modules"])


@pytest.mark.parametrize("words", [["--version"], ["--help"], ["check", "--help"], []])
def test_help_and_version_load_no_heavy_library(words: list[str], tmp_path: Path) -> None:
    code, modules = _loaded(*words, folder=tmp_path)
    assert code == 0
    assert "dangwu.cli.main" in modules
    assert not modules & HEAVY
    if "check" not in words:
        assert not modules & {GIT, "dangwu.workspace", "dangwu.parse.yaml"}


def test_the_installed_command_answers(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "dangwu", "--version"], cwd=tmp_path, capture_output=True, check=True, encoding="utf-8"
    )
    assert done.stdout.startswith("dangwu ")
    assert not done.stderr


def test_due_loads_neither_page_nor_chart_library(tmp_path: Path) -> None:
    (tmp_path / "branch.yaml").write_bytes(base_file("branch.yaml"))
    code, modules = _loaded("due", "--as-of", "2026-06-30", folder=tmp_path)
    assert code in {0, 1}
    assert "dangwu.workspace" in modules
    assert not modules & {"jinja2"}


def test_a_json_check_of_a_folder_loads_no_terminal_library(tmp_path: Path) -> None:
    (tmp_path / "branch.yaml").write_text("schema: 1\nkind: branch\n", encoding="utf-8")
    code, modules = _loaded("check", "--format", "json", "--as-of", "2026-06-30", folder=tmp_path)
    assert code == 1
    assert not modules & {"rich", "jinja2", "dangwu.sample"}


BODIES = {
    "## 会议内容\n\n- **决议：**通过\n\n---\n\n1. 甲\n": False,
    "## 会议内容\n\n| 甲 | 乙 |\n|---|---|\n": True,
    "## 会议内容\n\n```\n## 无\n```\n": True,
}
"""Bodies, and whether it takes the reader of Markdown to find their headings."""


@pytest.mark.parametrize("body", BODIES)
def test_a_check_loads_the_reader_of_markdown_only_for_marks_that_matter(body: str, tmp_path: Path) -> None:
    for name in ("branch.yaml", GROUP_MEETING):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(base_file(name))
    (tmp_path / GROUP_MEETING).write_bytes(
        b"---".join([*base_file(GROUP_MEETING).split(b"---")[:2], b"\n" + body.encode()])
    )
    code, modules = _loaded("check", "--format", "json", "--as-of", "2026-06-30", folder=tmp_path)
    assert code in {0, 1}
    assert ("markdown_it" in modules) == ("dangwu.model.body" in modules) == BODIES[body]


def test_a_check_of_good_records_loads_no_parser_of_yaml(tmp_path: Path) -> None:
    for name, raw in base_files().items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(raw if isinstance(raw, bytes) else raw.encode())
    code, modules = _loaded("check", "--format", "json", "--as-of", "2026-06-30", folder=tmp_path)
    assert code == 0
    assert "dangwu.parse.plain_rows" in modules
    assert not modules & {"ruamel", "_ruamel_yaml"}
