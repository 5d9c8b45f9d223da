"""What is installed beside the core: a missing extra is one clear line with the command that installs it."""

from __future__ import annotations

from importlib.util import find_spec

from dangwu.errors import CannotRunError
from dangwu.model.text import say

MODULES = {
    "office": ("docx", "docxtpl", "openpyxl", "icalendar"),
    "pdf": ("typst",),
}
"""The extras and the modules that each brings."""


def need(extra: str) -> None:
    """CannotRunError when a library of an extra is not installed."""
    missing = [name for name in MODULES[extra] if find_spec(name) is None]
    if missing:
        raise CannotRunError(
            say("This needs the extra “{extra}” of dangwu ({modules}).", extra=extra, modules=tuple(missing)),
            say("Install it: pip install 'dangwu[{extra}]'", extra=extra),
        )
