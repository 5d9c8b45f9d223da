"""Who looks at the records, and what is for whom: by the kind of a record, by its place, and by its own scope."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import TYPE_CHECKING

from dangwu.data import resources
from dangwu.model.audience import Audience
from dangwu.privacy import redact

if TYPE_CHECKING:
    import re
    from collections.abc import Mapping
    from datetime import date

    from dangwu.model.corpus import Corpus
    from dangwu.model.kind import Kind

_DISCLOSURE_KIND = "disclosure"
_SCOPE_AUDIENCES = {"society": Audience.PUBLIC, "employees": Audience.EMPLOYEES, "members": Audience.MEMBERS}


@dataclass(frozen=True, kw_only=True)
class Viewer:
    """Who looks, on which day, at which records; ``kinds`` are the kinds of record by name."""

    audience: Audience
    as_of: date
    kinds: Mapping[str, Kind]
    corpus: Corpus
    _known: dict[str, Audience] = field(default_factory=dict, init=False, repr=False)

    @property
    def inside(self) -> bool:
        """Whether the committee or somebody closer looks: only they see what concerns a single person."""
        return self.audience.may_see(Audience.COMMITTEE)

    @property
    def by_name(self) -> bool:
        """Whether members' names are shown at all."""
        return self.audience.may_see(Audience.MEMBERS)

    @cached_property
    def names(self) -> re.Pattern[str] | None:
        """What finds the names of all members and of everybody on the staff list."""
        return redact.compile_names([*(member.name for member in self.corpus.members), *self.corpus.staff.values()])

    def shows(self, path: str) -> bool:
        """Tell whether this audience may see the record at a path."""
        return self.audience.may_see(self.wanted(path))

    def wanted(self, path: str) -> Audience:
        """Return for whom the record at a path is: the narrowest of what its place and its text say."""
        if path not in self._known:
            self._known[path] = self._wanted(path)
        return self._known[path]

    def _wanted(self, path: str) -> Audience:
        document = self.corpus.documents.get(path)
        said = self.kinds.get(str(document.data.get("kind"))) if document else None
        kinds = [kind for kind in self.kinds.values() if kind.read(path) is not None or kind is said]
        if not kinds:
            top = path.partition("/")[0]
            kinds = [kind for kind in self.kinds.values() if kind.place.partition("/")[0] == top]
        wanted = [kind.audience for kind in kinds] or [Audience.COMMITTEE]
        if any(kind.disclosed for kind in kinds):
            wanted.append(self._disclosed.get(path, Audience.COMMITTEE))
        return max(wanted, key=lambda each: each.rank)

    def told(self, path: str) -> str:
        """Return a path as this audience may read it: to the outside without names, and still unlike any other."""
        return self._told.get(path) or self._nameless(path)

    def _nameless(self, path: str) -> str:
        return path if self.by_name else str(redact.redact_names(path, self.names))

    @cached_property
    def _told(self) -> Mapping[str, str]:
        """The paths in which a name stood."""
        every = {*self.corpus.documents, *(each.path for each in self.corpus.unread)}
        named = sorted(path for path in every if self._nameless(path) != path)
        made, taken = {}, every.difference(named)
        for path in named:
            stem, dot, ending = self._nameless(path).rpartition(".")
            ways = (f"{stem}{number}{dot}{ending}" for number in ("", *(f"-{at}" for at in range(2, len(every) + 2))))
            made[path] = next(way for way in ways if way not in taken)
            taken.add(made[path])
        return made

    @cached_property
    def _disclosed(self) -> Mapping[str, Audience]:
        """For whom each item of openness is: its scope, once it is approved and published."""
        today = self.as_of.isoformat()
        return {
            each.path: _SCOPE_AUDIENCES.get(each.data["scope"], Audience.COMMITTEE)
            if max(each.data["approved_on"], each.data["date"]) <= today
            else Audience.COMMITTEE
            for each in self.corpus.of(_DISCLOSURE_KIND)
        }

    def words_of(self, path: str) -> frozenset[str]:
        """Return the words that a sentence about a confidential file may use."""
        document = self.corpus.documents.get(path)
        names = [kind.name for kind in self.kinds.values() if kind.read(path) is not None]
        said = str(document.data.get("kind")) if document else ""
        known = frozenset({path, *self.kinds})
        return known.union(*(_read_schema_words(name) for name in {*names, said} if name in self.kinds))


@cache
def _read_schema_words(kind: str) -> frozenset[str]:
    """Return the words that a kind's schema itself brings: they say nothing of a person."""
    return redact.collect_schema_words(resources.load_schema(kind))
