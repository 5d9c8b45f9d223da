"""A changed copy of any frozen value."""

from __future__ import annotations

import dataclasses
from typing import Any, TypeVar

T = TypeVar("T")


def replace(value: T, /, **changes: Any) -> T:
    """Return the value with some fields changed, be it a named tuple or a dataclass."""
    made: T = value._replace(**changes) if isinstance(value, tuple) else dataclasses.replace(value, **changes)  # type: ignore[attr-defined, type-var]
    return made
