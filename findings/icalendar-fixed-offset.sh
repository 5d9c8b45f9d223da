#!/usr/bin/env bash
# A time with the offset +08:00 is written with the name of a time zone that the calendar does not hold.
#
# Package:  icalendar 7.3.2
# Expected: a line that every calendar program can read: UTC with Z, or a TZID with its VTIMEZONE. RFC 5545, 3.2.19:
#           a VTIMEZONE with the same TZID must be in the object. For zoneinfo's Asia/Shanghai the method
#           add_missing_timezones() puts one there.
# Happens:  datetime.timezone(+8 h), which is what Python gives for "2026-03-15T19:00+08:00", becomes TZID="UTC+08:00".
#           No zone is written for it, add_missing_timezones() adds none and raises nothing, and the library itself reads
#           what it has written back as a time without any offset: eight hours are lost.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check icalendar==7.3.2
cd "$folder"
"$folder/venv/bin/python" - <<'PY'
import datetime
import sys
import zoneinfo

from icalendar import Calendar, Event

seen = {}
eight = datetime.timezone(datetime.timedelta(hours=8))
for name, zone in (("Asia/Shanghai", zoneinfo.ZoneInfo("Asia/Shanghai")), ("+08:00", eight)):
    event = Event()
    event.add("uid", "1@example.org")
    event.add("dtstamp", datetime.datetime(2026, 3, 1, tzinfo=datetime.UTC))
    event.add("dtstart", datetime.datetime(2026, 3, 15, 19, 0, tzinfo=zone))
    calendar = Calendar.new(subcomponents=[event])
    calendar.add_missing_timezones()
    lines = calendar.to_ical().decode().splitlines()
    start = next(line for line in lines if line.startswith("DTSTART;TZID"))
    seen[name] = (start, "BEGIN:VTIMEZONE" in lines)
    back = Calendar.from_ical(calendar.to_ical()).walk("VEVENT")[0]["dtstart"].dt
    seen[name] += (back.utcoffset() is not None,)
    print(f"{name}: {start}, VTIMEZONE {'there' if seen[name][1] else 'missing'}, read back as {back!r}")
if seen != {
    "Asia/Shanghai": ("DTSTART;TZID=Asia/Shanghai:20260315T190000", True, True),
    "+08:00": ('DTSTART;TZID="UTC+08:00":20260315T190000', False, False),
}:
    sys.exit("CHANGED: a fixed offset is written in another way")
print("as described: a zone is named that stands nowhere")
PY
