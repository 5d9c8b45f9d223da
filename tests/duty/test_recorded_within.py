"""A record counts as made in time up to the last day of grace, and as late from the day after."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from dangwu.workspace.load import load_workspace
from dangwu.workspace.workspace import build_year_span
from tests.support.branches import GROUP_MEETING, base_files
from tests.support.memory import MemoryTree

HELD = date(2026, 3, 12)
DEFAULT = 15
SETTING = "recorded_within_days"


def is_recorded_late(days_after: int, within: int | None) -> bool:
    """Tell whether the duty engine calls the meeting of the clean branch recorded late."""
    files = base_files()
    branch = files["branch.yaml"]
    assert isinstance(branch, bytes)
    own = b"settings:\n  recorded_within_days: 15\n"
    assert own in branch
    files["branch.yaml"] = branch.replace(own, b"" if within is None else own.replace(b"15", b"%d" % within))
    recorded = {GROUP_MEETING: HELD + timedelta(days=days_after)}
    workspace = replace(load_workspace(MemoryTree(files)), recorded=recorded)
    assert not workspace.reading_findings
    duties = workspace.duties(date(2026, 12, 31), build_year_span(2026))
    (evidence,) = {
        evidence
        for duty in duties
        if duty.clause == "3.1"
        for evidence in duty.evidence
        if evidence.path == GROUP_MEETING
    }
    assert evidence.held_on == HELD
    return evidence.recorded_late is True


def test_the_default_is_that_of_the_rulebook() -> None:
    assert load_workspace(MemoryTree(base_files())).rulebook.setting(SETTING).default == DEFAULT


@pytest.mark.parametrize("within", [None, 0, 1, 30])
def test_the_last_day_of_grace_is_in_time_and_the_next_is_late(within: int | None) -> None:
    last = DEFAULT if within is None else within
    assert not is_recorded_late(last, within)
    assert is_recorded_late(last + 1, within)


def test_a_record_made_before_its_day_is_not_late() -> None:
    assert not is_recorded_late(-1, None)
