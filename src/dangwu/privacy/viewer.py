"""The viewer of the records, and the audience of each record by its kind, path and scope (docs/site/en/privacy.md)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from itertools import chain, count
from typing import TYPE_CHECKING

from dangwu.data import resources
from dangwu.facts.people_names import compile_people, list_named_people, list_unit_names
from dangwu.model.audience import Audience
from dangwu.privacy import redact

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from typing import Any

    from dangwu.facts.people_names import NamedPerson, PeoplePattern
    from dangwu.model.corpus import Corpus
    from dangwu.model.kind import Kind

_DISCLOSURE_KIND = "disclosure"
_SCOPE_AUDIENCES = {"society": Audience.PUBLIC, "employees": Audience.EMPLOYEES, "members": Audience.MEMBERS}


@dataclass(frozen=True, kw_only=True)
class Viewer:
    """An audience on the as-of day, with the records that it looks at; ``kinds`` are the kinds of record by name."""

    audience: Audience
    as_of: date
    kinds: Mapping[str, Kind]
    corpus: Corpus

    @cached_property
    def _audiences(self) -> dict[str, Audience]:
        """The audience of each path that was asked for so far."""
        return {}

    @property
    def inside(self) -> bool:
        """Whether this is the committee or the handlers: only they see what concerns a single person."""
        return self.audience.may_see(Audience.COMMITTEE)

    @property
    def by_name(self) -> bool:
        """Whether members' names are shown."""
        return self.audience.may_see(Audience.MEMBERS)

    @cached_property
    def named_people(self) -> tuple[NamedPerson, ...]:
        """Everybody who has a name in any record."""
        return list_named_people(self.corpus, self.kinds)

    @cached_property
    def people_ids(self) -> frozenset[str]:
        """The ids of everybody who has a name in any record; the name itself of somebody without an id."""
        return frozenset({person.id for person in self.named_people}.union(self.corpus.member_by_id))

    @cached_property
    def names(self) -> PeoplePattern | None:
        """A pattern of the names of everybody who has a name in any record; None when nobody has."""
        return compile_people(self.named_people, units=list_unit_names(self.corpus))

    @cached_property
    def _names_and_ids(self) -> PeoplePattern | None:
        return compile_people(self.named_people, units=list_unit_names(self.corpus), ids=True)

    @cached_property
    def _sealed_names(self) -> PeoplePattern | None:
        """A pattern of the names that only records of complainants have: no basis allows these."""
        return compile_people(person for person in self.named_people if person.sealed)

    def find_hidden_names(self, disclosure: Mapping[str, Any]) -> PeoplePattern | None:
        """Return a pattern of those whom this audience may not see by name in what a disclosure tells.

        Outside the members that is everybody, names and ids alike, unless the disclosure gives a basis (8.2); below the
        committee always whoever is only known as a complainant.
        """
        if self.inside:
            return None
        return self._sealed_names if self.by_name or "basis" in disclosure else self._names_and_ids

    def shows(self, path: str) -> bool:
        """Tell whether this audience may see the record at a path."""
        return self.audience.may_see(self.find_audience(path))

    def find_audience(self, path: str) -> Audience:
        """Return the audience of the record at a path: the narrowest that its path and its text give."""
        if path not in self._audiences:
            self._audiences[path] = self._work_out_audience(path)
        return self._audiences[path]

    def _work_out_audience(self, path: str) -> Audience:
        """Return the audience by the kinds that its path fits and its text names, or else by its folder."""
        document = self.corpus.documents.get(path)
        named = self.kinds.get(str(document.data.get("kind"))) if document else None
        kinds = [kind for kind in self.kinds.values() if kind.read(path) is not None or kind is named]
        if not kinds:
            top = path.partition("/")[0]
            kinds = [kind for kind in self.kinds.values() if kind.place.partition("/")[0] == top]
        audiences = [kind.audience for kind in kinds] or [Audience.COMMITTEE]
        if any(kind.disclosed for kind in kinds):
            audiences.append(self._disclosure_audiences.get(path, Audience.COMMITTEE))
        return max(audiences, key=lambda audience: audience.rank)

    def told(self, path: str) -> str:
        """Return a path as this audience may read it: without names for audiences that see none, and still unique."""
        return self._redacted_paths.get(path) or self._redact_path_names(path)

    def _redact_path_names(self, path: str) -> str:
        return path if self.by_name else str(redact.redact_names(path, self.names))

    @cached_property
    def _redacted_paths(self) -> Mapping[str, str]:
        """Path → path without names, numbered where two would be the same; only paths that contain a name."""
        paths = {*self.corpus.documents, *(file.path for file in self.corpus.unread)}
        named = sorted(path for path in paths if self._redact_path_names(path) != path)
        redacted, taken = {}, paths.difference(named)
        for path in named:
            stem, dot, ending = self._redact_path_names(path).rpartition(".")
            numbers = chain([""], map("-{}".format, count(2)))
            candidates = (f"{stem}{number}{dot}{ending}" for number in numbers)
            redacted[path] = next(candidate for candidate in candidates if candidate not in taken)
            taken.add(redacted[path])
        return redacted

    @cached_property
    def _disclosure_audiences(self) -> Mapping[str, Audience]:
        """Path of a disclosure → its audience: its scope from publication on, if approved; else the committee."""
        today = self.as_of.isoformat()
        return {
            disclosure.path: _SCOPE_AUDIENCES.get(disclosure.data["scope"], Audience.COMMITTEE)
            if max(disclosure.data["approved_on"], disclosure.data["date"]) <= today
            else Audience.COMMITTEE
            for disclosure in self.corpus.of(_DISCLOSURE_KIND)
        }

    def list_known_words(self, path: str) -> frozenset[str]:
        """Return the words that a message about a confidential file may contain: its path, kinds and schema words."""
        document = self.corpus.documents.get(path)
        fitting = [kind.name for kind in self.kinds.values() if kind.read(path) is not None]
        named = str(document.data.get("kind")) if document else ""
        known = frozenset({path, *self.kinds})
        return known.union(*(_read_schema_words(name) for name in {*fitting, named} if name in self.kinds))


@cache
def _read_schema_words(kind: str) -> frozenset[str]:
    """Return the words of a kind's schema, which identify nobody."""
    return redact.collect_schema_words(resources.load_schema(kind))
