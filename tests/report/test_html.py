from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from dangwu import resources
from dangwu.lang import Language, language
from dangwu.report.as_html import TEMPLATE, html
from dangwu.report.duties import due_page
from dangwu.report.findings import accepted_page
from dangwu.report.year import year_page
from support import values

EN, ZH = language("en"), language("zh")
SOURCE = (resources.read(TEMPLATE) or b"").decode()
VOID = {"meta", "col"}


class Reader(HTMLParser):
    """Collects tags with attributes and the text, and sees whether tags close in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.open: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, tag
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] != "style":
            self.text.append(data)

    def named(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def assert_harmless(text: str) -> Reader:
    read = Reader(text)
    assert not read.open
    names = {name for name, _ in read.tags}
    assert not names & {"script", "link", "iframe", "object", "embed", "form", "base", "img", "svg"}
    for name, attributes in read.tags:
        assert not [key for key in attributes if key.startswith("on") or key in {"src", "srcset", "action"}], name
        assert name == "a" or "href" not in attributes
        assert re.fullmatch(r"#part-\d+", attributes.get("href") or "#part-0")
        assert not [value for value in attributes.values() if value and re.match(r"\s*javascript:", value)]
    written = re.search("<style>(.*?)</style>", text, re.DOTALL)
    assert written
    assert not re.search(r"url\(|@import|https?:|expression", written[1])
    return read


@pytest.mark.parametrize("lang", [EN, ZH])
def test_one_file_that_needs_nothing(lang: Language) -> None:
    for page in (
        year_page(values.report(), lang),
        due_page(values.small(), lang),
        accepted_page(values.checked(), lang),
    ):
        text = html(page, lang, SOURCE)
        read = assert_harmless(text)
        assert read.named("html") == [{"lang": "zh-CN" if lang is ZH else "en"}]
        policy = [each["content"] for each in read.named("meta") if each.get("http-equiv") == "Content-Security-Policy"]
        assert policy == ["default-src 'none'; style-src 'unsafe-inline'; img-src data:"]
        assert "http:" not in text
        assert "https:" not in text


def test_tables_can_be_read_aloud() -> None:
    read = Reader(html(year_page(values.report(), EN), EN, SOURCE))
    assert len(read.named("caption")) == len(read.named("table")) >= 7
    assert all(each.get("scope") in {"col", "row", "rowgroup"} for each in read.named("th"))
    assert len(read.named("h1")) == 1
    hidden = "".join(read.text)
    assert "3.1 Party group meeting, 第二党小组, May 2026: overdue; due by 2026-05-31" in hidden
    assert "Mar: 28 of 31 present, 1 on leave, 2 absent" in hidden


def test_the_calendar_has_as_many_columns_in_every_row() -> None:
    text = html(year_page(values.report(), ZH), ZH, SOURCE)
    months = re.search(r'<table class="months">.*?</table>', text, re.DOTALL)
    assert months
    spans = [
        sum(int(each.get("colspan") or 1) for each in (*read.named("td"), *read.named("th")))
        for row in re.findall(r"<tr.*?</tr>", months[0], re.DOTALL)
        if (read := Reader(row))
    ]
    assert spans == [13] * len(spans)


def test_it_is_made_for_paper_phone_and_dark_rooms() -> None:
    text = html(year_page(values.report(), ZH), ZH, SOURCE)
    for wanted in ("@page { size: A4", "print-color-adjust: exact", "table-header-group", "max-width: 720px"):
        assert wanted in text
    assert "prefers-color-scheme: dark" in text
    assert 'name="viewport"' in text


def contrast(one: str, two: str) -> float:
    def light(colour: str) -> float:
        digits = colour.lstrip("#")
        digits = "".join(each * 2 for each in digits) if len(digits) == 3 else digits
        parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
        linear = [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    bright, dim = sorted((light(one), light(two)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def test_every_colour_can_be_read() -> None:
    """Text needs a contrast of 4.5 against what it stands on (WCAG AA), by day, by night and on paper."""
    blocks = re.findall(r":root \{(.*?)\}", SOURCE, re.DOTALL)
    assert len(blocks) == 3
    for block in blocks:
        colours = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]+)", block))
        for name in ("good", "warn", "bad", "open", "waived", "quiet"):
            assert contrast(colours[name], colours["paper"]) >= 4.5
            assert contrast(colours[name], colours[f"{name}-bg"]) >= 4.5
        assert contrast(colours["ink"], colours["paper"]) >= 7
        assert contrast(colours["soft"], colours["band"]) >= 4.5


def test_headings_go_down_step_by_step() -> None:
    read = Reader(html(year_page(values.report(), EN), EN, SOURCE))
    levels = [int(name[1]) for name, _ in read.tags if re.fullmatch("h[1-6]", name)]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
