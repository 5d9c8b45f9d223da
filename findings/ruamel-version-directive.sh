#!/usr/bin/env bash
# One library, one valid document, two sets of values: %YAML 1.1 counts for one of its readers only.
#
# Packages: ruamel.yaml 0.19.1 with its C reader, ruamel.yaml.clib 0.2.15
# Expected: the same values with and without the C reader. YAML 1.2.2, 6.8.1: a document may say %YAML 1.1, and a 1.2
#           reader should read it as such. ruamel's manual: a %YAML 1.1 directive switches to the 1.1 rules.
# Happens:  with the C reader the directive is read and forgotten. What was written as the octal 010, the word no and the
#           base-60 time of YAML 1.1 gives one set of values where the extension is installed and another where it is not.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check ruamel.yaml==0.19.1 ruamel.yaml.clib==0.2.15
cd "$folder"
"$folder/venv/bin/python" - <<'PY'
import sys

from ruamel.yaml import YAML

text = "%YAML 1.1\n---\nroom: 010\nattends: no\nbegins: 14:30\n"
seen = {name: YAML(typ="safe", pure=pure).load(text) for name, pure in (("C", False), ("Python", True))}
print(text, end="")
for name, values in seen.items():
    print(f"{name}: {values}")
if seen != {
    "C": {"room": 10, "attends": "no", "begins": "14:30"},
    "Python": {"room": 8, "attends": False, "begins": 870},
}:
    sys.exit("CHANGED: the readers give other values")
print("as described: all three values differ")
PY
