"""Branches that live as long as the suite."""

from __future__ import annotations

from tests.support.branches import demo

__all__ = ["demo"]
