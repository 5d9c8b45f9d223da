"""The HTML report in a real browser: it loads clean, fits a phone, and nothing is lost on paper."""

from __future__ import annotations

import html
import re
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from support.run import run

if TYPE_CHECKING:
    from pathlib import Path

BROWSER = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
)
PAPER = shutil.which("pdftotext")
OPTIONS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

pytestmark = pytest.mark.skipif(BROWSER is None, reason="no Chromium here; .ci/run installs one")


@pytest.fixture(scope="module", params=["zh", "en"])
def report(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report of a branch with long names of groups, in one language."""
    folder = tmp_path_factory.mktemp("browser")
    language = ("--lang", str(request.param))
    run(*language, "demo", "branch", "--members", "40", "--groups", "5", cwd=folder, code=0)
    made = run(*language, "-C", "branch", "report", "--format", "html", cwd=folder, code=0)
    page = folder / "report.html"
    page.write_text(made.out, encoding="utf-8")
    return page


def browse(page: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [str(BROWSER), *OPTIONS, f"--user-data-dir={page.parent / 'profile'}", *options, page.as_uri()]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True, timeout=90)


def test_it_loads_with_a_clean_console(report: Path) -> None:
    done = browse(report, "--dump-dom", "--enable-logging=stderr")
    assert "CONSOLE" not in done.stderr
    assert re.search(r"<h1[^>]*>[^<]*2026", done.stdout)
    assert done.stdout.count("<table") >= 5


@pytest.mark.parametrize("width", [360, 390, 768, 1200])
def test_it_fits_the_window(report: Path, width: int) -> None:
    """The page never scrolls sideways; wide tables scroll in a box of their own."""
    text = re.sub(r"<meta[^>]*Content-Security-Policy[^>]*>", "", report.read_text(encoding="utf-8"))
    wrapper = report.with_name(f"wrapper-{width}.html")
    measure = "document.title = 'width ' + this.contentDocument.documentElement.scrollWidth"
    frame = f'<iframe style="width:{width}px;height:800px;border:0" srcdoc="{html.escape(text)}" onload="{measure}">'
    wrapper.write_text(f"<!doctype html><title>x</title><body style='margin:0'>{frame}</iframe>", encoding="utf-8")
    done = browse(wrapper, "--dump-dom", "--window-size=1400,900")
    found = re.search(r"<title>width (\d+)</title>", done.stdout)
    assert found is not None
    assert int(found[1]) <= width


@pytest.mark.skipif(PAPER is None, reason="no pdftotext here; .ci/run installs poppler-utils")
def test_nothing_is_lost_on_paper(report: Path) -> None:
    printed = report.with_suffix(".pdf")
    browse(report, f"--print-to-pdf={printed}", "--no-pdf-header-footer")
    done = subprocess.run(
        [str(PAPER), "-layout", str(printed), "-"], capture_output=True, text=True, encoding="utf-8", check=True
    )
    pages = done.stdout.split("\f")
    assert 3 <= len(pages) <= 30
    # What only a screen reader is told is no print: the calendar's cells show the same days in short.
    text = re.sub(r'<span class="vh">.*?</span>', "", report.read_text(encoding="utf-8"), flags=re.DOTALL)
    days = set(re.findall(r"\b2026-\d\d-\d\d\b", re.sub(r"<[^>]+>", " ", text)))
    assert days
    assert [day for day in sorted(days) if day not in done.stdout] == []
