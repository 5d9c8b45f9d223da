"""Two states of one file, or of all files → record changes."""

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


class FileState(NamedTuple):
    """A file in one state: its path, its blob id, and the document; None where it could not be parsed."""

    path: str
    blob: str
    document: Document | None


def build_record_change(before: FileState | None, after: FileState | None, kinds: Mapping[str, Kind]) -> RecordChange:
    """Compare two states of a record; ``before`` is None for an added record, ``after`` for a removed one."""
    file = after or before
    if file is None:
        raise ValueError
    kind = _find_stated_kind(file, kinds) or _find_path_kind(file.path, kinds)
    data = file.document.data if file.document else {}
    path_parts = (kind.read(file.path) if kind else None) or {}
    states = [state for state in (before, after) if state is not None]
    readable = all(state.document is not None for state in states)
    old, new = (state.document if state else None for state in (before, after))
    schema = resources.load_schema(kind.name) if kind else {}
    stated = [stated for state in states if (stated := _find_stated_kind(state, kinds)) is not None]
    return RecordChange(
        path=file.path,
        edit=Edit.ADDED if before is None else Edit.REMOVED if after is None else Edit.CHANGED,
        kind=kind,
        day=parse_day(data.get(kind.day_field or "") if kind else None),
        label=kind.label(path_parts) if kind and path_parts else None,
        subject=_find_subject(kind, data, path_parts),
        old_path=before.path if before and after and before.path != after.path else None,
        fields=tuple(find_field_changes(old.data if old else {}, new.data if new else {}, schema)) if readable else (),
        sections=tuple(find_section_changes(old, new)) if readable else (),
        readable=readable,
        audience=max((kind.audience for kind in stated), key=lambda audience: audience.rank, default=Audience.PUBLIC),
    )


def _find_stated_kind(state: FileState, kinds: Mapping[str, Kind]) -> Kind | None:
    """Return the kind in a file's ``kind`` field."""
    return kinds.get(str(state.document.data.get("kind"))) if state.document else None


def _find_path_kind(path: str, kinds: Mapping[str, Kind]) -> Kind | None:
    """Return the first kind whose path pattern fits."""
    return next((kind for kind in kinds.values() if kind.read(path) is not None), None)


def find_record_changes(
    before: Mapping[str, FileState],
    after: Mapping[str, FileState],
    renamed: Mapping[str, str],
    kinds: Mapping[str, Kind],
) -> Iterator[RecordChange]:
    """Yield the record changes between two states, by path; ``renamed`` maps new paths to old ones."""
    moved = {new: old for new, old in renamed.items() if new in after and old in before and old not in after}
    for path in sorted({*before, *after} - {*moved.values()}):
        old, new = before.get(moved.get(path, path)), after.get(path)
        if old is None or new is None or old.blob != new.blob or old.path != new.path:
            yield build_record_change(old, new, kinds)


def _find_subject(kind: Kind | None, data: Mapping[str, Any], path_parts: Mapping[str, str]) -> str | None:
    """Return whom or what a record is about: the kind's subject field, else its name."""
    if kind is None or kind.subject_field is None:
        return data.get("name") if isinstance(data.get("name"), str) else None
    subject = data.get(kind.subject_field, path_parts.get(kind.subject_field))
    return subject if isinstance(subject, str) else None
