"""A calendar as iCalendar (RFC 5545): one all-day entry for each duty, the same bytes for the same duties and day."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from icalendar import Alarm, Event

    from dangwu.formats.ics_entries import CalendarEntry, DutyCalendar

REMINDER_HOUR = 9
"""The hour of the day at which a reminder rings."""

_TIME_ZONE = "Asia/Shanghai"


def render_ics(calendar: DutyCalendar) -> bytes:
    """Return the file: lines end in CRLF and are folded at 75 octets, never inside a character.

    Days are plain days (``VALUE=DATE``), so that every program shows them on the same day wherever it stands; there is
    no ``METHOD``, so that a file is opened and not answered. DTSTAMP is the as-of day, not a clock.
    """
    from icalendar import Calendar  # noqa: PLC0415

    component = Calendar()
    component.add("version", "2.0")
    component.add("prodid", f"-//dangwu//duties//{calendar.language.upper()}")
    component.add("calscale", "GREGORIAN")
    component.add("x-wr-calname", _escape_line_ends(calendar.name))
    component.add("x-wr-timezone", _TIME_ZONE)
    stamp = datetime.combine(calendar.as_of, time(), tzinfo=UTC)
    for entry in calendar.entries:
        component.add_component(_build_event(entry, stamp))
    return bytes(component.to_ical())


def _build_event(entry: CalendarEntry, stamp: datetime) -> Event:
    from icalendar import Event  # noqa: PLC0415

    component = Event()
    component.add("uid", entry.uid)
    component.add("dtstamp", stamp)
    component.add("dtstart", entry.day)
    component.add("dtend", entry.day + timedelta(days=1))
    component.add("summary", _escape_line_ends(entry.title))
    component.add("description", "\n".join(map(_escape_line_ends, entry.lines)))
    component.add("categories", [_escape_line_ends(entry.category)])
    component.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    component.add("transp", "TRANSPARENT")
    for days in entry.alarms:
        component.add_component(_build_alarm(entry, days))
    return component


def _build_alarm(entry: CalendarEntry, days: int) -> Alarm:
    from icalendar import Alarm  # noqa: PLC0415

    component = Alarm()
    component.add("action", "DISPLAY")
    component.add("description", _escape_line_ends(entry.title))
    component.add("trigger", timedelta(hours=REMINDER_HOUR - 24 * days))
    return component


def _escape_line_ends(text: str) -> str:
    r"""Return text that nobody takes for two lines: icalendar makes a line end of ``\N`` before it escapes anything."""
    return text.replace("\\N", "＼N")
