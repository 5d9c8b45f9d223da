"""Files that people print or pass on: a record as its form, an empty form."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from dangwu.data import resources
from dangwu.desk.exchange import Answer
from dangwu.formats.docx.styles import STYLE_FILES
from dangwu.formats.pdf import PROGRAM_FILE
from dangwu.formats.render import FORM_RENDERERS
from dangwu.forms.registry import build_form_paper
from dangwu.model.message import say
from dangwu.pages.paper import PrintSettings
from dangwu.workspace.forms import build_blank_form, build_form_input

if TYPE_CHECKING:
    from dangwu.desk.reading import Shelf
    from dangwu.model.form_input import FormInput

MEDIA = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class PaperFormats(NamedTuple):
    """The formats whose libraries are installed: of forms, and of reports."""

    forms: tuple[str, ...]
    reports: tuple[str, ...]


def make_record_file(shelf: Shelf, name: str, formats: PaperFormats) -> Answer | None:
    """Return a record as a file; ``name`` is its key with the ending of the format. None where there is none."""
    key, _, format_ = name.rpartition(".")
    path = shelf.path_by_key.get(key)
    if path is None or format_ not in formats.forms:
        return None
    title = shelf.language.text(say("record")) if shelf.is_confidential(path) else shelf.reader.value(path)
    return _render(shelf, build_form_input(shelf.workspace, path, shelf.as_of, shelf.audience), format_, title)


def make_blank_file(shelf: Shelf, name: str, formats: PaperFormats) -> Answer | None:
    """Return the empty form of a kind; ``name`` is the kind with the ending of the format. None where there is none."""
    kind, _, format_ = name.rpartition(".")
    if format_ not in formats.forms or not shelf.can_print(kind):
        return None
    title = shelf.language.value(shelf.due.kinds[kind].title)
    return _render(shelf, build_blank_form(shelf.workspace, kind, shelf.as_of, shelf.audience), format_, title)


def _render(shelf: Shelf, form_input: FormInput, format_: str, title: str) -> Answer:
    settings = PrintSettings(
        shelf.as_of,
        program=resources.read_package_text(PROGRAM_FILE),
        styles=resources.read_package_bytes(STYLE_FILES[shelf.language.code]),
    )
    data = FORM_RENDERERS[format_](build_form_paper(form_input, shelf.language), shelf.language, settings)
    return build_download(data, format_, title)


def build_download(data: bytes, format_: str, title: str) -> Answer:
    """Return a file for the browser to keep (RFC 6266); a PDF is shown first."""
    way = "inline" if format_ == "pdf" else "attachment"
    name = quote(f"{title.replace('/', '-')}.{format_}", safe="")
    return Answer(200, data, MEDIA[format_], (("Content-Disposition", f"{way}; filename*=UTF-8''{name}"),))
