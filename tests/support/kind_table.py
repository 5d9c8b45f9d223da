"""``docs/kinds.md``: every kind of record, where it belongs, who may see it, and its fields, read from the schemas.

Run ``python -m tests.support.kind_table`` after a change of a schema.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from dangwu.data import resources
from dangwu.model.schema_node import read_code_word
from dangwu.workspace.catalogue import load_kinds

PAGE = Path(__file__).parents[2] / "docs" / "kinds.md"
_HEAD = """\
# 记录种类 · Kinds of record

本页由 `python -m tests.support.kind_table` 从 `schemas/` 生成，测试保证它没有过时。`*` 为必填。
谁可以看见：public 社会，employees 本单位职工，members 全体党员，
committee 支委会，handlers 只限经办人，sealed 从不显示（见 privacy.md）。

This page is made from `schemas/`; a test keeps it up to date. `*` marks what is required. Who may see it is in the
head of each kind, and explained in privacy.md. `dangwu new KIND` writes each of them; new.md says how much is typed.
"""


def page() -> str:
    """Return the whole page, kinds in the order of their places."""
    parts = [_HEAD]
    for name, kind in sorted(load_kinds().items(), key=lambda pair: (pair[1].place, pair[0])):
        schema = resources.load_schema(name)
        seen = "by its scope" if kind.disclosed else kind.audience
        parts.append(f"\n## {kind.title.zh} · {kind.title.en}\n\n`{name}` — `{kind.place}` — {seen}\n")
        parts.append("| 字段 | 含义 |\n|---|---|")
        parts.extend(_rows(schema, schema, ""))
    return "\n".join(parts) + "\n"


def _rows(node: dict[str, Any], schema: dict[str, Any], way: str) -> list[str]:
    rows = []
    for key, each in node.get("properties", {}).items():
        if way == "" and key in {"schema", "kind"}:
            continue
        whole = _resolved(each, schema)
        mark = "*" if key in node.get("required", ()) else ""
        title = str(whole.get("title", "")).replace("|", "\\|")
        words = "、".join(f"`{code}` {read_code_word(whole, code).zh}" for code in whole.get("enum", ()))
        rows.append(f"| `{way}{key}`{mark} | {title}{'：' if words and title else ''}{words} |")
        items = _resolved(whole.get("items", {}), schema)
        rows += _rows(items if "properties" in items else whole, schema, f"{way}{key}[]." if items else f"{way}{key}.")
    return rows


def _resolved(node: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    name = str(node.get("$ref", "")).removeprefix("#/$defs/")
    return {**_resolved(schema["$defs"][name], schema), **node} if name else node


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
