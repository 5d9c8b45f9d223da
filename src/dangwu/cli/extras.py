"""Optional dependencies (extras): which are missing, and the command that installs them."""

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
    "desk": ("werkzeug", "waitress"),
}
"""The modules of each extra."""


def find_missing_modules(extra: str) -> list[str]:
    """Return the modules of an extra that are not installed."""
    return [name for name in EXTRA_MODULES[extra] if find_spec(name) is None]


def build_install_hint(extra: str) -> Text:
    """Return the hint with the install command of an extra.

    It names the packages from dangwu's own metadata, so that it works from a checkout too.
    """
    from importlib.metadata import requires  # noqa: PLC0415

    requirements = (line.partition(";") for line in requires("dangwu") or ())
    packages = tuple(
        f'"{name.strip()}"' for name, _, marker in requirements if f"'{extra}'" in marker.replace('"', "'")
    )
    return say("Install it: {command}", command=" ".join((_find_install_command(), *packages)))


def _find_install_command() -> str:
    """Return the install command for the running Python: pip, or uv where Python has no pip."""
    shown = f'"{sys.executable}"' if os.name == "nt" and " " in sys.executable else shlex.quote(sys.executable)
    return f"{shown} -m pip install" if find_spec("pip") else f"uv pip install --python {shown}"


def require_extra(extra: str) -> None:
    """CannotRunError when a module of an extra is not installed."""
    missing = find_missing_modules(extra)
    if missing:
        message = say("This needs the extra “{extra}” of dangwu ({modules}).", extra=extra, modules=tuple(missing))
        raise CannotRunError(message, build_install_hint(extra))


def require_format(format_: str) -> None:
    """CannotRunError when the extra that a format needs is not installed."""
    extra = find_format(format_).extra
    if extra is not None:
        require_extra(extra)
