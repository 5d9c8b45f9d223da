"""The pictures of the documents: up to date, small, with words for who does not see them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from tests.site.live import ROOT, SITE
from tests.support.pictures import FOLDER, LANGUAGES, LARGEST, PHOTOGRAPHS, TERMINALS, draw
from tools.docs.examples import make_branch
from tools.docs.terminal_picture import draw_terminal

if TYPE_CHECKING:
    from pathlib import Path

NAMES = {f"{name}.{code}.svg" for name in TERMINALS for code in LANGUAGES}
NAMES |= {f"{name}.{code}.png" for name in PHOTOGRAPHS for code in LANGUAGES}


@pytest.mark.parametrize("code", LANGUAGES)
def test_terminals_show_what_is_printed(code: str, tmp_path: Path) -> None:
    branch = tmp_path / "branch"
    make_branch(code, branch)
    for name in TERMINALS:
        drawn = (FOLDER / f"{name}.{code}.svg").read_text(encoding="utf-8")
        assert draw(name, code, branch) == drawn, "run python -m tests.support.pictures"


def test_there_are_no_others_and_none_is_large() -> None:
    files = {path.name: path for path in FOLDER.iterdir()}
    assert files.keys() == NAMES
    assert [name for name, path in files.items() if path.stat().st_size > LARGEST] == []


def test_each_is_shown_with_words_beside_it() -> None:
    texts = [page.read_text("utf-8") for page in (*SITE.glob("*/*.md"), *ROOT.glob("*.md"))]
    shown = [found for text in texts for found in re.findall(r"!\[([^\]]*)\]\([^)]*pictures/([^)]+)\)", text)]
    assert {name for _, name in shown} == NAMES
    assert [name for words, name in shown if len(words) < 8] == []


def test_a_drawn_terminal_names_nothing_in_the_network() -> None:
    for path in FOLDER.glob("*.svg"):
        text = path.read_text(encoding="utf-8")
        assert set(re.findall(r"https?://[^\"' ]+", text)) == {"http://www.w3.org/2000/svg"}
        assert ET.fromstring(text).tag.endswith("svg")  # noqa: S314 - ours


def test_wide_letters_have_the_width_of_two() -> None:
    drawn = draw_terminal("\x1b[1;31m党课\x1b[0m ab<\n\n x", "t")
    places = re.findall(r'<text x="(\d+)" y="\d+" textLength="(\d+)"[^>]*>([^<]*)<', drawn)
    assert [(int(x), int(wide), words) for x, wide, words in places] == [
        (14, 32, "党课"),
        (54, 24, "ab&lt;"),
        (22, 8, "x"),
    ]
    assert 'font-weight="bold"' in drawn
