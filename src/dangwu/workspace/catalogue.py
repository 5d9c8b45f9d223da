"""What comes with dangwu: the rulebook and its profiles, the kinds of record, the codes of findings."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from dangwu.check import registry
from dangwu.data import resources
from dangwu.duty.in_force import in_force
from dangwu.model.corpus import Corpus
from dangwu.model.kind import Kind, described
from dangwu.parse import finding_codes, rules
from dangwu.parse.document import document

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dangwu.model.finding import Code
    from dangwu.model.rulebook import Rulebook

RULEBOOK = "nonpublic-2020"


def codes() -> tuple[Code, ...]:
    """Return every code that a finding can have, in order."""
    return tuple(sorted((*check_codes(), *audit_codes()), key=lambda code: code.id))


def check_codes() -> tuple[Code, ...]:
    """Return the codes of what can be wrong in one state of the records, in order."""
    return tuple(sorted((*finding_codes.CODES, *registry.CODES), key=lambda code: code.id))


def audit_codes() -> tuple[Code, ...]:
    """Return the codes of what a history can show, in order."""
    from dangwu.audit.registry import CODES  # noqa: PLC0415 - a check does without the history

    return tuple(sorted(CODES, key=lambda code: code.id))


@cache
def rulebook() -> Rulebook:
    """Return the rulebook without any repository's amendments, every setting at its default."""
    return in_force(published(), Corpus())


@cache
def published() -> Rulebook:
    """Return the rulebook as it comes, its settings still in their places."""
    ready = resources.rulebook(RULEBOOK)
    if ready is None:
        read = (document(path, "", raw)[0] for path, raw in resources.files(f"rulebooks/{RULEBOOK}"))
        ready = [each.data for each in read if each is not None]
    return rules.rulebook(RULEBOOK, ready)


def profiles() -> Mapping[str, Mapping[str, Any]]:
    """Return the optional profiles of amendments that come with dangwu, by name (their shape: schemas/profile.json)."""
    read = ((path, document(path, "", raw)[0]) for path, raw in resources.files("profiles"))
    return {path.removesuffix(".yaml"): each.data for path, each in read if each is not None}


@cache
def kinds() -> Mapping[str, Kind]:
    """Return every kind of record that a repository may hold, by name."""
    return {name: described(resources.schema(name)) for name in resources.kinds()}
