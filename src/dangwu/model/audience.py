"""Audiences of pages, lists and files (docs/site/en/privacy.md has the table and its sources)."""

from __future__ import annotations

from enum import StrEnum


class Audience(StrEnum):
    """The audiences from the widest to the narrowest. ``sealed`` is none: such a record is shown to nobody."""

    PUBLIC = "public"
    EMPLOYEES = "employees"
    MEMBERS = "members"
    COMMITTEE = "committee"
    HANDLERS = "handlers"
    SEALED = "sealed"

    @property
    def rank(self) -> int:
        """0 for the widest."""
        return list(Audience).index(self)

    def may_see(self, audience: Audience) -> bool:
        """Tell whether this audience may see what is for another."""
        return audience is not Audience.SEALED and self.rank >= audience.rank


AUDIENCE_CHOICES = tuple(audience.value for audience in Audience if audience is not Audience.SEALED)
