"""Pages that are finished without the desk, served as they are: the report of a year, and the openness board."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any

from dangwu.data import resources
from dangwu.desk.due_view import TextLink
from dangwu.desk.exchange import Answer
from dangwu.desk.paper_files import build_download
from dangwu.desk.record_view import FORMAT_NAMES
from dangwu.desk.records_view import find_record_day
from dangwu.formats.render import REPORT_RENDERERS, RenderContext
from dangwu.model.audience import Audience
from dangwu.model.message import say
from dangwu.workspace.board import BOARD_AUDIENCES, build_board_files

if TYPE_CHECKING:
    from dangwu.desk.paper_files import PaperFormats
    from dangwu.desk.reading import Shelf
    from dangwu.language import Language

_OWN_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]+)">')
_READERS = {
    Audience.PUBLIC: say("For everybody outside the enterprise"),
    Audience.EMPLOYEES: say("For the employees"),
    Audience.MEMBERS: say("For the members of the branch"),
}
_REPORT_NAME = re.compile(r"(\d{4})(?:\.(pdf|docx|xlsx))?", re.ASCII)


class ServedPages:
    """Makes reports and boards, and keeps the pages of a board as long as the records are the same."""

    def __init__(self, language: Language, formats: PaperFormats) -> None:
        self._language, self._formats = language, formats
        self._boards: tuple[Shelf, dict[Audience, dict[str, bytes]]] | None = None

    def list_reports(self, shelf: Shelf) -> list[tuple[int, list[TextLink]]]:
        """Return the years of which there are records, newest first, each with the files of its report."""
        days = filter(None, map(find_record_day, shelf.record_by_path.values()))
        years = sorted({day.year for day in days if day <= shelf.as_of} | {shelf.as_of.year}, reverse=True)
        names = [(name, FORMAT_NAMES[name]) for name in self._formats.reports]
        return [(year, [TextLink(words, f"/report/{year}.{name}") for name, words in names]) for year in years]

    def make_report(self, shelf: Shelf, name: str) -> Answer | None:
        """Return the report of a year as a page, or as a file where the name has an ending; None for another name."""
        match = _REPORT_NAME.fullmatch(name)
        if match is None or int(match[1]) not in {year for year, _ in self.list_reports(shelf)}:
            return None
        format_ = match[2] or "html"
        if match[2] and format_ not in self._formats.reports:
            return None
        report = shelf.workspace.report(shelf.as_of, int(match[1]), shelf.audience)
        context = RenderContext(
            _refuse_console, resources.read_package_text, resources.load_schema, resources.read_package_bytes
        )
        data = REPORT_RENDERERS[format_](report, self._language, context)
        if format_ == "html":
            return build_own_page(data)
        return build_download(data, format_, self._language.text(say("Report of {year}", year=match[1])))

    def list_boards(self) -> list[TextLink]:
        """Return the boards, by those who read them."""
        return [TextLink(self._language.text(_READERS[each]), f"/board/{each}/index.html") for each in BOARD_AUDIENCES]

    def make_board_page(self, shelf: Shelf, audience: str, name: str) -> Answer | None:
        """Return a page of a board; None where it has none of this name."""
        readers = next((each for each in BOARD_AUDIENCES if each == audience), None)
        if readers is None:
            return None
        if self._boards is None or self._boards[0] is not shelf:
            self._boards = (shelf, {})
        made = self._boards[1]
        if readers not in made:
            made[readers] = build_board_files(
                shelf.workspace, shelf.as_of, readers, contact="", language=self._language.code
            )
        data = made[readers].get(name)
        return build_own_page(data) if data is not None else None


def build_own_page(data: bytes) -> Answer:
    """Return a page with the content policy that it states itself; it may stand in no frame."""
    found = _OWN_POLICY.search(data.decode("utf-8", "replace"))
    policy = html.unescape(found[1]) if found else "default-src 'none'"
    return Answer(200, data, policy=f"{policy}; frame-ancestors 'none'")


def _refuse_console() -> Any:
    raise RuntimeError("no report of the desk is for a terminal")
