"""A paper as a Word document (ECMA-376) with the measures of official paper and fonts that Word and WPS find."""

from __future__ import annotations

from datetime import datetime, time
from io import BytesIO
from typing import TYPE_CHECKING, Any

from dangwu.formats.docx.blocks import write
from dangwu.formats.docx.page import prepare
from dangwu.formats.safe_text import one_line
from dangwu.formats.stable_zip import normalised

if TYPE_CHECKING:
    from dangwu.language import Language
    from dangwu.pages.paper import Paper, Press


def docx(paper: Paper, lang: Language, press: Press) -> bytes:
    """Return the paper as a .docx file, the same bytes for the same values and day."""
    from docx import Document  # noqa: PLC0415

    document = Document()
    prepare(document, paper, lang)
    _about(document, paper, lang, press)
    write(document, paper, lang)
    out = BytesIO()
    document.save(out)
    return normalised(out.getvalue())


def _about(document: Any, paper: Paper, lang: Language, press: Press) -> None:
    """Fill in the file's own data: nobody's name, no path, and the day instead of the clock."""
    about = document.core_properties
    about.title, about.subject = one_line(paper.title)[:255], one_line(paper.subtitle)[:255]
    about.author = about.last_modified_by = about.comments = about.keywords = ""
    about.created = about.modified = datetime.combine(press.day, time())
    about.revision = 1
    about.language = "zh-CN" if lang.code == "zh" else "en-GB"
