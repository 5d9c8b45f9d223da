"""All records of one state of a repository, indexed."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

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
    """A file that should be a record but could not be made one; its findings say why.

    ``kind``, ``id`` and the rest are what its path says: the day, the period's label, the member or group.
    """

    path: str
    kind: str | None
    id: str
    day: str | None = None
    label: str | None = None
    subject: str | None = None

    @classmethod
    def at(cls, path: str, kinds: Mapping[str, Kind]) -> UnreadFile:
        """Say what a path alone tells of a record that should stand there; of kinds the one that it spells out most."""
        stem = read_path_stem(path)
        fitting = [(kind, said) for kind in kinds.values() if (said := kind.read(path)) is not None]
        if not fitting:
            return cls(path, None, stem)
        kind, said = min(fitting, key=lambda pair: sum(len(word) for word in pair[1].values()))
        subject = said.get(kind.subject_field) if kind.subject_field else None
        return cls(path, kind.name, stem, said.get("date"), kind.label(said), subject)


@dataclass(frozen=True, kw_only=True)
class Corpus:
    """Every record that could be read, by kind; ``documents`` has the files they came from, by path."""

    documents: Mapping[str, Document] = field(default_factory=dict, repr=False)
    branch: Branch | None = None
    members: tuple[Member, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    acceptances: tuple[Acceptance, ...] = ()
    amendments: tuple[Amendment, ...] = ()
    generic_records: tuple[GenericRecord, ...] = ()
    unread: tuple[UnreadFile, ...] = ()

    @property
    def records(self) -> tuple[Branch | Member | Meeting | Waiver | GenericRecord, ...]:
        """Every record that has a path of its own and is no rule."""
        branch = (self.branch,) if self.branch else ()
        return (*branch, *self.members, *self.meetings, *self.waivers, *self.generic_records)

    @cached_property
    def _by_kind(self) -> Mapping[str, tuple[GenericRecord, ...]]:
        kinds: dict[str, list[GenericRecord]] = {}
        for sheet in self.generic_records:
            kinds.setdefault(sheet.kind, []).append(sheet)
        return {kind: tuple(each) for kind, each in kinds.items()}

    def of(self, kind: str) -> tuple[GenericRecord, ...]:
        """Return the records of a kind that has no type of its own, by path."""
        return self._by_kind.get(kind, ())

    def by_year(self, kind: str) -> Mapping[int, GenericRecord]:
        """Return the records of a kind by the ``year`` that they are for; of two for one year the first by path."""
        return {record.data["year"]: record for record in reversed(self.of(kind))}

    @cached_property
    def by_id(self) -> Mapping[str, Meeting | GenericRecord]:
        """Every meeting and sheet by the id that other records refer to it by; of two with one id the first."""
        return {sheet.id: sheet for sheet in (*reversed(self.generic_records), *reversed(self.meetings))}

    @cached_property
    def member_by_id(self) -> Mapping[str, Member]:
        """The members; of two with one id the first by path."""
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
        """Ids of member files that exist but could not be read: nothing can be said of them."""
        return frozenset(each.id for each in self.unread if each.kind == "member")

    @cached_property
    def roster(self) -> Roster:
        """Who is due, by body and day."""
        return Roster(self.branch, tuple(self.member_by_id.values()))

    @cached_property
    def days_in_branch(self) -> Mapping[str, Days]:
        """Per member, the days of belonging to the branch."""
        return {id_: member.days_in_branch for id_, member in self.member_by_id.items()}

    def find_members_during(self, period: Period) -> tuple[Member, ...]:
        """Return those who were full or probationary members on a day of the period, by id."""
        return tuple(
            member
            for _, member in sorted(self.member_by_id.items())
            if member.days_as(Standing.FULL, Standing.PROBATIONARY).count(period.start, period.end)
        )

    def name_of(self, member: str) -> str:
        """Return a member's name, or the id where no such member is known."""
        known = self.member_by_id.get(member)
        return known.name if known else member
