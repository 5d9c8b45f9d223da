"""Corrections of files that say the same before and after: what each does, and what was left for a person."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from dangwu.model.finding import Pointer
    from dangwu.model.message import Text


class Correction(NamedTuple):
    """One correction: the code of the finding that it cures, its line from 1, and a sentence of what it does.

    ``pointer`` is the place in the data of a value that was written anew, None for any other correction; ``person`` is
    the id that was written for a name.
    """

    code: str
    line: int
    what: Text
    pointer: Pointer | None = None
    person: str | None = None


class LeftPlace(NamedTuple):
    """A place that a correction could be meant for, and why it was left; line 0 is the file as a whole."""

    path: str
    line: int
    reason: Text


class CorrectedFile(NamedTuple):
    """A file's bytes before and after its corrections, and the text of before as other programs show it.

    Both texts have the same number of lines.
    """

    path: str
    before: bytes
    after: bytes
    shown_before: str
    corrections: tuple[Correction, ...]


class FixPlan(NamedTuple):
    """The files that would be corrected, the places that were left, and how many findings show only afterwards.

    ``uncovered`` counts what no check could see as long as a file could not be read whole; ``others`` the findings of
    reading that no correction is known for.
    """

    files: tuple[CorrectedFile, ...]
    left: tuple[LeftPlace, ...] = ()
    uncovered: int = 0
    others: int = 0
