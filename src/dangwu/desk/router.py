"""The addresses of the desk: a request that the gate lets in → the page that it asks for.

What is unknown and what is closed to the audience is the same answer, so that nobody learns what there is.
"""

from __future__ import annotations

from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING, Any

from dangwu.data.resources import read_package_bytes
from dangwu.desk import frame
from dangwu.desk.exchange import Answer, MalformedError, TooLargeError, build_redirect
from dangwu.desk.gate import Entry, Refusal
from dangwu.desk.templating import make_style
from dangwu.errors import DangwuError
from dangwu.files.os_errors import describe_os_error
from dangwu.model.message import say

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from dangwu.desk.exchange import Asked, Fields
    from dangwu.desk.gate import Gate
    from dangwu.desk.paper_files import PaperFormats
    from dangwu.desk.reading import Reading, Shelf
    from dangwu.desk.served_pages import ServedPages
    from dangwu.model.message import Text

    ShowPage = Callable[[Shelf, str, Fields], Answer | None]

_STATIC = {"desk.css": "text/css; charset=utf-8", "icon.svg": "image/svg+xml"}
_REFUSAL_STATUS = {Refusal.HOST: 403, Refusal.ORIGIN: 403, Refusal.METHOD: 405}
_PLAIN_TEXT = "text/plain; charset=utf-8"
_YEAR_DIGITS = 4
MOST_SEARCHED = 100
"""So many letters of a search are read."""


class Router:
    """Answers the requests of one desk, one after the other."""

    def __init__(self, gate: Gate, reading: Reading, formats: PaperFormats) -> None:
        self._gate, self._reading, self._formats = gate, reading, formats
        self._language = reading.language
        self._lock = Lock()

    def make_fault_page(self) -> bytes:
        """Return the page for a fault in the desk itself."""
        return frame.fill_notice(
            self._language, say("A fault in the desk itself. Nothing was changed: go back, and open another page.")
        )

    def answer(self, asked: Asked) -> Answer:
        """Return the answer to any request; what dangwu cannot do is a page that says why."""
        with self._lock:
            refusal = self._gate.find_refusal(asked)
            if refusal is not None:
                return Answer(_REFUSAL_STATUS[refusal], media=_PLAIN_TEXT)
            try:
                return self._let_in(asked)
            except TooLargeError:
                return self._tell(413, say("This is more than the desk takes at once."))
            except MalformedError:
                return self._tell(400, say("This form cannot be read."))
            except DangwuError as error:
                return self._tell(503, error.message, hint=error.hint)
            except OSError as error:
                reason = describe_os_error(error)
                return self._tell(503, say("The system does not let dangwu go on: {reason}.", reason=reason))

    def _let_in(self, asked: Asked) -> Answer:
        """Answer what needs no session; everything else needs one."""
        posted = asked.method == "POST"
        if not posted and asked.path.startswith("/static/"):
            return self._find_static(asked.path.removeprefix("/static/"))
        if asked.path == "/enter":
            return self._use_entry(asked) if posted else self._show_entry(asked)
        if posted and asked.path == "/again":
            return self._give_entry(asked)
        if not self._gate.admits(asked.cookie):
            words = say("Nobody has entered here, or the desk was closed. Open it again with dangwu desk.")
            return self._tell(403, words)
        return self._change(asked) if posted else self._show(asked)

    def _give_entry(self, asked: Asked) -> Answer:
        """Give a new entry to a second start of the command, which can read the note of the first."""
        if not self._gate.knows(asked.read_form().get("secret", "")):
            return Answer(403, media=_PLAIN_TEXT)
        return Answer(200, self._gate.make_entry_address().encode(), _PLAIN_TEXT)

    def _show_entry(self, asked: Asked) -> Answer:
        """Show the page of entry, which uses nothing up: a program that looks at addresses first must not spoil one."""
        return Answer(200, frame.fill_entry(self._language, asked.query.get("word", "")))

    def _use_entry(self, asked: Asked) -> Answer:
        entry, cookie = self._gate.enter(asked.read_form().get("word", ""))
        if entry is Entry.OPENED:
            return build_redirect("/", cookie=cookie)
        if entry is Entry.USED:
            used = say(
                "This address was used before. To be safe, everybody has been signed out: open the desk again with "
                "dangwu desk."
            )
            return self._tell(403, used)
        return self._tell(403, say("This address is too old. Open the desk again with dangwu desk."))

    def _change(self, asked: Asked) -> Answer:
        asked.read_form()
        if asked.path == "/leave":
            self._gate.close()
            return self._tell(200, say("The desk is closed. Nothing is left open in this browser."), cookie="")
        return self._refuse_unknown()

    def _show(self, asked: Asked) -> Answer:
        first, *rest = asked.path.removeprefix("/").split("/")
        show = self._pages.get((first, bool(rest)))
        answer = show(self._reading.find_shelf(), "/".join(rest), asked.query) if show else None
        return answer or self._refuse_unknown()

    @cached_property
    def _served(self) -> ServedPages:
        from dangwu.desk.served_pages import ServedPages  # noqa: PLC0415 - the page of entry is there sooner

        return ServedPages(self._language, self._formats)

    @cached_property
    def _pages(self) -> Mapping[tuple[str, bool], ShowPage]:
        """The pages by the first word of their address, and whether there is more of it."""
        from dangwu.desk import paper_files  # noqa: PLC0415

        return {
            ("", False): self._show_due,
            ("records", False): self._show_records,
            ("record", True): self._show_record,
            ("history", True): self._show_history,
            ("paper", True): lambda shelf, name, _: paper_files.make_record_file(shelf, name, self._formats),
            ("blank", True): lambda shelf, name, _: paper_files.make_blank_file(shelf, name, self._formats),
            ("report", False): self._list_reports,
            ("report", True): lambda shelf, name, _: self._served.make_report(shelf, name),
            ("board", False): self._list_boards,
            ("board", True): lambda shelf, name, _: self._served.make_board_page(shelf, *_split_once(name)),
        }

    def _show_due(self, shelf: Shelf, _name: str, _query: Fields) -> Answer:
        from dangwu.desk.due_view import build_due_view  # noqa: PLC0415

        return self._fill("due", shelf, view=build_due_view(shelf), here="due", blanks=self._formats.forms)

    def _show_records(self, shelf: Shelf, _name: str, query: Fields) -> Answer:
        from dangwu.desk.records_view import build_records_view  # noqa: PLC0415

        words = " ".join(query.get("q", "").split())[:MOST_SEARCHED]
        view = build_records_view(shelf, _read_year(query.get("year", "")), words)
        return self._fill("records", shelf, view=view, here="records")

    def _show_record(self, shelf: Shelf, key: str, _query: Fields) -> Answer | None:
        path = shelf.path_by_key.get(key)
        if path is None:
            return None
        from dangwu.desk.record_view import build_record_view  # noqa: PLC0415

        view = build_record_view(shelf, path, self._formats.forms)
        return self._fill("record", shelf, view=view, here="records")

    def _show_history(self, shelf: Shelf, key: str, _query: Fields) -> Answer | None:
        path = shelf.path_by_key.get(key)
        if path is None:
            return None
        from dangwu.desk.record_view import build_history_view  # noqa: PLC0415

        view = build_history_view(shelf, path, self._reading.open_history())
        return self._fill("history", shelf, view=view, here="records")

    def _list_reports(self, shelf: Shelf, _name: str, _query: Fields) -> Answer:
        return self._fill("reports", shelf, view=self._served.list_reports(shelf), here="reports")

    def _list_boards(self, shelf: Shelf, _name: str, _query: Fields) -> Answer:
        return self._fill("boards", shelf, view=self._served.list_boards(), here="boards")

    def _fill(self, name: str, shelf: Shelf, **values: Any) -> Answer:
        return Answer(200, frame.fill_inside(name, shelf, **values))

    def _tell(self, status: int, words: Text, *, hint: Text | None = None, cookie: str | None = None) -> Answer:
        return Answer(status, frame.fill_notice(self._language, words, hint), cookie=cookie)

    def _refuse_unknown(self) -> Answer:
        return self._tell(404, say("There is no such page here."))

    def _find_static(self, name: str) -> Answer:
        if name not in _STATIC:
            return self._refuse_unknown()
        data = make_style() if name == "desk.css" else read_package_bytes(f"templates/desk_{name}")
        return Answer(200, data, _STATIC[name])


def _split_once(name: str) -> tuple[str, str]:
    first, _, rest = name.partition("/")
    return first, rest


def _read_year(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) == _YEAR_DIGITS else None
