"""What a branch was first recorded as: by that it stays the same when it is renamed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dangwu.errors import CannotRunError
from dangwu.git.history import read_file_versions
from dangwu.git.repository import resolve_commit, resolve_record_prefix
from dangwu.model.document import PLACEHOLDER
from dangwu.parse.document import parse_document

if TYPE_CHECKING:
    from dangwu.git.repository import Repository

_BRANCH_FILE = "branch.yaml"


def find_first_name(repository: Repository, rev: str) -> tuple[str, str] | None:
    """Return day of founding and name from the first version of branch.yaml that has both.

    None where the history has none: before the first commit, in a shallow clone, and where git cannot read it.
    """
    if repository.shallow:
        return None
    try:
        commit = resolve_commit(repository, rev)
        versions = read_file_versions(resolve_record_prefix(repository, commit), commit, _BRANCH_FILE)
    except CannotRunError:
        return None
    found = (_read_name(raw) for raw in versions)
    return next((pair for pair in found if pair is not None), None)


def _read_name(raw: bytes) -> tuple[str, str] | None:
    document, _findings = parse_document(_BRANCH_FILE, "", raw)
    data: Any = document.data if document is not None else None
    if not isinstance(data, dict):
        return None
    name = data.get("name")
    name = name.get("zh") if isinstance(name, dict) else name
    founded = data.get("founded")
    if not isinstance(name, str) or PLACEHOLDER in name or founded is None:
        return None
    return str(founded), name
