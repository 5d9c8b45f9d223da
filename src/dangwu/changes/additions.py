"""Whether a change of data only adds: the quick answer for a ledger that grows."""

from __future__ import annotations

from typing import Any


def only_adds(before: Any, after: Any) -> bool:
    """Tell whether a value holds all of an earlier one: its fields, and its rows in order, each with all it had."""
    if isinstance(before, dict) and isinstance(after, dict):
        return all(key in after and only_adds(value, after[key]) for key, value in before.items())
    if isinstance(before, list) and isinstance(after, list):
        rest = iter(after)
        return all(any(only_adds(item, other) for other in rest) for item in before)
    return _is_same(before, after)


def _is_same(one: Any, other: Any) -> bool:
    """Tell whether two values are the same; 1 differs from true and from 1.0."""
    return bool(one == other) and (isinstance(one, str) or repr(one) == repr(other))
