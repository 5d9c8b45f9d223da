"""The corpus: all records of one state of a repository, indexed."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from dangwu.model.offices import Offices
from dangwu.model.record import Standing
from dangwu.model.roster import Roster
from dangwu.model.tree import read_path_stem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dangwu.model.document import Document
    from dangwu.model.kind import Kind
    from dangwu.model.period import Period
    from dangwu.model.record import Acceptance, Branch, GenericRecord, Meeting, Member, Waiver
    from dangwu.model.rulebook import Amendment
    from dangwu.model.spans import Days


class UnreadFile(NamedTuple):
    """A file that could not be read as a record; its findings say why.

    Kind, id, day, period label and subject are those that its path gives.
    """

    path: str
    kind: str | None
    id: str
    day: str | None = None
    label: str | None = None
    subject: str | None = None

    @classmethod
    def from_path(cls, path: str, kinds: Mapping[str, Kind]) -> UnreadFile:
        """Return the file at a path; of several kinds that fit, the one with the least variable text."""
        stem = read_path_stem(path)
        fitting = [(kind, parts) for kind in kinds.values() if (parts := kind.read(path)) is not None]
        if not fitting:
            return cls(path, None, stem)
        kind, parts = min(fitting, key=lambda pair: sum(len(part) for part in pair[1].values()))
        subject = parts.get(kind.subject_field) if kind.subject_field else None
        return cls(path, kind.name, stem, parts.get("date"), kind.label(parts), subject)


@dataclass(frozen=True, kw_only=True)
class Corpus:
    """Every record that could be read; ``documents`` are their files by path, ``unread`` the files without a record.

    ``copies`` are second files of one record, which are not read: path → path of the record.
    """

    documents: Mapping[str, Document] = field(default_factory=dict, repr=False)
    branch: Branch | None = None
    members: tuple[Member, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    acceptances: tuple[Acceptance, ...] = ()
    amendments: tuple[Amendment, ...] = ()
    generic_records: tuple[GenericRecord, ...] = ()
    unread: tuple[UnreadFile, ...] = ()
    copies: Mapping[str, str] = field(default_factory=dict)

    @property
    def records(self) -> tuple[Branch | Member | Meeting | Waiver | GenericRecord, ...]:
        """Every record that has a file of its own, except amendments."""
        branch = (self.branch,) if self.branch else ()
        return (*branch, *self.members, *self.meetings, *self.waivers, *self.generic_records)

    @cached_property
    def _by_kind(self) -> Mapping[str, tuple[GenericRecord, ...]]:
        kinds: dict[str, list[GenericRecord]] = {}
        for record in self.generic_records:
            kinds.setdefault(record.kind, []).append(record)
        return {kind: tuple(records) for kind, records in kinds.items()}

    def of(self, kind: str) -> tuple[GenericRecord, ...]:
        """Return the generic records of a kind, in order of their paths."""
        return self._by_kind.get(kind, ())

    def by_year(self, kind: str) -> Mapping[int, GenericRecord]:
        """Return the records of a kind by the ``year`` that they are for; of two for one year the first by path."""
        return {record.data["year"]: record for record in reversed(self.of(kind))}

    @cached_property
    def by_id(self) -> Mapping[str, Meeting | GenericRecord]:
        """Meetings and generic records by id; of two with one id the first by path."""
        return {record.id: record for record in (*reversed(self.generic_records), *reversed(self.meetings))}

    @cached_property
    def member_by_id(self) -> Mapping[str, Member]:
        """Members by id; of two with one id the first by path."""
        return {member.id: member for member in reversed(self.members)}

    @cached_property
    def unread_ids(self) -> frozenset[str]:
        """Ids of the files that could not be read as records."""
        return frozenset(file.id for file in self.unread)

    @cached_property
    def unread_kinds(self) -> frozenset[str | None]:
        """Kinds of the files that could not be read as records, by their paths."""
        return frozenset(file.kind for file in self.unread)

    @property
    def staff(self) -> Mapping[str, str]:
        """Names of the people on the branch's staff list, by id; empty without a branch."""
        return self.branch.staff if self.branch else {}

    @cached_property
    def unread_members(self) -> frozenset[str]:
        """Ids of members whose files exist but could not be read."""
        return frozenset(file.id for file in self.unread if file.kind == "member")

    @cached_property
    def offices(self) -> Offices:
        """The offices: posts, leaders, workers and stand-ins, by day."""
        return Offices(self.branch, self.member_by_id)

    @cached_property
    def roster(self) -> Roster:
        """The roster: who is due, by body and day."""
        return Roster(self.offices.posts, tuple(self.member_by_id.values()))

    @cached_property
    def days_in_branch(self) -> Mapping[str, Days]:
        """The days on which each member belonged to the branch, by id."""
        return {id_: member.days_in_branch for id_, member in self.member_by_id.items()}

    def find_members_during(self, period: Period) -> tuple[Member, ...]:
        """Return those who were full or probationary members on a day of the period, by id."""
        return tuple(
            member
            for _, member in sorted(self.member_by_id.items())
            if member.days_as(Standing.FULL, Standing.PROBATIONARY).count(period.start, period.end)
        )

    def name_of(self, member: str) -> str:
        """Return a member's name; for an unknown member the id."""
        known = self.member_by_id.get(member)
        return known.name if known else member
