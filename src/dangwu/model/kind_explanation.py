"""What can be said of a kind of record: its purpose, fields, example, commands, and the duties it is evidence for."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from dangwu.model.kind import Kind
    from dangwu.model.message import Bilingual
    from dangwu.model.rulebook import Clause


class KindField(NamedTuple):
    """A field of a kind; ``path`` as ``leave[].reason``.

    ``form`` is that of its value: ``rows`` and ``fields`` have the fields below them, the others are those of a flag of
    ``dangwu new``. ``many`` is a list of such values. ``choices`` are the codes with their names. ``lowest`` and
    ``highest`` are the limits of a number. ``clauses`` are those that ask for it.
    """

    path: str
    title: Bilingual
    form: str
    required: bool = False
    many: bool = False
    choices: tuple[tuple[str, Bilingual], ...] = ()
    lowest: float | None = None
    highest: float | None = None
    clauses: tuple[str, ...] = ()
    note: str = ""


class KindExplanation(NamedTuple):
    """A kind of record explained. ``served`` are the duties that count it as evidence, in the order of the text."""

    kind: Kind
    purpose: Bilingual
    fields: tuple[KindField, ...]
    served: tuple[Clause, ...]
    example_path: str
    example: str
    commands: tuple[str, ...]
