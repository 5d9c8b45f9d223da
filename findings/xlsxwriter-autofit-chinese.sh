#!/usr/bin/env bash
# autofit() makes a column of Chinese text about half as wide as it has to be.
#
# Package:  XlsxWriter 3.3.1
# Expected: a column in which the text can be read. The method's description says that it simulates what Excel does
#           from the data in the column. A Chinese character fills a square: in the default font at 11 points (15 pixels)
#           about two digits of 7 pixels. ECMA-376 Part 1, 18.3.1.13, counts a column's width in such digits.
# Happens:  every character that is not in XlsxWriter's table of Latin widths counts 8 pixels. Eight Chinese characters
#           get 71 pixels, of which 7 are the margins; eight digits get 63. Excel cuts the text off at the next filled cell.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check XlsxWriter==3.3.1
cd "$folder"
"$folder/venv/bin/python" - <<'PY'
import re
import sys
import zipfile

import xlsxwriter
from xlsxwriter.utility import cell_autofit_width

widths, pixels = {}, {}
for text in ("党员大会会议记录", "20260315"):
    book = xlsxwriter.Workbook("width.xlsx")
    sheet = book.add_worksheet()
    sheet.write_string(0, 0, text)
    sheet.autofit()
    book.close()
    xml = zipfile.ZipFile("width.xlsx").read("xl/worksheets/sheet1.xml").decode()
    found = re.search(r'<col [^>]*width="([0-9.]+)"', xml)
    widths[text] = float(found[1]) if found else 0.0
    pixels[text] = cell_autofit_width(text)
    print(f"{text}: {len(text)} characters, width {widths[text]} digits, {pixels[text]} pixels")
chinese = (pixels["党员大会会议记录"] - 7) / 8
print(f"pixels for one Chinese character: {chinese}, for one digit: {(pixels['20260315'] - 7) / 8}")
if chinese != 8:
    sys.exit("CHANGED: autofit() gives a Chinese character another width than 8 pixels")
print("as described: a Chinese character is taken to be hardly wider than a digit")
PY
