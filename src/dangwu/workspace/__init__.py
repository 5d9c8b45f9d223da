"""The one joint of the rooms: a tree becomes records, and records become findings, duties, changes and audits."""

from __future__ import annotations

from dangwu.workspace.book import audit_codes, check_codes, codes, kinds, profiles, rulebook
from dangwu.workspace.loading import VERSION, load, news, outdated
from dangwu.workspace.state import Workspace, year_span

__all__ = [
    "VERSION",
    "Workspace",
    "audit_codes",
    "check_codes",
    "codes",
    "kinds",
    "load",
    "news",
    "outdated",
    "profiles",
    "rulebook",
    "year_span",
]
