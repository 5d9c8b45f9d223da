"""When the outcome of an admonitory talk can be decided (10.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dangwu.model.record import GenericRecord


def find_first_outcome_day(talk: GenericRecord) -> str:
    """Return the first day for the outcome as ISO text: that of the talk, or the deadline where nothing changed."""
    unchanged = talk.data.get("outcome", {}).get("state") == "unchanged"
    return str(talk.data["deadline"] if unchanged else talk.data["date"])
