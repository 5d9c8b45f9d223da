"""Documents opened as a reader opens them: the text and the lines of a PDF, the parts of a Word file."""

from __future__ import annotations

import html
import re
import shutil
import subprocess
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import pytest

from dangwu.data import resources
from dangwu.formats.docx.styles import STYLE_FILES
from dangwu.formats.fonts import FONT_ROLES, load_fonts
from dangwu.formats.pdf import PROGRAM_FILE
from dangwu.pages.paper import PrintSettings

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

POPPLER = shutil.which("pdftotext")
CHINESE = bool({each.casefold() for each in FONT_ROLES["text"]} & {each.casefold() for each in load_fonts().families()})

needs_poppler = pytest.mark.skipif(POPPLER is None, reason="no pdftotext here; .ci/run installs poppler-utils")
needs_chinese = pytest.mark.skipif(not CHINESE, reason="no Chinese font here; .ci/run installs fonts-noto-cjk")


def press(day: date, lang: str = "zh", reference: bytes | None = None) -> PrintSettings:
    styles = resources.read_package_bytes(STYLE_FILES[lang])
    return PrintSettings(day, (), resources.read_package_text(PROGRAM_FILE), styles, reference)


def pdf_text(raw: bytes, *options: str) -> str:
    """Return the text of a PDF as a reader copies it."""
    done = subprocess.run([str(POPPLER), *options, "-", "-"], input=raw, capture_output=True, check=True)
    return done.stdout.decode()


def pdf_lines(raw: bytes) -> list[str]:
    return [line.strip() for line in pdf_text(raw, "-layout").splitlines() if line.strip()]


def joined(text: str) -> str:
    """Return text without the spaces and line ends that a page puts between its characters."""
    return re.sub(r"\s", "", text)


def parts(raw: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(raw)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def docx_text(document: Any) -> str:
    """Return all text of a Word document, tables included, in order."""
    words = document.element.body.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t")
    return "".join(each.text or "" for each in words)


def every_word(made: Path) -> str:
    """Return everything that can be read in a made file or folder, whatever its form, and in its name."""
    if made.is_dir():
        return "\n".join(every_word(each) for each in sorted(made.rglob("*")) if each.is_file())
    raw = made.read_bytes()
    if raw.startswith(b"%PDF"):
        words = pdf_text(raw) + raw.decode("latin-1")
    elif raw.startswith(b"PK"):
        words = "\n".join(html.unescape(each.decode("utf-8", "replace")) for each in parts(raw).values())
        words += re.sub(r"<[^>]*>", "", words)
    else:
        words = html.unescape(raw.decode("utf-8", "replace"))
    return f"{made.name}\n{words}"
