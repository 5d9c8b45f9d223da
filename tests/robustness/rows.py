"""The table that the row tests are written in: a file, and what must be said of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

from tests.support.branches import GROUP_MEETING, base_files, base_repo
from tests.support.run import run

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

Found: TypeAlias = dict[str, Any]
AS_OF = "2026-06-30"
MEETING = base_files()[GROUP_MEETING]
assert isinstance(MEETING, bytes)


@dataclass(frozen=True)
class Case:
    """One file of a row. ``found`` are codes with their lines; ``says`` stands in a message or a next step.

    Without ``found`` nothing may be said about how the file reads. ``says`` is English and Chinese.
    """

    name: str
    raw: bytes
    found: tuple[tuple[str, int], ...] = ()
    says: tuple[str, ...] = ()
    path: str = field(default="")

    def placed(self, number: int) -> str:
        if self.path:
            return self.path
        return f"meetings/2026/case-{number}.md" if self.raw.startswith(b"---") else f"members/case-{number}.yaml"


def member(number: int = 0, **lines: str) -> str:
    """Return a member's file; a line may be replaced by its key."""
    whole = {
        "schema": "schema: 1",
        "kind": "kind: member",
        "id": f"id: case-{number}",
        "name": "name: 朱䶮",
        "status": "status:\n  - {from: 2024-03-01, status: full}",
    }
    return "\n".join({**whole, **lines}.values()) + "\n"


def meeting(old: str = "", new: str = "") -> bytes:
    """Return a good record of a group meeting with one piece replaced."""
    assert isinstance(MEETING, bytes)
    assert old.encode() in MEETING
    return MEETING.replace(old.encode(), new.encode(), 1) if old else MEETING


def judged(folder: Path, cases: Sequence[Case], lang: str) -> dict[str, list[Found]]:
    """Check the files of a row in one repository, made when first needed, and return the findings by path."""
    if not folder.exists():
        base_repo(folder, {case.placed(at): case.raw for at, case in enumerate(cases)})
    document = run("--lang", lang, "check", "--format", "json", cwd=folder, as_of=AS_OF, code=(0, 1)).json()
    by_path: dict[str, list[Found]] = {}
    for finding in document["findings"]:
        by_path.setdefault(finding["path"], []).append(finding)
    return by_path
