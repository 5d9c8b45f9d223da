#!/usr/bin/env bash
# A text that begins with <r> and ends with </r> is written into the file as XML of the workbook itself.
#
# Packages: XlsxWriter 3.3.1 writes, openpyxl 3.1.5 reads.
# Expected: write_string() writes the text that it is given. "<r>甲</r>" is shown with its brackets, as "<b>甲</b>" is, and
#           of "_x0041_x0042_" both codes are escaped (ECMA-376 Part 1, 22.9.2.19), for they share an underscore.
# Happens:  whatever has this shape is taken for a text with formats that the library made itself: nothing in it is escaped.
#           Here a cell shows another text than the one that was written, and with an ampersand in it the file is no XML,
#           so that Excel calls it damaged. Of two codes that share an underscore only the first is escaped.
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
from xml.parsers.expat import ExpatError, ParserCreate

import openpyxl
import xlsxwriter


def written(text: str) -> str:
    """Return the texts of a workbook with this one in a cell, as XML."""
    book = xlsxwriter.Workbook("text.xlsx")
    book.add_worksheet().write_string(0, 0, text)
    book.close()
    return zipfile.ZipFile("text.xlsx").read("xl/sharedStrings.xml").decode()


text = "<r><t>甲</t></r>"
written(text)
value = openpyxl.load_workbook("text.xlsx").active["A1"].value
print(f"written {text!r}, read {value!r}")
try:
    ParserCreate().Parse(written("<r>甲 & 乙</r>"), True)
    broken = False
except ExpatError as error:
    broken = True
    print(f"written '<r>甲 & 乙</r>', the file cannot be read: {error}")
codes = re.findall("<t>(.*?)</t>", written("_x0041_x0042_"))[0]
print(f"written '_x0041_x0042_', in the file {codes!r}")
if (value, broken, codes) != ("甲", True, "_x005F_x0041_x0042_"):
    sys.exit("CHANGED: XlsxWriter writes a text with <r> or with two codes in another way")
print("as described: three texts are not what was written")
PY
