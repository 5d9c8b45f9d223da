"""Raw record data written as the files of a record repository, and random days."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from tests.duty.oracle.proofs import BODY

if TYPE_CHECKING:
    from random import Random

    from tests.duty.oracle.days import Raw, Records

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def files(records: Records) -> dict[str, bytes]:
    """Write the records as a record repository holds them."""
    return {path: text(path, data).encode() for path, data in records.items()}


def text(path: str, data: Raw) -> str:
    """Write one record: block style above, flow style below, days without quotes as people write them."""
    yaml = "".join(f"{key}: {_flow(value)}\n" for key, value in data.items() if key != BODY)
    if not path.endswith(".md"):
        return yaml
    body = data.get(BODY, {"会议内容": "学习《中国共产党章程》。"})
    return f"---\n{yaml}---\n" + "".join(f"\n## {heading}\n\n{said}\n" for heading, said in body.items())


def _flow(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_flow(inner) for inner in value) + "]"
    if isinstance(value, str) and _DAY.fullmatch(value):
        return value
    return json.dumps(value, ensure_ascii=False)


def some_day(pick: Random, first: date, last: date) -> date:
    """Pick a day, often one beside the first, the middle or the end of a month."""
    day = first + timedelta(days=pick.randrange((last - first).days + 1))
    if pick.random() < 0.5:
        start = day.replace(day=1)
        end = (start + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        edge = pick.choice((start, end, end, start + timedelta(days=(end - start).days // 2)))
        day = edge + timedelta(days=pick.choice((-1, 0, 0, 0, 1, 2)))
    return min(max(day, first), last)


def beside(pick: Random, day: date, first: date | None = None) -> date:
    """Pick a day before, on or after a due day, never before ``first``."""
    near = day + timedelta(days=pick.choice((-40, -20, -9, -3, -1, 0, 0, 0, 1, 2, 12, 50)))
    return max(near, first) if first else near
