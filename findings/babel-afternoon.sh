#!/usr/bin/env bash
# Babel reads the afternoon that Babel itself wrote as the small hours of the morning.
#
# Package:  Babel 2.19.0
# Expected: parse_time() understands what format_time() gives for the same locale and the same format. Its manual says
#           that parse_time() goes by the locale's format; with en_US the PM is understood.
# Happens:  the only sign that counts is the two Latin letters "pm". 下午 (zh_TW, zh_HK) and 오후 (ko) are in the format
#           of the locale, are written by format_time(), and are passed over in silence when read: 15:30 is 03:30.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check babel==2.19.0
cd "$folder"
"$folder/venv/bin/python" - <<'PY'
import datetime
import sys

from babel.dates import format_time, parse_time

seen = {}
for locale in ("en_US", "zh_CN", "zh_TW", "zh_HK", "ko"):
    text = format_time(datetime.time(15, 30), "short", locale=locale)
    seen[locale] = f"{parse_time(text, locale=locale, format='short'):%H:%M}"
    print(f"{locale}: 15:30 is written {text!r} and read {seen[locale]}")
if seen != {"en_US": "15:30", "zh_CN": "15:30", "zh_TW": "03:30", "zh_HK": "03:30", "ko": "03:30"}:
    sys.exit("CHANGED: parse_time() reads the times of these locales in another way")
print("as described: twelve hours are lost in three locales")
PY
