"""The messages that the code asks for, and those that the catalogue has."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

ROOT = Path(__file__).parents[2]
PO = ROOT / "src" / "dangwu" / "locale" / "zh" / "LC_MESSAGES" / "messages.po"
KEYWORDS = {"_": None, "say": None}
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
    for name, _line, message, _comments, _context in extract_from_dir(
        str(ROOT / "src" / "dangwu"), [("**.py", "python")], keywords=KEYWORDS
    ):
        text = message if isinstance(message, str) else message[0]
        found.setdefault(text, set()).add(name)
    return found


def catalogue() -> Catalog:
    """Read the Chinese catalogue."""
    with PO.open("rb") as stream:
        return read_po(stream, locale="zh")
