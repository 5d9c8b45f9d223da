"""Names of places in a page, made of what people call things: safe in an address, and never two alike."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dangwu.pages.wording.names import is_personal

if TYPE_CHECKING:
    from dangwu.model.duty import Duty
    from dangwu.model.results import DutyResult

_UNSAFE_IN_ANCHOR = re.compile(r"[^A-Za-z0-9.-]")


def format_duty_anchor(id_: str) -> str:
    """Return the anchor of a duty, or of what many people owe together, by its id."""
    return f"duty-{_escape_for_anchor(id_)}"


def format_record_anchor(path: str) -> str:
    """Return the anchor of the place where a record stands in a register; none for no path."""
    return f"record-{_escape_for_anchor(path)}" if path else ""


def _escape_for_anchor(text: str) -> str:
    """Write a slash as an underscore, and every other rare character as its number between tildes."""
    return _UNSAFE_IN_ANCHOR.sub(lambda match: "_" if match.group() == "/" else f"~{ord(match.group()):x}~", text)


def format_back_anchor(target: str) -> str:
    """Return the anchor of the cell of a calendar that leads to a target."""
    return f"at-{target}"


def find_detail_anchor(duty: Duty, owed: DutyResult) -> str:
    """Return the anchor of where a duty is told at length; what each person owes stands together there."""
    return format_duty_anchor(f"{duty.clause}/{duty.period.label}" if is_personal(duty, owed) else duty.id)
