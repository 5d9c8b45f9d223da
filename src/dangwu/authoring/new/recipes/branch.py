"""The branch itself, and amendments to the rulebook."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dangwu.authoring.record_text import TO_WRITE

if TYPE_CHECKING:
    from dangwu.authoring.new.request import Order


def branch(order: Order) -> dict[str, Any]:
    """Ask for the first term and its secretary."""
    first = order.get("founded") or TO_WRITE
    post = {"post": "secretary", "member": TO_WRITE, "from": first}
    return {"terms": [{"from": first, "committee": TO_WRITE, "posts": [post]}]}


def amendment(order: Order) -> dict[str, Any]:
    """Begin on the day; what changes, and who approved it, a person says."""
    return {"from": order.day.isoformat()}
