"""The built site: every link leads somewhere, nothing is fetched from elsewhere, each page has its twin."""

from __future__ import annotations

import os
import re
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

SITE = Path(os.environ["DANGWU_BUILT_DOCS"]) / "site"
LANGUAGES = ("zh", "en")
LOADING = {"script": "src", "img": "src", "source": "src", "iframe": "src", "link": "href"}


class Reader(HTMLParser):
    """The anchors of a page, where its links lead, and what a browser loads for it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.anchors: set[str] = set()
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.language = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {key: value or "" for key, value in attrs}
        self.anchors |= {named[key] for key in ("id", "name") if key in named}
        if tag == "html":
            self.language = named.get("lang", "")
        if tag == "a" and "href" in named:
            self.links.append(named["href"])
        if tag in LOADING and LOADING[tag] in named:
            self.loaded.append(named[LOADING[tag]])


@cache
def read(page: Path) -> Reader:
    return Reader(page.read_text(encoding="utf-8"))


def pages(code: str) -> list[Path]:
    return sorted((SITE / code).rglob("*.html"))


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_link_leads_to_a_page_and_its_anchor(code: str) -> None:
    wrong = []
    for page in (SITE / "index.html", *pages(code)):
        for link in read(page).links:
            parts = urlsplit(link)
            if parts.scheme in {"http", "https", "mailto"}:
                continue
            target = (page.parent / unquote(parts.path)).resolve() if parts.path else page
            anchor = unquote(parts.fragment)
            if not target.is_file() or (anchor and anchor not in read(target).anchors):
                wrong.append(f"{page.relative_to(SITE)}: {link}")
    assert wrong == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_nothing_is_loaded_from_elsewhere(code: str) -> None:
    loaded = {link for page in pages(code) for link in read(page).loaded}
    assert loaded
    assert [link for link in loaded if urlsplit(link).scheme not in {"", "data"} or link.startswith("//")] == []
    styles = "\n".join(path.read_text(encoding="utf-8") for path in (SITE / code).rglob("*.css"))
    assert re.findall(r"url\([\"']?(?!data:)(?:https?:)?//[^)]*\)|@import[^;]*", styles) == []


def test_every_page_has_its_twin_and_says_so() -> None:
    names = {code: {page.relative_to(SITE / code).as_posix() for page in pages(code)} for code in LANGUAGES}
    assert names["zh"] == names["en"]
    assert len(names["zh"]) > 200
    for code, other in (LANGUAGES, LANGUAGES[::-1]):
        for page in pages(code):
            twin = (SITE / other / page.relative_to(SITE / code)).resolve()
            assert twin in [(page.parent / link).resolve() for link in read(page).links], page


@pytest.mark.parametrize(("code", "tag"), [("zh", "zh-CN"), ("en", "en")])
def test_a_page_says_its_language(code: str, tag: str) -> None:
    assert {read(page).language for page in pages(code)} == {tag}


def test_what_the_theme_says_is_chinese_too() -> None:
    page = SITE / "zh" / "first-hour.html"
    text = page.read_text(encoding="utf-8")
    assert [
        words for words in ("Next<", "Previous<", "On this page", "Back to top", "Skip to content") if words in text
    ] == []
    assert "下一页" in text


def test_the_front_page_leads_to_both() -> None:
    assert read(SITE / "index.html").links == ["zh/index.html", "en/index.html"]
