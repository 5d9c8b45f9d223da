#!/usr/bin/env bash
# A workbook saved as "Strict Open XML" is opened as one without any sheet.
#
# Packages: openpyxl 3.1.5 reads; XlsxWriter 3.3.1 writes, and the names of the namespaces are then those of the standard.
# Expected: ECMA-376 Part 1 defines the workbook with the namespaces http://purl.oclc.org/ooxml/…; Excel offers this as
#           "Strict Open XML Spreadsheet". The ending is .xlsx too. A reader that does not know it says so.
# Happens:  load_workbook() raises nothing and returns a workbook without sheets, so a list that a person filled in looks
#           like an empty file. The one warning ("invalid specification for 0") does not say that sheets were left out.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check openpyxl==3.1.5 XlsxWriter==3.3.1
cd "$folder"
"$folder/venv/bin/python" - <<'PY'
import sys
import warnings
import zipfile

import openpyxl
import xlsxwriter

YEARS, STRICT = "http://schemas.openxmlformats.org/", "http://purl.oclc.org/ooxml/"
NAMES = {
    f"{YEARS}spreadsheetml/2006/main": f"{STRICT}spreadsheetml/main",
    f"{YEARS}officeDocument/2006/relationships": f"{STRICT}officeDocument/relationships",
    f"{YEARS}officeDocument/2006/extended-properties": f"{STRICT}officeDocument/extendedProperties",
    f"{YEARS}officeDocument/2006/docPropsVTypes": f"{STRICT}officeDocument/docPropsVTypes",
    f"{YEARS}drawingml/2006/main": f"{STRICT}drawingml/main",
    "<workbook ": '<workbook conformance="strict" ',
}
book = xlsxwriter.Workbook("usual.xlsx")
book.add_worksheet("list").write("A1", "name")
book.close()
with zipfile.ZipFile("usual.xlsx") as usual, zipfile.ZipFile("strict.xlsx", "w") as strict:
    for part in usual.namelist():
        text = usual.read(part).decode()
        for name, standard in NAMES.items():
            text = text.replace(name, standard)
        strict.writestr(part, text)

seen = {}
for name in ("usual.xlsx", "strict.xlsx"):
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        try:
            seen[name] = openpyxl.load_workbook(name).sheetnames
        except Exception as error:
            seen[name] = repr(error)
    print(f"{name}: sheets {seen[name]}, warnings {[str(each.message) for each in warned]}")
if seen != {"usual.xlsx": ["list"], "strict.xlsx": []}:
    sys.exit("CHANGED: openpyxl no longer opens a strict workbook as one without sheets")
print("as described: the strict workbook has no sheets")
PY
