"""Branches that live as long as the suite."""

from __future__ import annotations

from support.branches import clean, demo
from support.prepared import prepared

__all__ = ["clean", "demo", "prepared"]
