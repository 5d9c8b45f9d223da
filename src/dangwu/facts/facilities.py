"""What a check of room, kit and papers found to be there (6.6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.model.document import PLACEHOLDER
from dangwu.model.message import Text, say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dangwu.model.record import GenericRecord

FACILITY_NAMES: Mapping[str, Text] = {
    "room": say("an activity room"),
    "kit": say("audio-visual kit"),
    "subscriptions": say("Party papers"),
}
"""Field of the check → what the text asks for."""


def find_missing_facilities(check: GenericRecord) -> tuple[str, ...]:
    """Return the fields of what was not there; a paper that is still to be filled in is none."""
    papers = [paper for paper in check.data["subscriptions"] if PLACEHOLDER not in paper]
    there = {"room": check.data["room"], "kit": check.data["kit"], "subscriptions": bool(papers)}
    return tuple(field for field in FACILITY_NAMES if not there[field])
