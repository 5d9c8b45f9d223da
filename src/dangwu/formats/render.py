"""The renderers of results that have several formats, by the name of the format (``registry``)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from dangwu.formats.html import html
from dangwu.formats.machine.json import report_json
from dangwu.formats.markdown import markdown
from dangwu.formats.pdf import PROGRAM
from dangwu.formats.terminal.page import show_page
from dangwu.pages.paper import Paper, Press, paper_of
from dangwu.pages.wording.names import origin
from dangwu.pages.year import year_page

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from rich.console import Console

    from dangwu.language import Language
    from dangwu.model.results import YearReport


class RenderContext(NamedTuple):
    """What a renderer may need beside values and language: a console, package data, schemas, folders of fonts.

    The console is made only for who asks: what is no terminal does not pay for one.
    """

    console: Callable[[], Console]
    read: Callable[[str], str]
    schema: Callable[[str], Mapping[str, Any]]
    font_dirs: tuple[str, ...] = ()


def _pdf(paper: Paper, lang: Language, press: Press) -> bytes:
    from dangwu.formats.pdf import pdf  # noqa: PLC0415

    return pdf(paper, lang, press)


def _docx(paper: Paper, lang: Language, press: Press) -> bytes:
    from dangwu.formats.docx.document import docx  # noqa: PLC0415

    return docx(paper, lang, press)


FORMS: Mapping[str, Callable[[Paper, Language, Press], bytes]] = {"pdf": _pdf, "docx": _docx}
"""Paper that people print and sign. Only ``pdf`` uses the typst program that the press carries."""


def _text(report: YearReport, lang: Language, context: RenderContext) -> bytes:
    console = context.console()
    with console.capture() as captured:
        show_page(year_page(report, lang), console)
    return captured.get().encode()


def _paper(name: str) -> Callable[[YearReport, Language, RenderContext], bytes]:
    def rendered(report: YearReport, lang: Language, context: RenderContext) -> bytes:
        press = Press(report.owed.as_of, context.font_dirs, context.read(PROGRAM) if name == "pdf" else "")
        return FORMS[name](paper_of(year_page(report, lang)), lang, press)

    return rendered


def _xlsx(report: YearReport, lang: Language, context: RenderContext) -> bytes:
    from dangwu.formats.xlsx import workbook  # noqa: PLC0415
    from dangwu.sheets.write.registry import year_spreads  # noqa: PLC0415
    from dangwu.sheets.write.wording import Voice  # noqa: PLC0415

    sheets = year_spreads(report, Voice(lang, context.schema))
    return workbook(sheets, lang, report.owed.as_of, origin(report.owed, lang))


REPORTS: Mapping[str, Callable[[YearReport, Language, RenderContext], bytes]] = {
    "text": _text,
    "md": lambda report, lang, _context: markdown(year_page(report, lang), lang).encode(),
    "html": lambda report, lang, context: html(year_page(report, lang, at_length=True), lang, context.read).encode(),
    "pdf": _paper("pdf"),
    "docx": _paper("docx"),
    "xlsx": _xlsx,
    "json": lambda report, lang, _context: report_json(report, lang).encode(),
}
"""The report of a year."""
