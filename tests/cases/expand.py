"""A case, written for reading, becomes the files of a record repository."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from dangwu.model.record import MEETING_KINDS
from dangwu.workspace.catalogue import load_kinds
from tests.cases.cast import cast
from tests.cases.meetings import body, meeting
from tests.cases.people import branch, member
from tests.cases.sheets import filled

if TYPE_CHECKING:
    from tests.cases.cast import Cast, Raw


def files(case: Raw) -> dict[str, str]:
    """Return the files of the repository that a case describes, by path."""
    made = cast(case.get("branch", {}))
    written: dict[str, str] = {"branch.yaml": _yaml(branch(made))}
    for person in made.people.values():
        written[f"members/{person.id}.yaml"] = _yaml(member(person))
    for line in case.get("records", []):
        path, text = _record(made, line)
        written[_free(path, written)] = text
    for number, waiver in enumerate(case.get("waivers", []), 1):
        data = {"schema": 1, "kind": "waiver", "reason": "停产检修", "approved_by": "云栖镇党委"} | waiver
        data["duties"] = [with_id(each, made) for each in data["duties"]]
        written[f"waivers/{waiver['date'].year}/{waiver['date']}-{number}.yaml"] = _yaml(data)
    source = {"document": "云栖镇党委通知", "approved_by": "云栖镇党委"}
    for number, amendment in enumerate(case.get("amendments", []), 1):
        data = {"schema": 1, "kind": "amendment", "source": source} | amendment
        written[f"rules/change-{number}.yaml"] = _yaml(data)
    return written


def with_id(duty: str, made: Cast) -> str:
    """Put a member's id in the place of the name at the end of a duty's id."""
    clause, _, subject = duty.rpartition("/")
    return f"{clause}/{made.ids.get(subject, subject)}"


def _record(made: Cast, line: Raw) -> tuple[str, str]:
    kind = load_kinds()[line["kind"]]
    held = line["kind"] in MEETING_KINDS
    data = meeting(made, line) if held else filled(made, line)
    path = kind.path(data, line.get("slug", kind.name))
    if line.get("unreadable"):
        return path, "---\nkind: [\n---\n"
    return path, f"---\n{_yaml(data)}---\n{body(line)}" if path.endswith(".md") else _yaml(data)


def _free(path: str, written: dict[str, str]) -> str:
    """Return the path, or the next one with a number for a second record of the same name."""
    stem, dot, ending = path.rpartition(".")
    names = (path, *(f"{stem}-{number}{dot}{ending}" for number in range(2, 10)))
    return next(each for each in names if each not in written)


def _yaml(data: Raw) -> str:
    return "".join(f"{key}: {json.dumps(value, ensure_ascii=False, default=str)}\n" for key, value in data.items())
