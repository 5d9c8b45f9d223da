"""A calendar as iCalendar (RFC 5545): one all-day entry for each duty, the same bytes for the same duties and day."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from icalendar import Alarm, Event

    from dangwu.formats.ics_entries import CalendarEntry, DutyCalendar

REMINDER_HOUR = 9
"""The hour of the day of a reminder."""
FIRST_DAY = date(2000, 1, 1)
"""The day from which the revisions of an entry (SEQUENCE) are numbered."""

_TIME_ZONE = "Asia/Shanghai"


def render_ics(calendar: DutyCalendar) -> bytes:
    """Return the file: lines end in CRLF and are folded at 75 octets, never inside a character.

    Days are plain dates (``VALUE=DATE``), the same in every time zone; there is no ``METHOD``, so that programs do not
    treat the file as an invitation. DTSTAMP is the as-of day and SEQUENCE its number, so that the same duties make the
    same file, and the file of a later day is the newer revision for every program (RFC 5546, 2.1.5).
    """
    from icalendar import Calendar, vText  # noqa: PLC0415

    component = Calendar()
    component.add("version", "2.0")
    component.add("prodid", f"-//dangwu//duties//{calendar.language.upper()}")
    component.add("calscale", "GREGORIAN")
    # The library escapes no text in a property that it does not know.
    component.add("x-wr-calname", vText(_escape_line_ends(calendar.name)))
    component.add("x-wr-timezone", _TIME_ZONE)
    for entry in calendar.entries:
        component.add_component(_build_event(entry, calendar.as_of))
    return bytes(component.to_ical())


def _build_event(entry: CalendarEntry, as_of: date) -> Event:
    from icalendar import Event  # noqa: PLC0415

    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", datetime.combine(as_of, time(), tzinfo=UTC))
    event.add("sequence", max((as_of - FIRST_DAY).days, 0))
    event.add("dtstart", entry.day)
    event.add("dtend", entry.day + timedelta(days=1))
    event.add("summary", _escape_line_ends(entry.title))
    event.add("description", "\n".join(map(_escape_line_ends, entry.lines)))
    event.add("categories", [_escape_line_ends(entry.category)])
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    for days in entry.alarms:
        event.add_component(_build_alarm(entry, days))
    return event


def _build_alarm(entry: CalendarEntry, days: int) -> Alarm:
    from icalendar import Alarm  # noqa: PLC0415

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", _escape_line_ends(entry.title))
    alarm.add("trigger", timedelta(hours=REMINDER_HOUR - 24 * days))
    return alarm


def _escape_line_ends(text: str) -> str:
    r"""Return text without ``\N``, which icalendar turns into a line end before it escapes the text."""
    return text.replace("\\N", "＼N")
