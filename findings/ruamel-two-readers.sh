#!/usr/bin/env bash
# What a valid YAML text means, and whether it is refused, depends on whether the C extension happens to be installed.
#
# Packages: ruamel.yaml 0.19.1 with and without its C reader, ruamel.yaml.clib 0.2.15
# Expected: YAML(typ="safe") takes the C reader when it is there and the Python one when not, to be faster, with the same
#           answers. All six texts are valid YAML 1.2.2: a colon inside a plain scalar is allowed in flow lists too when
#           no space follows (7.3.3), an anchor may have any letters (6.9.2), a tab may separate a comment (6.7), may
#           stand inside a plain scalar, and may begin a line's text in a block scalar after the indentation (8.1). A
#           document may ask for the rules of 1.1 (6.8.1), and ruamel's manual says that %YAML 1.1 does so.
# Happens:  the C reader refuses times and addresses in flow lists, Chinese anchors and the block scalar; the Python
#           reader refuses the two tabs. Even what the library's Python writer makes of a list with a time in it is
#           refused by the library's C reader. And %YAML 1.1 counts for the Python reader only: the C reader takes the
#           line and forgets it, so the same document silently has other values.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check ruamel.yaml==0.19.1 ruamel.yaml.clib==0.2.15
cd "$folder"
"$folder/venv/bin/python" - <<'PY'
import io
import sys

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

written = io.StringIO()
YAML(typ="safe", pure=True).dump({"hours": ["09:00", "14:30"]}, written)
TEXTS = {  # the text: who refuses it
    written.getvalue(): "C",
    "- &张三 {id: 1}\n- *张三\n": "C",
    "note: |\n  \t甲\n": "C",
    "due: 2026-03-15\t# 星期日\n": "Python",
    "note: 甲\t乙\n": "Python",
}


def verdict(text, *, pure):
    try:
        return repr(YAML(typ="safe", pure=pure).load(text))
    except YAMLError as problem:
        return f"refused, {type(problem).__name__}"


seen = {}
for text in TEXTS:
    answers = {"C": verdict(text, pure=False), "Python": verdict(text, pure=True)}
    print(repr(text), *(f"    {name}: {answer}" for name, answer in answers.items()), sep="\n")
    seen[text] = " ".join(name for name, answer in answers.items() if answer.startswith("refused"))
if seen != TEXTS:
    sys.exit("CHANGED: the two readers refuse other texts")

old = "%YAML 1.1\n---\n{room: 010, attends: no}\n"
values = verdict(old, pure=False), verdict(old, pure=True)
print(repr(old), f"    C: {values[0]}", f"    Python: {values[1]}", sep="\n")
if values != ("{'room': 10, 'attends': 'no'}", "{'room': 8, 'attends': False}"):
    sys.exit("CHANGED: the two readers give other values under %YAML 1.1")
print("as described: each refuses what the other reads, and the sixth text has two meanings")
PY
