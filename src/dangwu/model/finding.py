"""Findings: problems in records, with code, severity, place, message and hint."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from dangwu.model.message import say

if TYPE_CHECKING:
    from dangwu.model.message import Text
    from dangwu.model.record import Record


Pointer: TypeAlias = tuple[str | int, ...]


class Source(NamedTuple):
    """A place in a record repository.

    ``path`` is relative to the record root, with ``/``. ``pointer`` are the keys and list positions of a value in
    the document; with ``at_key`` the place is that of its key. ``line`` and ``column`` count from 1, columns in
    characters; 0 means not yet worked out.
    """

    path: str
    pointer: Pointer = ()
    line: int = 0
    column: int = 0
    at_key: bool = False


class Severity(StrEnum):
    """The severity of a finding, from the worst to the mildest."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def rank(self) -> int:
        """0 for the worst."""
        return list(Severity).index(self)


class FindingCode(NamedTuple):
    """A kind of finding, declared beside the check that yields it. Codes are never reused."""

    id: str
    name: str
    severity: Severity
    title: Text
    clause: str | None = None


class RelatedPlace(NamedTuple):
    """Another place of a finding, and a message on how it is related."""

    source: Source
    message: Text


class Finding(NamedTuple):
    """One problem: code, place, message, and the next step as ``hint``.

    ``subject`` is the id or name that it is about (a member, a heading), which distinguishes findings of one code in
    one file when some are accepted. ``more`` is the number of findings of its code and file for which it stands.
    ``clause`` is the clause that it cites where that is not the one of its code; an empty text cites none.
    ``twin`` is the other file of a contradiction, which has a finding of its own; accepted there, it is accepted here.
    """

    code: FindingCode
    source: Source
    message: Text
    hint: Text | None = None
    related: tuple[RelatedPlace, ...] = ()
    subject: str | None = None
    more: int = 0
    clause: str | None = None
    twin: str | None = None

    @property
    def next_step(self) -> Text | None:
        """The hint, with the number of findings that are not listed."""
        if not self.more:
            return self.hint
        if self.hint is None:
            return say("Not listed: {count} more of this code in this file.", count=self.more)
        return say("{step} Not listed: {count} more of this code in this file.", step=self.hint, count=self.more)

    @property
    def cited_clause(self) -> str | None:
        """The clause that it cites, None without one."""
        return (self.code.clause if self.clause is None else self.clause) or None

    @property
    def severity(self) -> Severity:
        """The severity of its code."""
        return self.code.severity

    @property
    def key(self) -> tuple[str, int, int, str, str, Pointer | str]:
        """The sort key: by file, place, code and subject."""
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
    clause: str | None = None,
) -> Finding:
    """Return a finding at a pointer in a record, or in the file at a path; its line is worked out later."""
    path = record if isinstance(record, str) else record.path
    source = Source(path, pointer, at_key=at_key)
    return Finding(code=code, source=source, message=message, hint=hint, subject=subject, clause=clause)
