"""The messages that the code asks for, and those that the catalogue has."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages.pofile import read_po

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

ROOT = Path(__file__).parents[2]
PO = ROOT / "src" / "dangwu" / "data" / "locale" / "zh" / "LC_MESSAGES" / "messages.po"
KEYWORDS = frozenset({"_", "say"})
LIBRARY = frozenset(
    {
        "Aborted!",
        "(dynamic)",
        "default: {default}",
        "required",
        "env var: {var}",
        "Arguments",
        "Options",
        "Commands",
        "Missing command.",
        "No such command {name!r}.",
    }
)
"""What the command-line library looks up in the same domain."""


def wanted() -> dict[str, set[str]]:
    """Return each message of the code with the files that have it."""
    found: dict[str, set[str]] = {}
    for path in sorted((ROOT / "src" / "dangwu").rglob("*.py")):
        for text in messages(path.read_text(encoding="utf-8")):
            found.setdefault(text, set()).add(path.relative_to(ROOT).as_posix())
    return found


def messages(code: str) -> list[str]:
    """Return the fixed texts that are the first argument of a call of a keyword, and of nothing else by its name."""
    calls = (node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Call) and node.args)
    firsts = (call.args[0] for call in calls if called(call.func) in KEYWORDS)
    return [first.value for first in firsts if isinstance(first, ast.Constant) and isinstance(first.value, str)]


def called(function: ast.expr) -> str | None:
    """Return the last name of what is called."""
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else None


def catalogue() -> Catalog:
    """Read the Chinese catalogue."""
    with PO.open("rb") as stream:
        return read_po(stream, locale="zh")
