"""A problem found in the records. Problems are values; nothing stops at the first."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from dangwu.model.message import Text
    from dangwu.model.source import Pointer, Source


class Severity(StrEnum):
    """How much a finding matters. The order of definition is from worst to mildest."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def rank(self) -> int:
        """0 for the worst."""
        return list(Severity).index(self)


class Code(NamedTuple):
    """A kind of finding, declared once beside the code that raises it. Codes are never reused."""

    id: str
    name: str
    severity: Severity
    title: Text
    clause: str | None = None


class Related(NamedTuple):
    """Another place that belongs to a finding, and what it has to do with it."""

    source: Source
    message: Text


class Finding(NamedTuple):
    """One problem: what, where, and the next step.

    ``subject`` is the id or name it is about (a member, a heading), so that an accepted finding can be
    told from another of the same code in the same file.
    """

    code: Code
    source: Source
    message: Text
    hint: Text | None = None
    related: tuple[Related, ...] = ()
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
