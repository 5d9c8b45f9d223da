"""The records as the desk shows them: read again only when a file, the last commit or the day has changed."""

from __future__ import annotations

import hmac
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from dangwu.desk.gate import draw_secret
from dangwu.errors import CannotRunError, NoCommitsError
from dangwu.files.folder_stamp import read_folder_stamp
from dangwu.git.repository import build_no_branch_error, require_repository, resolve_commit
from dangwu.model.audience import Audience
from dangwu.model.message import say
from dangwu.model.spans import Span
from dangwu.pages.wording.reader_words import build_reader_language
from dangwu.privacy import views
from dangwu.workspace.catalogue import load_kinds
from dangwu.workspace.history import RepositoryHistory, find_known_recorded_days, require_whole_history
from dangwu.workspace.load import load_workspace
from dangwu.workspace.open_tree import open_tree
from dangwu.workspace.workspace import build_year_span

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from dangwu.git.repository import RecordRoot
    from dangwu.language import Language, ReaderLanguage
    from dangwu.model.corpus import Corpus
    from dangwu.model.record import Record
    from dangwu.model.results import DutyResult
    from dangwu.privacy.viewer import Viewer
    from dangwu.workspace.workspace import Workspace

SOON_DAYS = 45
"""How far ahead the first page looks."""


@dataclass(frozen=True)
class Shelf:
    """The records of one moment for one audience. ``secret`` makes the keys of records that no address may name."""

    workspace: Workspace
    as_of: date
    audience: Audience
    language: Language
    secret: str

    @cached_property
    def viewer(self) -> Viewer:
        """The viewer that decides what is shown."""
        return self.workspace.build_viewer(self.as_of, self.audience)

    @cached_property
    def corpus(self) -> Corpus:
        """The records that the audience may see."""
        return views.redact_corpus(self.viewer)

    @cached_property
    def due(self) -> DutyResult:
        """The duties of this year and of the next weeks."""
        year = build_year_span(self.as_of.year)
        end = max(year.end, self.as_of + timedelta(days=SOON_DAYS + 1))
        return self.workspace.due(self.as_of, Span(year.start, end), self.audience)

    @cached_property
    def reader(self) -> ReaderLanguage:
        """The language for people who know no paths and ids."""
        return build_reader_language(self.due, self.language)

    @cached_property
    def record_by_path(self) -> Mapping[str, Record]:
        """The records that can be shown."""
        shown = self.corpus.documents
        return {record.path: record for record in self.corpus.records if record.path in shown}

    @cached_property
    def path_by_key(self) -> Mapping[str, str]:
        """The records that can be shown, by the key that stands for each in addresses."""
        return {self.make_key(path): path for path in self.record_by_path}

    def make_key(self, path: str) -> str:
        """Return the key of a record: its path, but a word without meaning for what the committee does not see."""
        if Audience.COMMITTEE.may_see(self.viewer.find_audience(path)):
            return path
        return hmac.new(self.secret.encode(), path.encode("utf-8", "surrogateescape"), "sha256").hexdigest()[:24]

    def is_confidential(self, path: str) -> bool:
        """Tell whether a record is for handlers only, so that no title or address may say what it is."""
        return not Audience.COMMITTEE.may_see(self.viewer.find_audience(path))

    def can_print(self, kind: str) -> bool:
        """Tell whether the empty form of a kind can be printed for this audience."""
        known = load_kinds().get(kind)
        return known is not None and self.audience.may_see(known.audience)

    def find_link(self, path: str | None) -> str:
        """Return the address of a record's page; empty where there is none."""
        return f"/record/{self.make_key(path)}" if path and path in self.record_by_path else ""


class Reading:
    """Reads the work tree on demand. ``today`` says which day it is."""

    def __init__(self, location: RecordRoot, language: Language, audience: Audience, today: Callable[[], date]) -> None:
        self.repository = require_repository(location)
        if self.repository.bare or not location.has_branch:
            raise build_no_branch_error()
        self.language, self.audience = language, audience
        self._location, self._today, self._secret = location, today, draw_secret()
        self._stamp: tuple[bytes, str, date] | None = None
        self._shelf: Shelf | None = None
        self._history: tuple[str, RepositoryHistory] | None = None

    def find_shelf(self) -> Shelf:
        """Return the records of now; CannotRunError where they cannot be read."""
        stamp = (read_folder_stamp(self._location.root), self._find_head(), self._today())
        if self._shelf is None or stamp != self._stamp:
            self._shelf, self._stamp = self._read(stamp[2]), stamp
        return self._shelf

    def open_history(self) -> RepositoryHistory:
        """Return the history of the last commit; CannotRunError in a shallow clone and before the first commit."""
        head = self._find_head()
        if self._history is None or self._history[0] != head:
            self._history = (head, RepositoryHistory(require_whole_history(self.repository)))
        return self._history[1]

    def _find_head(self) -> str:
        try:
            return resolve_commit(self.repository, "HEAD")
        except NoCommitsError:
            return ""

    def _read(self, day: date) -> Shelf:
        known = self._shelf.workspace if self._shelf else None
        workspace = load_workspace(open_tree(self._location), known)
        if any(file.path == "branch.yaml" for file in workspace.corpus.unread):
            raise CannotRunError(
                say("branch.yaml cannot be read, and without it nothing can be said of what is owed."),
                say("dangwu check shows what is wrong in it."),
            )
        if workspace.corpus.branch is None:
            raise build_no_branch_error()
        try:
            days = find_known_recorded_days(self.repository, "HEAD", workspace.corpus.meetings)
            workspace = replace(workspace, recorded=days)
        except CannotRunError as error:
            workspace = replace(workspace, recorded_unknown=error.message)
        return Shelf(workspace, day, self.audience, self.language, self._secret)
