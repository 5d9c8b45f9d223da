"""A request for a new record: the known records, the values given, and the day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dangwu.authoring.new.skeleton import build_blank_rows
from dangwu.model.document import PLACEHOLDER
from dangwu.model.period import Period, PeriodLength
from dangwu.model.schema_node import resolve_node

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from dangwu.model.corpus import Corpus
    from dangwu.model.kind import Kind
    from dangwu.model.record import Branch, GenericRecord


@dataclass(frozen=True, kw_only=True)
class RecordRequest:
    """A request for one record.

    ``given`` are values of its fields, ``extra`` options that are no fields, ``paths`` all paths of the tree.
    """

    corpus: Corpus
    kinds: Mapping[str, Kind]
    kind: Kind
    schema: Mapping[str, Any]
    day: date
    language: str
    given: Mapping[str, Any]
    extra: Mapping[str, Any]
    paths: tuple[str, ...] = ()

    def get(self, name: str) -> Any:
        """Return the value given for a field, None where none was."""
        return self.given.get(name)

    @property
    def branch(self) -> Branch | None:
        """The branch, None where branch.yaml cannot be read."""
        return self.corpus.branch

    @property
    def period(self) -> Period:
        """The period that the record is for: the one given, or that of its day."""
        field = str(self.kind.period_field)
        label = self.get(field)
        return Period.parse(str(label)) if label else Period.containing(PeriodLength(field), self.day)

    @property
    def year(self) -> int:
        """The year of the period, or of the day where the kind is for no period."""
        return self.period.start.year if self.kind.period_field else self.day.year

    def find_post_holder(self, name: str) -> str | None:
        """Return who holds a post on the day."""
        return self.corpus.offices.post_on(name, self.day)

    @property
    def discipline(self) -> str | None:
        """The person directly responsible for clean conduct: discipline-inspection member or stand-in (2.2)."""
        acting = (stand_in.member for stand_in in self.corpus.offices.stand_ins if self.day in stand_in.days)
        return self.find_post_holder("discipline-inspection") or next(acting, None)

    @property
    def superior(self) -> str:
        """The name of the Party organization at the next level up."""
        if self.branch is None:
            return PLACEHOLDER
        return self.branch.superior.zh if self.language == "zh" else self.branch.superior.en

    def find_record(self, kind: str, year: int) -> GenericRecord | None:
        """Return the record of a kind for a year."""
        return self.corpus.by_year(kind).get(year)

    def build_rows(self, field: str, prefix: str = "") -> list[Any]:
        """Return the empty rows of a list, as many as the option ``rows`` says, else one."""
        node = resolve_node(self.schema["properties"][field], self.schema)
        return build_blank_rows(node, self.schema, int(self.extra.get("rows") or 1), prefix)

    def find_free_id(self, letter: str) -> str:
        """Return the next free id of the kind, a letter and a number, which identifies nobody."""
        folder = self.kind.place.partition("/")[0] + "/"
        form = re.compile(rf"/(?:[a-z]+-)?{letter}(\d+)\.[a-z.]+$", re.ASCII)
        used = (form.search(path) for path in self.paths if path.startswith(folder))
        return f"{letter}{max((int(match[1]) for match in used if match), default=0) + 1:03d}"
