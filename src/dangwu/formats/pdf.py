"""A document as PDF (PDF/A-2a, PDF/UA-1), set by typst from data, so that record text is never read as markup."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Any

from dangwu.errors import CannotRunError
from dangwu.formats.fonts import choose_fonts, load_fonts
from dangwu.model.message import say

if TYPE_CHECKING:
    from dangwu.language import Language
    from dangwu.pages.paper import Paper, PrintSettings

PROGRAM_FILE = "templates/paper.typ"
"""The package data that a ``PrintSettings`` carries as its ``program``."""

_PDF_STANDARDS = ["a-2a", "ua-1"]
_MISSING_CHARACTER = re.compile(r'error: the text `"((?:[^"\\]|\\.)+)"`|the codepoint `"((?:[^"\\]|\\.)+)"`')
_CHARACTER_ESCAPE = re.compile(r"\\u\{([0-9a-f]+)\}")
_MAX_ROUNDS = 4


def render_pdf(paper: Paper, lang: Language, settings: PrintSettings) -> bytes:
    """Return the document as PDF, the same bytes for the same values, day and fonts.

    A character that no font has is printed as its code point, 〔U+1F600〕, since PDF/A forbids missing glyphs.
    CannotRunError when no font has Chinese or typst fails.
    """
    import typst  # noqa: PLC0415

    from dangwu.formats.pdf_data import build_pdf_data  # noqa: PLC0415 - other formats do without it

    fonts = load_fonts(tuple(settings.font_dirs))
    text = json.dumps(build_pdf_data(paper, lang), ensure_ascii=False)
    font_names = json.dumps(choose_fonts(fonts.families(), text, chinese=lang.code == "zh"), ensure_ascii=False)
    message = ""
    for _ in range(_MAX_ROUNDS):
        try:
            return _compile_pdf({"paper": text, "fonts": font_names}, fonts, settings)
        except typst.TypstError as error:
            message = error.message
            missing = _find_missing_characters(error.diagnostic)
            if not missing:
                break
            text = "".join(f"〔U+{ord(char):04X}〕" if char in missing else char for char in text)
    raise CannotRunError(say("The PDF could not be typeset: {trouble}", trouble=message))


def _compile_pdf(inputs: dict[str, str], fonts: Any, settings: PrintSettings) -> bytes:
    import typst  # noqa: PLC0415

    options: dict[str, Any] = {
        "font_paths": fonts,
        "ignore_system_fonts": True,
        "format": "pdf",
        "sys_inputs": inputs,
        "pdf_standards": _PDF_STANDARDS,
        "timestamp": datetime.combine(settings.day, time(), UTC),
    }
    pdf: bytes = typst.compile(settings.program.encode(), **options)
    return pdf


def _find_missing_characters(diagnostic: str) -> frozenset[str]:
    """Return the characters that the chosen fonts do not have."""
    characters = "".join(first or second for first, second in _MISSING_CHARACTER.findall(diagnostic))
    return frozenset(_CHARACTER_ESCAPE.sub(lambda match: chr(int(match[1], 16)), characters)) - {'"', "\\"}
