"""What a sample is asked for and what is made, as its user sees it."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from dangwu.model.message import Text

IN_FORCE = date(2020, 9, 1)
"""The first whole month under the governing text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How large a branch to make.

    ``years`` are calendar years, the current one included. ``members`` counts everyone who is ever in the branch.
    There are never more ``groups`` than a third of the members.
    """

    members: int = 24
    groups: int = 3
    years: int = 2
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Commit:
    """One commit of the history: files by path, each with its whole new content."""

    when: datetime
    author: str
    email: str
    message: str
    changes: dict[str, bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A planted fault, and by which finding (``code`` at ``path``) or duty state it should be noticed."""

    slug: str
    text: Text
    path: str | None = None
    code: str | None = None
    duty: str | None = None
    state: str | None = None
    recorded_late: bool = False


@dataclass(frozen=True, slots=True)
class Sample:
    """The history, oldest commit first, and what is wrong in it."""

    commits: tuple[Commit, ...]
    planted: tuple[Fault, ...]


def seeded_random(seed: int, part: str) -> random.Random:
    """Return the random numbers of one part of the sample: a change in one part leaves the others as they were."""
    return random.Random(f"{seed}/{part}")  # noqa: S311 - a sample, not a secret
