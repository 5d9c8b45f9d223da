"""What is installed beside the core: a missing extra is one clear line with the command that installs it."""

from __future__ import annotations

import os
import shlex
import sys
from importlib.util import find_spec
from typing import TYPE_CHECKING

from dangwu.errors import CannotRunError
from dangwu.formats.registry import find_format
from dangwu.model.message import say

if TYPE_CHECKING:
    from dangwu.model.message import Text

EXTRA_MODULES = {
    "office": ("docx", "docxtpl", "openpyxl", "xlsxwriter", "icalendar"),
    "pdf": ("typst",),
}
"""The extras and the modules that each brings."""


def find_missing_modules(extra: str) -> list[str]:
    """Return the modules of an extra that are not installed."""
    return [name for name in EXTRA_MODULES[extra] if find_spec(name) is None]


def build_install_hint(extra: str) -> Text:
    """Return the line that installs what an extra brings, by the package's own list: it works from a checkout too."""
    from importlib.metadata import requires  # noqa: PLC0415

    wanted = (require.partition(";") for require in requires("dangwu") or ())
    packages = tuple(f'"{name.strip()}"' for name, _, marker in wanted if f"'{extra}'" in marker.replace('"', "'"))
    return say("Install it: {command}", command=" ".join((_find_install_command(), *packages)))


def _find_install_command() -> str:
    """Return the command that installs beside this dangwu; the Python that runs it may have no pip of its own."""
    shown = f'"{sys.executable}"' if os.name == "nt" and " " in sys.executable else shlex.quote(sys.executable)
    return f"{shown} -m pip install" if find_spec("pip") else f"uv pip install --python {shown}"


def require_extra(extra: str) -> None:
    """CannotRunError when a library of an extra is not installed."""
    gone = find_missing_modules(extra)
    if gone:
        text = say("This needs the extra “{extra}” of dangwu ({modules}).", extra=extra, modules=tuple(gone))
        raise CannotRunError(text, build_install_hint(extra))


def require_format(format_: str) -> None:
    """CannotRunError when the extra that a format needs is not installed."""
    extra = find_format(format_).extra
    if extra is not None:
        require_extra(extra)
