"""Every setting of a branch: what it decides, what it may be, and which value is in force."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.data import resources
from dangwu.model.finding import Source
from dangwu.model.schema_node import find_node
from dangwu.model.setting_view import SettingView
from dangwu.parse.encoding import decode_text
from dangwu.parse.yaml import find_positions
from dangwu.workspace.kind_fields import list_fields

if TYPE_CHECKING:
    from dangwu.model.kind_explanation import KindField
    from dangwu.model.rulebook import Rulebook
    from dangwu.workspace.workspace import Workspace

_BRANCH_FILE = "branch.yaml"
_PLACE = "settings."


def list_settings(book: Rulebook, workspace: Workspace | None = None) -> tuple[SettingView, ...]:
    """Return the settings in the order of the rulebook; without a workspace every default is in force."""
    schema = resources.load_schema("branch")
    fields = {field.path: field for field in list_fields(schema) if field.path.startswith(_PLACE)}
    places = _locate_decided(workspace) if workspace is not None else {}
    branch = workspace.corpus.branch if workspace is not None else None
    decided = branch.settings if branch is not None else {}
    views = []
    for setting in book.settings:
        field: KindField = fields[_PLACE + setting.key]
        clauses = (book.clause(clause) for clause in field.clauses)
        views.append(
            SettingView(
                key=setting.key,
                field=field,
                unit=find_node(schema, ("settings", setting.key))["x-unit"],
                default=setting.default,
                value=decided.get(setting.key, setting.default),
                clauses=tuple(clause for clause in clauses if clause is not None),
                decided=places.get(setting.key, Source(_BRANCH_FILE)) if setting.key in decided else None,
            )
        )
    return tuple(views)


def _locate_decided(workspace: Workspace) -> dict[str, Source]:
    """Return where branch.yaml has each of its settings."""
    document = workspace.corpus.documents.get(_BRANCH_FILE)
    text, _ = decode_text(document.raw) if document is not None else ("", None)
    values, _ = find_positions(text or "")
    return {
        str(pointer[1]): Source(_BRANCH_FILE, pointer, *place)
        for pointer, place in values.items()
        if len(pointer) == len(("settings", "key")) and pointer[0] == "settings"
    }
