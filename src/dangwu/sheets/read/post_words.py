"""Posts as rosters write them → codes of posts: 党支部书记, 副书记兼纪检委员, 第一党小组组长."""

from __future__ import annotations

import re
from typing import NamedTuple

from dangwu.sheets.read.cell_values import is_crossed_out, normalise_words

LEADER = "leader"
"""The code for the leader of the person's own Party group, which is no post of the committee."""
SINGLE_POSTS = frozenset({"secretary", "organization", "publicity", "discipline-inspection"})
"""Posts that one person holds at a time."""
COMMITTEE_POSTS = frozenset({"organization", "publicity", "discipline-inspection", "committee-member"})
"""Posts that there are only where there is a branch committee."""
_SEPARATOR = re.compile(r"[、,，;；/／+＋&]|兼任?|\band\b|\n")
_OUTSIDE = re.compile("党委|总支|党组|纪委")
"""Organizations above the branch: a post in them is none of the branch."""
_BRANCH_WORDS = re.compile(r"^(?:本|党)?(?:党?支部|支委会?|支委)?(?=.)")
_NO_POST = frozenset({"", "党员", "普通党员", "正式党员", "预备党员", "群众", "无", "none", "member", "partymember"})
_POSTS = (
    ("deputy-secretary", re.compile("副书记|deputysecretary|deputy-secretary")),
    ("secretary", re.compile("书记|secretary")),
    ("organization", re.compile("组织(?:委员)?|organi[sz]ation.*")),
    ("publicity", re.compile("宣传(?:委员)?|publicity.*")),
    ("discipline-inspection", re.compile("纪(?:律)?检(?:查)?(?:委员)?|discipline-?inspection.*")),
    (LEADER, re.compile(".*组长|groupleader|leader")),
    ("committee-member", re.compile("(?:.{2,4})?委员|committee-?member")),
)


class PostWords(NamedTuple):
    """The codes of the posts in a cell, and the words in it that name no post of a branch."""

    codes: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


def read_posts(text: str) -> PostWords:
    """Return the posts that a cell names, in its order."""
    if is_crossed_out(text):
        return PostWords()
    codes: list[str] = []
    unknown: list[str] = []
    for part in _SEPARATOR.split(text):
        words = re.sub(r"\((?:兼|兼任|兼职)\)", "", normalise_words(part))
        if words in _NO_POST:
            continue
        code = None if _OUTSIDE.search(words) else _find_post(words)
        if code is None:
            unknown.append(part.strip())
        elif code not in codes:
            codes.append(code)
    return PostWords(tuple(codes), tuple(unknown))


def _find_post(words: str) -> str | None:
    bare = _BRANCH_WORDS.sub("", words, count=1)
    return next((code for code, pattern in _POSTS if pattern.fullmatch(bare) or pattern.fullmatch(words)), None)
