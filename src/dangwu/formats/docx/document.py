"""A paper as a Word document (ECMA-376) with the measures of official paper and fonts that Word and WPS find."""

from __future__ import annotations

from datetime import datetime, time
from io import BytesIO
from typing import TYPE_CHECKING, Any

from dangwu.formats.docx.blocks import write_paper
from dangwu.formats.docx.page import prepare_document
from dangwu.formats.safe_text import make_one_line
from dangwu.formats.stable_zip import normalise_zip

if TYPE_CHECKING:
    from dangwu.language import Language
    from dangwu.pages.paper import Paper, PrintSettings


def render_docx(paper: Paper, lang: Language, press: PrintSettings) -> bytes:
    """Return the paper as a .docx file, the same bytes for the same values and day."""
    from docx import Document  # noqa: PLC0415

    document = Document()
    prepare_document(document, paper, lang)
    _about(document, paper, lang, press)
    write_paper(document, paper, lang)
    out = BytesIO()
    document.save(out)
    return normalise_zip(out.getvalue())


def _about(document: Any, paper: Paper, lang: Language, press: PrintSettings) -> None:
    """Fill in the file's own data: nobody's name, no path, and the day instead of the clock."""
    about = document.core_properties
    about.title, about.subject = make_one_line(paper.title)[:255], make_one_line(paper.subtitle)[:255]
    about.author = about.last_modified_by = about.comments = about.keywords = ""
    about.created = about.modified = datetime.combine(press.day, time())
    about.revision = 1
    about.language = "zh-CN" if lang.code == "zh" else "en-GB"
