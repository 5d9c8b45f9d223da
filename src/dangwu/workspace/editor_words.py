"""Ids with their names, and codes with their words, as snippets that VS Code and its kin complete in any text file."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from dangwu.data import resources
from dangwu.model.document import PLACEHOLDER
from dangwu.workspace.catalogue import load_kinds
from dangwu.workspace.kind_fields import list_fields

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from dangwu.model.corpus import Corpus
    from dangwu.model.message import Bilingual

EDITOR_WORDS_PATH = ".vscode/dangwu.code-snippets"
"""Where VS Code looks for the snippets of a folder. Not kept in git: it follows from the records."""
_EVERY_RECORD, _MINUTES_ONLY = "yaml,markdown", "markdown"
"""Scopes. In YAML files the schemas complete the codes; what reads schemas does not look into minutes."""
_SNIPPET_MARKS = re.compile(r"[\\$}]")


def build_editor_words(corpus: Corpus, as_of: date) -> bytes:
    """Return the snippet file: who is in the branch on a day, its groups and staff, and the codes of minutes.

    An entry is found by id, by name and by code, and inserts the id or the code.
    """
    snippets = {
        f"{id_} {name}": _build_snippet(id_, (name, id_), name, _EVERY_RECORD) for id_, name in _list_ids(corpus, as_of)
    }
    for code, name in _list_codes():
        snippets.setdefault(
            f"{name.zh} {code}", _build_snippet(code, (name.zh, code), " · ".join(dict.fromkeys(name)), _MINUTES_ONLY)
        )
    return (json.dumps(snippets, ensure_ascii=False, indent=2) + "\n").encode()


def _list_ids(corpus: Corpus, as_of: date) -> Iterator[tuple[str, str]]:
    for member in sorted(corpus.members, key=lambda each: each.id):
        if member.name != PLACEHOLDER and (as_of in member.days_in_branch or not member.standings):
            yield member.id, member.name
    if corpus.branch is not None:
        yield from ((group.id, group.name) for group in corpus.branch.groups)
        yield from corpus.branch.staff.items()


def _list_codes() -> Iterator[tuple[str, Bilingual]]:
    """Yield the codes of the kinds that are written as Markdown."""
    for name, kind in load_kinds().items():
        if kind.place.endswith(".md"):
            yield from (choice for field in list_fields(resources.load_schema(name)) for choice in field.choices)


def _build_snippet(body: str, prefixes: tuple[str, ...], description: str, scope: str) -> dict[str, object]:
    text = _SNIPPET_MARKS.sub(lambda match: f"\\{match[0]}", body)
    return {"scope": scope, "prefix": list(dict.fromkeys(prefixes)), "body": text, "description": description}
