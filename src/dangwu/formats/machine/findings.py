"""The renderers of findings for programs, by the name of the format; apart from ``render``, which loads far more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.formats.machine.forges import render_github, render_gitlab, render_junit
from dangwu.formats.machine.json import render_check_json
from dangwu.formats.machine.sarif import render_sarif

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

FINDING_RENDERERS: Mapping[str, Callable[..., str]] = {
    "json": lambda checked, lang, _prefix="": render_check_json(checked, lang),
    "github": render_github,
    "gitlab": render_gitlab,
    "sarif": render_sarif,
    "junit": render_junit,
}
"""Arguments: result, language, and the record root's path within its repository."""
