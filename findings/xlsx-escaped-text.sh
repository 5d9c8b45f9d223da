#!/usr/bin/env bash
# Text with a carriage return, or with an underscore before x and four digits, is not the same after reading.
#
# Packages: XlsxWriter 3.3.1 writes, openpyxl 3.1.5 reads.
# Expected: the text that was written. ECMA-376 Part 1, 22.9.2.19 (ST_Xstring): a character that XML cannot hold stands
#           as _xHHHH_, and an underscore that would be taken for the start of one stands as _x005F_. Excel writes a
#           carriage return so when text with CR LF is pasted into a cell. A reader undoes it once, from left to right.
# Happens:  XlsxWriter follows the clause. openpyxl only ever undoes _x005F_: a carriage return arrives as the seven
#           letters _x000D_, and the text "_x005F_" (written _x005F_x005F_) arrives as one underscore.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check openpyxl==3.1.5 XlsxWriter==3.3.1
cd "$folder"
"$folder/venv/bin/python" - <<'PY'
import re
import sys
import zipfile

import openpyxl
import xlsxwriter

TEXTS = ["第一行\r\n第二行", "_x005F_", "表_x0041_"]
book = xlsxwriter.Workbook("text.xlsx")
sheet = book.add_worksheet()
for row, text in enumerate(TEXTS):
    sheet.write_string(row, 0, text)
book.close()

stored = re.findall("<t>(.*?)</t>", zipfile.ZipFile("text.xlsx").read("xl/sharedStrings.xml").decode(), re.DOTALL)
read = [cell.value for (cell,) in openpyxl.load_workbook("text.xlsx").active.iter_rows()]
for text, xml, value in zip(TEXTS, stored, read, strict=True):
    print(f"written {text!r}, in the file {xml!r}, read {value!r}{'' if value == text else '   <- not the same'}")
if read != ["第一行_x000D_\n第二行", "_", "表_x0041_"]:
    sys.exit("CHANGED: openpyxl undoes the escapes of a cell's text in another way")
print("as described: two of three texts are not what was written")
PY
