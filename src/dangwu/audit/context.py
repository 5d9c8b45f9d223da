"""The input of the audit checks, and the observations they return."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

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
    from dangwu.model.message import Argument, Text
    from dangwu.model.observation import CommitteeMark, SignatureResult
    from dangwu.model.record import GenericRecord, Meeting, Waiver
    from dangwu.model.record_change import RecordChange
    from dangwu.model.record_life import LifeStep, RecordLife


@dataclass(frozen=True, kw_only=True)
class AuditContext:
    """A history, the records of its last commit, and the marks of the committee above.

    ``grace`` is the number of days within which a record counts as recorded in time, ``assumed_grace`` that of the
    rulebook. ``read_blob`` returns the bytes of a blob id, ``read_version`` the document parsed from a path and a
    blob id, ``compare_step`` the change that a step made to its record, ``only_adds`` whether it kept all that was
    there. ``find_version`` returns path and blob id of the first of several paths that a commit has (None for none),
    ``find_merge_without`` the index of the merge that left out the file of a step. ``merges`` says who writes records
    and which merges are by somebody else, ``key_faults`` what is told of the list of keys. ``misdated`` are the
    commits whose date does not fit, ``only`` those to report on; None for all.
    """

    as_of: date
    history: History
    lives: RecordLives
    corpus: Corpus
    paths: frozenset[str]
    blobs: Mapping[str, str]
    grace: int
    assumed_grace: int
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
    find_version: Callable[[int, tuple[str, ...]], tuple[str, str] | None]
    only_adds: Callable[[LifeStep], bool]
    find_merge_without: Callable[[LifeStep], int]
    misdated: frozenset[int] = frozenset()
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
        """Return the committer's day of a commit; None where it does not fit."""
        return None if index in self.misdated else self.history.commits[index].committer.day

    def life(self, path: str) -> RecordLife | None:
        """Return the life of the record at a path; None where the history has none."""
        return self.lives.by_path.get(path)

    def read_raw(self, path: str, blob: str) -> bytes:
        """Return the bytes of a version of a record; the present one is at hand."""
        return self.corpus.documents[path].raw if self.blobs.get(path) == blob else self.read_blob(blob)

    def read_data(self, path: str, blob: str | None) -> Mapping[str, Any]:
        """Return the data of a version of a record; empty where there is none, or it cannot be parsed."""
        if blob is None:
            return {}
        document = self.corpus.documents[path] if self.blobs.get(path) == blob else self.read_version(path, blob)
        return document.data if document else {}

    def first_commit(self, life: RecordLife) -> int:
        """Return the commit that brought a record: of several the earliest whose date fits, or the earliest."""
        step = life.find_proven_step(self.misdated, self.history) or life.find_first_step(self.history)
        return step.commit

    def date_evidence(self, index: int) -> list[EvidencePiece]:
        """Return the committer's date of a commit as evidence, and the author's where person or day differ."""
        commit = self.commit(index)
        facts: dict[str, Argument] = {
            "commit": commit.short, "day": describe_day(commit.committer.day), "who": commit.committer.name,
        }  # fmt: skip
        made = say("commit {commit}, made on {day} by {who}", **facts)
        if index in self.misdated and commit.committer.day is not None:
            made = say("commit {commit} by {who}; its clock said {day}, which does not fit the history", **facts)
        evidence = [EvidencePiece(EvidenceStrength.COMMITTER, made, commit.committer.day, commit.id)]
        if commit.author.day != commit.committer.day or commit.author.person != commit.committer.person:
            written = say("its author {who} says {day}", who=commit.author.name, day=describe_day(commit.author.day))
            evidence.append(EvidencePiece(EvidenceStrength.AUTHOR, written, commit.author.day, commit.id))
        return evidence

    def merge_evidence(self, index: int, arrived: int | None = None) -> list[EvidencePiece]:
        """Return the merge that brought a commit in: ``arrived``, or onto the main line; nothing for one made on it."""
        arrived = self.history.arrived[index] if arrived is None else arrived
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


class MadeByCommit(Protocol):
    """What one commit did."""

    @property
    def commit(self) -> int:
        """The index of the commit."""


_Made = TypeVar("_Made", bound=MadeByCommit)


def group_by_commit(made: Iterable[_Made]) -> dict[int, list[_Made]]:
    """Group what commits did by commit, in the order of the history."""
    groups: dict[int, list[_Made]] = {}
    for each in sorted(made, key=lambda each: each.commit):
        groups.setdefault(each.commit, []).append(each)
    return groups


def describe_day(day: date | None) -> date | Text:
    """Return a day as a message argument; a phrase for a commit whose date is unreadable or does not fit."""
    return say("a day that is not known") if day is None else day


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


def build_seen_evidence(mark: CommitteeMark) -> EvidencePiece:
    """Return a mark that shows a record before it was changed or lost."""
    text = say("reviewed or anchored on {day} ({who})", who=mark.who, day=describe_day(mark.day))
    return build_mark_evidence(mark, text)


def build_edit_observation(
    code: FindingCode, life: RecordLife, message: Text, evidence: list[EvidencePiece], commit: Commit
) -> Observation:
    """Return an observation on a commit, with a hint to the record's log."""
    hint = say("See what changed: dangwu log {path}", path=life.path)
    return build_observation(code, life.path, message, hint, evidence, commit=commit.id)
