"""The history of a record repository: the life of each record, its first day in git, and the committee's marks."""

from __future__ import annotations

from dataclasses import replace
from functools import cache, cached_property
from typing import TYPE_CHECKING

from dangwu.audit.committee_marks import REVIEW_TAG_PREFIX
from dangwu.audit.former_roots import find_former_roots, read_as_of_present_root
from dangwu.audit.misdated_commits import find_known_days, find_misdated_commits
from dangwu.audit.record_lives import LifeBuilder
from dangwu.audit.review_trailers import REVIEW_TRAILER
from dangwu.changes.additions import only_adds
from dangwu.changes.records import FileState, build_record_change
from dangwu.errors import CannotRunError, NoCommitsError
from dangwu.git.blobs import read_blobs
from dangwu.git.commit_tree import find_files
from dangwu.git.history import find_merges_without, read_history
from dangwu.git.repository import resolve_commit, resolve_record_prefix
from dangwu.model.history import OUTSIDE
from dangwu.model.message import say
from dangwu.parse.document import parse_document
from dangwu.workspace.catalogue import load_kinds
from dangwu.workspace.committee import CommitteeReader, read_reviewers
from dangwu.workspace.load import is_record_place

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from datetime import date
    from pathlib import Path

    from dangwu.git.repository import Repository
    from dangwu.model.document import Document
    from dangwu.model.observation import CommitteeMark, SignatureResult
    from dangwu.model.record import Meeting
    from dangwu.model.record_change import RecordChange
    from dangwu.model.record_life import LifeStep

_NEARLY_ALL_PERCENT = 90


class RepositoryHistory:
    """The history that ends at one commit, with the keys and reviewers by which it is judged.

    ``graph`` holds the commits and file touches, ``lives`` the life of each record. ``signers`` is a list of keys in
    the format of ``allowed_signers``; ``reviewers`` are the addresses whose merges count as the committee's.
    """

    def __init__(
        self, repository: Repository, rev: str = "HEAD", *, signers: Path | None = None, reviewers: Collection[str] = ()
    ) -> None:
        id_ = resolve_commit(repository, rev)
        self.repository = resolve_record_prefix(repository, id_)
        addresses = read_reviewers(reviewers)
        self._documents: dict[tuple[str, str], Document | None] = {}
        builder = LifeBuilder(is_same_record, is_record_place)
        self.graph = read_history(self.repository, id_, builder.add)
        self._former_roots = find_former_roots(self.graph.touches, is_record_place)
        if self._former_roots:
            touches = tuple(read_as_of_present_root(self.graph.touches, self._former_roots, is_record_place))
            self.graph, builder = replace(self.graph, touches=touches), LifeBuilder(is_same_record, is_record_place)
            for touch in touches:
                builder.add(touch)
        self.lives = builder.build()
        self.committee = CommitteeReader(self.repository, self.graph, addresses, signers)

    @property
    def recorded(self) -> Mapping[str, date]:
        """The day that each record's first commit says, by path, right or wrong."""
        return self.lives.recorded(self.graph)

    def find_misdated(self, meetings: Iterable[Meeting]) -> frozenset[int]:
        """Return the commits whose date does not fit; ``meetings`` are those of the last state."""
        return find_misdated_commits(self.graph, self.lives, meetings, self.read_version)

    @property
    def verifies(self) -> bool:
        """Whether a list of keys was given to verify signatures."""
        return self.committee.keys is not None

    @property
    def signatures(self) -> Mapping[str, SignatureResult]:
        """The verification of each signed commit, by commit id; empty without a list of keys."""
        return self.committee.signatures

    @property
    def marks(self) -> tuple[CommitteeMark, ...]:
        """The committee's marks in the repository: trailers and tags."""
        return self.committee.marks

    @cached_property
    def _blobs(self) -> dict[str, bytes | None]:
        """The versions of all records with more than one, by blob id, read in one batch."""
        steps = (step for life in self.lives.every if len(life.steps) > 1 for step in life.steps)
        ids = dict.fromkeys(blob for step in steps for blob in (step.old_blob, step.blob) if blob)
        return dict(zip(ids, self._read_blobs(ids), strict=True))

    def _read_blobs(self, blobs: Collection[str]) -> Iterator[bytes | None]:
        return read_blobs(self.repository.folder, blobs, elsewhere=self.graph.elsewhere)

    def read_blob(self, blob: str) -> bytes:
        """Return the bytes of a blob; empty where the id names a commit of a submodule."""
        if blob not in self._blobs:
            self._blobs[blob] = next(self._read_blobs([blob]))
        return self._blobs[blob] or b""

    def read_version(self, path: str, blob: str) -> Document | None:
        """Return a version of a record as a document, None where it cannot be parsed."""
        key = (path, blob)
        if key not in self._documents:
            self._documents[key] = parse_document(path, blob, self.read_blob(blob))[0]
        return self._documents[key]

    def find_version(self, index: int, paths: tuple[str, ...]) -> tuple[str, str] | None:
        """Return path and blob id of the first of several paths that a commit has, None where it has none of them."""
        places = {place: path for path in paths for place in self._list_places(path, index)}
        files = find_files(self.repository, self.graph.commits[index].id, places)
        return next(((path, files[place]) for place, path in places.items() if place in files), None)

    def _list_places(self, path: str, index: int) -> list[str]:
        """Return where the file of a path may stand in a commit: below the present record root, or a former one."""
        former = (root for root, last in self._former_roots.items() if index <= last)
        return [path, *(f"{root}{path}" for root in former)]

    @cached_property
    def _merges_without(self) -> Mapping[str, list[str]]:
        return find_merges_without(self.repository, self.graph.commits[-1].id)

    def find_merge_without(self, step: LifeStep) -> int:
        """Return the index of the first merge after a step that lacks its file; else of the one that brought it in."""
        places = self._list_places(step.path, step.commit)
        merges = sorted(self.graph.place[id_] for place in places for id_ in self._merges_without.get(place, ()))
        after = (merge for merge in merges if self.graph.leads(step.commit, merge))
        return next(after, self.graph.arrived[step.commit])

    def know_documents(self, documents: Mapping[str, Document]) -> None:
        """Keep documents of a state by path, so that they are not parsed again as versions."""
        for path, document in documents.items():
            self._documents.setdefault((path, document.blob), document)

    def compare_step(self, step: LifeStep) -> RecordChange:
        """Return what a step changed in its record."""
        before = self._build_file_state(step.old_path or step.path, step.old_blob)
        return build_record_change(before, self._build_file_state(step.path, step.blob), load_kinds())

    def only_adds(self, step: LifeStep) -> bool:
        """Tell whether a step keeps all that its record said; a state that cannot be read is never so."""
        if step.old_blob is None or step.blob is None:
            return False
        before = self.read_version(step.old_path or step.path, step.old_blob)
        after = self.read_version(step.path, step.blob)
        return before is not None and after is not None and only_adds(before.data, after.data)

    def _build_file_state(self, path: str, blob: str | None) -> FileState | None:
        return FileState(path, blob, self.read_version(path, blob)) if blob else None


def require_whole_history(repository: Repository) -> Repository:
    """Return the repository; CannotRunError for a shallow clone, whose missing commits could change every result."""
    if repository.shallow:
        raise CannotRunError(
            say("The clone is shallow: a part of the history is missing, so nothing can be said of it."),
            say("Run git fetch --unshallow."),
        )
    return repository


def find_recorded_days(repository: Repository, rev: str = "HEAD") -> Mapping[str, date]:
    """Return the day that each record's first commit says, by path, right or wrong; empty before the first commit.

    CannotRunError for a shallow clone, and when git cannot read the history.
    """
    history = _open_whole_history(repository, rev)
    return history.recorded if history else {}


def find_known_recorded_days(
    repository: Repository, rev: str, meetings: Iterable[Meeting]
) -> Mapping[str, date | None]:
    """Return the day of each record's first commit, by path; None where the date of that commit does not fit.

    ``meetings`` are those of the revision. Otherwise as ``find_recorded_days``.
    """
    history = _open_whole_history(repository, rev)
    return find_known_days(history.graph, history.lives, history.find_misdated(meetings)) if history else {}


def _open_whole_history(repository: Repository, rev: str) -> RepositoryHistory | None:
    try:
        return RepositoryHistory(require_whole_history(repository), rev)
    except NoCommitsError:
        return None


def build_mark_name(day: date, commit: str) -> str:
    """Return the name of the review tag for a commit and the day of its review."""
    return f"{REVIEW_TAG_PREFIX}{day.isoformat()}-{commit[:12]}"


def build_mark_trailer(reviewer: str) -> str:
    """Return the ``Reviewed-by`` line for a reviewer, written as ``Name <address>``."""
    return f"{REVIEW_TRAILER}: {reviewer}"


def is_same_record(old: str, new: str, similarity: int) -> bool:
    """Tell whether a renamed file is the same record: of one kind, with equal day, period and subject in its path.

    A rename that corrects the day or subject counts from a similarity of 90 per cent on. Below that it is another
    record, which must not inherit the first day in git of the one that it replaced. A nearly equal file is also the
    same where its folder or its name stays, as when it is put aside.
    """
    old_kinds, new_kinds = _read_path_parts(old), _read_path_parts(new)
    nearly_equal = similarity >= _NEARLY_ALL_PERCENT
    if not old_kinds or not new_kinds:
        (old_folder, _, old_name), (new_folder, _, new_name) = old.rpartition("/"), new.rpartition("/")
        return nearly_equal and (old_folder == new_folder or old_name == new_name)
    both = old_kinds.keys() & new_kinds.keys()
    return bool(both) and (nearly_equal or any(old_kinds[name] == new_kinds[name] for name in both))


@cache
def _read_path_parts(path: str) -> dict[str, dict[str, str]]:
    """Return what a path states of a record (day, period, subject), by each kind that may have this path.

    Of a path outside the record root any folder may have been one.
    """
    parts = ((kind.name, kind.read(path)) for kind in load_kinds().values())
    found = {
        name: {key: part for key, part in values.items() if key != "slug"}
        for name, values in parts
        if values is not None
    }
    if found or not path.startswith(OUTSIDE):
        return found
    folders = path.split("/")
    below = ("/".join(folders[at:]) for at in range(1, len(folders)) if folders[at] != "..")
    return next((named for each in below if (named := _read_path_parts(each))), {})
