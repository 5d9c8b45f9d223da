"""One record as people read it: what its printed form holds; and its history in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dangwu.desk.due_view import TextLink
from dangwu.desk.records_view import describe_record
from dangwu.desk.templating import make_blocks
from dangwu.forms.registry import build_form_paper
from dangwu.model.message import say
from dangwu.model.record import Branch
from dangwu.pages.audit import build_log_page
from dangwu.pages.page import Paragraph
from dangwu.pages.paper import leave_out_screen_parts
from dangwu.pages.record_changes import ChangeText
from dangwu.pages.wording.names import find_person_name
from dangwu.workspace.audit import build_record_log
from dangwu.workspace.forms import build_form_input

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dangwu.desk.reading import Shelf
    from dangwu.workspace.history import RepositoryHistory

FORMAT_NAMES = {"pdf": "PDF", "docx": "Word", "xlsx": "Excel"}
"""Format → what people call it, in every language."""


class RecordView(NamedTuple):
    """A record: ``title`` for the window says nothing of a confidential one; ``body`` is HTML."""

    title: str
    heading: str
    subtitle: str
    body: str
    files: tuple[TextLink, ...] = ()
    address: str = ""
    history: str = ""


class _PlainChanges(ChangeText):
    """Changes with names alone: nobody here knows ids."""

    def name(self, person: str) -> str:
        """Return a person's name."""
        return next((name for corpus in self._corpora if (name := find_person_name(corpus, person)) != person), person)


def build_record_view(shelf: Shelf, path: str, formats: Sequence[str]) -> RecordView:
    """Return the page of a record, with the files that can be made of it."""
    lang, key = shelf.language, shelf.make_key(path)
    paper = build_form_paper(build_form_input(shelf.workspace, path, shelf.as_of, shelf.audience), lang)
    files = tuple(TextLink(FORMAT_NAMES[name], f"/paper/{key}.{name}") for name in formats)
    return RecordView(
        _choose_title(shelf, path), paper.title, describe_record(shelf, path), make_blocks(paper.blocks, lang), files,
        f"/record/{key}", f"/history/{key}",
    )  # fmt: skip


def build_history_view(shelf: Shelf, path: str, history: RepositoryHistory) -> RecordView:
    """Return who recorded and changed a record, and what; of one that is not saved yet that there is nothing."""
    key = shelf.make_key(path)
    view = RecordView(
        _choose_title(shelf, path), shelf.language.text(say("The life of a record")), describe_record(shelf, path), "",
        address=f"/record/{key}",
    )  # fmt: skip
    if path not in history.lives.settle(shelf.workspace.paths).by_path:
        words = shelf.language.text(say("It is not saved yet, so it has no history."))
        return view._replace(body=make_blocks((Paragraph(words),), shelf.language))
    logged, corpus = build_record_log(history, path, shelf.as_of, shelf.audience)
    page = build_log_page(logged, _PlainChanges(shelf.reader, corpus))
    return view._replace(body=make_blocks(tuple(leave_out_screen_parts(page.blocks)), shelf.language))


def _choose_title(shelf: Shelf, path: str) -> str:
    record = shelf.record_by_path[path]
    if shelf.is_confidential(path) or isinstance(record, Branch):
        return shelf.language.text(say("A record"))
    return describe_record(shelf, path)
