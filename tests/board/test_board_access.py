"""The openness board is valid, and nobody is kept out of it: by axe and a validator, by day, by night and on paper."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from dangwu.data import resources
from tests.support import openness
from tests.support.access import pale_texts, violations
from tests.support.blocks import BODY
from tests.support.browser import MISSING, PROGRAM, browser
from tests.support.colour import contrast
from tests.support.markup import complaints
from tests.support.openness import board_of, files_of, item
from tests.support.run import run

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.support.browser import Page

KINDS = ("index", "archive", "ask", "class-1", "year-2024", "item")
needs_browser = pytest.mark.skipif(PROGRAM is None, reason=MISSING)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with three boards: one of every kind of item and of looks, one of nothing, one of the sample."""
    made = tmp_path_factory.mktemp("boards")
    items = (*openness.every(), item("y", "2026-05-01", content=f"## 一\n{BODY}", matter="<b>&\"'", until="2026-06-01"))
    boards = {"full": board_of(items, contact="三车间意见箱"), "empty": board_of()}
    for name, board in boards.items():
        for path, text in files_of(board).items():
            target = made / name / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
    run("demo", "branch", "--members", "7", "--groups", "2", cwd=made, code=0)
    run("-C", "branch", "board", "--output", str(made / "sample"), cwd=made, code=0)
    return made


@pytest.fixture(scope="module")
def tab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    with browser(tmp_path_factory.mktemp("profile")) as page:
        yield page


def test_every_page_is_valid(folder: Path) -> None:
    pages = sorted(folder.rglob("*.html"))
    assert len({each.relative_to(folder).parts[0] for each in pages}) == 3
    assert complaints(pages) == []


@needs_browser
@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing(tab: Page, folder: Path, kind: str) -> None:
    for page in one_of_each_look(folder, kind):
        for dark, paper, width in (
            (False, False, 1280), (True, False, 1280), (False, True, 1280), (True, True, 1280), (False, False, 390),
        ):  # fmt: skip
            tab.size(width)
            tab.media(dark=dark, paper=paper)
            tab.open(page.as_uri())
            assert violations(tab) == [], (page, dark, paper, width)
            assert pale_texts(tab) == [], (page, dark, paper, width)


def one_of_each_look(folder: Path, kind: str) -> list[Path]:
    """Return the first page of a kind in each language; of items those with stages, with looks and kept ones."""
    found = sorted(
        page for board in ("full", "empty") for page in (folder / board).rglob("*.html") if page.name.startswith(kind)
    )
    if kind != "item":
        first = {page.relative_to(folder).parts[:2]: page for page in reversed(found)}
        return list(first.values())
    texts = {page: page.read_text(encoding="utf-8") for page in found}
    looks = ('class="ahead"', 'class="body prose"', 'class="over"', 'class="contact"')
    return [next(page for page, text in texts.items() if look in text) for look in looks]


def test_every_colour_can_be_read() -> None:
    """Also those that show only under the pointer, on everything that a letter can stand on."""
    palettes = re.findall(r":root \{(.*?)\}", resources.read_package_text("templates/board.css.j2"), re.DOTALL)
    assert len(palettes) == 3
    for palette in palettes:
        colours = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]+)", palette))
        pale = [
            (text, ground) for text in ("ink", "soft", "accent") for ground in ("paper", "ground", "band")
            if contrast(colours[text], colours[ground]) < 4.5
        ]  # fmt: skip
        assert pale == []
        # The edge of a box to write in, and what is drawn (WCAG 1.4.11).
        drawn = [name for name in ("strong", "rule", "done") if contrast(colours[name], colours["paper"]) < 3]
        assert drawn == []
