"""Findings for programs, by the name of the format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.formats.machine.forges import github, gitlab, junit
from dangwu.formats.machine.json import check_json
from dangwu.formats.machine.sarif import sarif

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

FINDINGS: Mapping[str, Callable[..., str]] = {
    "json": lambda checked, lang, _prefix="": check_json(checked, lang),
    "github": github,
    "gitlab": gitlab,
    "sarif": sarif,
    "junit": junit,
}
"""Findings for programs. The last argument is the record root's place in its repository."""
