"""A line of a case becomes a record of any kind: what it does not say is taken from standard-records.yaml."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from dangwu.model.period import Period
from dangwu.workspace.catalogue import load_kinds
from tests.cases.cast import HERE, Raw, read

if TYPE_CHECKING:
    from tests.cases.cast import Cast

WORDS = {"without", "slug", "unreadable", "alone"}
"""What a line may say of such a record beside the fields of its schema."""
EACH = "each"
_DAY = re.compile(r"day(?:([+-]\d+))?", re.ASCII)


@cache
def standard_records() -> dict[str, Raw]:
    """Return, kind by kind, the fields that a line need not say."""
    records: dict[str, Raw] = read(HERE / "standard-records.yaml")
    return records


def filled(made: Cast, line: Raw) -> Raw:
    """Return the fields of a record: the standard ones, those of the line over them; names become ids."""
    kind = load_kinds()[line["kind"]]
    usual = standard_records().get(line["kind"], {})
    each = usual.get(EACH, {})
    own = {key: value for key, value in line.items() if key not in WORDS}
    if line["kind"] == "dues" and not line.get("alone"):
        own["members"] = [*own.get("members", []), *_payer(made, line, usual["collector"])]
    data = {"schema": 1} | {key: value for key, value in usual.items() if key != EACH} | own
    day = line.get(kind.day_field or "", date.max)
    roster_day, without = _within(line, kind.period_field, day), line.get("without", [])
    lists = {}
    for key, value in data.items():
        named = _meant(made, value, data, roster_day)
        people = [name for name in named or [] if name not in without]
        rows = [{"member": name} for name in people] if key in each else people
        lists[key] = value if named is None else rows
    return {key: _plain(value, made.ids, day) for key, value in _rows(lists, each).items()}


def _payer(made: Cast, line: Raw, name: str) -> list[Raw]:
    """Return the row of the collector, who pays every month: a month that a ledger has for nobody counts for nobody."""
    if name not in made.people or any(row["member"] == name for row in line.get("members", [])):
        return []
    months = (f"{line['year']}-{month:02d}" for month in range(1, 13))
    return [{"member": name, "paid": [{"month": month, "date": f"{month}-01"} for month in months]}]


def _within(line: Raw, names: str | None, day: date) -> date:
    """Return the day on which the roster is read: the record's own, or the last of the period that it is for."""
    if names is None or names not in line or names == "makes_up":
        return day
    return min(day, Period.parse(str(line[names])).last)


def _meant(made: Cast, word: Any, data: Raw, day: date) -> list[str] | None:
    """Return the people that a word stands for, None when it is no such word."""
    if word == "due":
        return made.due(data["kind"], None, day)
    if word == "everyone":
        return made.everyone(day)
    if word == "full-members":
        return made.full_members(day)
    if word == "group-members":
        return made.due(data["kind"], data["group"], day)
    if word == "audience":
        return made.everyone(day) if "members" in data["audience"] else made.workers_on(day)
    return None


def _rows(data: Raw, each: Raw) -> Raw:
    """Fill up the things of a list, and the lists in them."""
    made = {}
    for key, value in data.items():
        listed = isinstance(value, list) and key in each
        made[key] = [_rows(each[key] | row, each) for row in value] if listed else value
    return made


def _plain(value: Any, ids: dict[str, str], day: date, key: str = "") -> Any:
    """Put ids in the place of names, and days in the place of ``day`` and ``day-7``."""
    if isinstance(value, dict):
        return {name: _plain(each, ids, day, name) for name, each in value.items()}
    if isinstance(value, list):
        return [_plain(each, ids, day, key) for each in value]
    if not isinstance(value, str) or key == "name":
        return value
    counted = _DAY.fullmatch(value)
    return day + timedelta(days=int(counted[1] or 0)) if counted else ids.get(value, value)
