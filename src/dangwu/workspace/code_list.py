"""The finding codes of all checks, of the records and of the history."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dangwu.model.finding import FindingCode


def list_codes() -> tuple[FindingCode, ...]:
    """Return all finding codes, by id."""
    return tuple(sorted((*list_check_codes(), *list_audit_codes()), key=lambda code: code.id))


def list_check_codes() -> tuple[FindingCode, ...]:
    """Return the codes of the checks of one state of the records, by id."""
    from dangwu.check.registry import CODES  # noqa: PLC0415 - most commands need no check
    from dangwu.parse import finding_codes  # noqa: PLC0415

    return tuple(sorted((*finding_codes.CODES, *CODES), key=lambda code: code.id))


def list_audit_codes() -> tuple[FindingCode, ...]:
    """Return the codes of the audit checks, by id."""
    from dangwu.audit.registry import CODES  # noqa: PLC0415 - ``check`` starts faster without the audit

    return tuple(sorted(CODES, key=lambda code: code.id))
