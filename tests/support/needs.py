"""What a machine may lack: the tests that need it are skipped and say so."""

from __future__ import annotations

import os
import shutil

import pytest


def program(name: str, package: str) -> str:
    """Return where a program is; skip the test where there is none."""
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"no {name} here; Debian has it in {package}")
    return found


def terminal() -> tuple[int, int]:
    """Return the two ends of a pseudo-terminal; skip the test where the system gives none."""
    if os.name == "nt":
        pytest.skip("no pseudo-terminals here")
    import pty  # noqa: PLC0415 - not on Windows

    try:
        return pty.openpty()
    except OSError as error:
        pytest.skip(f"no pseudo-terminals here: {error.strerror or error}")
