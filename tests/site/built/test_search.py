"""The search of the built site in a real browser: from a disk and from a server, in both languages."""

from __future__ import annotations

import json
import os
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest

from tests.support import browser
from tools.docs.search_words import split_words

if TYPE_CHECKING:
    from collections.abc import Iterator

SITE = Path(os.environ["DANGWU_BUILT_DOCS"]) / "site"
FOUND = "document.querySelectorAll('ul.search li > a')"
DONE = f"""
new Promise(function (done) {{
    var wait = setInterval(function () {{
        var said = document.querySelector('.search-summary');
        if (said && said.innerText) {{
            clearInterval(wait);
            setTimeout(function () {{
                done([...{FOUND}].map(function (a) {{ return a.getAttribute('href'); }}));
            }}, 500);
        }}
    }}, 20);
}})
"""

pytestmark = pytest.mark.skipif(browser.PROGRAM is None, reason=browser.MISSING)


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Say nothing."""


@contextmanager
def served() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(SITE)))
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[browser.Page]:
    with browser.browser(tmp_path_factory.mktemp("browser")) as found:
        yield found


def search(page: browser.Page, place: str, words: str) -> list[str]:
    page.open(f"{place}/search.html?q={quote(words)}")
    found: list[str] = page.run(DONE)
    return [link.partition("#")[0].partition("?")[0] for link in found]


@pytest.mark.parametrize(
    ("code", "words", "first", "also"),
    [
        ("zh", "党小组会", "reference/kinds/group-meeting.html", ["reference/commands/new.html", "year.html"]),
        ("zh", "党费", None, ["reference/kinds/dues.html", "spreadsheets.html", "reference/codes/DW906.html"]),
        ("zh", "dangwu 党费 台账", None, ["reference/kinds/dues.html"]),
        ("zh", "存证行", None, ["history.html", "committee.html"]),
        ("zh", "DW308", "reference/codes/DW308.html", []),
        ("en", "dues ledger", "reference/kinds/dues.html", ["spreadsheets.html"]),
        ("en", "uninstalling", None, ["upgrading.html"]),
        ("en", "quarantine", None, ["committee.html", "reference/commands/review.html"]),
        ("en", "党小组会", None, ["glossary.html"]),
    ],
)
def test_the_search_finds_the_right_pages(
    page: browser.Page, code: str, words: str, first: str | None, also: list[str]
) -> None:
    found = search(page, f"file://{SITE}/{code}", words)
    assert first is None or found[0] == first, found[:5]
    assert [each for each in also if each not in found] == [], found


def test_words_that_stand_nowhere_find_nothing(page: browser.Page) -> None:
    assert search(page, f"file://{SITE}/zh", "铀矿复核") == []


def test_from_a_server_too_and_without_trouble(page: browser.Page) -> None:
    page.trouble.clear()
    page.asked.clear()
    with served() as place:
        assert "reference/kinds/dues.html" in search(page, f"{place}/zh", "党费台账")
        assert "的记录" in page.run("document.querySelector('ul.search').innerText") or page.run(f"{FOUND}.length") > 1
        assert [each for each in page.asked if not each.startswith((place, "data:", "about:"))] == []
    assert page.trouble == []


@pytest.mark.parametrize(
    "text", ["党小组会", "党费 dues ledger", "会", "用 dangwu new 党课-2026", "3.1/2026-09/g3", "", "，。"]
)
def test_pages_and_queries_are_cut_alike(page: browser.Page, text: str) -> None:
    page.open(f"file://{SITE}/zh/search.html")
    assert page.run(f"splitQuery({json.dumps(text)})") == split_words(text)
