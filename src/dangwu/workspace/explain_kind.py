"""A kind of record → what ``dangwu explain`` says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.data import resources
from dangwu.model.kind_explanation import KindExplanation
from dangwu.model.message import Bilingual
from dangwu.workspace.catalogue import load_kinds
from dangwu.workspace.kind_example import build_example
from dangwu.workspace.kind_fields import list_fields

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dangwu.model.rulebook import Clause, Rulebook


def explain_kind(name: str, book: Rulebook, commands: Sequence[str], language: str) -> KindExplanation:
    """Return the explanation of a kind, with an example in one language; ``commands`` are those that write it."""
    schema = resources.load_schema(name)
    example = build_example(name, language)
    return KindExplanation(
        kind=load_kinds()[name],
        purpose=Bilingual.parse(schema["description"]),
        fields=list_fields(schema),
        served=tuple(clause for clause in book.clauses if _counts(name, clause)),
        example_path=example.path,
        example=example.text,
        commands=tuple(commands),
    )


def _counts(name: str, clause: Clause) -> bool:
    return any(rule.record == name for rule in clause.evidence)
