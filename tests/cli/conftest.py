"""Branches that live as long as the suite."""

from __future__ import annotations

from tests.support.branches import clean, demo
from tests.support.prepared import prepared

__all__ = ["clean", "demo", "prepared"]
