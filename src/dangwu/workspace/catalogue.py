"""What comes with dangwu: the rulebook and its profiles, the kinds of record, the codes of findings."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from dangwu.check import registry
from dangwu.data import resources
from dangwu.duty.in_force import build_rulebook_in_force
from dangwu.model.corpus import Corpus
from dangwu.model.kind import Kind, build_kind
from dangwu.parse import finding_codes, rules
from dangwu.parse.document import parse_document

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dangwu.model.finding import FindingCode
    from dangwu.model.rulebook import Rulebook

RULEBOOK_NAME = "nonpublic-2020"


def list_codes() -> tuple[FindingCode, ...]:
    """Return every code that a finding can have, in order."""
    return tuple(sorted((*list_check_codes(), *list_audit_codes()), key=lambda code: code.id))


def list_check_codes() -> tuple[FindingCode, ...]:
    """Return the codes of what can be wrong in one state of the records, in order."""
    return tuple(sorted((*finding_codes.CODES, *registry.CODES), key=lambda code: code.id))


def list_audit_codes() -> tuple[FindingCode, ...]:
    """Return the codes of what a history can show, in order."""
    from dangwu.audit.registry import CODES  # noqa: PLC0415 - a check does without the history

    return tuple(sorted(CODES, key=lambda code: code.id))


@cache
def load_default_rulebook() -> Rulebook:
    """Return the rulebook without any repository's amendments, every setting at its default."""
    return build_rulebook_in_force(load_published_rulebook(), Corpus())


@cache
def load_published_rulebook() -> Rulebook:
    """Return the rulebook as it comes, its settings still in their places."""
    ready = resources.load_rulebook_data(RULEBOOK_NAME)
    if ready is None:
        read = (
            parse_document(path, "", raw)[0] for path, raw in resources.read_package_files(f"rulebooks/{RULEBOOK_NAME}")
        )
        ready = [each.data for each in read if each is not None]
    return rules.build_rulebook(RULEBOOK_NAME, ready)


def load_profiles() -> Mapping[str, Mapping[str, Any]]:
    """Return the optional profiles of amendments that come with dangwu, by name (their shape: schemas/profile.json)."""
    read = ((path, parse_document(path, "", raw)[0]) for path, raw in resources.read_package_files("profiles"))
    return {path.removesuffix(".yaml"): each.data for path, each in read if each is not None}


@cache
def load_kinds() -> Mapping[str, Kind]:
    """Return every kind of record that a repository may hold, by name."""
    return {name: build_kind(resources.load_schema(name)) for name in resources.list_kinds()}
