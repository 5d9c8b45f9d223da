"""A record of every kind with an unmistakable word in every field that holds text, to see who gets to read which."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from dangwu.data import resources
from dangwu.model.audience import Audience
from dangwu.model.record import MEETING_KINDS
from dangwu.workspace.catalogue import load_kinds
from tests.support.branches import base_files

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dangwu.model.kind import Kind

SONG = "Q鸟"
"""How every such word begins; no other text of the suite has it."""
AS_OF = "2026-06-30"
_WRITTEN = {
    "date": "2026-03-20",
    "time": "10:00-11:00",
    "id": "k1",
    "member": "m001",
    "person": "m002",
    "group": "g1",
    "month": "2026-03",
    "quarter": "2026-Q1",
    "half": "2026-H1",
    "year": 2026,
    "hours": 2,
    "points": 20,
    "count": 3,
    "taskId": "t1",
    "recordId": "2026-03-27-general-meeting",
    "makesUp": None,
    "planItem": "unplanned",
}
_PEOPLE = {"talker": "m001", "recorder": "m002", "follower": "m003", "member": "m004", "chair": "m001"}
_LATER = {
    "deadline": "2026-05-20", "outcome.date": "2026-06-10", "until": "2036-12-31", "checks.date": "2026-05-10",
    "due": "2026-04-20",
}  # fmt: skip
_LEFT_OUT = {"makes_up", "delegated_by", "totals", "outcome", "closed_on", "reported_up_on", "replied_on", "result",
             "language", "appeal", "quarters"}  # fmt: skip
"""Fields that would settle what the tests want to be owed, or that change what the others mean."""

_HEADS = ("attendance", "work-goals", "self-improvement", "discipline", "vanguard")


def word(kind: str, way: str) -> str:
    """Return the word that stands in a field."""
    return f"{SONG}-{kind}-{way}-鸟"


def data(kind: str) -> dict[str, Any]:
    """Return a record of a kind, every field of text filled."""
    schema = resources.load_schema(kind)
    made: dict[str, Any] = _value(schema, schema, kind, "")
    return {"schema": 1, "kind": kind, **{key: each for key, each in made.items() if key not in {"schema", "kind"}}}


def _value(node: Mapping[str, Any], schema: Mapping[str, Any], kind: str, way: str) -> Any:
    name = str(node.get("$ref", "")).rpartition("/")[2]
    if name == "text" or (not name and node.get("type") == "string" and "pattern" not in node):
        return word(kind, way)
    if name in _WRITTEN:
        return _written(name, way)
    if name or "anyOf" in node:
        return _value(schema["$defs"][name] if name else node["anyOf"][0], schema, kind, way)
    if "const" in node or "enum" in node:
        return node.get("const") or node["enum"][0]
    return _whole(node, schema, kind, way)


def _written(name: str, way: str) -> Any:
    field = way.rpartition(".")[2]
    if name == "date":
        return _LATER.get(way) or _LATER.get(field) or _WRITTEN[name]
    return _PEOPLE.get(field, _WRITTEN[name]) if name == "member" else _WRITTEN[name]


def _whole(node: Mapping[str, Any], schema: Mapping[str, Any], kind: str, way: str) -> Any:
    kinds_of = str(node.get("type", "object"))
    if kinds_of == "object":
        return {
            key: _value(each, schema, kind, f"{way}.{key}".lstrip("."))
            for key, each in node["properties"].items()
            if key not in _LEFT_OUT or key in node.get("required", ())
        }
    if kinds_of == "array":
        rows = [_value(node["items"], schema, kind, way) for _ in range(node.get("minItems", 1))]
        return _told_apart(rows)
    return {"boolean": True, "integer": node.get("minimum", 1), "number": 1, "string": "x"}[kinds_of]


def _told_apart(rows: list[Any]) -> list[Any]:
    """Return the rows of a list that wants several of them, each about something else."""
    if len(rows) == 1:
        return rows
    if isinstance(rows[0], str):
        return [f"m{number:03d}" for number in range(1, len(rows) + 1)]
    return [{**row, "head": head} for row, head in zip(rows, _HEADS, strict=False)]


def text(kind: Kind, fields: Mapping[str, Any]) -> str:
    """Return a record as the text of its file: JSON is YAML."""
    lines = "".join(f"{key}: {json.dumps(each, ensure_ascii=False)}\n" for key, each in fields.items())
    if not kind.place.endswith(".md"):
        return lines
    said = word(kind.name, "body")
    body = "".join(f"## {each.zh}\n\n{said}\n\n> ## {said}\n> **{said}**\n\n- # {said}\n" for each in kind.headings)
    return f"---\n{lines}---\n\n# x\n\n{body}"


def path(kind: Kind, fields: Mapping[str, Any]) -> str:
    """Return where the record belongs."""
    return kind.path(fields, "canary")


_OWN = {"branch", "member", "accepted", "amendment"}
SCOPES = {"society": Audience.PUBLIC, "employees": Audience.EMPLOYEES, "members": Audience.MEMBERS}


def records() -> dict[str, tuple[str, dict[str, Any]]]:
    """Return path and fields of a record of each kind, beside those of the base."""
    made = {}
    for name, kind in load_kinds().items():
        if name in _OWN or kind.disclosed:
            continue
        fields = data(name)
        if name == "rectification":
            fields["meeting"] = "2026-03-20-democratic-life-meeting"
        if name == "waiver":
            fields |= {"duties": ["3.1/2026-05/g2"], "outcome": "waived"}
            fields.pop("until", None)
        if name == "dues":
            fields["members"][0]["deferrals"][0]["to"] = "2026-04"
        made[name] = (path(kind, fields), fields)
    return made


def disclosures() -> dict[str, str]:
    """Return an item of openness for each scope, one not yet published, and one that was never approved in time."""
    kind = load_kinds()["disclosure"]
    files = {}
    for scope in (*SCOPES, "later", "unapproved"):
        fields = {**data("disclosure"), "scope": scope if scope in SCOPES else "society", "about": []}
        fields |= {"matter": f"{SONG}-to-{scope}-鸟", "content": f"{SONG}-content-{scope}-鸟"}
        fields |= {"date": "2026-08-01"} if scope == "later" else {}
        fields |= {"approved_on": "2026-08-01"} if scope == "unapproved" else {}
        fields.pop("resolution", None)
        files[kind.path(fields, scope)] = text(kind, fields)
    return files


def files() -> dict[str, str | bytes]:
    """Return a whole repository: the clean base, and a record of every kind."""
    every = load_kinds()
    made: dict[str, str | bytes] = dict(base_files())
    made |= {place: text(every[name], fields) for name, (place, fields) in records().items()}
    return made | disclosures()


_SUNG = re.compile(rf"{SONG}-([a-z-]+?)-([a-z_.]+)-鸟")
_TO = re.compile(rf"{SONG}-(?:to|content)-([a-z]+)-鸟")


def names() -> list[str]:
    """Return the names of the base's members."""
    raw = (
        each.decode() for path, each in base_files().items() if path.startswith("members/") and isinstance(each, bytes)
    )
    return [found[1].strip() for text in raw if (found := re.search(r"^name: (.+)$", text, re.MULTILINE))]


def sung(text: str) -> set[str]:
    """Return the kinds of record whose words stand in a text."""
    return {each[1] for each in _SUNG.finditer(text)} - {"to", "content"}


def told(text: str) -> set[str]:
    """Return to whom the items of openness are whose title or text stands in a text."""
    return {each[1] for each in _TO.finditer(text)}


def assert_fit(text: str, audience: str) -> None:
    """See that a text has only what is for its audience."""
    who = Audience(audience)
    allowed = {each.name for each in load_kinds().values() if who.may_see(each.audience)}
    if not who.may_see(Audience.COMMITTEE):
        allowed -= {*MEETING_KINDS, "training"}
    assert sung(text) <= allowed, (audience, sung(text) - allowed)
    assert f"{SONG}-complainant" not in text
    scopes = {scope for scope, wanted in SCOPES.items() if who.may_see(wanted)}
    inside = {"later", "unapproved"} if who.may_see(Audience.COMMITTEE) else set()
    assert told(text) <= scopes | inside, audience
    if not who.may_see(Audience.MEMBERS):
        assert not [name for name in names() if name in text], audience
