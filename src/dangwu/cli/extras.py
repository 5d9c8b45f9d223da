"""What is installed beside the core: a missing extra is one clear line with the command that installs it."""

from __future__ import annotations

import os
import shlex
import sys
from importlib.util import find_spec
from typing import TYPE_CHECKING

from dangwu.errors import CannotRunError
from dangwu.formats.registry import format_named
from dangwu.model.message import say

if TYPE_CHECKING:
    from dangwu.model.message import Text

MODULES = {
    "office": ("docx", "docxtpl", "openpyxl", "icalendar"),
    "pdf": ("typst",),
}
"""The extras and the modules that each brings."""


def missing(extra: str) -> list[str]:
    """Return the modules of an extra that are not installed."""
    return [name for name in MODULES[extra] if find_spec(name) is None]


def install(extra: str) -> Text:
    """Return the line that installs what an extra brings, by the package's own list: it works from a checkout too."""
    from importlib.metadata import requires  # noqa: PLC0415

    wanted = (each.partition(";") for each in requires("dangwu") or ())
    packages = tuple(f'"{name.strip()}"' for name, _, marker in wanted if f"'{extra}'" in marker.replace('"', "'"))
    return say("Install it: {command}", command=" ".join((_installer(), *packages)))


def _installer() -> str:
    """Return the command that installs beside this dangwu; the Python that runs it may have no pip of its own."""
    shown = f'"{sys.executable}"' if os.name == "nt" and " " in sys.executable else shlex.quote(sys.executable)
    return f"{shown} -m pip install" if find_spec("pip") else f"uv pip install --python {shown}"


def need(extra: str) -> None:
    """CannotRunError when a library of an extra is not installed."""
    gone = missing(extra)
    if gone:
        text = say("This needs the extra “{extra}” of dangwu ({modules}).", extra=extra, modules=tuple(gone))
        raise CannotRunError(text, install(extra))


def need_for(format_: str) -> None:
    """CannotRunError when the extra that a format needs is not installed."""
    extra = format_named(format_).extra
    if extra is not None:
        need(extra)
