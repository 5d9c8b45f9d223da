"""A duty instance: clause × period × subject, and its state on the as-of day (design, section 4)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from dangwu.model.audience import Audience

if TYPE_CHECKING:
    from datetime import date

    from dangwu.model.message import Bilingual, Text
    from dangwu.model.period import Period


class DutyState(StrEnum):
    """The seven states of a duty."""

    FULFILLED = "fulfilled"
    LATE = "late"
    OVERDUE = "overdue"
    OPEN = "open"
    UPCOMING = "upcoming"
    WAIVED = "waived"
    NOT_APPLICABLE = "not-applicable"


@dataclass(frozen=True, slots=True, kw_only=True)
class NearMiss:
    """A record that would have been evidence but for the reason given."""

    path: str
    reason: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A record that counts: held on ``held_on``, and, where git says so, first recorded on ``recorded_on``."""

    path: str
    held_on: date
    recorded_on: date | None = None
    recorded_late: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """What one subject owes for one period, what was done, and why it has its state.

    ``subject`` is the id of a group or a member, or what the duty follows from, and ``what`` says that in words.
    ``assumed`` names the settings, as ``key=value``, that decided something here by their default. ``shares`` are
    the clauses whose evidence is counted here too. ``generally`` marks what the text asks for generally, not always.
    ``audience`` is the widest that may see it.
    """

    clause: str
    system: int
    title: Bilingual
    period: Period
    subject: str | None
    opens: date
    due: date
    count: int
    state: DutyState
    reason: Text | None = None
    evidence: tuple[Evidence, ...] = ()
    near_misses: tuple[NearMiss, ...] = ()
    waiver: str | None = None
    acknowledged: bool = False
    assumed: tuple[str, ...] = ()
    what: str | None = None
    shares: tuple[str, ...] = ()
    generally: bool = False
    audience: Audience = Audience.MEMBERS

    @property
    def id(self) -> str:
        """``<clause>/<period>[/<subject>]``."""
        return f"{self.clause}/{self.period.label}" + (f"/{self.subject}" if self.subject else "")
