"""The status of a person and its day, as they follow from the roster; nothing is said that the roster does not say."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dangwu.model.day_or_month import DayOrMonth
from dangwu.model.message import Text, say

if TYPE_CHECKING:
    from datetime import date

    from dangwu.sheets.read.rows import SheetRow

_LONGEST_PROBATION = 2
"""Years: one year, and at most one more (Party Constitution, article 7); who joined earlier is a full member."""
_NORMAL = frozenset({"正常", "在册", "有效", "有", "normal"})
_SUSPENDED = frozenset({"停止党籍", "停止", "suspended"})


class StatusEntry(NamedTuple):
    """A status and the day from which it holds."""

    status: str
    since: str


class StatusDoubt(NamedTuple):
    """Why a roster does not say the status or its day: the fields that would, what is wrong and what to write."""

    keys: tuple[str, ...]
    message: Text
    hint: Text


_NO_STATUS = StatusDoubt(
    ("converted_on", "status"),
    say("Nothing in this row says whether the person is a full or a probationary member."),
    say("Fill in the day of becoming a full member (转正日期), or the category (人员类别: 正式党员, 预备党员)."),
)
_WHICH_DAY = say("Only the month is given here, and the day matters: it lies in the time of which records are kept.")


def derive_status(row: SheetRow, *, founded: str, first_day: str, as_of: date) -> StatusEntry | StatusDoubt:
    """Return the status of a new person; the doubt where the roster does not say it.

    Nobody was in the branch before it was ``founded``. ``first_day`` is the day from which records are kept: a full
    member of whom no other day is known is recorded from it on, and so is what began in an earlier month.
    """
    joined, converted = DayOrMonth.parse(row.get("joined_on")), DayOrMonth.parse(row.get("converted_on"))
    if converted is not None and converted.is_after(as_of):
        converted = None
    status = row.get("status") or _read_status(joined, converted, as_of)
    if status is None:
        return _NO_STATUS
    key, began = ("joined_on", joined) if status == "probationary" else ("converted_on", converted)
    since = row.get("status_from") or _find_since(began, founded, first_day)
    if since is None and status == "full" and converted is None:
        since = max(joined.last.isoformat() if joined and joined.day else "", first_day)
    if since is None:
        message = _WHICH_DAY if began else say("A new value needs the day from which it holds.")
        return StatusDoubt(
            (key, "status_from", "status"), message, say("Write the day with its year: 2026-03-15 or 2026年3月15日.")
        )
    return StatusEntry(status, since)


def _find_since(began: DayOrMonth | None, founded: str, first_day: str) -> str | None:
    """Return since when a status is recorded: its day; of a month, all of which lies before records, their first day.

    None where the day is not known and matters, or where nothing is known.
    """
    if began is None:
        return None
    if began.day is not None:
        return max(began.day.isoformat(), founded)
    return first_day if began.last.isoformat() < first_day else None


def _read_status(joined: DayOrMonth | None, converted: DayOrMonth | None, as_of: date) -> str | None:
    """Return the status that surely follows from joining and from becoming a full member; None where none does."""
    if converted is not None:
        return "full" if converted.last <= as_of else None
    if joined is None:
        return None
    if joined.first.isoformat() > _go_back(as_of, 1):
        return "probationary"
    return "full" if joined.last.isoformat() <= _go_back(as_of, _LONGEST_PROBATION) else None


def _go_back(day: date, years: int) -> str:
    return f"{day.year - years}{day.isoformat()[4:]}"


def read_membership(text: str) -> str | Text:
    """Return "" where membership (党籍状态) is as usual, ``suspended`` where it is; else a sentence."""
    words = "".join(text.split()).casefold()
    if words in _NORMAL:
        return ""
    if words in _SUSPENDED:
        return "suspended"
    return say("“{text}” is no state of membership that a roster of members has.", text=text)
