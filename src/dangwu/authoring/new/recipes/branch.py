"""The branch itself, and amendments to the rulebook."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dangwu.model.document import PLACEHOLDER

if TYPE_CHECKING:
    from dangwu.authoring.new.request import RecordRequest


def fill_branch(request: RecordRequest) -> dict[str, Any]:
    """Ask for the first term and its secretary."""
    first = request.get("founded") or PLACEHOLDER
    post = {"post": "secretary", "member": PLACEHOLDER, "from": first}
    return {"terms": [{"from": first, "committee": PLACEHOLDER, "posts": [post]}]}
