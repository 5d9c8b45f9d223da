#!/usr/bin/env bash
# Dates in a workbook from a Chinese Excel or WPS are read as whole numbers.
#
# Packages: openpyxl 3.1.5 reads, XlsxWriter 3.3.1 writes the valid workbook.
# Expected: a cell whose style says numFmtId 31 is a date. ECMA-376 Part 1, 18.8.30, lists what the numbers below 164
#           mean; for zh-cn 27 to 36 and 50 to 58 are dates and times, 31 is yyyy"年"m"月"d"日". A file that uses them
#           holds no format text, so the reader must know them, as it knows 14 (mm-dd-yy).
# Happens:  openpyxl knows no number from 27 to 36 and from 50 to 58. It takes each for "General", says
#           is_date False, and gives the day count.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check openpyxl==3.1.5 XlsxWriter==3.3.1
cd "$folder"
"$folder/venv/bin/python" - <<'PY'
import datetime
import sys

import openpyxl
import xlsxwriter

BUILT_IN = {14: "mm-dd-yy", 31: 'yyyy"年"m"月"d"日"', 57: 'yyyy"年"m"月"', 58: 'm"月"d"日"'}
book = xlsxwriter.Workbook("dates.xlsx")
sheet = book.add_worksheet()
for row, number in enumerate(BUILT_IN):
    sheet.write_datetime(row, 0, datetime.datetime(2026, 3, 15), book.add_format({"num_format": number}))
book.close()

seen = {}
for number, (cell,) in zip(BUILT_IN, openpyxl.load_workbook("dates.xlsx").active.iter_rows(), strict=True):
    seen[number] = cell.value
    print(f"numFmtId {number} = {BUILT_IN[number]}: {cell.value!r}, is_date {cell.is_date}, {cell.number_format}")
if seen != {14: datetime.datetime(2026, 3, 15), 31: 46096, 57: 46096, 58: 46096}:
    sys.exit("CHANGED: openpyxl no longer reads the Chinese built-in date formats as numbers")
print("as described: only number 14 comes back as a date")
PY
