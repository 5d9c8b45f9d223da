"""What is written and filed: papers, minutes with their resolutions, and meetings that were held."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dangwu.sample.attendance import Attendance
    from dangwu.sample.cast import Person
    from dangwu.sample.meeting_plan import PlannedMeeting


class Paper(NamedTuple):
    """A record to be filed; ``sections`` by Chinese heading."""

    kind: str
    data: Mapping[str, Any]
    slug: str | None = None
    sections: Mapping[str, str] | None = None

    def with_fields(self, **fields: Any) -> Paper:
        """Return another version of the record, with more fields or others."""
        return self._replace(data={**self.data, **write_fields(fields)})


def new_paper(
    kind: str, /, *, slug: str | None = None, sections: Mapping[str, str] | None = None, **fields: Any
) -> Paper:
    """Return a record of a kind with its fields."""
    return Paper(kind, write_fields({"schema": 1, "kind": kind, **fields}), slug, sections)


def write_fields(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return fields as they stand in a record: days are text, what is None is left out."""
    return {key: _write_value(value) for key, value in fields.items() if value is not None}


def _write_value(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return write_fields(value)
    return [_write_value(item) for item in value] if isinstance(value, list | tuple) else value


class Resolution(NamedTuple):
    """What was resolved; ``votes`` are yes, no and abstentions."""

    text: str
    owner: Person
    due: date
    votes: tuple[int, int, int] | None = None
    major: bool = False


@dataclass(slots=True)
class Minutes:
    """The written part of a meeting's record; ``sections`` by Chinese heading, ``fields`` of this kind alone."""

    topics: list[str] = field(default_factory=list)
    sections: dict[str, str] = field(default_factory=dict)
    resolutions: list[Resolution] = field(default_factory=list)
    fields: dict[str, Any] = field(default_factory=dict)


class HeldMeeting(NamedTuple):
    """A meeting that was held, with its record."""

    plan: PlannedMeeting
    there: Attendance
    minutes: Minutes
    path: str

    @property
    def id(self) -> str:
        """What other records call it."""
        return self.path.rpartition("/")[2].removesuffix(".md")
