"""A sheet of a workbook as plain values, with machines' names beside people's titles."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import NamedTuple, TypeAlias


class CellFormat(StrEnum):
    """What a column holds. Text stays text: an id or a leading zero is never taken for a number."""

    TEXT = "text"
    NUMBER = "number"
    DAY = "day"


CellContent: TypeAlias = str | int | float | date | None


class ExportColumn(NamedTuple):
    """``key`` is for machines and the same in both languages; ``title`` is the head of the column."""

    key: str
    title: str
    holds: CellFormat = CellFormat.TEXT


class Sheet(NamedTuple):
    """One sheet. ``key`` names it for machines and files, ``title`` for people; each row has a value per column."""

    key: str
    title: str
    columns: tuple[ExportColumn, ...]
    rows: tuple[tuple[CellContent, ...], ...]
