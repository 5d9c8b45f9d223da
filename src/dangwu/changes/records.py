"""Two states of one file, or of all files, → which records changed and how."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from dangwu.changes.field_changes import find_field_changes
from dangwu.changes.sections import find_section_changes
from dangwu.data import resources
from dangwu.model.audience import Audience
from dangwu.model.edit import Edit
from dangwu.model.period import parse_day
from dangwu.model.record_change import RecordChange

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dangwu.model.document import Document
    from dangwu.model.kind import Kind


class RecordKinds(NamedTuple):
    """The kinds of record by name, which describe what a record holds."""

    kinds: Mapping[str, Kind]

    def of(self, document: Document | None, path: str) -> Kind | None:
        """Return the kind that a file says it is, or that its path says it should be."""
        said = self.kinds.get(str(document.data.get("kind"))) if document else None
        return said or next((kind for kind in self.kinds.values() if kind.read(path) is not None), None)


class FileState(NamedTuple):
    """A file in one state: its path, its blob, and what it could be read as."""

    path: str
    blob: str
    document: Document | None


def build_record_change(before: FileState | None, after: FileState | None, terms: RecordKinds) -> RecordChange:
    """Return what changed in a record; one of the two states is None where it was added or removed."""
    file = after or before
    if file is None:
        raise ValueError
    kind = terms.of(file.document, file.path)
    data = file.document.data if file.document else {}
    named = (kind.read(file.path) if kind else None) or {}
    readable = all(each is None or each.document is not None for each in (before, after))
    old, new = (each.document if each else None for each in (before, after))
    schema = resources.load_schema(kind.name) if kind else {}
    return RecordChange(
        path=file.path,
        edit=Edit.ADDED if before is None else Edit.REMOVED if after is None else Edit.CHANGED,
        kind=kind,
        day=parse_day(data.get(kind.day_field or "") if kind else None),
        label=kind.label(named) if kind and named else None,
        subject=_find_subject(kind, data, named),
        old_path=before.path if before and after and before.path != after.path else None,
        fields=tuple(find_field_changes(old.data if old else {}, new.data if new else {}, schema)) if readable else (),
        sections=tuple(find_section_changes(old, new)) if readable else (),
        readable=readable,
        audience=max(
            (each.audience for each in _find_stated_kinds(before, after, terms)),
            key=lambda each: each.rank,
            default=Audience.PUBLIC,
        ),
    )


def _find_stated_kinds(before: FileState | None, after: FileState | None, terms: RecordKinds) -> Iterator[Kind]:
    """Yield the kinds that two states of a file say they are."""
    for each in (before, after):
        kind = terms.kinds.get(str(each.document.data.get("kind"))) if each and each.document else None
        if kind is not None:
            yield kind


def find_record_changes(
    before: Mapping[str, FileState], after: Mapping[str, FileState], renamed: Mapping[str, str], terms: RecordKinds
) -> Iterator[RecordChange]:
    """Yield the changed records of two states by path; ``renamed`` leads from a new name to the old one."""
    moved = {new: old for new, old in renamed.items() if new in after and old in before and old not in after}
    for path in sorted({*before, *after} - {*moved.values()}):
        old, new = before.get(moved.get(path, path)), after.get(path)
        if old is None or new is None or old.blob != new.blob or old.path != new.path:
            yield build_record_change(old, new, terms)


def _find_subject(kind: Kind | None, data: Mapping[str, Any], named: Mapping[str, str]) -> str | None:
    if kind is None or kind.subject_field is None:
        return data.get("name") if isinstance(data.get("name"), str) else None
    said = data.get(kind.subject_field, named.get(kind.subject_field))
    return said if isinstance(said, str) else None
