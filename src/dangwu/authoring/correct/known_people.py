"""The names of members, staff and Party groups: a name in the place of an id is known as exactly one, or not at all."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from dangwu.model.message import Text, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from dangwu.model.document import Document

_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}", re.ASCII)
_DOT = re.compile("[·•‧・･∙⋅]")


class KnownPeople(NamedTuple):
    """Names as they are written in records → ids. ``unread`` are files that may hold a name that is not known."""

    members: Mapping[str, tuple[str, ...]]
    staff: Mapping[str, tuple[str, ...]]
    groups: Mapping[str, tuple[str, ...]]
    member_ids: frozenset[str]
    staff_ids: frozenset[str]
    unread: tuple[str, ...] = ()

    def find_person(self, written: str, *, staff: bool) -> str | Text | None:
        """Return the id of the only person of this name, a reason where it is not certain, None for no name at all."""
        plain = unicodedata.normalize("NFKC", written).strip()
        if plain.lower() in self.member_ids or (staff and plain.lower() in self.staff_ids):
            return plain.lower()
        name = fold_name(written)
        ids = (*self.members.get(name, ()), *(self.staff.get(name, ()) if staff else ()))
        if not ids:
            return None if _ID.fullmatch(plain) else say("{name}: nobody has exactly this name.", name=written)
        if self.unread:
            return say("{name}: {path} cannot be read, and may be of the same name.", name=written, path=self.unread[0])
        if len(set(ids)) > 1:
            return say("{name}: several people have this name: {ids}.", name=written, ids=tuple(sorted(set(ids))))
        return ids[0]

    def find_group(self, written: str) -> str | None:
        """Return the id of the only Party group of this name."""
        ids = self.groups.get(fold_name(written), ())
        return ids[0] if len(ids) == 1 else None


def fold_name(name: str) -> str:
    """Return a name for comparison: without blanks, with one form of the dot; every other character counts."""
    return _DOT.sub("·", "".join(name.split()))


def list_known_people(documents: Iterable[Document], paths: Iterable[str]) -> KnownPeople:
    """Return the people of the documents of a repository; ``paths`` are those of its records, read or not."""
    members: dict[str, tuple[str, ...]] = {}
    staff: dict[str, tuple[str, ...]] = {}
    groups: dict[str, tuple[str, ...]] = {}
    member_ids: set[str] = set()
    named: set[str] = set()
    for document in documents:
        data = document.data
        if data.get("kind") == "member" and _is_text(data.get("name")) and _is_text(data.get("id")):
            _add(members, data["name"], data["id"])
            member_ids.add(data["id"])
            named.add(document.path)
        elif data.get("kind") == "branch":
            _add_listed(staff, data.get("staff"), "name")
            _add_listed(groups, data.get("groups"), "name")
            named.add(document.path)
    asked = (path for path in paths if path == "branch.yaml" or path.startswith("members/"))
    staff_ids = frozenset(id_ for found in staff.values() for id_ in found)
    unread = tuple(path for path in asked if path not in named)
    return KnownPeople(members, staff, groups, frozenset(member_ids), staff_ids, unread)


def _add_listed(index: dict[str, tuple[str, ...]], items: object, key: str) -> None:
    for item in items if isinstance(items, list) else ():
        if not isinstance(item, dict) or not _is_text(item.get("id")):
            continue
        names = item.get(key)
        for name in names.values() if isinstance(names, dict) else (names,):
            if isinstance(name, str) and name.strip():
                _add(index, name, item["id"])


def _add(index: dict[str, tuple[str, ...]], name: str, id_: str) -> None:
    known = index.get(fold_name(name), ())
    index[fold_name(name)] = known if id_ in known else (*known, id_)


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())
