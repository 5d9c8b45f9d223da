from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser
from itertools import pairwise
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from dangwu.data import resources
from dangwu.formats.html import render_html
from dangwu.language import Language, load_language
from dangwu.pages.duties import build_due_page
from dangwu.pages.findings import build_accepted_page
from dangwu.pages.page import Filter, Page
from dangwu.pages.year import build_year_page
from tests.support import values
from tests.support.change import replace
from tests.support.colour import contrast

if TYPE_CHECKING:
    from dangwu.model.results import YearReport

EN, ZH = load_language("en"), load_language("zh")
STYLE = resources.read_package_text("templates/report.css.j2")
VOID = {"meta", "col", "input", "br"}
DRAWN = {"svg", "title", "desc", "g", "defs", "pattern", "rect", "path", "line", "circle", "text"}
PICTURE = re.compile(r"<svg role.*?</svg>(?=\n)")


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
    assert not names & {"script", "link", "iframe", "object", "embed", "form", "base", "img", "image", "use", "button"}
    ids = [attributes["id"] for _, attributes in read.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    for name, attributes in read.tags:
        forbidden = {"src", "srcset", "action", "style", "xlink:href", "begin"}
        assert not [key for key in attributes if key.startswith("on") or key in forbidden], name
        assert name == "a" or "href" not in attributes
        acting = [value for key, value in attributes.items() if value and key not in {"title", "aria-label"}]
        assert not [value for value in acting if re.match(r"\s*javascript:", value)]
        if name == "a":
            assert re.fullmatch(r"#[A-Za-z0-9._~-]+", attributes["href"] or "")
            assert (attributes["href"] or "")[1:] in ids
        if (attributes.get("fill") or "").startswith("url("):
            assert (attributes["fill"] or "")[5:-1] in ids
    (written,) = re.findall("<style>(.*?)</style>", text, re.DOTALL)
    assert not re.search(r"url\(|@import|https?:|expression", written)
    return read


@pytest.mark.parametrize("lang", [EN, ZH])
def test_one_file_that_needs_nothing(lang: Language) -> None:
    for page in (
        build_year_page(values.report(), lang, at_length=True),
        build_due_page(values.small(), lang),
        build_accepted_page(values.checked(), lang),
    ):
        text = render_html(page, lang, resources.read_package_text)
        read = assert_harmless(text)
        assert read.named("html") == [{"lang": "zh-CN" if lang is ZH else "en"}]
        policy = [each["content"] for each in read.named("meta") if each.get("http-equiv") == "Content-Security-Policy"]
        (style,) = re.findall("<style>(.*?)</style>", text, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
        assert policy == [f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"]
        assert "http:" not in text
        assert "https:" not in text


def test_tables_can_be_read_aloud() -> None:
    read = Reader(render_html(build_year_page(values.report(), EN), EN, resources.read_package_text))
    assert len(read.named("caption")) == len(read.named("table")) >= 7
    assert all(each.get("scope") in {"col", "row", "rowgroup"} for each in read.named("th"))
    assert len(read.named("h1")) == 1
    hidden = "".join(read.text)
    assert "3.1 Party group meeting, 第二党小组, May 2026: overdue; due by 2026-05-31" in hidden
    assert "Mar: 28 of 31 present, 1 on leave, 2 absent" in hidden


def test_the_calendar_has_as_many_columns_in_every_row() -> None:
    text = render_html(build_year_page(values.report(), ZH), ZH, resources.read_package_text)
    months = re.search(r'<table class="months whole">.*?</table>', text, re.DOTALL)
    assert months
    spans = [
        sum(int(each.get("colspan") or 1) for each in (*read.named("td"), *read.named("th")))
        for row in re.findall(r"<tr.*?</tr>", months[0], re.DOTALL)
        if (read := Reader(row))
    ]
    assert spans == [13] * len(spans)


def test_it_is_made_for_paper_phone_and_dark_rooms() -> None:
    text = render_html(build_year_page(values.report(), ZH), ZH, resources.read_package_text)
    for wanted in ("@page { size: A4", "print-color-adjust: exact", "table-header-group", "max-width: 720px"):
        assert wanted in text
    assert "prefers-color-scheme: dark" in text
    assert 'name="viewport"' in text


def test_every_colour_can_be_read() -> None:
    """Text needs a contrast of 4.5 against what it stands on (WCAG AA), by day, by night and on paper."""
    blocks = re.findall(r":root \{(.*?)\}", STYLE, re.DOTALL)
    assert len(blocks) == 3
    for block in blocks:
        colours = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]+)", block))
        for name in ("good", "warn", "bad", "open", "waived", "quiet"):
            assert contrast(colours[name], colours["paper"]) >= 4.5
            assert contrast(colours[name], colours[f"{name}-bg"]) >= 4.5
        assert contrast(colours["ink"], colours["paper"]) >= 7
        assert contrast(colours["soft"], colours["band"]) >= 4.5
        assert contrast(colours["ink"], colours["open-bg"]) >= 4.5


def test_headings_go_down_step_by_step() -> None:
    read = Reader(render_html(build_year_page(values.report(), EN), EN, resources.read_package_text))
    levels = [int(name[1]) for name, _ in read.tags if re.fullmatch("h[1-6]", name)]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("report", [values.report(), values.small_report()])
def test_every_mark_of_a_calendar_leads_to_its_duty_and_back(report: YearReport) -> None:
    text = render_html(build_year_page(report, EN, at_length=True), EN, resources.read_package_text)
    cells = [
        Reader(cell) for table in re.findall(r'<table class="months(?! whole facts| facts).*?</table>', text, re.DOTALL)
        for cell in re.findall(r"<td.*?</td>", table, re.DOTALL)
    ]  # fmt: skip
    marked = [cell for cell in cells if "".join(cell.text).strip()]
    assert len(marked) >= 6
    entries = dict(re.findall(r'<li id="(duty-[^"]+)"(.*?)(?=<li id="duty-|</section>)', text, re.DOTALL))
    for cell in marked:
        (link,) = cell.named("a")
        target = (link["href"] or "")[1:]
        assert target in entries
        assert f'<a class="back" href="#at-{target}">' in entries[target]
    assert {id_ for cell in marked for td in cell.named("td") if (id_ := td.get("id"))} == {
        f"at-{each}" for each in entries
    }


def test_a_duty_leads_to_its_evidence_in_the_register() -> None:
    text = render_html(build_year_page(values.report(), EN, at_length=True), EN, resources.read_package_text)
    (entry,) = re.findall(r'<li id="duty-3.1_2026-01_g1".*?</ul>', text, re.DOTALL)
    (target,) = re.findall(r'<a href="#(record-[^"]+)">', entry)
    said = "".join(Reader(entry).text)
    assert re.search(r"Evidence: meetings/2026/2026-01-09-group-meeting-g1.md, done on 2026-01-09, recorded on", said)
    (row,) = re.findall(rf'<tr>\s*<th scope="row" id="{re.escape(target)}".*?</tr>', text, re.DOTALL)
    assert "Party group meeting" in row
    assert 'dangwu explain "3.1/2026-01/g1"' in said
    (near,) = re.findall(r'<li id="duty-3.2_2026-10".*?</ul>', text, re.DOTALL)
    assert "Does not count: meetings/2026/2026-10-13-committee-meeting.md" in "".join(Reader(near).text)


def test_what_an_audience_does_not_see_is_a_day_and_no_path() -> None:
    duties = tuple(
        replace(each, evidence=tuple(replace(one, path="") for one in each.evidence)) for each in values.owed().duties
    )
    report = replace(values.report(), owed=replace(values.owed(), duties=duties))
    text = render_html(build_year_page(report, EN, at_length=True), EN, resources.read_package_text)
    said = "".join(Reader(text).text)
    assert "Evidence: done on 2026-01-" in said
    assert "Evidence: meetings" not in said
    assert "#record-" not in text


def test_the_filters_know_every_system_and_state_of_the_page() -> None:
    text = render_html(build_year_page(values.report(), EN, at_length=True), EN, resources.read_package_text)
    read = Reader(text)
    picks = [each["id"] for each in read.named("input")]
    assert [each["type"] for each in read.named("input")] == ["radio"] * len(picks)
    assert len(read.named("fieldset")) == len(read.named("legend")) == 2
    used = {word for _, attributes in read.tags for word in (attributes.get("class") or "").split()}
    kinds = {word for word in used if re.fullmatch(r"(system|state)-\d+", word)}
    assert {f"pick-{each}" for each in kinds} | {"pick-system", "pick-state"} == set(picks)
    for each in kinds:
        assert f"main:has(#pick-{each}:checked)" in text


def test_a_kind_that_is_no_word_makes_no_style() -> None:
    filters = (Filter("state", "x", "all", (("state-1:checked) {} body { display: none", "y"),)),)
    with pytest.raises(ValueError, match="no kind of the filter"):
        render_html(Page("x", "", (), filters), EN, resources.read_package_text)


def test_the_same_page_is_the_same_bytes() -> None:
    made = {
        render_html(build_year_page(values.report(), ZH, at_length=True), ZH, resources.read_package_text)
        for _ in range(2)
    }
    assert len(made) == 1


def test_every_picture_is_drawn_and_told_in_numbers() -> None:
    text = render_html(build_year_page(values.report(), ZH), ZH, resources.read_package_text)
    pictures = PICTURE.findall(text)
    assert len(pictures) == len(re.findall('<figure class="picture">', text)) == 1
    for each in pictures:
        tree = ET.fromstring(each)  # noqa: S314 - our own output
        assert {element.tag for element in tree.iter()} <= DRAWN
    assert "3月：应到 31，实到 28，请假 1，缺席 2" in text
