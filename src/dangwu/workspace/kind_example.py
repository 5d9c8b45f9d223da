"""The example record of each kind: one small branch, of which each kind shows one record."""

from __future__ import annotations

from typing import Any, NamedTuple

from dangwu.authoring.record_text import build_record_path, render_record
from dangwu.data import resources
from dangwu.model.message import Bilingual
from dangwu.parse.yaml import parse_package_yaml


class KindExample(NamedTuple):
    """A complete record of a kind: its path in a record repository and its text."""

    path: str
    text: str


def build_example(kind: str, language: str) -> KindExample:
    """Return the example of a kind, its words and comments in one language; a ``kind`` of ``list_kinds``.

    The examples of all kinds belong to one branch and agree with each other.
    """
    source = parse_package_yaml(resources.read_package_text(f"examples/{kind}.yaml"))
    schema = resources.load_schema(kind)
    data = {"schema": 1, "kind": kind, **_choose_words(source["record"], language)}
    sections = _choose_words(source.get("sections", {}), language)
    path = build_record_path(schema, data, source.get("slug"))
    return KindExample(path, render_record(schema, data, language=language, sections=sections))


def _choose_words(value: Any, language: str) -> Any:
    """Return data with each text that has both languages (``中文 · English``) in one of them."""
    if isinstance(value, dict):
        return {key: _choose_words(field, language) for key, field in value.items()}
    if isinstance(value, list):
        return [_choose_words(item, language) for item in value]
    if isinstance(value, str):
        return Bilingual.parse(value).zh if language == "zh" else Bilingual.parse(value).en
    return value
