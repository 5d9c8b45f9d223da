"""The reason that a commit gives in its own words: its message without what git, a forge or a form adds to it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dangwu.model.history import Commit

_PARAGRAPH_END = re.compile(r"\n[ \t\r\f\v]*\n")
_TRAILER = re.compile(
    r"[A-Za-z][A-Za-z0-9-]*[ \t]*:[ \t]*\S.*|[ \t]+\S.*|-{3,}|\(cherry picked from commit [0-9a-f]+\)"
)
_MADE_BY_PROGRAMS = re.compile(
    r"Merge (?:branch|branches|remote-tracking branch|tag|commit|pull request|request) .*"
    r"|Merge [0-9a-f]{7,40} into [0-9a-f]{7,40}"
    r"|Revert \".*\"|Reapply \".*\"|This reverts commit [0-9a-f]+\.?"
    r"|Squashed commit of the following:|commit [0-9a-f]{40}|Author: .*|Date: .*"
    r"|(?:Create|Update|Delete|Rename|Add) \S+\.(?:md|yaml)(?: to \S+)?|Add files via upload"
    r"|(?:fixup|squash|amend)! .*",
    re.ASCII,
)
_BARE_WORDS = frozenset(
    (
        *(
            "记录",
            "录入",
            "补录",
            "更新",
            "修改",
            "更正",
            "改",
            "删除",
            "删",
            "移动",
            "提交",
            "合并",
            "恢复",
            "还原",
            "导入",
            "整理",
            "调整",
        ),
        *(
            "record",
            "records",
            "add",
            "import",
            "update",
            "updates",
            "edit",
            "edits",
            "change",
            "changes",
            "fix",
            "fixes",
        ),
        *("delete", "remove", "move", "commit", "merge", "revert", "wip", "misc"),
    )
)
"""A message of one such word says what was done, as git does by itself, and not why."""


def read_stated_reason(commit: Commit) -> str:
    """Return what the author wrote, on one line; "" where nothing but set words and trailers stands there."""
    paragraphs = _PARAGRAPH_END.split(commit.message.partition("-----BEGIN ")[0].strip())
    if len(paragraphs) > 1 and all(_TRAILER.fullmatch(line.rstrip()) for line in paragraphs[-1].split("\n")):
        paragraphs.pop()
    lines = (line.strip() for paragraph in paragraphs for line in paragraph.split("\n"))
    return " ".join(line for line in lines if line and not _says_nothing(line))


def _says_nothing(line: str) -> bool:
    word = line.rstrip(".。!！:：").lower()
    return not word or word in _BARE_WORDS or _MADE_BY_PROGRAMS.fullmatch(line) is not None
