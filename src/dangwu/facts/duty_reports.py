"""Who has to hear a report on duties and integrity: members, cadres and employees (9.2(5))."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.model.message import Text, say

if TYPE_CHECKING:
    from collections.abc import Collection

_HEARER_NAMES = {"members": say("members"), "cadres": say("cadres"), "workers": say("employees")}


def list_missing_hearers(audience: Collection[str]) -> tuple[Text, ...]:
    """Return the names of the sides that the text names and the audience of a report leaves out."""
    return tuple(name for side, name in _HEARER_NAMES.items() if side not in audience)
