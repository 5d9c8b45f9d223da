"""A person who writes what ``dangwu new`` left: something lawful wherever 【待填】 stands, and how much that was."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dangwu.authoring.new.record_fields import build_flags
from dangwu.authoring.record_text import render_record
from dangwu.data import resources
from dangwu.model.document import PLACEHOLDER
from dangwu.model.schema_node import resolve_node
from dangwu.parse.document import parse_document
from tests.support.branches import BASE_DAY

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

WRITTEN = "{field}一栏由当事人逐字写下，经两人看过。"
_EXACT: Mapping[str, Mapping[str, Any]] = {
    "admonition": {
        "member": "m006",
        "talker": "m001",
        "recorder": "m002",
        "follower": "m003",
        "notice.date": "2026-06-26",
        "deadline": "2026-12-30",
        "kept.until": "2036-12-31",
    },
    "accountability": {"responsibility": "individual", "persons[].share": "direct"},
    "appraisal": {"ballots": 8, "results[].grade": "qualified"},
    "assessment": {"grade": "qualified", "opinions.employees": 6, "opinions.departments": 2},
    "democratic-life-meeting": {"notice.sent_on": "2026-06-20", "reported_up.sent_on": "2026-06-15"},
    "disclosure": {"class": 1, "scope": "employees", "form": "notice"},
    "quarter-plan": {"items[].task": "t1"},
    "month-plan": {"items[].task": "t1"},
    "mid-year-summary": {"results[].task": "t1"},
    "year-end-summary": {"results[].task": "t1"},
    "plan-inspection": {"tasks[].task": "t1"},
    "branch": {"terms[].posts[].member": "m001", "founded": "2024-03-01"},
}
"""Kind → field → what stands there where not any value will do."""


def left(path: str, text: str) -> list[str]:
    """Return where 【待填】 stands: fields, rows of a list counted once, and the headings below which it does."""
    fields = list(dict.fromkeys(each for each, value in _values(data_of(path, text), "") if value == PLACEHOLDER))
    return fields + [f"## {each.partition(chr(10))[0]}" for each in _sections(path, text) if PLACEHOLDER in each]


def written(path: str, text: str, day: str = BASE_DAY) -> str:
    """Return the record as it is once a person has written everything, on a day."""
    data = data_of(path, text)
    schema = resources.load_schema(data["kind"])
    done = _done(data, schema, schema, "", day)
    if data.get("recorder") == PLACEHOLDER and data.get("present"):
        done["recorder"] = data["present"][-1]
    if "self_checks" in data:
        done["self_checks"] = [*data["present"], *(leave["member"] for leave in data["leave"])]
    if "spoke" in data:
        done["spoke"] = data["present"]
    if "reviewed_by" in data:
        done["reviewed_by"] = "m002" if data["member"] == "m001" else "m001"
    headings = {each["zh"]: WRITTEN.format(field=each["zh"]) for each in schema.get("x-headings", ())}
    return render_record(schema, done, language="zh", sections=headings)


def data_of(path: str, text: str) -> Any:
    """Return the fields of a record that can be read."""
    made, found = parse_document(path, "", text.encode())
    assert made is not None
    assert not found
    return made.data


def _sections(path: str, text: str) -> list[str]:
    return text.rpartition("\n---\n")[2].split("## ")[1:] if path.endswith(".md") else []


def _values(value: Any, at: str) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for key, each in value.items():
            yield from _values(each, f"{at}.{key}" if at else str(key))
    elif isinstance(value, list):
        for each in value:
            yield from _values(each, f"{at}[]")
    else:
        yield at, value


def _done(value: Any, node: Mapping[str, Any], schema: Mapping[str, Any], at: str, day: str) -> Any:
    whole = resolve_node(node, schema)
    if isinstance(value, dict):
        known = whole.get("properties", {})
        return {
            key: _done(each, known.get(key, {}), schema, f"{at}.{key}" if at else key, day)
            for key, each in value.items()
        }
    if isinstance(value, list):
        return [_done(each, whole["items"], schema, f"{at}[]", day) for each in value]
    return _answer(node, schema, at, day) if value == PLACEHOLDER else value


def _answer(node: Mapping[str, Any], schema: Mapping[str, Any], at: str, day: str) -> Any:
    exact = _EXACT.get(schema["properties"]["kind"]["const"], {})
    if at in exact:
        return exact[at]
    (flag,) = build_flags({"properties": {"value": node}, "$defs": schema["$defs"]})
    if flag.options:
        first = next(iter(flag.options))
        return int(first) if flag.numbered else first
    plain = {"day": day, "member": "m004", "person": "m004", "integer": int(flag.lowest or 0), "number": 1,
             "yes-no": True}  # fmt: skip
    return plain.get(flag.form, WRITTEN.format(field=at))
