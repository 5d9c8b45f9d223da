"""Findings as plain text, for a pipe or a file: the lines of the terminal without its colours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.formats.code_frame import format_finding_text, format_summary_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from dangwu.language import Language
    from dangwu.model.results import CheckResult


def render_findings_text(
    checked: CheckResult, lang: Language, read: Callable[[str], bytes | None], columns: int
) -> str:
    """Return every finding with its frame, then the summary. ``read`` gives the bytes of a file by its path."""
    found = (format_finding_text(finding, lang, read(finding.source.path), columns) for finding in checked.findings)
    return "\n\n".join((*(text.rstrip("\n") for text in found), format_summary_text(checked, lang)))
