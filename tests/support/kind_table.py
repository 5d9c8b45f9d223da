"""``docs/kinds.md``: every kind of record, where it belongs, who may see it, and its fields, read from the schemas.

Run ``python -m tests.support.kind_table`` after a change of a schema.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from dangwu.data import resources
from dangwu.workspace.catalogue import load_kinds
from dangwu.workspace.kind_fields import list_fields

if TYPE_CHECKING:
    from dangwu.model.kind_explanation import KindField

PAGE = Path(__file__).parents[2] / "docs" / "kinds.md"
_HEAD = """\
# 记录种类 · Kinds of record

本页由 `python -m tests.support.kind_table` 从 `schemas/` 生成，测试保证它没有过时。`*` 为必填。
谁可以看见：public 社会，employees 本单位职工，members 全体党员，
committee 支委会，handlers 只限经办人，sealed 从不显示（见 site/zh/privacy.md）。

This page is made from `schemas/`; a test keeps it up to date. `*` marks what is required. Who may see it is in the
head of each kind, and explained in site/en/privacy.md. `dangwu new KIND` writes each of them; new.md says how much is
typed; `dangwu explain KIND` shows a whole example. The clause is the one that asks for the field.
"""


def page() -> str:
    """Return the whole page, kinds in the order of their places."""
    parts = [_HEAD]
    for name, kind in sorted(load_kinds().items(), key=lambda pair: (pair[1].place, pair[0])):
        schema = resources.load_schema(name)
        seen = "by its scope" if kind.disclosed else kind.audience
        parts.append(f"\n## {kind.title.zh} · {kind.title.en}\n\n`{name}` — `{kind.place}` — {seen}\n")
        parts.append(f"{schema['description'].replace(' · ', chr(10))}\n")
        parts.append("| 字段 | 含义 | 条款 |\n|---|---|---|")
        parts.extend(_row(field) for field in list_fields(schema))
    return "\n".join(parts) + "\n"


def _row(field: KindField) -> str:
    title = " · ".join(dict.fromkeys(field.title)).replace("|", "\\|")
    words = "、".join(f"`{code}` {name.zh}" for code, name in field.choices)
    mark = "*" if field.required else ""
    return f"| `{field.path}`{mark} | {title}{'：' if words else ''}{words} | {'、'.join(field.clauses)} |"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
