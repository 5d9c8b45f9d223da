"""Who a page, a list or a file is made for (docs/privacy.md gives the table and its sources)."""

from __future__ import annotations

from enum import StrEnum


class Audience(StrEnum):
    """From the widest to the narrowest. ``sealed`` is no audience: nothing of such a record is ever shown."""

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

    def may_see(self, wanted: Audience) -> bool:
        """Tell whether this audience may see what was made for ``wanted``."""
        return wanted is not Audience.SEALED and self.rank >= wanted.rank


AUDIENCE_CHOICES = tuple(each.value for each in Audience if each is not Audience.SEALED)
