"""The history joined with the records: the life of each, when git first had it, and what the committee has marked."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from dangwu.audit.committee_marks import (
    REVIEW_TAG_PREFIX,
    REVIEW_TRAILER,
    find_reviewer,
    find_trailer_marks,
    is_same_person,
    parse_anchors,
)
from dangwu.audit.record_lives import LifeBuilder
from dangwu.changes.records import FileState, RecordKinds, build_record_change
from dangwu.errors import CannotRunError, NoCommitsError
from dangwu.files.peek import read_file_if_any
from dangwu.git import history as reading
from dangwu.git import plumbing
from dangwu.git import tags_and_signatures as files
from dangwu.git.repository import resolve_commit, resolve_record_prefix
from dangwu.model.message import say
from dangwu.model.observation import CommitteeMark, EvidenceStrength, MarkKind
from dangwu.parse.document import parse_document
from dangwu.parse.encoding import decode_text
from dangwu.workspace.catalogue import load_kinds

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from datetime import date
    from pathlib import Path

    from dangwu.audit.committee_marks import Anchor
    from dangwu.git.repository import Repository
    from dangwu.model.document import Document
    from dangwu.model.observation import SignatureResult
    from dangwu.model.record_change import RecordChange
    from dangwu.model.record_life import LifeStep

_NEARLY_ALL_PERCENT = 90


class RepositoryHistory:
    """The history of one commit, and what it is judged by: a list of keys, and whose merges are the committee's."""

    def __init__(
        self, repository: Repository, rev: str = "HEAD", *, signers: Path | None = None, reviewers: Collection[str] = ()
    ) -> None:
        id_ = resolve_commit(repository, rev)
        self.repository = resolve_record_prefix(repository, id_)
        self.reviewers = frozenset(reviewer.lower() for reviewer in reviewers)
        self._signers = signers
        self._documents: dict[tuple[str, str], Document | None] = {}
        living = LifeBuilder(is_same_record)
        self.history = reading.read_history(self.repository, id_, living.add)
        self.lives = living.lives()

    @property
    def recorded(self) -> Mapping[str, date]:
        """By path the day of the first commit that carries the record."""
        return self.lives.recorded(self.history)

    @property
    def verifies(self) -> bool:
        """Whether a list of keys was given to verify signatures by."""
        return self._signers is not None

    @cached_property
    def signatures(self) -> Mapping[str, SignatureResult]:
        """What verifying said of each signed commit; nothing where no list of keys was given."""
        signed = [commit.id for commit in self.history.commits if commit.signed]
        return files.verify_commits(self.repository, signed, self._signers) if self._signers else {}

    @cached_property
    def marks(self) -> tuple[CommitteeMark, ...]:
        """What the committee has marked in the repository, in trailers and tags."""
        made = (self._mark(tag) for tag in files.read_tags(self.repository, REVIEW_TAG_PREFIX))
        return (*find_trailer_marks(self.history, self.signatures, self.reviewers), *self._here(tuple(made)))

    def _here(self, marks: tuple[CommitteeMark, ...]) -> Iterator[CommitteeMark]:
        """Yield marks with the commits that stand for what they are on.

        A squash or a rebase gives the same files under another id: what was seen is here then.
        """
        place = self.history.place
        away = list(dict.fromkeys(mark.commit for mark in marks if mark.commit not in place))
        # A tag may be on a commit that is not here: it then marks nothing.
        stored = zip(away, plumbing.read_blobs(self.repository.folder, away, elsewhere=away), strict=True)
        trees = {id_: reading.parse_commit(id_, raw).tree for id_, raw in stored if raw is not None}
        # Of several commits with the same files the first: what was changed in between was changed after the review.
        same = {commit_.tree: commit_.id for commit_ in reversed(self.history.commits)}
        for mark in marks:
            yield mark._replace(commit=same.get(trees.get(mark.commit, ""), mark.commit))

    def _mark(self, tag: files.Tag) -> CommitteeMark:
        named, good = find_reviewer(tag.message), None
        if self._signers is not None and tag.signed:
            # Whoever is in the list can sign in the name of the committee; only the key of whom the tag names counts.
            made = files.verify_tag(self.repository, tag, self._signers)
            good = made.good and is_same_person(made.signer, named or f"<{tag.tagger.email}>")
        return CommitteeMark(
            kind=MarkKind.TAG,
            commit=tag.commit,
            day=tag.tagger.day,
            who=named or tag.tagger.name,
            strength=EvidenceStrength.SIGNED if good else EvidenceStrength.COMMITTER,
            name=tag.name,
            doubtful=good is False,
        )

    @cached_property
    def _raws(self) -> dict[str, bytes | None]:
        """Every version of a record that was changed later, read in one batch."""
        steps = (step for life in self.lives.every if len(life.steps) > 1 for step in life.steps)
        wanted = dict.fromkeys(blob for step in steps for blob in (step.old_blob, step.blob) if blob)
        return dict(zip(wanted, self._stored(wanted), strict=True))

    def _stored(self, blobs: Collection[str]) -> Iterator[bytes | None]:
        return plumbing.read_blobs(self.repository.folder, blobs, elsewhere=self.history.elsewhere)

    def raw(self, blob: str) -> bytes:
        """Return the bytes of a version; none where another repository stands in its place."""
        if blob not in self._raws:
            self._raws[blob] = next(self._stored([blob]))
        return self._raws[blob] or b""

    def version(self, path: str, blob: str) -> Document | None:
        """Return a version of a record as a document, None where it cannot be read."""
        key = (path, blob)
        if key not in self._documents:
            self._documents[key] = parse_document(path, blob, self.raw(blob))[0]
        return self._documents[key]

    def changed(self, step: LifeStep) -> RecordChange:
        """Return what a step changed in its record."""
        old_path = step.old_path or step.path
        before = FileState(old_path, step.old_blob, self.version(old_path, step.old_blob)) if step.old_blob else None
        after = FileState(step.path, step.blob, self.version(step.path, step.blob)) if step.blob else None
        return build_record_change(before, after, build_terms())


def require_whole_history(repository: Repository) -> Repository:
    """Return the repository, or refuse: of a part of the history nothing can be said that would hold."""
    if repository.shallow:
        raise CannotRunError(
            say("The clone is shallow: a part of the history is missing, so nothing can be said of it."),
            say("Run git fetch --unshallow."),
        )
    return repository


def build_terms() -> RecordKinds:
    """Return what records are described by."""
    return RecordKinds(load_kinds())


def find_recorded_days(repository: Repository, rev: str = "HEAD") -> Mapping[str, date]:
    """Return the day on which git first had each record; empty where the history is cut short or has not begun.

    CannotRunError where git cannot read it.
    """
    if repository.shallow:
        return {}
    try:
        return RepositoryHistory(repository, rev).recorded
    except NoCommitsError:
        return {}


def read_anchors(path: Path, branch: str) -> tuple[Anchor, ...]:
    """Read the anchors that the committee keeps in a file."""
    raw = read_file_if_any(path)
    if raw is None:
        raise CannotRunError(say("{path} cannot be read.", path=str(path)))
    text, _ = decode_text(raw)
    return parse_anchors(text or "", branch)


def build_mark_name(day: date, commit_: str) -> str:
    """Return the name of the tag that says that a commit was reviewed on a day."""
    return f"{REVIEW_TAG_PREFIX}{day.isoformat()}-{commit_[:12]}"


def build_mark_trailer(who: str) -> str:
    """Return the line that says who reviewed."""
    return f"{REVIEW_TRAILER}: {who}"


def is_same_record(old: str, new: str, alike: int) -> bool:
    """Tell whether a file under a new name is the same record: of one kind, and for the same day, period and subject.

    Where its name now says another, nearly all of it must have stayed: a slip in the name is corrected so. Else whoever
    takes one record out and adds another in its place would give this the other's day.
    """
    ways = [
        {kind.name: {key: said for key, said in found.items() if key != "slug"}
         for kind in load_kinds().values() if (found := kind.read(path)) is not None}
        for path in (old, new)
    ]  # fmt: skip
    if not all(ways):
        return old.rpartition("/")[0] == new.rpartition("/")[0] and alike >= _NEARLY_ALL_PERCENT
    both = ways[0].keys() & ways[1].keys()
    return bool(both) and (alike >= _NEARLY_ALL_PERCENT or any(ways[0][name] == ways[1][name] for name in both))
