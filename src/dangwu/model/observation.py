"""What the history shows of the records: findings with their evidence, and how strong each piece of it is."""

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
    """Whose word a piece of evidence rests on, the weakest first.

    Author's and committer's dates are what a person's own computer wrote down. The order of commits cannot be changed
    without changing their ids. What the committee merged, signed or noted down elsewhere cannot be changed without it.
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
    """One piece of evidence: what it says, of which day, and the commit where it stands, "" if in none."""

    strength: EvidenceStrength
    text: Text
    day: date | None = None
    commit: str = ""


class MarkKind(StrEnum):
    """The forms in which the committee says that it has seen a state of the records."""

    TRAILER = "trailer"
    TAG = "tag"
    ANCHOR = "anchor"


class CommitteeMark(NamedTuple):
    """The committee saw everything that leads to ``commit``, on ``day``.

    ``who`` is the name that the mark gives, ``name`` the tag's, and ``strength`` how well it is founded. ``doubtful``
    says that it bears a signature which the list that was given does not know.
    """

    kind: MarkKind
    commit: str
    day: date | None
    who: str
    strength: EvidenceStrength
    name: str = ""
    doubtful: bool = False


class SignatureResult(NamedTuple):
    """What a verification said; ``good`` means that the list given knows the key, under the name ``signer``."""

    good: bool
    signer: str = ""


class Observation(NamedTuple):
    """A finding of the audit with its evidence, the strongest piece first, and the commit in which it came about."""

    finding: Finding
    traces: tuple[EvidencePiece, ...]
    commit: str = ""

    @property
    def strength(self) -> EvidenceStrength:
        """The strength of the best piece of evidence."""
        return max((trace.strength for trace in self.traces), key=lambda each: each.rank)


class AuditExtent(NamedTuple):
    """How much of the history was looked at: commits and records, signatures there and verified, and the marks."""

    commits: int
    records: int
    signed: int
    verified: int | None
    marks: tuple[CommitteeMark, ...]


class AuditResult(NamedTuple):
    """The audit of one history: what was found, of which year only, what was looked at, and what git cannot prove."""

    as_of: date
    revision: str
    year: int | None
    observed: tuple[Observation, ...]
    seen: AuditExtent
    limits: tuple[Text, ...]


class LogEntry(NamedTuple):
    """One turn in a record's life: its commit, what changed, with which commit it was merged, who has seen it since."""

    turn: LifeEvent
    commit: Commit
    change: RecordChange
    merged: Commit | None = None
    seen: tuple[CommitteeMark, ...] = ()
    signature: SignatureResult | None = None


class RecordLog(NamedTuple):
    """The life of one record, oldest turn first, with every name that it had."""

    as_of: date
    revision: str
    paths: tuple[str, ...]
    kind: Kind | None
    entries: tuple[LogEntry, ...]
