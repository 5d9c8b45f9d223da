#!/usr/bin/env bash
# A number that is no day in a cell with a format of days is lost: the reader gives "#VALUE!" in its place.
#
# Packages: openpyxl 3.1.5 reads, XlsxWriter 3.3.1 writes the valid workbook.
# Expected: the cell holds the number 20150724, which is what people type for 24 July 2015; spreadsheet programs show
#           ##### and keep the number. A reader gives the number, as it gives the numbers of all other cells.
# Happens:  the value is the text "#VALUE!" of type "e", as if a formula had failed; the number is told in a warning only,
#           and is nowhere in the workbook that was read. Saved again, the file holds "#VALUE!".
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check openpyxl==3.1.5 XlsxWriter==3.3.1
cd "$folder"
"$folder/venv/bin/python" - <<'PY'
import sys
import warnings

import openpyxl
import xlsxwriter

book = xlsxwriter.Workbook("days.xlsx")
sheet = book.add_worksheet()
sheet.write_number(0, 0, 20150724, book.add_format({"num_format": "yyyy/m/d"}))
sheet.write_number(1, 0, 20150724)
book.close()

warnings.simplefilter("ignore")
cells = [row[0] for row in openpyxl.load_workbook("days.xlsx").active.iter_rows()]
seen = [(cell.value, cell.data_type) for cell in cells]
print(seen)
if seen != [("#VALUE!", "e"), (20150724, "n")]:
    sys.exit("CHANGED: openpyxl no longer loses a number that is no day in a cell of days")
print("as described: the number in the cell of days is gone")
PY
