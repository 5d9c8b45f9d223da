"""``docs/clauses.md``: every numbered clause, what it becomes in the tool, and the test that holds it.

Run ``python -m tests.support.clause_table`` after a change of the rulebook.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from dangwu.language import load_language
from dangwu.model.rulebook import ClauseRole
from dangwu.model.rulebook_words import SUBJECT_NAMES
from dangwu.pages.rules import _describe_demand
from dangwu.workspace.catalogue import load_default_rulebook, load_kinds

if TYPE_CHECKING:
    from dangwu.model.rulebook import Clause

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "clauses.md"
CASES = ROOT / "tests" / "cases"
_HEAD = """\
# 条款对照表 · Every clause and what it becomes

制度的每一条都在这里：成为事项（duty）、检查（check）、提示（note）、定义（definition），或由人判断（people）。
本页由 `python -m tests.support.clause_table` 从制度文件生成，测试保证它没有过时。

Every numbered clause of the ten systems stands here as a duty, a check, a note, a definition, or for people to judge.
The page is made from the rulebook; a test keeps it up to date. Duties have cases in `tests/cases`, checks a bad and a
good example in `tests/examples`.
"""


def page() -> str:
    """Return the whole page."""
    parts = [_HEAD]
    book = load_default_rulebook()
    for number, title in book.systems:
        parts.append(f"\n## {number}. {title.zh} · {title.en}\n")
        parts.append("| 条款 | 名称 | 成为 | 内容 | 测试 |\n|---|---|---|---|---|")
        parts.extend(_row(clause) for clause in book.clauses if clause.system == number)
    return "\n".join(parts) + "\n"


def held_by(clause: Clause) -> list[str]:
    """Return where a clause is tested, as paths from the project's root."""
    held = [f"tests/cases/{name}" for name, text in _cases().items() if _speaks(clause.id, text)]
    return [*held, *(f"tests/examples/{code}" for code in clause.checks)]


def _row(clause: Clause) -> str:
    what = f"{clause.reading.zh}<br>{clause.reading.en}"
    if clause.becomes is ClauseRole.DUTY:
        source = load_kinds()[clause.record].title.zh if clause.record else str(clause.event)
        shares = f"（依据同 {'、'.join(clause.shares)}）" if clause.shares else ""
        what = f"{what}<br>{_who_owes(clause)}: {source}{shares}"
    tests = "<br>".join(f"`{each}`" for each in held_by(clause)) or "—"
    return f"| {clause.id} | {clause.title.zh}<br>{clause.title.en} | {clause.becomes} | {what} | {tests} |"


def _who_owes(clause: Clause) -> str:
    """Return who owes a duty and how often, by its first wording."""
    english = load_language("en")
    return f"{english.text(SUBJECT_NAMES[clause.subject])}, {_describe_demand(clause.wordings[0], english)}"


@cache
def _cases() -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(CASES.glob("*.yaml"))}


def _speaks(clause: str, text: str) -> bool:
    return re.search(rf"(?m)^\s+\"?{re.escape(clause)}/\d{{4}}", text) is not None


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
