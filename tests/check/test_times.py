"""The hours of meetings: each ends after it begins, and nobody is at two at once."""

from __future__ import annotations

import pytest

from tests.support.changed import found, good

GROUP = "meetings/2026/2026-06-11-group-meeting-g1.md"
COMMITTEE = "meetings/2026/2026-06-11-committee-meeting.md"


@pytest.mark.parametrize(
    ("hours", "count"), [("16:20-17:20", 0), ("16:20-16:21", 0), ("16:20-16:20", 1), ("16:20-16:19", 1)]
)
def test_a_meeting_ends_after_it_begins(hours: str, count: int) -> None:
    text = good("DW309", GROUP)
    assert "time: 16:20-17:20" in text
    assert len(found({GROUP: text.replace("16:20-17:20", hours)}, code="DW401")) == count


@pytest.mark.parametrize(
    ("hours", "count"),
    [
        ("16:11-17:20", 0),
        ("16:10-17:20", 0),
        ("16:09-17:20", 2),
        ("15:00-16:10", 2),
        ("14:00-15:00", 0),
        ("14:00-15:01", 2),
    ],
)
def test_who_is_at_two_meetings_at_once(hours: str, count: int) -> None:
    """The committee met from three to ten past four; two of it belong to the group."""
    files = {COMMITTEE: good("DW309", COMMITTEE), GROUP: good("DW309", GROUP).replace("16:20-17:20", hours)}
    assert "time: 15:00-16:10" in files[COMMITTEE]
    # Each stands in both files.
    assert sorted(each.subject or "" for each in found(files, code="DW309")) == sorted(["m001", "m003"][:count] * 2)
