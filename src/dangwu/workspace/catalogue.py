"""The package data as values: the published rulebook and its profiles, the record kinds."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from dangwu.data import resources
from dangwu.model.kind import Kind, build_kind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dangwu.model.rulebook import Rulebook

RULEBOOK_NAME = "nonpublic-2020"


@cache
def load_default_rulebook() -> Rulebook:
    """Return the rulebook without amendments, every setting at its default value."""
    from dangwu.duty.in_force import build_rulebook_in_force  # noqa: PLC0415 - the kinds alone do not need it
    from dangwu.model.corpus import Corpus  # noqa: PLC0415

    return build_rulebook_in_force(load_published_rulebook(), Corpus())


@cache
def load_published_rulebook() -> Rulebook:
    """Return the rulebook as published, with setting names where the branch's values go."""
    from dangwu.parse import rules  # noqa: PLC0415 - the kinds alone do not need it

    data = resources.load_rulebook_data(RULEBOOK_NAME)
    if data is None:
        data = list(_parse_package_files(f"rulebooks/{RULEBOOK_NAME}").values())
    return rules.build_rulebook(RULEBOOK_NAME, data)


def load_profiles() -> Mapping[str, Mapping[str, Any]]:
    """Return the optional profiles of amendments by name (schemas/profile.json)."""
    return {path.removesuffix(".yaml"): data for path, data in _parse_package_files("profiles").items()}


def _parse_package_files(folder: str) -> dict[str, dict[str, Any]]:
    """Return the data of the YAML files in a folder of package data, by path."""
    from dangwu.parse.document import parse_document  # noqa: PLC0415 - only the optional profiles are not compiled

    parsed = ((path, parse_document(path, "", raw)[0]) for path, raw in resources.read_package_files(folder))
    return {path: document.data for path, document in parsed if document is not None}


@cache
def load_kinds() -> Mapping[str, Kind]:
    """Return all record kinds by name."""
    return {name: build_kind(resources.load_schema(name)) for name in resources.list_kinds()}
