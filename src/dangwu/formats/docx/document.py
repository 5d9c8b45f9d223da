"""A paper as a Word document (ECMA-376), in the styles of a Word file: dangwu's own, or one that a committee brings."""

from __future__ import annotations

from datetime import datetime, time
from io import BytesIO
from typing import TYPE_CHECKING, Any

from dangwu.formats.docx.blocks import write_paper
from dangwu.formats.docx.page import write_origin
from dangwu.formats.docx.reference import open_paper_document
from dangwu.formats.docx.styles import ORIGIN
from dangwu.formats.safe_text import make_one_line
from dangwu.formats.stable_zip import normalise_zip

if TYPE_CHECKING:
    from dangwu.language import Language
    from dangwu.pages.paper import Paper, PrintSettings


def render_docx(paper: Paper, lang: Language, press: PrintSettings) -> bytes:
    """Return the paper as a .docx file, the same bytes for the same values, styles and day.

    CannotRunError when the reference file that ``press`` carries cannot be used.
    """
    target = open_paper_document(press.styles, press.reference, wide=paper.wide)
    _about(target.document, paper, lang, press)
    write_origin(target.document.sections[0], target.styles[ORIGIN], make_one_line(paper.origin))
    write_paper(target, paper, lang)
    out = BytesIO()
    target.document.save(out)
    return normalise_zip(out.getvalue())


def _about(document: Any, paper: Paper, lang: Language, press: PrintSettings) -> None:
    """Fill in the file's own data: nobody's name, no path, and the day instead of the clock."""
    about = document.core_properties
    about.title, about.subject = make_one_line(paper.title)[:255], make_one_line(paper.subtitle)[:255]
    about.author = about.last_modified_by = about.comments = about.keywords = ""
    about.created = about.modified = datetime.combine(press.day, time())
    about.revision = 1
    about.language = "zh-CN" if lang.code == "zh" else "en-GB"
