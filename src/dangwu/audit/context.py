"""The input of the audit checks, and the observations they return."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from dangwu.audit.anchor_lines import compare_anchor
from dangwu.audit.merges_by_another import MergeView, Writers
from dangwu.model.finding import Finding, RelatedPlace, Source
from dangwu.model.message import say
from dangwu.model.observation import EvidencePiece, EvidenceStrength, Observation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from dangwu.audit.anchor_lines import Anchor
    from dangwu.audit.committee_marks import MarkIndex
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
    """A history, the records of its last commit, and the marks of the committee above.

    ``grace`` is the number of days within which a record counts as recorded in time. ``read_blob`` returns the bytes of
    a blob id, ``read_version`` the document parsed from a path and a blob id, ``compare_step`` the change that a step
    made to its record. ``merges`` says who writes records and which merges are by somebody else. ``key_faults`` is what
    is told of the list of keys. ``only`` are the commits to report on; None for all.
    """

    as_of: date
    history: History
    lives: RecordLives
    corpus: Corpus
    paths: frozenset[str]
    blobs: Mapping[str, str]
    grace: int
    mark_index: MarkIndex
    marks: tuple[CommitteeMark, ...]
    anchors: tuple[Anchor, ...] = ()
    signatures: Mapping[str, SignatureResult] = field(default_factory=dict)
    merges: MergeView = field(default=MergeView(Writers(frozenset(), frozenset())))
    key_faults: tuple[Text, ...] = ()
    kinds: Mapping[str, Kind]
    read_blob: Callable[[str], bytes]
    read_version: Callable[[str, str], Document | None]
    compare_step: Callable[[LifeStep], RecordChange]
    only: frozenset[int] | None = None

    def covers(self, index: int) -> bool:
        """Tell whether to report on a commit; a review reports only on the commits of its range."""
        return self.only is None or index in self.only

    @cached_property
    def own_days(self) -> Mapping[str, date]:
        """The day in each record that has one, by path."""
        records: tuple[Meeting | GenericRecord | Waiver, ...] = (
            *self.corpus.meetings, *self.corpus.generic_records, *self.corpus.waivers,
        )  # fmt: skip
        return {record.path: record.day for record in records if record.day is not None}

    @cached_property
    def anchor_faults(self) -> Mapping[Anchor, list[Text]]:
        """In what each anchor differs from its own commit."""
        return {anchor: compare_anchor(self.history, anchor, self.as_of) for anchor in self.anchors}

    @cached_property
    def anchored_days(self) -> Mapping[int, date]:
        """The earliest anchor day by which each commit's files existed, by the commit's index.

        Holds after a rewrite too: an anchor names a tree, so every ancestor of a commit with that tree is at least as
        old as the anchor.
        """
        place = self.history.place
        # Of several commits with one tree the first: what lies between was made later.
        trees = {commit.tree: index for index, commit in reversed([*enumerate(self.history.commits)])}
        believed = (anchor for anchor in reversed(self.anchors) if not self.anchor_faults[anchor])
        found = ((place.get(anchor.commit, trees.get(anchor.tree)), anchor.day) for anchor in believed)
        days = {index: day for index, day in found if index is not None}
        heads = tuple(sorted(days, key=lambda index: (days[index], index)))
        first = self.history.first_with(heads)
        return {index: days[head] for index, head in enumerate(first) if head >= 0}

    def commit(self, index: int) -> Commit:
        """Return a commit by its index in the history."""
        return self.history.commits[index]

    def day(self, index: int) -> date | None:
        """Return the committer's day of a commit."""
        return self.history.commits[index].committer.day

    def life(self, path: str) -> RecordLife | None:
        """Return the life of the record at a path; None where the history has none."""
        return self.lives.by_path.get(path)

    def date_evidence(self, index: int) -> list[EvidencePiece]:
        """Return the committer's date of a commit as evidence, and the author's where person or day differ."""
        commit = self.commit(index)
        made = say(
            "commit {commit}, made on {day} by {who}",
            commit=commit.short, day=describe_day(commit.committer.day), who=commit.committer.name,
        )  # fmt: skip
        evidence = [EvidencePiece(EvidenceStrength.COMMITTER, made, commit.committer.day, commit.id)]
        if commit.author.day != commit.committer.day or commit.author.person != commit.committer.person:
            written = say("its author {who} says {day}", who=commit.author.name, day=describe_day(commit.author.day))
            evidence.append(EvidencePiece(EvidenceStrength.AUTHOR, written, commit.author.day, commit.id))
        return evidence

    def merge_evidence(self, index: int) -> list[EvidencePiece]:
        """Return the merge that brought a commit onto the main line; nothing for a commit made on it."""
        arrived = self.history.arrived[index]
        if arrived in {index, -1}:
            return []
        merge = self.commit(arrived)
        merged = say(
            "merged with {commit} on {day} by {who}",
            commit=merge.short, day=describe_day(merge.committer.day), who=merge.committer.name,
        )  # fmt: skip
        another = arrived in self.merges.by_another
        strength = EvidenceStrength.MERGED if another else EvidenceStrength.COMMITTER
        return [EvidencePiece(strength, merged, merge.committer.day, merge.id)]

    def commit_evidence(self, index: int) -> list[EvidencePiece]:
        """Return the dates of a commit and the merge that brought it in."""
        return [*self.date_evidence(index), *self.merge_evidence(index)]


def describe_day(day: date | None) -> date | Text:
    """Return a day as a message argument; a phrase for a commit without a readable date."""
    return say("an unreadable day") if day is None else day


def build_mark_evidence(mark: CommitteeMark, text: Text) -> EvidencePiece:
    """Return a mark of the committee as evidence."""
    return EvidencePiece(mark.strength, text, mark.day, mark.commit)


def build_observation(
    code: FindingCode,
    path: str,
    message: Text,
    hint: Text,
    evidence: Iterable[EvidencePiece],
    *,
    commit: str = "",
    subject: str | None = None,
    related: tuple[RelatedPlace, ...] = (),
) -> Observation:
    """Return an observation with its evidence in order of strength, strongest first."""
    strongest_first = sorted(evidence, key=lambda piece: -piece.strength.rank)
    finding = Finding(code, Source(path), message, hint, related=related, subject=subject)
    return Observation(finding, tuple(strongest_first), commit)
