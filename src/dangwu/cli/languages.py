"""Which language to speak, known before anything is printed: --lang, DANGWU_LANG, the branch, the system."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from dangwu.language import DOMAIN, LANGUAGES, LOCALE, Language, language

if TYPE_CHECKING:
    from collections.abc import Sequence

_LINE = re.compile(rb"^language:[ \t]*[\"']?(zh|en)\b", re.MULTILINE)
_current: list[Language] = []


def choose(arguments: Sequence[str]) -> Language:
    """Return the language of this run, and tell the library that parses the command line."""
    code = _asked(arguments) or _known(os.environ.get("DANGWU_LANG")) or _branch(arguments) or _system()
    chosen = language(code)
    _current[:] = [chosen]
    _tell_gettext(code)
    return chosen


def _(template: str) -> str:
    """Translate a fixed string of the command line."""
    return _current[0](template) if _current else template


def current() -> Language:
    """Return the language of this run."""
    return _current[0] if _current else language(_system())


def _asked(arguments: Sequence[str]) -> str | None:
    for at, word in enumerate(arguments):
        if word == "--lang" and at + 1 < len(arguments):
            return _known(arguments[at + 1])
        if word.startswith("--lang="):
            return _known(word.removeprefix("--lang="))
    return None


def _known(value: str | None) -> str | None:
    code = (value or "").lower()[:2]
    return code if code in LANGUAGES else None


def _branch(arguments: Sequence[str]) -> str | None:
    """Look for the language line of the nearest branch.yaml; a glance, not a parse, since it must cost nothing."""
    from dangwu.files.peek import read_text_if_any  # noqa: PLC0415

    here = Path(next((arguments[at + 1] for at, word in enumerate(arguments[:-1]) if word == "-C"), "."))
    for folder in (here, *here.absolute().parents):
        raw = read_text_if_any(folder / "branch.yaml")
        if raw is not None:
            found = _LINE.search(raw)
            return found[1].decode() if found else None
    return None


def _system() -> str:
    """Ask the operating system; Chinese where it does not say."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name, "")
        if value and value not in {"C", "POSIX", "C.UTF-8"}:
            return _known(value) or "en"
    if os.name == "nt":
        import ctypes  # noqa: PLC0415

        chinese = 0x04
        primary = ctypes.windll.kernel32.GetUserDefaultUILanguage() & 0x3FF  # type: ignore[attr-defined]
        return "zh" if primary == chinese else "en"
    return "zh"


def _tell_gettext(code: str) -> None:
    """Set what the command-line library goes by: it looks its strings up in gettext's own domain, by LANGUAGE."""
    import gettext  # noqa: PLC0415

    os.environ["LANGUAGE"] = code
    gettext.bindtextdomain(DOMAIN, str(LOCALE))
    gettext.textdomain(DOMAIN)
