"""Hours and leave as people type them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dangwu.cli.commands.new.clock_words import parse_time_range
from dangwu.errors import UsageError
from tests.support.branches import BASE_DAY
from tests.support.by_hand import data_of
from tests.support.run import spoken, zh

if TYPE_CHECKING:
    from pathlib import Path

HOURS = {
    "15：00－16：10": "15:00-16:10",
    "9:00-11:00": "09:00-11:00",
    "9：00 至 10：30": "09:00-10:30",
    "下午3点-4点半": "15:00-16:30",
    "下午三点到五点一刻": "15:00-17:15",
    "下午3:00—4:30": "15:00-16:30",
    "下午2点-16:00": "14:00-16:00",
    "下午12点半-2点": "12:30-14:00",
    "上午十点至十一点四十五分": "10:00-11:45",
    "上午11点-1点": "11:00-13:00",
    "上午9点至下午2点": "09:00-14:00",
    "中午11点半-1点": "11:30-13:00",
    "晚上7点半~9点": "19:30-21:00",
    "十九点整-二十点": "19:00-20:00",
    "两点-三点下午": None,
    "15:00-4:30": "15:00-16:30",
    "03:00-04:00": "03:00-04:00",
    "3:00-4:00": None,
    "三点到四点": None,
    "下午3点": None,
    "16:00-15:00": None,
    "24:00-25:00": None,
    "晚上12点-1点": None,
    "15:00-15:60": None,
    "15:00-16:00-17:00": None,
    "下午": None,
    "": None,
}
"""What is typed → hours as records have them; None where no hours are meant, or two of a day may be."""


@pytest.mark.parametrize(("typed", "hours"), HOURS.items())
def test_hours(typed: str, hours: str | None) -> None:
    if hours is None:
        with pytest.raises(UsageError):
            parse_time_range(typed)
    else:
        assert parse_time_range(typed) == hours


@pytest.mark.parametrize(
    ("typed", "row"),
    [
        ("m006:business-trip:m005", ("m006", "business-trip", "m005")),
        ("m006：公出：m005", ("m006", "business-trip", "m005")),
        ("m006出差", ("m006", "business-trip", "【待填】")),
        ("许㛃 病假", ("m006", "illness", "【待填】")),
        ("许㛃（事假）", ("m006", "personal", "【待填】")),
        ("许㛃产假", ("m006", "family", "【待填】")),
        ("m006 business trip", ("m006", "business-trip", "【待填】")),
        ("许㛃，培训", ("m006", "study", "【待填】")),
        ("许㛃", None),
        ("出差", None),
        ("m006:看病去了", None),
    ],
)
def test_leave(clean: Path, typed: str, row: tuple[str, str, str] | None) -> None:
    words = ("new", "group-meeting", "--group", "g1", "--time", "下午3点-4点半", "--leave", typed, "--dry-run")
    if row is None:
        said = spoken(*words, cwd=clean, as_of=BASE_DAY, code=2)["zh"]
        assert "business-trip" in said.err or "没有" in said.err
        return
    data = data_of("x.md", zh(*words, cwd=clean, as_of=BASE_DAY, code=0).out)
    assert [tuple(each.values()) for each in data["leave"]] == [row]
    assert data["time"] == "15:00-16:30"
