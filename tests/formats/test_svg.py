"""The drawn pictures: XML that does nothing, all words in it, fills and lines told apart without colour."""

from __future__ import annotations

import re
from itertools import combinations
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dangwu.formats.safe_text import UNSAFE_CHARACTER, make_one_line
from dangwu.formats.svg.chart import MAX_CATEGORIES, build_fill, define_patterns, render_charts
from dangwu.pages.page import Bars, Series, Tone, Trend
from dangwu.pages.wording.values import format_figure

VALUE = st.one_of(st.none(), st.integers(0, 10**7), st.floats(0, 10**6).map(lambda value: round(value, 2)))
TEXT = st.one_of(
    st.text(st.characters(), max_size=30),
    st.sampled_from(["<script>alert(1)</script>", "]]>", "\"' onload=x", "\ud800", "\u202e", "&amp;", "欧阳䶮 㛃 𬭎", "url(http://x)"]),
)  # fmt: skip
NUMBER = re.compile(r"-?\d+(\.\d+)?%?")


def drawn(picture: Bars | Trend) -> list[ET.Element]:
    made = list(render_charts(picture, "picture-1"))
    assert made == list(render_charts(picture, "picture-1")), "the same bytes"
    return [ET.fromstring(each) for each in made]  # noqa: S314 - our own output


def bars(count: int, *, tones: tuple[Tone, ...] = (Tone.GOOD, Tone.WAIVED, Tone.BAD)) -> Bars:
    series = tuple(Series(tone.value, tone, tuple(float(number % 7) for number in range(count))) for tone in tones)
    return Bars("caption", tuple(f"m{number}" for number in range(count)), series, "said", "h", ("asked", 9))


@st.composite
def any_picture(draw: st.DrawFn) -> Bars | Trend:
    names = draw(st.lists(TEXT, min_size=1, max_size=30))
    tones = draw(st.lists(st.sampled_from(list(Tone)), min_size=1, max_size=3))
    series = tuple(
        Series(draw(TEXT), tone, tuple(draw(st.lists(VALUE, min_size=len(names), max_size=len(names)))))
        for tone in tones
    )
    caption, said, unit = draw(TEXT), draw(TEXT), draw(TEXT)
    if draw(st.booleans()):
        return Trend(caption, tuple(names), series, said, unit)
    reference = draw(st.one_of(st.none(), st.tuples(TEXT, st.floats(0, 10**6))))
    return Bars(caption, tuple(names), series, said, unit, reference)


@settings(max_examples=150, deadline=None)
@given(any_picture())
def test_any_picture_is_harmless_xml_with_its_words(picture: Bars | Trend) -> None:
    ids: list[str] = []
    for root in drawn(picture):
        assert root.get("role") == "img"
        labels = (root.get("aria-labelledby") or "").split()
        assert [root[0].get("id"), root[1].get("id")] == labels
        assert [root[0].tag, root[1].tag] == ["title", "desc"]
        assert (root[0].text or "") == make_one_line(picture.caption)
        assert (root[1].text or "") == make_one_line(picture.alternative)
        for element in root.iter():
            assert re.fullmatch("svg|title|desc|g|defs|pattern|rect|path|line|circle|text", element.tag)
            assert not UNSAFE_CHARACTER.search("".join(element.itertext()))
            ids.extend(value for key, value in element.items() if key == "id")
            for key, value in element.items():
                assert not key.startswith("on")
                assert key not in {"href", "style", "src"}
                if "url(" in value:
                    assert re.fullmatch(r"url\(#picture-1[a-z0-9-]*\)", value)
                if key in {"x", "y", "x1", "x2", "y1", "y2", "width", "height", "cx", "cy", "r", "dx"}:
                    assert NUMBER.fullmatch(value), (key, value)
    assert len(ids) == len(set(ids))


@settings(max_examples=60, deadline=None)
@given(any_picture())
def test_every_bar_stays_inside_the_picture(picture: Bars | Trend) -> None:
    for root in drawn(picture):
        height = float(root.get("height") or 0)
        for rect in root.findall("rect"):
            left, wide = (float((rect.get(key) or "0").rstrip("%")) for key in ("x", "width"))
            assert min(left, wide) >= 0
            if (rect.get("width") or "").endswith("%"):
                assert left + wide <= 100
                assert float(rect.get("y") or 0) + float(rect.get("height") or 0) <= height


def test_all_numbers_and_names_are_written_beside_the_bars() -> None:
    (root,) = drawn(bars(10))
    texts = [each.text for each in root.findall("text")]
    assert {f"m{number}" for number in range(10)} <= set(texts)
    assert {"good", "waived", "bad", "9"} <= set(texts)
    for number in range(10):
        assert "/".join([format_figure(float(number % 7))] * 3) in texts


def test_many_bars_are_several_pictures_of_one_scale() -> None:
    roots = drawn(bars(2 * MAX_CATEGORIES + 3))
    assert len(roots) == 3
    lines = {line.get("x1") for root in roots for line in root.findall("line")}
    assert len(lines) == 1, "the line to read against stands in one place"
    of_six = {
        rect.get("width") for root in roots for rect in root.findall("rect") if (rect.get("width") or "").endswith("%")
    }
    assert len(of_six) == 6
    named = [(root.get("aria-labelledby") or "").split()[0] for root in roots]
    assert named == ["picture-1-1-title", "picture-1-2-title", "picture-1-3-title"]


def test_a_long_name_stands_above_its_bar() -> None:
    short, long = bars(3), bars(3)._replace(categories=("a", "b", "阿依古丽·买买提江·吐尔逊"))
    (low,), (high,) = drawn(short), drawn(long)
    assert float(high.get("height") or 0) > float(low.get("height") or 0)
    first = next(each for each in high.findall("rect") if (each.get("width") or "").endswith("%"))
    assert first.get("x") == "0.00%"


@pytest.mark.parametrize("tones", [(Tone.GOOD, Tone.WAIVED, Tone.BAD), (Tone.GOOD, Tone.WARN), tuple(Tone)[3:]])
def test_fills_differ_by_pattern(tones: tuple[Tone, ...]) -> None:
    made = ET.Element("svg")
    define_patterns(made, "p", tones)
    patterns = {each.get("id"): [path.get("d") for path in each.findall("path")] for each in made.iter("pattern")}
    looks = [repr(patterns.get((build_fill("p", tone).get("fill") or "")[5:-1])) for tone in tones]
    assert len(set(looks)) == len(looks)


def test_lines_differ_by_dashes_and_marks() -> None:
    series = tuple(Series(str(number), Tone.OPEN, (1.0 + number, 2.0 + number)) for number in range(3))
    (root,) = drawn(Trend("caption", ("2025", "2026"), series, "said", "%"))
    across = [each.get("stroke-dasharray") for each in root.findall("line") if each.get("class") == "stroke-open"]
    assert len(set(across)) == len(across) == 3
    marks = [(each[-1].tag, (each[-1].get("class") or "").split()[0]) for each in root.findall("svg")]
    assert len(set(marks)) == 3


def test_values_of_a_year_never_stand_on_each_other() -> None:
    for pair in ((95.3, 94.1), (100, 0), (1, 0), (50, 50.5), (3, 0.1)):
        series = tuple(Series(str(value), Tone.OPEN, (100.0, float(value))) for value in pair)
        (root,) = drawn(Trend("caption", ("2025", "2026"), series, "said", "%"))
        last = [each for each in root.findall("text") if each.get("x") == "91.00%"]
        heights = [float(each.get("y") or 0) for each in last]
        assert all(abs(one - two) >= 13 for one, two in combinations(heights, 2)), pair
        assert len(last) == 3


def test_a_gap_is_no_line() -> None:
    (root,) = drawn(Trend("c", ("1", "2", "3", "4"), (Series("a", Tone.STRONG, (1, None, 2, 3)),), "said", ""))
    (group,) = root.findall("g")
    assert len([each for each in group.findall("line") if each.get("class") == "stroke-strong"]) == 1
    assert len(group.findall("circle")) == 3
