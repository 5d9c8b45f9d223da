#!/usr/bin/env bash
# A Chinese word in the text before a number is itself taken for the number.
#
# Package:  typst 0.15.2 (the Python package)
# Expected: numbering("统一编号1", 3) gives 统一编号3. The reference says that a pattern holds counting symbols, for
#           which the number is put, and other text before and after them.
# Happens:  一 is a counting symbol as well as the most common character of the language. The one inside 统一, 第一届 or
#           一号 is replaced, and because only one number was given, all that follows it is dropped, the real symbol
#           with it: 统三. The reference names no way to escape a symbol; a function in the place of the pattern helps.
#           The same happens to the A of "Art. 1". Nothing is reported.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check typst==0.15.2
cd "$folder"
"$folder/venv/bin/python" - <<'PY'
import json
import sys

import typst

EXPECTED = {"附件1": "附件3", "统一编号1": "统三", "第一届第1次": "第三次", "一号文件1": "三", "Art. 1": "C"}
seen = {}
for pattern in EXPECTED:
    source = f'#metadata(numbering("{pattern}", 3)) <n>'
    seen[pattern] = json.loads(typst.query(source.encode(), "<n>", field="value", one=True))
    print(f'numbering("{pattern}", 3) = {seen[pattern]}')
if seen != EXPECTED:
    sys.exit("CHANGED: typst numbers these patterns in another way")
print("as described: only the pattern without a hidden symbol is numbered as meant")
PY
