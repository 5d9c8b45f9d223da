"""A calendar as iCalendar (RFC 5545): one all-day entry for each duty, the same bytes for the same duties and day."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from icalendar import Alarm, Event

    from dangwu.formats.ics_entries import Agenda, Entry

REMINDED_AT = 9
"""The hour of the day at which a reminder rings."""

_ZONE = "Asia/Shanghai"


def ics(agenda: Agenda) -> bytes:
    """Return the file: lines end in CRLF and are folded at 75 octets, never inside a character.

    Days are plain days (``VALUE=DATE``), so that every program shows them on the same day wherever it stands; there is
    no ``METHOD``, so that a file is opened and not answered. DTSTAMP is the as-of day, not a clock.
    """
    from icalendar import Calendar  # noqa: PLC0415

    made = Calendar()
    made.add("version", "2.0")
    made.add("prodid", f"-//dangwu//duties//{agenda.language.upper()}")
    made.add("calscale", "GREGORIAN")
    made.add("x-wr-calname", _said(agenda.name))
    made.add("x-wr-timezone", _ZONE)
    stamp = datetime.combine(agenda.as_of, time(), tzinfo=UTC)
    for entry in agenda.entries:
        made.add_component(_event(entry, stamp))
    return bytes(made.to_ical())


def _event(entry: Entry, stamp: datetime) -> Event:
    from icalendar import Event  # noqa: PLC0415

    made = Event()
    made.add("uid", entry.uid)
    made.add("dtstamp", stamp)
    made.add("dtstart", entry.day)
    made.add("dtend", entry.day + timedelta(days=1))
    made.add("summary", _said(entry.title))
    made.add("description", "\n".join(map(_said, entry.lines)))
    made.add("categories", [_said(entry.category)])
    made.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    made.add("transp", "TRANSPARENT")
    for days in entry.alarms:
        made.add_component(_alarm(entry, days))
    return made


def _alarm(entry: Entry, days: int) -> Alarm:
    from icalendar import Alarm  # noqa: PLC0415

    made = Alarm()
    made.add("action", "DISPLAY")
    made.add("description", _said(entry.title))
    made.add("trigger", timedelta(hours=REMINDED_AT - 24 * days))
    return made


def _said(text: str) -> str:
    r"""Return text that nobody takes for two lines: icalendar makes a line end of ``\N`` before it escapes anything."""
    return text.replace("\\N", "＼N")
