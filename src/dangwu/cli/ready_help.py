"""The version, and the help of each command as the build made it: answered without loading a command.

The library that parses the command line takes three times as long to load as all the rest of such an answer.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from dangwu import __version__

if TYPE_CHECKING:
    from collections.abc import Sequence

HELP_COLUMNS = 80
"""No help is wider, so on every terminal with as many columns it is the same."""
_HELP_WORDS = frozenset({"--help", "-h"})


def find_ready_answer(words: Sequence[str], language: str) -> str | None:
    """Return what to print for a plain ``--version`` or ``[--lang L] [COMMAND …] --help``; None for all other words."""
    if "_DANGWU_COMPLETE" in os.environ:
        # The shell asks what could follow.
        return None
    if words == ["--version"]:
        return f"dangwu {__version__}\n"
    asked = words[2:] if words[:2] == ["--lang", language] else words
    if not asked or asked[-1] in _HELP_WORDS:
        return _find_ready_help(asked[:-1], language)
    return None


def _find_ready_help(command: Sequence[str], language: str) -> str | None:
    from dangwu.data.resources import load_help  # noqa: PLC0415 - only for help
    from dangwu.files.standard_streams import read_terminal_columns  # noqa: PLC0415

    return load_help(language).get(" ".join(command)) if read_terminal_columns() >= HELP_COLUMNS else None
