"""Which language to speak, known before anything is printed: --lang, DANGWU_LANG, the branch, the system."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from dangwu.language import CATALOGUE_DOMAIN, LANGUAGES, LOCALE_FOLDER, Language, load_language

if TYPE_CHECKING:
    from collections.abc import Sequence

_LANGUAGE_LINE = re.compile(rb"^language:[ \t]*[\"']?(zh|en)\b", re.MULTILINE)
_current: list[Language] = []


def choose_language(arguments: Sequence[str]) -> Language:
    """Return the language of this run, and tell the library that parses the command line."""
    code = (
        _find_language_option(arguments)
        or _parse_language_code(os.environ.get("DANGWU_LANG"))
        or _find_branch_language(arguments)
        or _find_system_language()
    )
    chosen = load_language(code)
    _current[:] = [chosen]
    _set_gettext_language(code)
    return chosen


def _(template: str) -> str:
    """Translate a fixed string of the command line."""
    return _current[0](template) if _current else template


def read_current_language() -> Language:
    """Return the language of this run."""
    return _current[0] if _current else load_language(_find_system_language())


def _find_language_option(arguments: Sequence[str]) -> str | None:
    for at, word in enumerate(arguments):
        if word == "--lang" and at + 1 < len(arguments):
            return _parse_language_code(arguments[at + 1])
        if word.startswith("--lang="):
            return _parse_language_code(word.removeprefix("--lang="))
    return None


def _parse_language_code(value: str | None) -> str | None:
    code = (value or "").lower()[:2]
    return code if code in LANGUAGES else None


def _find_branch_language(arguments: Sequence[str]) -> str | None:
    """Look for the language line of the nearest branch.yaml; a glance, not a parse, since it must cost nothing."""
    from dangwu.files.read_input import read_file_if_any  # noqa: PLC0415

    here = Path(next((arguments[at + 1] for at, word in enumerate(arguments[:-1]) if word == "-C"), "."))
    for folder in (here, *here.absolute().parents):
        raw = read_file_if_any(folder / "branch.yaml")
        if raw is not None:
            found = _LANGUAGE_LINE.search(raw)
            return found[1].decode() if found else None
    return None


def _find_system_language() -> str:
    """Ask the operating system; Chinese where it does not say."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name, "")
        if value and value not in {"C", "POSIX", "C.UTF-8"}:
            return _parse_language_code(value) or "en"
    if os.name == "nt":
        import ctypes  # noqa: PLC0415

        chinese = 0x04
        primary = ctypes.windll.kernel32.GetUserDefaultUILanguage() & 0x3FF  # type: ignore[attr-defined]
        return "zh" if primary == chinese else "en"
    return "zh"


def _set_gettext_language(code: str) -> None:
    """Set what the command-line library goes by: it looks its strings up in gettext's own domain, by LANGUAGE."""
    import gettext  # noqa: PLC0415

    os.environ["LANGUAGE"] = code
    gettext.bindtextdomain(CATALOGUE_DOMAIN, str(LOCALE_FOLDER))
    gettext.textdomain(CATALOGUE_DOMAIN)
