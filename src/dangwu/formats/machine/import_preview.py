"""An import, or the undoing of one, as JSON: ``dangwu/import/1`` and ``dangwu/import-undo/1``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dangwu.formats.json_text import format_json
from dangwu.formats.machine.json import build_finding_data
from dangwu.model.message import Bilingual
from dangwu.pages.import_command import build_retry_command

if TYPE_CHECKING:
    from dangwu.language import Language
    from dangwu.model.file_change import FileChange
    from dangwu.model.import_plan import ImportPlan, SheetProblem, ShownValue

SCHEMA = "dangwu/import/1"


def render_import_json(plan: ImportPlan, lang: Language, *, written: bool) -> str:
    """Return an import as ``dangwu/import/1``, codes as words of the language."""
    return format_json({**_build_import_data(plan, lang, written=written), "again": build_retry_command(plan, lang)})


def _build_import_data(plan: ImportPlan, lang: Language, *, written: bool) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "sheet": plan.sheet,
        "title": plan.title,
        "rows": plan.rows,
        "written": written,
        "columns": [{"letter": column.letter, "head": column.head, "key": column.key} for column in plan.columns],
        "notes": [lang.text(note) for note in plan.notes],
        "problems": [_build_problem_data(problem, lang) for problem in plan.troubles],
        "changes": [
            {
                "path": change.path,
                "who": change.who,
                "field": lang.value(change.field),
                "old": _export_shown_value(change.old, lang),
                "new": _export_shown_value(change.new, lang),
                "cell": change.cell,
            }
            for change in plan.changes
        ],
        "files": [{"path": file.path, "new": file.before is None} for file in plan.files],
        "findings": [build_finding_data(finding, lang) for finding in plan.findings],
    }


def _build_problem_data(problem: SheetProblem, lang: Language) -> dict[str, Any]:
    hint = lang.text(problem.hint) if problem.hint else None
    cells = [cell for cell in (problem.cell, *problem.others) if cell]
    return {
        "cell": problem.cell or None,
        "cells": cells,
        "found": problem.found or None,
        "message": lang.text(problem.message),
        "hint": hint,
    }


def _export_shown_value(value: ShownValue, lang: Language) -> Any:
    return lang.value(value) if isinstance(value, Bilingual) else value


def render_undo_json(changes: tuple[FileChange, ...], *, written: bool) -> str:
    """Return the files that undoing an import restores or deletes as ``dangwu/import-undo/1``."""
    files = [{"path": change.path, "deleted": change.after is None} for change in changes]
    return format_json({"schema": "dangwu/import-undo/1", "written": written, "files": files})
