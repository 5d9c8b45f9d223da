"""What the console blocks of the site show is what the commands print."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.site.live import LANGUAGES, SITE, commands_in
from tests.support.shown import Desk, Shown, even, read_page, run_page, shorten
from tools.docs.examples import make_branch

if TYPE_CHECKING:
    from pathlib import Path

PAGES = [
    page
    for page in sorted(SITE.glob("*/*.md"))
    if any(isinstance(each, Shown) for each in read_page(page.read_text("utf-8")))
]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.parent.name}/{page.stem}")
def test_a_page_shows_what_is_printed(page: Path, tmp_path: Path) -> None:
    done = list(run_page(page, tmp_path))
    assert len(done) >= 3
    for shown, output in done:
        assert even(shown.output) == even(output), f"{shown.command}: run python -m tests.support.shown"


def test_what_is_left_out_keeps_its_place() -> None:
    assert shorten("a\nb\nc\nd\n", "x\n…\ny\n") == "a\n…\nd\n"
    assert shorten("a\nb\n", "a\n") == "a\nb\n"
    assert even("提交 194d99bd1b75。") == even("提交 0123456789ab。")


def test_a_page_is_read_in_its_order() -> None:
    text = (
        "```console\n$ dangwu check\nbad\n$ cd x\n```\n\n<!-- does: bring sample -->\n```console\n$ dangwu due\n```\n"
    )
    found = [each if isinstance(each, str) else (each.command, each.output) for each in read_page(text)]
    assert found == [("dangwu check", "bad\n"), ("cd x", ""), "bring sample", ("dangwu due", "")]


def test_nothing_but_dangwu_is_run(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="rm"):
        Desk(tmp_path, "zh").run("rm -r x")


@pytest.mark.parametrize("code", LANGUAGES)
def test_records_that_commands_name_are_in_the_fictional_branch(code: str, tmp_path: Path) -> None:
    """Somebody who tries a line of a page in ``sample`` finds what it names."""
    branch = tmp_path / "branch"
    make_branch(code, branch)
    there = {path.stem for path in branch.rglob("*.*")}
    pages = [page for page in (SITE / code).glob("*.md") if page.stem != "records"]
    lines = [word for page in pages for words in commands_in(page.read_text("utf-8")) for word in words]
    named = {found for word in lines for found in re.findall(r"\d{4}-\d\d-\d\d-[a-z][a-z0-9-]*", word)}
    assert len(named) >= 3
    assert named - there == set()
