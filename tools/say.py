"""One line about what went wrong and what to do next, in English and Chinese."""

from __future__ import annotations

import sys
from typing import NoReturn


def leave(english: str, chinese: str) -> NoReturn:
    """End with one line in both languages."""
    sys.exit(f"{english} / {chinese}")
