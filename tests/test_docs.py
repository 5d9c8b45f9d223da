"""What the documents show is what the tool prints, and they agree with each other and with the code."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from dangwu.data import resources
from dangwu.workspace.code_list import list_codes
from dangwu.workspace.load import load_workspace
from dangwu.workspace.workspace import build_year_span
from tests.support import shown_output
from tests.support.memory import MemoryTree

ROOT = Path(__file__).parents[1]
READMES = ("README.md", "README.zh-CN.md")
NAMES = {"建库": "branch", "我们支部": "our-branch"}
"""What a branch calls its things in Chinese and in English."""
DOCUMENTS = sorted(path.relative_to(ROOT).as_posix() for path in (*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")))


@pytest.mark.parametrize("name", shown_output.DOCUMENTS)
def test_the_tour_shows_real_output(name: str, tmp_path: Path) -> None:
    blocks = list(shown_output.run_blocks(name, tmp_path))
    assert len(blocks) >= 3
    for command, expected, printed in blocks:
        # Where this differs on purpose: python -m tests.support.shown_output
        assert printed == expected, command


@pytest.mark.parametrize("name", READMES)
def test_the_readme_is_read_in_minutes(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert len(text.splitlines()) < 150
    assert len(re.findall(r"!\[[^\]]+\]\(docs/pictures/[^)]+\)", text)) == 1


@pytest.mark.parametrize("pair", [READMES, shown_output.DOCUMENTS])
def test_both_languages_show_the_same_commands(pair: tuple[str, str]) -> None:
    commands = [
        re.findall(r"^(?:\$ )?((?:dangwu|python3|cd|\.) [^#\n]*)", (ROOT / name).read_text("utf-8"), re.MULTILINE)
        for name in pair
    ]
    plain = [[re.sub(r"--lang \w+ ", "", command).strip() for command in listed] for listed in commands]
    for chinese, english in NAMES.items():
        plain[1] = [command.replace(chinese, english) for command in plain[1]]
    assert plain[0] == plain[1]
    assert plain[0]


@pytest.mark.parametrize("pair", [READMES, shown_output.DOCUMENTS])
def test_both_languages_have_the_same_parts(pair: tuple[str, str]) -> None:
    """Headings, tables and lists, places that are linked, the language's own ones aside."""
    shapes = []
    for name in pair:
        text = (ROOT / name).read_text(encoding="utf-8")
        links = [re.sub(r"[./-](?:zh-CN|zh|en)\b", "", link) for link in re.findall(r"\]\(([^)]+)\)", text)]
        heads = re.findall(r"^#+ ", text, re.MULTILINE)
        shapes.append((heads, len(re.findall(r"^\|", text, re.MULTILINE)), sorted(links)))
    assert shapes[0] == shapes[1]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_links_lead_somewhere(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#:]+)\)", text):
        assert (ROOT / name).parent.joinpath(target).exists(), target


@pytest.mark.parametrize("name", DOCUMENTS)
def test_named_places_exist(name: str) -> None:
    """A path of ours in backquotes is there."""
    text = (ROOT / name).read_text(encoding="utf-8")
    for place in re.findall(r"`((?:src|docs|tests|schemas|record-template|\.ci)/[A-Za-z0-9_./-]*)`", text):
        assert (ROOT / place).exists(), place


def test_every_command_is_in_both_readmes() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "dangwu", "--lang", "en", "--help"], capture_output=True, text=True, check=True
    )
    commands = re.findall(r"^  ([a-z]+)  ", done.stdout.partition("Commands:")[2], re.MULTILINE)
    assert len(commands) >= 11
    for name in READMES:
        text = (ROOT / name).read_text(encoding="utf-8")
        assert [command for command in commands if f"`{command}" not in text] == []


def test_codes_are_numbered_once_and_explained() -> None:
    ids = [code.id for code in list_codes()]
    names = [code.name for code in list_codes()]
    assert len(set(ids)) == len(ids)
    assert len(set(names)) == len(names)
    for language in ("zh", "en"):
        assert [id_ for id_ in ids if resources.read_package_file(f"codes/{language}/{id_}.md") is None] == []


@pytest.mark.parametrize("code", ["zh", "en"])
def test_the_examples_of_records_are_clean(code: str) -> None:
    text = (ROOT / "docs" / "site" / code / "records.md").read_text(encoding="utf-8")
    files = dict(re.findall(r"```yaml\n# (\S+)\n(.*?)```", text, re.DOTALL))
    assert {path.split("/")[0] for path in files} == {
        "branch.yaml", "members", "meetings", "waivers", "rules", "accepted.yaml",
    }  # fmt: skip
    checked = load_workspace(MemoryTree(files)).check(date(2026, 7, 31))
    assert [(finding.source.path, finding.code.id) for finding in checked.findings] == []
    states = {
        duty.id: duty.state.value
        for duty in load_workspace(MemoryTree(files)).due(date(2026, 7, 31), build_year_span(2026)).duties
    }
    assert states["3.3/2026-Q1"] == "fulfilled"
    assert states["3.3/2026-Q2"] == "overdue"
    assert states["3.4/2026-H1"] == "fulfilled"
    assert states["3.4/2026-Q3"] == "open"
