"""Findings: a problem in the records, its kind, its severity, and the place where it stands."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from dangwu.model.message import Text
    from dangwu.model.record import Record


Pointer: TypeAlias = tuple[str | int, ...]


class Source(NamedTuple):
    """A place in a record repository.

    ``path`` is relative to the record root, with ``/``. ``pointer`` leads to a value inside the document
    (keys and list positions); with ``at_key`` the key itself is meant. ``line`` and ``column`` count from 1,
    columns in characters; 0 means that they have not been worked out yet.
    """

    path: str
    pointer: Pointer = ()
    line: int = 0
    column: int = 0
    at_key: bool = False


class Severity(StrEnum):
    """How much a finding matters. The order of definition is from worst to mildest."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def rank(self) -> int:
        """0 for the worst."""
        return list(Severity).index(self)


class FindingCode(NamedTuple):
    """A kind of finding, declared once beside the code that raises it. Codes are never reused."""

    id: str
    name: str
    severity: Severity
    title: Text
    clause: str | None = None


class RelatedPlace(NamedTuple):
    """Another place that belongs to a finding, and what it has to do with it."""

    source: Source
    message: Text


class Finding(NamedTuple):
    """One problem: what, where, and the next step.

    ``subject`` is the id or name it is about (a member, a heading), so that an accepted finding can be
    told from another of the same code in the same file.
    """

    code: FindingCode
    source: Source
    message: Text
    hint: Text | None = None
    related: tuple[RelatedPlace, ...] = ()
    subject: str | None = None

    @property
    def severity(self) -> Severity:
        """The severity of its code."""
        return self.code.severity

    @property
    def key(self) -> tuple[str, int, int, str, str, Pointer | str]:
        """The canonical order: by file, then place, then code."""
        return (
            self.source.path,
            self.source.line,
            self.source.column,
            self.code.id,
            self.subject or "",
            repr(self.source.pointer),
        )


def build_finding(
    code: FindingCode,
    record: Record | str,
    pointer: Pointer,
    message: Text,
    hint: Text | None = None,
    *,
    subject: str | None = None,
    at_key: bool = False,
) -> Finding:
    """Return a finding at a value of a record (or of the file at a path); its line is worked out later."""
    path = record if isinstance(record, str) else record.path
    source = Source(path, pointer, at_key=at_key)
    return Finding(code=code, source=source, message=message, hint=hint, subject=subject)
