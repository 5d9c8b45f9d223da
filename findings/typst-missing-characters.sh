#!/usr/bin/env bash
# A page of empty boxes is made without a warning, unless a standard is asked for that forbids it.
#
# Package:  typst 0.15.2 (the Python package)
# Expected: when no font has a character, compile_with_warnings() says so, as it does for a font family it cannot find.
# Happens:  the list of warnings is empty and the PDF shows a box for every Chinese character. With pdf_standards "a-2b"
#           or "ua-1" the same text is an error that names the character and the font: the compiler does know.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check typst==0.15.2
cd "$folder"
"$folder/venv/bin/python" - <<'PY'
import sys

import typst

TITLE = '#set document(title: "x")\n'


def outcome(source, **options):
    """Compile with the fonts of the package alone, none of which is Chinese."""
    try:
        page, warnings = typst.compile_with_warnings((TITLE + source).encode(), ignore_system_fonts=True, **options)
    except typst.TypstError as problem:
        return f"error: {problem}"
    return f"a PDF, warnings: {[str(warning) for warning in warnings]}" if page.startswith(b"%PDF") else "no PDF"


seen = [
    outcome('#set text(font: "No Such Font")\nminutes'),
    outcome("会议记录"),
    outcome("会议记录", pdf_standards="a-2b"),
    outcome("会议记录", pdf_standards="ua-1"),
]
print(*seen, sep="\n")
if "no such font" not in seen[0] or seen[1] != "a PDF, warnings: []":
    sys.exit("CHANGED: typst warns in another way about characters that no font has")
if not all(text.startswith("error:") and "could not be displayed" in text for text in seen[2:]):
    sys.exit("CHANGED: PDF/A or PDF/UA no longer refuses characters that no font has")
print("as described: silent by default, an error under a standard")
PY
