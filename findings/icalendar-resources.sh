#!/usr/bin/env bash
# Reading a calendar and writing it back joins a list of resources into one and breaks a request status.
#
# Package:  icalendar 7.3.2
# Expected: the same lines. RFC 5545, 3.8.1.10: RESOURCES is a list of texts with commas between them, a comma inside a
#           text has a backslash. 3.8.8.3: REQUEST-STATUS has parts with semicolons between them. CATEGORIES, which has
#           the same form as RESOURCES (3.8.1.2), is kept by the library.
# Happens:  both are taken for one plain text. Writing puts a backslash before every comma and semicolon, also before
#           those that were separators: three resources become one, and the status code runs into its own explanation.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check icalendar==7.3.2
cd "$folder"
"$folder/venv/bin/python" - <<'PY'
import sys

from icalendar import Calendar

LINES = [
    "CATEGORIES:党课,会议\\,扩大",
    "RESOURCES:投影仪,会议室\\,三楼,签到簿",
    "REQUEST-STATUS:3.1;Invalid property value;DTSTART:96-Apr-01",
]
text = "\r\n".join([
    "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//example//zh", "BEGIN:VEVENT", "UID:1@example.org",
    "DTSTAMP:20260301T000000Z", "DTSTART;VALUE=DATE:20260315", *LINES, "END:VEVENT", "END:VCALENDAR", "",
])
again = Calendar.from_ical(text).to_ical().decode().splitlines()
changed = []
for line in LINES:
    name = line.split(":")[0]
    written = next(found for found in again if found.startswith(name))
    print(f"in:  {line}\nout: {written}")
    changed += [name] * (written != line)
if changed != ["RESOURCES", "REQUEST-STATUS"]:
    sys.exit(f"CHANGED: written differently now: {changed}")
print("as described: CATEGORIES is kept, RESOURCES and REQUEST-STATUS are not")
PY
