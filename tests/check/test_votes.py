"""Quorum, votes and follow-up of resolutions, each on both sides of its limit."""

from __future__ import annotations

import pytest

from dangwu.language import load_language
from tests.support.changed import found, good, says

GENERAL = "meetings/2026/2026-06-25-general-meeting.md"
ALL = "m001, m002, m003, m004, m005, m006, m007, m008, m009"
EN = load_language("en")


def general(*changes: tuple[str, str]) -> dict[str, str]:
    """Return a general meeting at which all eight full members and the probationary one are present."""
    text = good("DW405", GENERAL)
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return {GENERAL: text}


def committee(vote: str) -> dict[str, str]:
    """Return a meeting of the four members of the committee, and a probationary guest who is listed as present."""
    text = good("DW405", GENERAL).replace("general-meeting", "committee-meeting").replace(ALL, f"{ALL[:22]}, m009")
    return {"meetings/2026/2026-06-25-committee-meeting.md": text.replace("{yes: 4, no: 1, abstain: 3}", vote)}


@pytest.mark.parametrize(
    ("cast", "hint"),
    [
        ("yes: 4, no: 1, abstain: 3", None),
        ("yes: 4, no: 1, abstain: 4", "Probationary members present: 1. They attend and do not vote."),
        ("yes: 4, no: 1, abstain: 5", "Count again."),
    ],
)
def test_as_many_vote_as_full_members_are_present(cast: str, hint: str | None) -> None:
    hints = [finding.hint for finding in found(general(("yes: 4, no: 1, abstain: 3", cast)), code="DW404")]
    assert [EN.text(text) for text in hints if text] == ([hint] if hint else [])


def test_where_nobody_is_probationary_votes_are_only_counted_again() -> None:
    files = general((f"{ALL}]", f"{ALL[:-6]}]"), ("leave: []", "absent_: []"), ("absent: []", "absent: [m009]"))
    files = {path: text.replace("absent_: []", "leave: []") for path, text in files.items()}
    files = {path: text.replace("abstain: 3", "abstain: 4") for path, text in files.items()}
    hints = [finding.hint for finding in found(files, code="DW404")]
    assert [EN.text(text) for text in hints if text] == ["Count again."]


@pytest.mark.parametrize("cast", ["yes: 3, no: 0, abstain: 2", "yes: 3, no: 3, abstain: 3"])
def test_votes_of_a_committee_are_only_counted_again(cast: str) -> None:
    hints = [finding.hint for finding in found(committee(f"{{{cast}}}"), code="DW404")]
    assert [EN.text(text) for text in hints if text] == ["Count again."]


@pytest.mark.parametrize(
    ("yes", "passed", "said"),
    [
        (4, "false", []),
        (5, "true", []),
        (4, "true", ["Yes: 4; more than half of the full members due is needed, that is 5 of 8."]),
        (5, "false", ["Yes: 5 of 8 due carries the resolution."]),
    ],
)
def test_more_than_half_of_those_due_carry_a_resolution(yes: int, passed: str, said: list[str]) -> None:
    changes = (("yes: 4, no: 1", f"yes: {yes}, no: 0"), ("passed: false", f"passed: {passed}"))
    assert says("DW405", general(*changes)) == said


@pytest.mark.parametrize(
    ("present", "said"),
    [
        (4, []),
        (3, ["Present with a vote: 3 of 8; half or more are needed."]),
        (0, ["Present with a vote: 0 of 8; half or more are needed."]),
    ],
)
def test_half_of_those_with_a_vote_make_a_quorum(present: int, said: list[str]) -> None:
    """The probationary member is there, and counts for nothing."""
    ids = ALL.split(", ")
    files = general(
        (f"[{ALL}]", f"[{', '.join([*ids[:present], 'm009'])}]"),
        ("absent: []", f"absent: [{', '.join(ids[present:8])}]"),
        ("    vote: {yes: 4, no: 1, abstain: 3}\n", ""),
    )
    assert says("DW403", files) == said


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ([("    owner: m002\n", "")], ["Nobody is named to carry the resolution out."]),
        ([("    due: 2026-07-31\n", "")], ["The resolution has no due day."]),
        ([("due: 2026-07-31", "due: 2026-06-25")], []),
        ([("due: 2026-07-31", "due: 2026-06-24")], ["The due day 2026-06-24 lies before the meeting."]),
    ],
)
def test_what_is_carried_has_an_owner_and_a_day(changes: list[tuple[str, str]], said: list[str]) -> None:
    carried = ("yes: 4, no: 1", "yes: 5, no: 0"), ("    passed: false\n", "")
    assert says("DW406", general(*carried, *changes)) == said
    assert says("DW406", general(*changes)) == []
