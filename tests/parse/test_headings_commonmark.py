"""Our headings against those of markdown-it itself: every construct above, below and around every other.

Definitions of links are text here (docs/decisions/0014), so the other reader does without them too.
"""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from dangwu.model.body import BodyHeading, BodyListItem, Part, Parts, Points, Quote
from dangwu.parse.body import read_body
from dangwu.parse.headings import find_headings

ABOVE = (
    "", "甲", "甲\n乙", "  甲\n 乙", "- 甲", "- 甲\n  乙", "1. 甲", "12) 甲", "* 甲\n\n  乙", "+ 甲\n+ 乙", "-",
    "> 甲", "> 甲\n乙", "> - 甲", "- > 甲", "***", "---", "- - -", "___", "    甲", "\t甲", "# 甲", "## 甲 ##",
    "#甲", "####### 甲", "甲\n===", "甲\n---", "```\n甲\n```", "~~~\n甲\n~~~", "```甲``` 乙", "``` 甲",
    "`甲` 乙", "``甲`乙``", "```` ` 甲 ````", "~~~甲~~~ 乙", "<!-- 甲 -->", "<!-- 甲", "<div>\n甲", "<br>",
    "甲<br>", "&nbsp;", "\\# 甲", "\\- 甲", "**甲**", "[甲](乙)", "![甲](乙)", "甲\\", "甲  ", "- [ ] 甲",
    "\u3000\u3000甲",
)  # fmt: skip
"""Lines that say what the next line means."""
BELOW = (
    "---", "-", "--", "----   ", "   ---", "    ---", "\t---", "- --", "===", "=", "== =", "   ===", "    ===",
    "***", "---甲", "=甲", "  ---", "   # 乙", "    # 乙", "# 乙", "乙", "> ---", "- ---", "```", "`甲`",
)  # fmt: skip
AFTER = ("", "\n\n## 丙\n丁")

_other = MarkdownIt("commonmark").disable("reference")


def _theirs(body: str) -> list[tuple[int, int]]:
    """Return level and line of the headings that stand in no list and no quotation."""
    tokens = _other.parse(body)
    return [
        (int(token.tag[1]), token.map[0] + 1)
        for token in tokens
        if token.type == "heading_open" and token.level == 0 and token.map
    ]


def _ours(body: str) -> list[tuple[int, int]]:
    return [(heading.level, heading.line) for heading in find_headings(body.split("\n"), 1)]


@pytest.mark.parametrize("above", ABOVE)
def test_a_line_below_each_construct(above: str) -> None:
    for below, after, gap in product(BELOW, AFTER, ("\n", "\n\n")):
        body = above + gap + below + after
        assert _ours(body) == _theirs(body), body


@given(st.lists(st.sampled_from([line for piece in (*ABOVE, *BELOW) for line in piece.split("\n")]), max_size=7))
def test_lines_in_any_order(lines: list[str]) -> None:
    body = "\n".join(lines)
    assert _ours(body) == _theirs(body)


@pytest.mark.parametrize(
    ("body", "headings"),
    [
        # Hyphens below a row make a table of it, below the rows of one they end it.
        ("甲 | 乙\n---|---\n1 | 2\n---", []),
        ("| 甲 |\n| --- |\n| 1 |\n\n## 丙", [(2, 5)]),
        ("| 甲 |\n|---|\n| # 1 |", []),
        ("话\n甲 | 乙\n---|---\n1 | 2", []),
        ("甲 | 乙\n---", [(2, 1)]),
        ("# 甲 | 乙\n---|---", [(1, 1)]),
        ("甲 | 乙\n===", [(1, 1)]),
    ],
)
def test_tables(body: str, headings: list[tuple[int, int]]) -> None:
    assert _ours(body) == headings


def _list_points(parts: Parts, inside: bool = False) -> list[Part]:
    """Return every block inside a point of a list."""
    found: list[Part] = []
    for part in parts:
        if inside:
            found.append(part)
        if isinstance(part, Points):
            for point in part.points:
                assert isinstance(point, BodyListItem)
                found += _list_points(point.parts, inside=True)
        elif isinstance(part, Quote):
            found += _list_points(part.parts, inside)
    return found


@pytest.mark.parametrize("above", ABOVE)
def test_no_point_is_a_heading_on_paper(above: str) -> None:
    """What is printed as a heading at the top is one to the checks too, and no point of a list is."""
    for below, after in product(BELOW, AFTER):
        body = above + "\n" + below + after
        parts = read_body(f"---\nkind: x\n---\n\n话\n\n{body}".encode())
        assert not any(isinstance(part, BodyHeading) for part in _list_points(parts)), body
        printed = [part.level for part in parts if isinstance(part, BodyHeading)]
        titled = [heading for heading in find_headings(f"话\n\n{body}".split("\n"), 1) if heading.title]
        assert printed == [heading.level for heading in titled], body


def test_several_lines_underlined_are_one_heading_with_all_their_words() -> None:
    (heading,) = find_headings(["甲", "乙", "丙", "---", "丁"], 1)
    assert (heading.title, heading.line, heading.level) == ("甲乙丙", 1, 2)
    assert heading.written
