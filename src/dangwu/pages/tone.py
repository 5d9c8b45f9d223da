"""What a text means to its reader, and what severities are called. Kept small: every check prints with it."""

from __future__ import annotations

from enum import StrEnum

from dangwu.model.finding import Severity
from dangwu.model.message import say


class Tone(StrEnum):
    """What a text means to its reader. Renderers choose colour and weight, and never colour alone."""

    PLAIN = "plain"
    STRONG = "strong"
    QUIET = "quiet"
    GOOD = "good"
    WARN = "warn"
    BAD = "bad"
    OPEN = "open"
    WAIVED = "waived"


SEVERITY_WORDS = {
    Severity.ERROR: say("error"),
    Severity.WARNING: say("warning"),
    Severity.NOTE: say("note"),
}
SEVERITY_TONES = {Severity.ERROR: Tone.BAD, Severity.WARNING: Tone.WARN, Severity.NOTE: Tone.OPEN}
