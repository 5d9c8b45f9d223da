"""The command with which a refused import can succeed: what was typed, and the options that were missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.model.import_plan import list_retries

if TYPE_CHECKING:
    from dangwu.language import Language
    from dangwu.model.import_plan import ImportPlan


def build_retry_command(plan: ImportPlan, lang: Language) -> str | None:
    """Return the whole line to type next; None where no option helps. Words in capitals are for people to fill in."""
    options = [option if isinstance(option, str) else lang.text(option) for option in list_retries(plan)]
    return " ".join((plan.command, *dict.fromkeys(options))) if options else None
