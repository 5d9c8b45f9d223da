"""A register (台账) as plain values: rows with named columns, as a table of a page or as objects for JSON."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from dangwu.model.message import Bilingual, Text, say
from dangwu.pages.anchors import format_record_anchor
from dangwu.pages.page import Align, Block, Cell, Column, Paragraph, Table, Tone

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dangwu.language import Language
    from dangwu.model.message import Argument


class CodeWord(NamedTuple):
    """A code of the records with its word: JSON has the code, a page the word."""

    code: str
    text: Argument


RegisterValue: TypeAlias = str | int | date | CodeWord | Bilingual | None


class Register(NamedTuple):
    """A register: ``key`` is its name in JSON, ``columns`` are keys with titles, each row has a value per column.

    Where each row is one record, ``paths`` are the records' paths in the order of the rows. The columns ``for_screen``
    have paths and ids, and are left out on paper.
    """

    key: str
    system: int
    title: Text
    columns: tuple[tuple[str, Text], ...]
    rows: tuple[tuple[RegisterValue, ...], ...]
    paths: tuple[str, ...] = ()
    for_screen: tuple[str, ...] = ()


def build_register_table(register: Register, lang: Language) -> Block:
    """Return a register as a table, or a sentence that it is empty."""
    if not register.rows:
        none = say("{register}: none.", register=register.title)
        return Paragraph(lang.text(none), Tone.QUIET)
    columns = tuple(
        _build_register_column(title, [row[at] for row in register.rows], lang)._replace(
            for_screen=key in register.for_screen
        )
        for at, (key, title) in enumerate(register.columns)
    )
    paths = register.paths or ("",) * len(register.rows)
    rows = tuple(_build_register_row(row, path, lang) for row, path in zip(register.rows, paths, strict=True))
    return Table(lang.text(register.title), columns, rows)


def _build_register_row(values: tuple[RegisterValue, ...], path: str, lang: Language) -> tuple[Cell, ...]:
    first, *others = (Cell(_format_value(value, lang)) for value in values)
    return (first._replace(anchor=format_record_anchor(path)), *others)


def build_register_objects(register: Register, lang: Language) -> list[dict[str, object]]:
    """Return the rows of a register as objects for JSON."""
    keys = [key for key, _ in register.columns]
    return [dict(zip(keys, (_export_value(value, lang) for value in row), strict=True)) for row in register.rows]


def _build_register_column(title: Text, values: Iterable[RegisterValue], lang: Language) -> Column:
    kinds = {type(value) for value in values if value is not None}
    figures = kinds == {int}
    return Column(lang.text(title), Align.END if figures else Align.START, short=figures or kinds == {date})


def _format_value(value: RegisterValue, lang: Language) -> str:
    if isinstance(value, CodeWord):
        return lang.value(value.text)
    return "" if value is None else lang.value(value)


def _export_value(value: RegisterValue, lang: Language) -> str | int | None:
    if isinstance(value, CodeWord):
        return value.code
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, str | int | None) else lang.value(value)
