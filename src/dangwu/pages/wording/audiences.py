"""Who may see a record, in words."""

from __future__ import annotations

from dangwu.model.audience import Audience
from dangwu.model.message import say

AUDIENCE_NAMES = {
    Audience.PUBLIC: say("the public"),
    Audience.EMPLOYEES: say("the employees"),
    Audience.MEMBERS: say("the members"),
    Audience.COMMITTEE: say("the branch committee"),
    Audience.HANDLERS: say("only those who handle it"),
    Audience.SEALED: say("nobody: it is never shown"),
}
DISCLOSED_NAME = say("those whom its own scope names")
"""Of a record that is disclosed."""
