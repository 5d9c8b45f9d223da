"""A person of a branch that is being set up."""

from __future__ import annotations

from typing import NamedTuple


class NewMember(NamedTuple):
    """The id that a person was given, and codes of status and posts; ``group`` is the name of the Party group."""

    id: str
    name: str
    status: str
    group: str
    posts: tuple[str, ...]
