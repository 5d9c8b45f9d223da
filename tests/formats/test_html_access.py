"""The HTML report is valid, and nobody is kept out of it: by what axe and a validator find, by day, night and paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dangwu.data import resources
from dangwu.formats.html import render_html
from dangwu.formats.html_regions import name_regions
from dangwu.language import load_language
from dangwu.pages.duties import build_due_page
from dangwu.pages.page import Heading, Paragraph, Table
from dangwu.pages.year import build_year_page
from tests.support import browser, values
from tests.support.access import pale_texts, violations
from tests.support.blocks import every_block
from tests.support.markup import UNKNOWN_TO_IT, complaints
from tests.support.run import run

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LANGUAGES = {code: load_language(code) for code in ("zh", "en")}
needs_browser = pytest.mark.skipif(browser.PROGRAM is None, reason=browser.MISSING)


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The reports of a branch for the committee, by language."""
    folder = tmp_path_factory.mktemp("report")
    run("demo", "branch", "--members", "7", "--groups", "2", cwd=folder, code=0)
    made = {code: folder / f"report-{code}.html" for code in LANGUAGES}
    for code, file in made.items():
        run("--lang", code, "-C", "branch", "report", "--output", str(file), cwd=folder, code=0)
    return made


@pytest.fixture(params=LANGUAGES)
def report(request: pytest.FixtureRequest, reports: dict[str, Path]) -> Path:
    return reports[request.param]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Small pages with all that a report can hold, by name."""
    folder = tmp_path_factory.mktemp("pages")
    made = {
        f"{name}-{code}": render_html(page, lang, resources.read_package_text)
        for code, lang in LANGUAGES.items()
        for name, page in {
            "blocks": every_block(),
            "year": build_year_page(values.report(), lang, at_length=True),
            "small": build_year_page(values.small_report(), lang, at_length=True),
            "due": build_due_page(values.owed(), lang),
        }.items()
    }
    for name, text in made.items():
        (folder / f"{name}.html").write_text(text, encoding="utf-8")
    return {name: folder / f"{name}.html" for name in made}


@pytest.fixture(scope="module")
def tab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[browser.Page]:
    with browser.browser(tmp_path_factory.mktemp("profile")) as page:
        yield page


def test_every_page_is_valid(reports: dict[str, Path], pages: dict[str, Path]) -> None:
    found = complaints([*reports.values(), *pages.values()])
    assert [text for text in found if not text.endswith(UNKNOWN_TO_IT)] == []
    assert len(found) == len(reports) + len(pages), "what the validator does not know stands once in each style sheet"


@needs_browser
@pytest.mark.parametrize("paper", [False, True], ids=["screen", "paper"])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("name", ["blocks-zh", "small-en"])
def test_axe_finds_nothing(tab: browser.Page, pages: dict[str, Path], name: str, *, dark: bool, paper: bool) -> None:
    tab.size(1280)
    tab.media(dark=dark, paper=paper)
    tab.open(pages[name].as_uri())
    assert violations(tab) == []


@needs_browser
def test_axe_finds_nothing_on_a_phone(tab: browser.Page, pages: dict[str, Path]) -> None:
    tab.size(390)
    tab.media()
    tab.open(pages["year-zh"].as_uri())
    assert violations(tab) == []


@needs_browser
@pytest.mark.parametrize("paper", [False, True], ids=["screen", "paper"])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_no_text_is_pale(tab: browser.Page, report: Path, *, dark: bool, paper: bool) -> None:
    """At both widths, and what a link leads to."""
    tab.media(dark=dark, paper=paper)
    for width in (390, 1280):
        tab.size(width)
        tab.open(report.as_uri())
        assert pale_texts(tab) == []
    for start in ("duty-3.1", "record-", "at-duty-3.1"):
        target = tab.run(f"document.querySelector('[id^=\"{start}\"]').id")
        tab.open(f"{report.as_uri()}#{target}")
        assert tab.run("document.querySelector(':target').id") == target
        assert pale_texts(tab) == []


@needs_browser
def test_no_two_regions_have_one_name(tab: browser.Page, report: Path) -> None:
    tab.open(report.as_uri())
    names: list[str] = tab.run(
        "[...document.querySelectorAll('[role=region]')].map(each => each.ariaLabel.trim().toLowerCase())"
    )
    assert len(names) > 30
    assert "" not in names
    assert len(set(names)) == len(names)


@needs_browser
def test_a_pale_text_would_be_found(tab: browser.Page, pages: dict[str, Path]) -> None:
    """The tests above see what they are there for."""
    tab.size(1280)
    tab.media()
    tab.open(pages["small-zh"].as_uri())
    tab.run("document.querySelector('h2').style.opacity = .5")
    assert len(pale_texts(tab)) == 1
    assert any(each.startswith("color-contrast") for each in violations(tab))
    tab.run("document.querySelectorAll('[role=region]').forEach(each => { each.ariaLabel = 'x' })")
    assert any(each.startswith("landmark-unique") for each in violations(tab))


def test_a_region_is_called_by_its_caption_and_by_more_only_where_that_is_not_enough() -> None:
    def table(caption: str) -> Table:
        return Table(caption, (), ())

    blocks = (
        table("甲"), Heading("一"), table("乙"), Paragraph("x"), Heading("丙", 3), table("乙"), table("乙"), table(""),
        Heading("二"), table("乙"), table("丁\n"),
    )  # fmt: skip
    named = ["甲", "", "一，乙", "", "", "一，丙，乙", "一，丙，乙 (2)", "表格", "", "二，乙", "丁"]
    assert name_regions(blocks, LANGUAGES["zh"]) == named
    assert name_regions((table("A"), table("a"), table("a (2)")), LANGUAGES["en"]) == ["A", "a (2)", "a (2) (2)"]
    assert name_regions((Heading("x"), table(""), table("Table")), LANGUAGES["en"]) == ["", "x, Table", "x, Table (2)"]
