#!/usr/bin/env bash
# Loading a record and dumping it unchanged gives a file that no YAML reader can load, when a key is long and has spaces.
#
# Package:  ruamel.yaml 0.19.1
# Expected: what was loaded can be loaded again after dumping; the round-trip mode is made for this. YAML 1.2.2, 7.4.2 and
#           8.2.2: a key without "?" has to stand on one line.
# Happens:  a key longer than 80 and shorter than about 123 characters is folded at column 80 as if it were a value,
#           without the "?" that would allow it; the quotes that stood round it are dropped on the way. From there on
#           the "? " form is written and all is well again. Dumping raises nothing; the next reader finds the damage.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check ruamel.yaml==0.19.1
cd "$folder"
"$folder/venv/bin/python" - <<'PY'
import io
import sys

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

words = "关于 召开 党员 大会 补选 支部 委员会 委员 的 请示 "
seen = {}
for length in (78, 100, 140):
    key = (words * 6)[:length].strip()
    original = f'"{key}": 通过\n'
    dumped = io.StringIO()
    YAML().dump(YAML().load(original), dumped)
    try:
        seen[length] = YAML().load(dumped.getvalue()) == {key: "通过"}
    except YAMLError as problem:
        seen[length] = type(problem).__name__
    print(f"a key of {len(key)} characters is written as\n{dumped.getvalue()}loaded again: {seen[length]}\n")
if seen != {78: True, 100: "ScannerError", 140: True}:
    sys.exit(f"CHANGED: loading what was dumped gives {seen}")
print("as described: the file with the middle key is lost")
PY
