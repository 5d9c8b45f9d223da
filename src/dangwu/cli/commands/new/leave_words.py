"""Leave from a meeting as people type it → member, reason code and approver: ``郑浩然出差``, ``m009：公出：m005``."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from dangwu.data import resources
from dangwu.errors import UsageError
from dangwu.model.message import say
from dangwu.model.record import GROUP_MEETING, Leave
from dangwu.model.schema_node import read_code_words

if TYPE_CHECKING:
    from dangwu.cli.prompts import Asker

_SAME_REASONS = {
    "illness": ("病", "生病", "因病", "病了", "就医", "住院", "sick", "ill"),
    "personal": ("事", "私事", "因事", "有事"),
    "business-trip": ("出差", "公出", "公差", "因公", "因公外出", "外勤", "business trip", "trip"),
    "study": ("学习", "培训", "外出学习", "外出培训", "开会"),
    "family": ("家里有事", "家中有事", "婚假", "产假", "陪产假", "丧假", "探亲", "探亲假"),
    "other": ("其它",),
}
"""Reason code → further words for it than its name."""
_PARTS = re.compile(r"\s*[:(),]\s*")


def parse_leave(ask: Asker, text: str) -> Leave:
    """Parse member, reason and maybe approver, with colons, blanks, brackets or nothing between; UsageError else."""
    member, reason, approver = _split(text)
    code = _find_reason(reason)
    if code is None:
        schema = resources.load_schema(GROUP_MEETING)["$defs"]["leaveReason"]
        words = read_code_words(schema)
        codes = tuple(say("{title} ({kind})", title=word, kind=known) for known, word in words.items())
        hint = say("As in m009:business-trip; the codes are: {codes}.", codes=codes)
        raise UsageError(say("Leave needs a reason code: {text}", text=text), hint)
    return Leave(member=ask.required_member(member), reason=code, approved_by=ask.member(approver or None))


def _split(text: str) -> tuple[str, str, str]:
    """Return the words for the member, the reason and the approver; "" for a missing one."""
    plain = unicodedata.normalize("NFKC", text).strip()
    parts = [part for part in _PARTS.split(plain) if part]
    if len(parts) == 1:
        parts = _split_at_blank(plain) or _split_at_reason(plain) or parts
    member, reason, approver = (*parts, "", "", "")[:3]
    return member, reason, approver


def _split_at_blank(text: str) -> list[str]:
    """Return the parts at the first blank after which a reason stands; nothing where none does."""
    words = text.split()
    for at in range(1, len(words)):
        if _find_reason(" ".join(words[at:])):
            return [" ".join(words[:at]), " ".join(words[at:])]
    return []


def _split_at_reason(text: str) -> list[str]:
    """Return name and reason of a text in one piece that ends in a reason; nothing where it does not."""
    for at in range(2, len(text)):
        if _find_reason(text[at:]):
            return [text[:at], text[at:]]
    return []


def _find_reason(word: str) -> str | None:
    """Return the code that a word names: the code, its name in either language or a part of it, a word alike."""
    plain = word.strip().casefold()
    names = read_code_words(resources.load_schema(GROUP_MEETING)["$defs"]["leaveReason"])
    for code, name in names.items():
        if plain in {code, name.zh, name.en.casefold(), *_SAME_REASONS[code]}:
            return code
    return None
