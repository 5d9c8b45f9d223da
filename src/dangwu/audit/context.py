"""What the audit may look at, and how a finding of it is made."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from dangwu.audit.committee_marks import is_merged_by_another
from dangwu.model.finding import Finding, RelatedPlace, Source
from dangwu.model.message import say
from dangwu.model.observation import EvidencePiece, EvidenceStrength, Observation

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping
    from datetime import date

    from dangwu.audit.committee_marks import Anchor, MarkIndex
    from dangwu.audit.record_lives import RecordLives
    from dangwu.model.corpus import Corpus
    from dangwu.model.document import Document
    from dangwu.model.finding import FindingCode
    from dangwu.model.history import Commit, History
    from dangwu.model.kind import Kind
    from dangwu.model.message import Text
    from dangwu.model.observation import CommitteeMark, SignatureResult
    from dangwu.model.record import GenericRecord, Meeting, Waiver
    from dangwu.model.record_change import RecordChange
    from dangwu.model.record_life import LifeStep, RecordLife


@dataclass(frozen=True, kw_only=True)
class AuditContext:
    """A history, the records at its end, and what the committee has said of it.

    ``grace`` are the days within which a record counts as made in time. ``raw`` gives the bytes of a blob, ``version``
    the document that they were under a path, ``changed`` compares two versions. ``reviewers`` are the addresses whose
    merges count as the committee's; empty, anybody's but the author's own.
    """

    as_of: date
    history: History
    lives: RecordLives
    corpus: Corpus
    paths: frozenset[str]
    blobs: Mapping[str, str]
    grace: int
    seeing: MarkIndex
    marks: tuple[CommitteeMark, ...]
    anchors: tuple[Anchor, ...] = ()
    signatures: Mapping[str, SignatureResult] = field(default_factory=dict)
    reviewers: Collection[str] = ()
    kinds: Mapping[str, Kind]
    raw: Callable[[str], bytes]
    version: Callable[[str, str], Document | None]
    changed: Callable[[LifeStep], RecordChange]
    only: frozenset[int] | None = None

    def asked(self, at: int) -> bool:
        """Tell whether it is asked what came about with a commit; a review asks of the commits of its change alone."""
        return self.only is None or at in self.only

    @cached_property
    def own_days(self) -> Mapping[str, date]:
        """The own day of every record that has one, by path."""
        records: tuple[Meeting | GenericRecord | Waiver, ...] = (
            *self.corpus.meetings, *self.corpus.generic_records, *self.corpus.waivers,
        )  # fmt: skip
        return {record.path: record.day for record in records if record.day is not None}

    @cached_property
    def had(self) -> Mapping[int, date]:
        """For a commit the first day on which an anchor shows that its files were there.

        Also where the history was made anew since: an anchor names the files, and a commit with the same ones proves
        that everything that leads to it is no younger than the anchor.
        """
        trees = {commit.tree: at for at, commit in enumerate(self.history.commits)}
        there = {trees[anchor.tree]: anchor.day for anchor in reversed(self.anchors) if anchor.tree in trees}
        heads = tuple(sorted(there, key=lambda at: (there[at], at)))
        first = self.history.first_with(heads)
        return {at: there[head] for at, head in enumerate(first) if head >= 0}

    def commit(self, at: int) -> Commit:
        """Return a commit by its place."""
        return self.history.commits[at]

    def day(self, at: int) -> date | None:
        """Return the committer's day of a commit."""
        return self.history.commits[at].committer.day

    def life(self, path: str) -> RecordLife | None:
        """Return the life of a record that is there at the end."""
        return self.lives.at.get(path)

    def made(self, at: int) -> list[EvidencePiece]:
        """Return who says when a commit was made: its committer, and its author where that is another word."""
        commit = self.commit(at)
        said = say(
            "commit {commit}, made on {day} by {who}",
            commit=commit.short, day=describe_day(commit.committer.day), who=commit.committer.name,
        )  # fmt: skip
        traces = [EvidencePiece(EvidenceStrength.COMMITTER, said, commit.committer.day, commit.id)]
        if commit.author.day != commit.committer.day or commit.author.person != commit.committer.person:
            by = say("its author {who} says {day}", who=commit.author.name, day=describe_day(commit.author.day))
            traces.append(EvidencePiece(EvidenceStrength.AUTHOR, by, commit.author.day, commit.id))
        return traces

    def came_in(self, at: int) -> list[EvidencePiece]:
        """Return by which merge a commit came in, if by one, and whether somebody else than its author made that."""
        arrived = self.history.arrived[at]
        if arrived in {at, -1}:
            return []
        merge = self.commit(arrived)
        said = say(
            "merged with {commit} on {day} by {who}",
            commit=merge.short, day=describe_day(merge.committer.day), who=merge.committer.name,
        )  # fmt: skip
        strength = (
            EvidenceStrength.MERGED
            if is_merged_by_another(self.history, arrived, self.reviewers)
            else EvidenceStrength.COMMITTER
        )
        return [EvidencePiece(strength, said, merge.committer.day, merge.id)]


def describe_day(day: date | None) -> date | Text:
    """Return a day as an argument of a sentence, also where a commit has none to be read."""
    return say("an unreadable day") if day is None else day


def build_mark_evidence(mark: CommitteeMark, text: Text) -> EvidencePiece:
    """Return a mark as a piece of evidence."""
    return EvidencePiece(mark.strength, text, mark.day, mark.commit)


def build_observation(
    code: FindingCode,
    path: str,
    message: Text,
    hint: Text,
    traces: Iterable[EvidencePiece],
    *,
    commit: str = "",
    subject: str | None = None,
    related: tuple[RelatedPlace, ...] = (),
) -> Observation:
    """Return a finding of the audit; its evidence is sorted, the strongest first."""
    listed = sorted(traces, key=lambda trace: -trace.strength.rank)
    found = Finding(code, Source(path), message, hint, related=related, subject=subject)
    return Observation(found, tuple(listed), commit)
