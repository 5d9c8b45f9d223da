"""The plan of an import: what a sheet would change, and what in it prevents that."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dangwu.model.file_change import FileChange
    from dangwu.model.finding import Finding
    from dangwu.model.message import Bilingual, Text

ShownValue: TypeAlias = "str | int | float | Bilingual | None"
"""A value as shown to people; a code by its word."""


class SheetProblem(NamedTuple):
    """A problem in the sheet. ``cell`` is a cell with its sheet, as 花名册!D7; "" for the whole sheet.

    ``retry`` are the options with which the same command can succeed, with words in capitals for what only people know;
    ``others`` are the further cells with the same problem. ``found`` is what stands in the cell, "" for nothing, None
    where it was not looked up; ``others_found`` is what stands in the others.
    """

    cell: str
    message: Text
    hint: Text | None = None
    retry: tuple[Text | str, ...] = ()
    others: tuple[str, ...] = ()
    found: str | None = None
    others_found: tuple[str, ...] = ()


class ImportChange(NamedTuple):
    """A field that gets another value, and the cell that it comes from; ``old`` is None where there was no value.

    ``who`` is what it is about, as a member's name or a meeting's day.
    """

    path: str
    who: str
    field: Bilingual
    old: ShownValue
    new: ShownValue
    cell: str


class MatchedColumn(NamedTuple):
    """A column of the sheet: its letter, its head, and the field that it matches; None where it is not read."""

    letter: str
    head: str
    key: str | None
    field: Bilingual | None


class ImportPlan(NamedTuple):
    """The plan of one import, without files to write where there are ``troubles``.

    ``findings`` are those that the records would have after it and have not now; ``command`` is what was typed.
    """

    sheet: str
    title: str
    rows: int
    columns: tuple[MatchedColumn, ...]
    notes: tuple[Text, ...]
    troubles: tuple[SheetProblem, ...]
    changes: tuple[ImportChange, ...]
    files: tuple[FileChange, ...]
    findings: tuple[Finding, ...] = ()
    command: str = ""


def join_problems(problems: Iterable[SheetProblem]) -> tuple[SheetProblem, ...]:
    """Return the problems with each sentence once, at the place of its first cell."""
    joined: dict[tuple[Text, Text | None], SheetProblem] = {}
    for problem in problems:
        key = (problem.message, problem.hint)
        first = joined.setdefault(key, problem)
        if first is not problem:
            found = (*first.others_found, problem.found or "", *problem.others_found)
            others = (*first.others, problem.cell, *problem.others)
            joined[key] = first._replace(others=others, others_found=found)
    return tuple(joined.values())


def list_retries(plan: ImportPlan) -> tuple[Text | str, ...]:
    """Return the options with which the command can succeed, each once; none where no command is known."""
    return tuple(dict.fromkeys(option for problem in plan.troubles for option in problem.retry)) if plan.command else ()
