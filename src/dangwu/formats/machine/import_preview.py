"""An import, or taking one back, as JSON: ``dangwu/import/1`` and ``dangwu/import-undo/1``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dangwu.formats.json_text import json_text
from dangwu.formats.machine.json import finding_json
from dangwu.model.message import Bilingual

if TYPE_CHECKING:
    from dangwu.language import Language
    from dangwu.model.import_plan import FileChange, Plan, Shown, Trouble

SCHEMA = "dangwu/import/1"


def import_json(plan: Plan, lang: Language, *, written: bool) -> str:
    """Return an import as ``dangwu/import/1``; values of fields stand in the words of the language."""
    return json_text(_object(plan, lang, written=written))


def _object(plan: Plan, lang: Language, *, written: bool) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "sheet": plan.sheet,
        "title": plan.title,
        "rows": plan.rows,
        "written": written,
        "columns": [{"letter": each.letter, "head": each.head, "key": each.key} for each in plan.columns],
        "notes": [lang.text(note) for note in plan.notes],
        "problems": [_problem(each, lang) for each in plan.troubles],
        "changes": [
            {
                "path": each.path,
                "who": each.who,
                "field": lang.value(each.field),
                "old": _plain(each.old, lang),
                "new": _plain(each.new, lang),
                "cell": each.cell,
            }
            for each in plan.changes
        ],
        "files": [{"path": each.path, "new": each.before is None} for each in plan.files],
        "findings": [finding_json(each, lang) for each in plan.findings],
    }


def _problem(trouble: Trouble, lang: Language) -> dict[str, Any]:
    hint = lang.text(trouble.hint) if trouble.hint else None
    return {"cell": trouble.cell or None, "message": lang.text(trouble.message), "hint": hint}


def _plain(value: Shown, lang: Language) -> Any:
    return lang.value(value) if isinstance(value, Bilingual) else value


def undo_json(changes: tuple[FileChange, ...], *, written: bool) -> str:
    """Return what taking back would do, or has done, as ``dangwu/import-undo/1``."""
    files = [{"path": each.path, "deleted": each.after is None} for each in changes]
    return json_text({"schema": "dangwu/import-undo/1", "written": written, "files": files})
