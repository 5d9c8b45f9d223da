"""What is to be done next for a duty, as a value: the command line quotes it, a page can make a button of it."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class StepAction(StrEnum):
    """What fulfils a duty."""

    RECORD = "record"
    """Do it in time, and record it."""
    RECORD_LATE = "record-late"
    """Write now what was due before."""
    HOLD_LATE = "hold-late"
    """Hold a meeting after its day or its period, and record it."""
    START_LEDGER = "start-ledger"
    """Make the ledger of the year, which another record is about."""
    ENTER_PAYMENT = "enter-payment"
    """Enter the payment in the ledger at ``path``."""
    ANSWER = "answer"
    """Enter the answer in the record that the duty follows from."""
    DISCLOSE = "disclose"
    """Disclose what the duty follows from."""
    TOO_LATE = "too-late"
    """No record can fulfil it any more: what is done now counts for its own day."""


class NextStep(NamedTuple):
    """What fulfils a duty: a record of ``kind`` to be made with ``answers``, or a record to be changed.

    ``answers`` are names and values of options of ``dangwu new``, in their order; the value is the placeholder where
    only a person can say it.
    """

    action: StepAction
    kind: str = ""
    answers: tuple[tuple[str, str], ...] = ()
    path: str | None = None
