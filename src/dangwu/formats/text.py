"""Findings as plain text, for a pipe or a file: the lines of the terminal without its colours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.formats.code_frame import finding_text, summary_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from dangwu.language import Language
    from dangwu.model.results import Checked


def findings_text(checked: Checked, lang: Language, read: Callable[[str], bytes | None], columns: int) -> str:
    """Return every finding with its frame, then the summary. ``read`` gives the bytes of a file by its path."""
    found = (finding_text(each, lang, read(each.source.path), columns) for each in checked.findings)
    return "\n\n".join((*(text.rstrip("\n") for text in found), summary_text(checked, lang)))
