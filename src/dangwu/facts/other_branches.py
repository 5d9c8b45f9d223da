"""Proper names of other Party branches in a text, as distinct from this branch and from branches in general.

Only names count that end as those of companies and places do: 电子有限公司, 电子, 镇…村. A bare 公司 or 学校 before
党支部 could be any, and Chinese does not mark where a name begins.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dangwu.facts.passages import QUOTED_TITLE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dangwu.model.record import Branch

_TRADE_WORDS = (
    "精工|电子|机械|科技|纺织|化工|建材|医药|药业|实业|服饰|商贸|软件|电器|电气|光电|重工|钢构|置业|控股|股份|塑业"
    "|铸造|机电|仪表"
)
_NAME_CHARACTER = r"[\u3400-\u9fff\U00020000-\U000323af·A-Za-z0-9]"
# Between a place and its village, school or works there is a name, not a word such as 各 or 要求.
_PROPER_NAME = r"[^\W各全其每等有内里和与多党要求会议到在对的由向把让所属下我本该这那非公]{1,4}"
_PLACE_ENDING = rf"[镇乡县区市]{_PROPER_NAME}(?:街道|社区|村|厂|学校|小学|中学|医院)|街道{_PROPER_NAME}(?:社区|村)"
_COMPANY_ENDING = rf"(?:有限|股份|集团|有限责任)公司|(?:{_TRADE_WORDS})(?:集团|公司|厂)?"
_CHINESE_BRANCH = re.compile(
    rf"(?P<name>{_NAME_CHARACTER}{{2,30}}?)(?P<last>{_COMPANY_ENDING}|{_PLACE_ENDING})(?:机关|联合)?(?P<body>党支部|党总支)"
)
_ENGLISH_BRANCH = re.compile(
    r"\b(?P<name>(?:[A-Z][\w'&-]{0,40}[ \t]{1,4}){1,6})Party Branch\b"
    r"|\bParty Branch of (?:the )?(?P<of>(?:[A-Z][\w'&-]{0,40}[ \t]{0,4}){1,6})"
)
_NO_NAME = re.compile(
    r"(?:[本该各的我]|要求|学习|发展|加强|推进|抓好|做好|关于|我们|你们|他们|全体|其他|其它|各个|所有|每个|有关|相关)$"
)
_COMMON_WORDS = frozenset(
    re.findall(
        r"\w+",
        "a all an another at by co communist company each every factory first for from general group in its limited "
        "ltd my new of office on other our plant second that the their third this to town village we with workshop "
        "your",
    )
)
_BRANCH_WORD = re.compile(r"党支部|党总支|Party Branch")
_PARTY_PREFIX = re.compile(r"^(?:中国共产党|中共)")
_BODY_ENDING = re.compile(r"(?:党?支部委员会|委员会|党支部|党总支|党委)$")
_LEGAL_FORM = re.compile(r"(?:有限|责任|股份|集团|公司|厂)+$")
_KIND_OF_UNIT = re.compile(rf"(?:{_TRADE_WORDS}|街道|社区|村|学校|小学|中学|医院)$")
_LONGEST_NAME = 40
_SHOWN_CHARACTERS = 4


def find_other_branches(branch: Branch, text: str) -> Iterator[tuple[int, str]]:
    """Yield the offset and name of each other branch named in a text; titles in 《》 are passed over."""
    if _BRANCH_WORD.search(text):
        text = QUOTED_TITLE.sub(lambda match: " " * len(match.group()), text)
        yield from _find_chinese_names(branch, text)
        yield from _find_english_names(branch, text)


def _find_chinese_names(branch: Branch, text: str) -> Iterator[tuple[int, str]]:
    """Yield other branches named in Chinese, by the last few characters, since the beginning of a name is unknown."""
    own = [_extract_core_name(name) for name in (*branch.name, *branch.superior)]
    end = 0
    for word in _BRANCH_WORD.finditer(text):
        # Search no farther back than a name is long, so that a body without punctuation takes linear time.
        match = _CHINESE_BRANCH.search(text, max(end, word.start() - _LONGEST_NAME), word.end())
        end = word.end()
        if match is None or _NO_NAME.search(match["name"]):
            continue
        before = match["name"]
        core = _extract_core_name(before + match["last"])
        kind = _KIND_OF_UNIT.search(core)
        least = 1 + (len(kind.group()) if kind else 1)
        if all(_count_common_end(core, name) < least for name in own):
            shown = before[-_SHOWN_CHARACTERS:]
            yield match.end("name") - len(shown), f"…{shown}{match['last']}{match['body']}"


def _extract_core_name(name: str) -> str:
    """Return a name without Party prefix, branch ending and legal form of the company."""
    return _LEGAL_FORM.sub("", _BODY_ENDING.sub("", _PARTY_PREFIX.sub("", name)))


def _count_common_end(one: str, other: str) -> int:
    count = 0
    for first, second in zip(reversed(one), reversed(other), strict=False):
        if first != second:
            break
        count += 1
    return count


def _find_english_names(branch: Branch, text: str) -> Iterator[tuple[int, str]]:
    own = [_extract_name_words(name) for name in (branch.name.en, branch.superior.en)]
    for match in _ENGLISH_BRANCH.finditer(text):
        words = _extract_name_words(match["name"] or match["of"])
        if words and not any(name and words & name in {words, name} for name in own):
            yield match.start(), match.group().strip()


def _extract_name_words(name: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z0-9]+", name.lower().replace("party branch", ""))) - _COMMON_WORDS
