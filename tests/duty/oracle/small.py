"""Branches small enough to be worked out by hand, for the oracle alone: only the fields that it reads."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from tests.duty.oracle.oracle import expected

if TYPE_CHECKING:
    from tests.duty.oracle.days import Raw

END = date(2026, 12, 31)


def a_branch(**changes: Any) -> dict[str, Raw]:
    """Make a branch of seven full members with a committee and one group."""
    terms = [{"from": "2024-01-01", "committee": True, "posts": _posts("secretary", "organization", "publicity")}]
    leaders = [{"member": "m004", "from": "2025-01-01"}]
    branch = {"kind": "branch", "founded": "2024-01-01", "terms": terms}
    branch["groups"] = [{"id": "g1", "from": "2025-01-01", "leaders": leaders}]
    records = {"branch.yaml": branch | changes}
    for number in range(1, 8):
        records[f"members/m{number:03d}.yaml"] = {
            "kind": "member",
            "id": f"m{number:03d}",
            "status": [{"from": "2024-01-01", "status": "full"}],
            "groups": [{"from": "2025-01-01", "group": "g1"}],
        }
    return records


def _posts(*names: str) -> list[Raw]:
    return [{"post": post, "member": f"m{number:03d}", "from": "2024-01-01"} for number, post in enumerate(names, 1)]


def meeting(kind: str, day: str, present: str, **more: Any) -> dict[str, Raw]:
    """Make a meeting; ``present`` names the last digits of those who came, the first of them is the chair."""
    names = [f"m00{digit}" for digit in present]
    if kind == "group-meeting":
        more = {"group": "g1", **more}
    return {f"{day}-{kind}": {"kind": kind, "date": day, "chair": names[0], "present": names, **more}}


def waiver(duty: str, outcome: str, decided: str = "2026-01-01", until: str | None = None) -> dict[str, Raw]:
    """Make a waiver of one duty."""
    made = {"kind": "waiver", "date": decided, "duties": [duty], "outcome": outcome}
    return {f"waiver-{duty}-{outcome}": made | ({"until": until} if until else {})}


def amendment(clause: str, start: str, **change: Any) -> dict[str, Raw]:
    """Make an amendment of one clause."""
    return {f"rules-{clause}-{start}": {"kind": "amendment", "clause": clause, "from": start, **change}}


def state(records: dict[str, Raw], name: str, as_of: date = END) -> str | None:
    """Return the state of a duty of 2026, None if there is no such duty."""
    found = expected(records, as_of, 2026).get(name)
    return found.state if found else None


def standing(status: str, start: str) -> list[Raw]:
    """Return a status from a day on."""
    return [{"from": start, "status": status}]


def sheet(kind: str, name: str, **fields: Any) -> dict[str, Raw]:
    """Make a record of another kind; ``name`` is its file's name without the ending."""
    return {f"{kind}/{name}.yaml": {"kind": kind, **fields}}
