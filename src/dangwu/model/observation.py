"""Observations of the audit: findings on the history of records, with evidence and its strength."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date

    from dangwu.model.finding import Finding
    from dangwu.model.history import Commit
    from dangwu.model.kind import Kind
    from dangwu.model.message import Text
    from dangwu.model.record_change import RecordChange
    from dangwu.model.record_life import LifeEvent


class EvidenceStrength(StrEnum):
    """What a piece of evidence is based on, the weakest first.

    Author's and committer's dates come from a person's own computer. The order of commits cannot be changed without
    changing their ids. What the committee merged, signed or noted elsewhere cannot be changed without the committee.
    """

    AUTHOR = "author"
    COMMITTER = "committer"
    ORDER = "order"
    MERGED = "merged"
    SIGNED = "signed"
    ANCHOR = "anchor"

    @property
    def rank(self) -> int:
        """0 for the weakest."""
        return list(EvidenceStrength).index(self)


class EvidencePiece(NamedTuple):
    """One piece of evidence: what it shows, the day, and the full id of its commit; "" for none."""

    strength: EvidenceStrength
    text: Text
    day: date | None = None
    commit: str = ""


class MarkKind(StrEnum):
    """The forms in which the committee confirms a state of the records."""

    TRAILER = "trailer"
    TAG = "tag"
    ANCHOR = "anchor"


class CommitteeMark(NamedTuple):
    """The confirmation by the committee, on ``day``, of ``commit`` and everything before it.

    ``who`` is the person that it names, ``name`` the name of a tag, ``strength`` what it is based on. ``doubtful`` says
    that its signature is by a key that is not on the list of known keys, ``unsigned`` that it has none although the key
    of whoever made it is on the list. ``named`` is the beginning of another commit's id, which the name of a tag on
    ``tagged`` has. ``base`` is given where ``commit`` brought in what was reviewed on a line that is not in the
    history: the last commit that both have; of the commits between the two the committee saw nothing.
    """

    kind: MarkKind
    commit: str
    day: date | None
    who: str
    strength: EvidenceStrength
    name: str = ""
    doubtful: bool = False
    unsigned: bool = False
    named: str = ""
    tagged: str = ""
    base: str = ""


class SignatureResult(NamedTuple):
    """The result of verifying a signature; ``good`` means that the key is on the list, under the name ``signer``."""

    good: bool
    signer: str = ""


class Observation(NamedTuple):
    """A finding of the audit, its evidence with the strongest piece first, and the commit that caused it.

    ``reason`` is what the commit's message says of it, "" where it gives no reason, None where that is not told.
    """

    finding: Finding
    traces: tuple[EvidencePiece, ...]
    commit: str = ""
    reason: str | None = None

    @property
    def strength(self) -> EvidenceStrength:
        """The strength of the best piece of evidence; the weakest where nothing of the history is evidence."""
        strengths = (trace.strength for trace in self.traces)
        return max(strengths, key=lambda strength: strength.rank, default=EvidenceStrength.AUTHOR)


class AuditExtent(NamedTuple):
    """The extent of an audit: numbers of commits, records, signatures and verified signatures, and the marks."""

    commits: int
    records: int
    signed: int
    verified: int | None
    marks: tuple[CommitteeMark, ...]


class AuditResult(NamedTuple):
    """The result of an audit: observations, the only year if one was chosen, the extent, and what git cannot prove."""

    as_of: date
    revision: str
    year: int | None
    observed: tuple[Observation, ...]
    seen: AuditExtent
    limits: tuple[Text, ...]


class LogEntry(NamedTuple):
    """One event in a record's life: its commit, the change, the commit that merged it, and marks that confirm it.

    ``misdated`` says why the commit's date does not fit, None where it does.
    """

    turn: LifeEvent
    commit: Commit
    change: RecordChange
    merged: Commit | None = None
    seen: tuple[CommitteeMark, ...] = ()
    signature: SignatureResult | None = None
    misdated: Text | None = None

    @property
    def day(self) -> date | None:
        """The committer's day; None where it is not known."""
        return None if self.misdated else self.commit.committer.day


class RecordLog(NamedTuple):
    """The life of one record, the oldest event first, with all paths that it had."""

    as_of: date
    revision: str
    paths: tuple[str, ...]
    kind: Kind | None
    entries: tuple[LogEntry, ...]
