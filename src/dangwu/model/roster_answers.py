"""What people decided about a roster where it says too little."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

MONTHS_FIRST, MONTHS_LEFT_OUT = MONTH_CHOICES = ("first", "leave-out")
"""A month without a day is recorded as its first day, or not at all."""


@dataclass(frozen=True)
class RosterAnswers:
    """``months`` is one of the choices.

    ``same`` has members' ids by names with a slip, ``others`` are names of other people.
    """

    months: str | None = None
    same: Mapping[str, str] = field(default_factory=dict)
    others: frozenset[str] = frozenset()
