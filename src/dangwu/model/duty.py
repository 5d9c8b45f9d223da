"""Duties: clause × period × subject, with the state on the as-of day (design, section 4)."""

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
    """A record that is no evidence for the given reason only."""

    path: str
    reason: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A record that counts for a duty: the day of the event, and where known the day on which git first had it.

    ``recorded_late`` is None where that is not known: without a history, or with ``misdated``, where the date of the
    record's first commit does not fit the history.
    """

    path: str
    held_on: date
    recorded_on: date | None = None
    recorded_late: bool | None = False
    misdated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """A duty of one subject for one period, with its state, evidence and the reason for the state.

    ``subject`` is the id of a group, a member or an event, and ``what`` describes the event. ``count`` is how often it
    is owed. ``assumed`` are the settings, as ``key=value``, that applied by their default. ``shares`` are the clauses
    whose evidence also counts here. ``generally`` marks what the text requires generally, not always. ``audience`` is
    the widest that may see it.
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
