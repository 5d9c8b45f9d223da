"""The quorum of a meeting: half of those due, and nothing where nobody is due."""

from __future__ import annotations

import pytest

from dangwu.facts.meeting_rules import Quorum


@pytest.mark.parametrize(
    ("present", "due", "reached"),
    [
        (0, 0, False),
        (0, 1, False),
        (1, 1, True),
        (0, 2, False),
        (1, 2, True),
        (1, 3, False),
        (2, 3, True),
        (2, 4, True),
        (3, 8, False),
        (4, 8, True),
    ],
)
def test_half_of_those_due_make_a_quorum(present: int, due: int, *, reached: bool) -> None:
    assert Quorum(present, due).reached is reached
