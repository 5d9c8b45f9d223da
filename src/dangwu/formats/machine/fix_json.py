"""Corrections as JSON: ``dangwu/fix/1``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.formats.json_text import format_json

if TYPE_CHECKING:
    from dangwu.language import Language
    from dangwu.model.correction import FixPlan

SCHEMA = "dangwu/fix/1"


def render_fix_json(plan: FixPlan, lang: Language, *, written: bool) -> str:
    """Return the corrections of each file with its text afterwards, and the places that were left."""
    data = {
        "schema": SCHEMA,
        "written": written,
        "files": [
            {
                "path": file.path,
                "after": file.after.decode(),
                "corrections": [
                    {"code": each.code, "line": each.line, "message": lang.text(each.what)} for each in file.corrections
                ],
            }
            for file in plan.files
        ],
        "left": [
            {"path": place.path, "line": place.line or None, "message": lang.text(place.reason)} for place in plan.left
        ],
        "uncovered": plan.uncovered,
        "others": plan.others,
    }
    return format_json(data)
