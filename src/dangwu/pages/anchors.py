"""Anchors within a page, made of the ids of duties and the paths of records: unique, and safe in a URL fragment."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dangwu.pages.wording.names import is_personal

if TYPE_CHECKING:
    from dangwu.model.duty import Duty
    from dangwu.model.results import DutyResult

_UNSAFE_IN_ANCHOR = re.compile(r"[^A-Za-z0-9.-]")


def format_duty_anchor(id_: str) -> str:
    """Return the anchor of a duty, or of a group of personal duties, by its id."""
    return f"duty-{_escape_for_anchor(id_)}"


def format_record_anchor(path: str) -> str:
    """Return the anchor of a record's row in a register; empty for an empty path."""
    return f"record-{_escape_for_anchor(path)}" if path else ""


def _escape_for_anchor(text: str) -> str:
    """Replace a slash by an underscore, and every other unsafe character by its code point in hex between tildes."""
    return _UNSAFE_IN_ANCHOR.sub(lambda match: "_" if match.group() == "/" else f"~{ord(match.group()):x}~", text)


def format_back_anchor(target: str) -> str:
    """Return the anchor of the calendar cell that links to a target."""
    return f"at-{target}"


def find_detail_anchor(duty: Duty, result: DutyResult) -> str:
    """Return the anchor of a duty's details; personal duties of one clause and period share one."""
    return format_duty_anchor(f"{duty.clause}/{duty.period.label}" if is_personal(duty, result) else duty.id)
