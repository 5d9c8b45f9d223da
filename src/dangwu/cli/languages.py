"""The language of a run, chosen before any output: --lang, DANGWU_LANG, branch.yaml, the operating system."""

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
    """Choose the language of this run and set it for ``_`` and for the command-line library."""
    code = (
        _find_language_option(arguments)
        or _parse_language_code(os.environ.get("DANGWU_LANG"))
        or _find_branch_language(arguments)
        or _find_system_language()
    )
    language = load_language(code)
    _current[:] = [language]
    _set_gettext_language(code)
    return language


def _(template: str) -> str:
    """Translate a fixed string of the command line."""
    return _current[0](template) if _current else template


def read_current_language() -> Language:
    """Return the language of this run."""
    return _current[0] if _current else load_language(_find_system_language())


def _find_language_option(arguments: Sequence[str]) -> str | None:
    for index, word in enumerate(arguments):
        if word == "--lang" and index + 1 < len(arguments):
            return _parse_language_code(arguments[index + 1])
        if word.startswith("--lang="):
            return _parse_language_code(word.removeprefix("--lang="))
    return None


def _parse_language_code(value: str | None) -> str | None:
    code = (value or "").lower()[:2]
    return code if code in LANGUAGES else None


def _find_branch_language(arguments: Sequence[str]) -> str | None:
    """Return the language in the nearest branch.yaml, by a search of its text: parsing YAML would slow every start."""
    from dangwu.files.peek import read_file_if_any  # noqa: PLC0415

    start = Path(next((arguments[index + 1] for index, word in enumerate(arguments[:-1]) if word == "-C"), "."))
    for folder in (start, *start.absolute().parents):
        raw = read_file_if_any(folder / "branch.yaml")
        if raw is not None:
            match = _LANGUAGE_LINE.search(raw)
            return match[1].decode() if match else None
    return None


def _find_system_language() -> str:
    """Return the language of the operating system; Chinese where it is not set."""
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
    """Set the language of the command-line library, which uses gettext's default domain and LANGUAGE."""
    import gettext  # noqa: PLC0415

    os.environ["LANGUAGE"] = code
    gettext.bindtextdomain(CATALOGUE_DOMAIN, str(LOCALE_FOLDER))
    gettext.textdomain(CATALOGUE_DOMAIN)
