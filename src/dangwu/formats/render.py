"""The renderers of forms and of the year's report, by the name of the format (``registry``)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from dangwu.formats.docx.styles import STYLE_FILES
from dangwu.formats.html import render_html
from dangwu.formats.machine.json import render_report_json
from dangwu.formats.markdown import render_markdown
from dangwu.formats.pdf import PROGRAM_FILE
from dangwu.formats.registry import find_format
from dangwu.formats.terminal.page import show_page
from dangwu.pages.paper import Paper, PrintSettings, build_page_paper
from dangwu.pages.wording.names import format_origin
from dangwu.pages.year import build_year_page

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from rich.console import Console

    from dangwu.language import Language
    from dangwu.model.results import YearReport
    from dangwu.pages.page import Page


class RenderContext(NamedTuple):
    """What a renderer may need beside values and language: a console, package data, schemas, folders of fonts.

    ``reference`` is a Word file whose styles are taken. The console is made on demand: only text output needs one.
    """

    console: Callable[[], Console]
    read: Callable[[str], str]
    schema: Callable[[str], Mapping[str, Any]]
    read_binary: Callable[[str], bytes]
    font_dirs: tuple[str, ...] = ()
    reference: bytes | None = None


def _render_pdf(paper: Paper, lang: Language, settings: PrintSettings) -> bytes:
    from dangwu.formats.pdf import render_pdf  # noqa: PLC0415

    return render_pdf(paper, lang, settings)


def _render_docx(paper: Paper, lang: Language, settings: PrintSettings) -> bytes:
    from dangwu.formats.docx.document import render_docx  # noqa: PLC0415

    return render_docx(paper, lang, settings)


FORM_RENDERERS: Mapping[str, Callable[[Paper, Language, PrintSettings], bytes]] = {
    "pdf": _render_pdf,
    "docx": _render_docx,
}
"""Documents that people print and sign. Only ``render_pdf`` uses the typst program in the settings."""


def _build_page(name: str, report: YearReport, lang: Language, *, at_length: bool = False) -> Page:
    return build_year_page(report, lang, at_length=at_length, for_paper=find_format(name).for_paper)


def _render_text(report: YearReport, lang: Language, context: RenderContext) -> bytes:
    console = context.console()
    with console.capture() as captured:
        show_page(_build_page("text", report, lang), console)
    return captured.get().encode()


def _build_paper_renderer(name: str) -> Callable[[YearReport, Language, RenderContext], bytes]:
    def rendered(report: YearReport, lang: Language, context: RenderContext) -> bytes:
        settings = PrintSettings(report.owed.as_of, context.font_dirs, reference=context.reference)
        if name == "pdf":
            settings = settings._replace(program=context.read(PROGRAM_FILE))
        else:
            settings = settings._replace(styles=context.read_binary(STYLE_FILES[lang.code]))
        return FORM_RENDERERS[name](build_page_paper(_build_page(name, report, lang)), lang, settings)

    return rendered


def _render_xlsx(report: YearReport, lang: Language, context: RenderContext) -> bytes:
    from dangwu.formats.xlsx import render_xlsx  # noqa: PLC0415
    from dangwu.sheets.write.registry import build_year_sheets  # noqa: PLC0415
    from dangwu.sheets.write.sheet import SheetWording  # noqa: PLC0415

    sheets = build_year_sheets(report, SheetWording(lang, context.schema))
    return render_xlsx(sheets, lang, report.owed.as_of, format_origin(report.owed, lang))


REPORT_RENDERERS: Mapping[str, Callable[[YearReport, Language, RenderContext], bytes]] = {
    "text": _render_text,
    "md": lambda report, lang, _context: render_markdown(_build_page("md", report, lang), lang).encode(),
    "html": lambda report, lang, context: render_html(
        _build_page("html", report, lang, at_length=True), lang, context.read
    ).encode(),
    "pdf": _build_paper_renderer("pdf"),
    "docx": _build_paper_renderer("docx"),
    "xlsx": _render_xlsx,
    "json": lambda report, lang, _context: render_report_json(report, lang).encode(),
}
"""The report of a year."""
