"""The HTML report in a real browser: it loads clean, fits a phone, can be walked by key, and paper loses nothing."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from dangwu.language import load_language
from dangwu.pages.wording.values import format_day
from tests.support import browser
from tests.support.run import run

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PAPER = shutil.which("pdftotext")

pytestmark = pytest.mark.skipif(browser.PROGRAM is None, reason=browser.MISSING)

MOST_BYTES = 2_000_000


@pytest.fixture(scope="module", params=["zh", "en"])
def report(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report of a branch with long names of groups, in one language."""
    folder = tmp_path_factory.mktemp("browser")
    language = ("--lang", str(request.param))
    run(*language, "demo", "branch", "--members", "60", "--groups", "5", cwd=folder, code=0)
    made = run(*language, "-C", "branch", "report", "--format", "html", cwd=folder, code=0)
    page = folder / "report.html"
    page.write_text(made.out, encoding="utf-8")
    return page


@pytest.fixture(scope="module")
def tab(report: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[browser.Page]:
    with browser.browser(tmp_path_factory.mktemp("tab")) as page:
        yield page
        assert page.trouble == []
        assert {address for address in page.asked if address != "about:blank"} <= {report.as_uri()}


@pytest.fixture
def opened(report: Path, tab: browser.Page) -> browser.Page:
    tab.size(1280)
    tab.media()
    tab.open(report.as_uri())
    return tab


def shown(page: browser.Page, what: str) -> list[str]:
    """Return the texts of what a selector finds, as far as a person sees it."""
    script = f"""[...document.querySelectorAll({json.dumps(what)})]
        .filter(each => each.checkVisibility({{visibilityProperty: true}})).map(each => each.textContent.trim())"""
    found: list[str] = page.run(script)
    return found


def pick(page: browser.Page, kind: str) -> None:
    page.run(f"document.getElementById('pick-{kind}').click()")


def test_it_is_a_page_that_a_mail_carries(report: Path) -> None:
    assert report.stat().st_size < MOST_BYTES


def test_it_runs_nothing_and_its_own_style_is_let_in(opened: browser.Page) -> None:
    assert opened.run("document.scripts.length") == 0
    assert opened.run("getComputedStyle(document.querySelector('h1')).textAlign") == "center"
    assert len(shown(opened, "table.months")) >= 10
    assert len(shown(opened, "figure svg")) >= 6


def test_it_fits_the_window(opened: browser.Page) -> None:
    """The page never scrolls sideways; wide tables scroll in a box of their own, and pictures need none."""
    for width in (360, 390, 768, 1280):
        opened.size(width)
        assert opened.run("document.documentElement.scrollWidth") <= width
        outside: list[Any] = opened.run(
            """[...document.querySelectorAll('figure svg')].flatMap(svg => [...svg.querySelectorAll('text')]
                .map(text => [text.textContent, text.getBoundingClientRect().right])
                .filter(([_, right]) => right > svg.getBoundingClientRect().right + 1))"""
        )
        assert outside == [], width


@pytest.mark.parametrize("width", [390, 1280])
def test_no_words_of_a_picture_stand_on_others(opened: browser.Page, width: int) -> None:
    opened.size(width)
    over = opened.run(
        """[...document.querySelectorAll('figure svg[role=img]')].flatMap(svg => {
            const boxes = [...svg.querySelectorAll('text')].filter(each => each.textContent)
                .map(each => [each.textContent, each.getBoundingClientRect()])
            return boxes.flatMap(([one, a], at) => boxes.slice(at + 1).filter(([_, b]) =>
                Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 &&
                Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 6).map(([two]) => [one, two]))
        })"""
    )
    assert over == []


def test_a_system_can_be_looked_at_alone(opened: browser.Page) -> None:
    before = shown(opened, "section.of-system > h2")
    assert len(before) == 10
    pick(opened, "system-3")
    assert shown(opened, "section.of-system > h2") == [before[2]]
    assert len(shown(opened, "section.of-system h3")) == 3
    entries = shown(opened, "li[id^=duty-] .title")
    assert entries
    assert {each.partition(".")[0] for each in entries} == {"3"}
    assert [each for each in shown(opened, ".contents a") if each in before] == [before[2]]
    assert len(shown(opened, "main > section > h2")) > 3, "what belongs to no system stays"
    pick(opened, "system")
    assert shown(opened, "section.of-system > h2") == before


def test_a_state_can_be_looked_at_alone(opened: browser.Page) -> None:
    kinds = opened.run("[...document.querySelectorAll('input[name=state]')].map(each => each.id.slice(5)).slice(1)")
    everything = len(shown(opened, "li[id^=duty-]"))
    for kind in kinds:
        pick(opened, kind)
        marked = shown(opened, ".months td a")
        of_kind = opened.run(f"document.querySelectorAll('.months td.{kind} a').length")
        assert len(marked) == of_kind
        entries = shown(opened, "li[id^=duty-]")
        assert len(entries) == opened.run(f"document.querySelectorAll('li.{kind}[id^=duty-]').length")
        assert 0 < len(entries) < everything
        empty = opened.run("[...document.querySelectorAll('.months:not(.facts)')].filter(table => "
                           "table.checkVisibility() && !table.querySelector('td." + kind + "')).length")  # fmt: skip
        assert empty == 0
    pick(opened, "state")
    assert len(shown(opened, "li[id^=duty-]")) == everything


def test_the_filters_are_worked_by_key(opened: browser.Page) -> None:
    opened.run("document.getElementById('pick-system').focus()")
    opened.press("ArrowDown")
    assert opened.run("document.querySelector('input[name=system]:checked').id") == "pick-system-1"
    assert len(shown(opened, "section.of-system > h2")) == 1
    opened.press("Tab")
    assert opened.run("document.activeElement.name") == "state"
    outline = "getComputedStyle(document.activeElement.closest('label')).outlineStyle"
    assert opened.run(outline) == "solid"


def test_from_the_calendar_to_the_duty_to_the_evidence_and_back_by_key(opened: browser.Page) -> None:
    opened.run("document.querySelector('.months .good a[href^=\"#duty-3.1\"]').focus()")
    target = opened.run("document.activeElement.hash.slice(1)")
    opened.press("Enter")
    assert opened.run("document.querySelector(':target').id") == target
    plain = opened.run("getComputedStyle(document.querySelector('li[id^=duty-]:not(:target)')).backgroundColor")
    assert opened.run("getComputedStyle(document.querySelector(':target')).backgroundColor") != plain
    opened.press("Tab")
    assert opened.run("document.activeElement.hash") == f"#at-{target}"
    assert opened.run("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    opened.press("Tab")
    evidence = opened.run("document.activeElement.hash.slice(1)")
    assert evidence.startswith("record-meetings_2026_")
    opened.press("Enter")
    assert opened.run("document.querySelector(':target').tagName") == "TH"
    day = date.fromisoformat(evidence[len("record-meetings_2026_") :][:10])
    shown_day = opened.run("document.querySelector(':target').textContent.trim()")
    assert shown_day in {format_day(day, load_language(code)) for code in ("zh", "en")}
    opened.run(f"document.querySelector('a[href=\"#at-{target}\"]').focus()")
    opened.press("Enter")
    assert opened.run("document.querySelector(':target').tagName") == "TD"


def test_every_link_leads_somewhere(opened: browser.Page) -> None:
    dead = opened.run(
        """[...document.querySelectorAll('a')].map(each => each.hash.slice(1))
            .filter(id => !id || !document.getElementById(id))"""
    )
    assert dead == []


@pytest.mark.parametrize("dark", [False, True])
def test_pictures_are_drawn_in_the_colours_of_the_page(opened: browser.Page, *, dark: bool) -> None:
    opened.media(dark=dark)
    paper = "rgb(27, 28, 30)" if dark else "rgb(255, 255, 255)"
    assert opened.run("getComputedStyle(document.querySelector('main')).backgroundColor") == paper
    fill = "getComputedStyle(document.querySelector('.fill-good')).fill"
    text = "getComputedStyle(document.querySelector('figure svg text')).fill"
    assert opened.run(fill) == ("rgb(143, 208, 172)" if dark else "rgb(44, 106, 76)")
    assert opened.run(text) == opened.run("getComputedStyle(document.querySelector('main')).color")


@pytest.mark.skipif(PAPER is None, reason="no pdftotext here; .ci/run installs poppler-utils")
def test_nothing_is_lost_on_paper_and_a_filter_hides_nothing_there(
    report: Path, opened: browser.Page, tmp_path: Path
) -> None:
    pick(opened, "system-3")
    pick(opened, "state-2")
    printed = tmp_path / "report.pdf"
    printed.write_bytes(opened.paper())
    command = [str(PAPER), "-layout", str(printed), "-"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True)
    assert 3 <= len(done.stdout.split("\f")) <= 50
    # What only a screen reader is told is no print: the calendar's cells show the same days in short.
    text = re.sub(r'<span class="vh">.*?</span>', "", report.read_text(encoding="utf-8"), flags=re.DOTALL)
    days = set(re.findall(r"2026年\d+月\d+日|\b\d+ [A-Z][a-z]+ 2026\b", re.sub(r"<[^>]+>", " ", text)))
    assert len(days) > 20
    printed_text = re.sub(r"\s+", " ", done.stdout)
    assert [day for day in sorted(days) if day not in printed_text] == []
    headings = [html.unescape(each) for each in re.findall(r"<h2[^>]*>(.*?)</h2>", text)]
    lines = [line.strip() for line in done.stdout.splitlines()]
    assert [each for each in headings if each not in lines] == []
    (first, *_) = re.findall(r'<label><input type="radio" name="state" id="pick-state" checked>(.*?)</label>', text)
    assert not [line for line in lines if line == first], "no controls on paper"


@pytest.mark.skipif(PAPER is None, reason="no pdftotext here; .ci/run installs poppler-utils")
def test_no_page_ends_with_the_head_of_a_table_or_a_heading(report: Path, opened: browser.Page, tmp_path: Path) -> None:
    printed = tmp_path / "report.pdf"
    printed.write_bytes(opened.paper())
    command = [str(PAPER), "-layout", str(printed), "-"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True)
    text = report.read_text(encoding="utf-8")
    words = re.findall(r"<(?:h2|h3|caption|figcaption)[^>]*>(.*?)</", text, re.DOTALL)
    titles = {re.sub(r"\s+", "", html.unescape(each)) for each in words}
    heads = {
        re.sub(r"<[^>]+>|\s+", "", html.unescape(each)) for each in re.findall(r"<thead>(.*?)</thead>", text, re.DOTALL)
    }
    for page in done.stdout.split("\f")[:-1]:
        lines = [re.sub(r"\s+", "", line) for line in page.splitlines() if line.strip()]
        last = next(line for line in reversed(lines) if not re.fullmatch(r"\d+/\d+", line))
        assert last not in titles
        assert last not in heads
