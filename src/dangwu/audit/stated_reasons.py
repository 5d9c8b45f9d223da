"""The reason that a commit gives in its own words: its message without what git, a forge or a form adds to it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dangwu.model.history import Commit

_TRAILER = re.compile(
    r"(?:[A-Za-z-]+-by|Cc|Change-Id)[ \t]*:.*|-{3,}|\(cherry picked from commit [0-9a-f]+\)", re.IGNORECASE
)
"""A line that names a person or an id. Others, such as ``Reason: ...``, may well be the reason."""
_FOLDED_LINE = re.compile(r"(?<=\S)\r?\n[ \t]+(?=\S)")
_MADE_BY_PROGRAMS = re.compile(
    r"Merge (?:branch|branches|remote-tracking branch|tag|commit|pull request|request) .*"
    r"|Merge [0-9a-f]{7,40} into [0-9a-f]{7,40}"
    r"|Revert \".*\"|Reapply \".*\"|This reverts commit [0-9a-f]+\.?"
    r"|Squashed commit of the following:|commit [0-9a-f]{40}|Author: .*|Date: .*"
    r"|(?:Create|Update|Delete|Rename|Add) \S+\.(?:md|yaml)(?: to \S+)?|Add files via upload"
    r"|(?:fixup|squash|amend)! .*",
    re.ASCII,
)
_FILE_NAME_END = re.compile(r"(?<=[:：\s])(?=\S*[\d/.])[\w./-]+$", re.ASCII)
_BARE_WORDS = frozenset(
    (
        "记录", "录入", "补录", "更新", "修改", "更正", "改", "删除", "删", "移动", "提交", "合并", "恢复", "还原",
        "导入", "整理", "调整",
        "record", "records", "add", "import", "update", "updates", "edit", "edits", "change", "changes", "fix",
        "fixes", "delete", "remove", "move", "commit", "merge", "revert", "wip", "misc",
    )
)  # fmt: skip
"""A message of one such word says what was done, as git does by itself, and not why."""


def read_stated_reason(commit: Commit) -> str:
    """Return what the author wrote, on one line; "" where nothing but set words and trailers stands there."""
    text = _FOLDED_LINE.sub(" ", commit.message.partition("-----BEGIN ")[0])
    lines = (line.strip() for line in text.split("\n"))
    return " ".join(line for line in lines if line and not _says_nothing(line))


def _says_nothing(line: str) -> bool:
    """Tell whether a line has only a set word, alone or before the name of a file or record."""
    word = _FILE_NAME_END.sub("", line).rstrip(".。!！:： ").lower()
    made = _TRAILER.fullmatch(line) or _MADE_BY_PROGRAMS.fullmatch(line)
    return made is not None or not word or word in _BARE_WORDS
