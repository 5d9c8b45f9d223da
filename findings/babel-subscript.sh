#!/usr/bin/env bash
# From Babel 2.19 on, a subscript is taken for the start of a translated message, and real messages are lost after it.
#
# Packages: Babel 2.18.0 and 2.19.0, one beside the other
# Expected: only calls give messages. Babel's manual calls the keywords names of functions; with 2.18 a subscript gives
#           none.
# Happens:  2.19 counts "[" after a keyword as an opening parenthesis, but waits for ")" to close it. With a parameter
#           or a dictionary that has the keyword's name, `say["title"]` becomes a message of its own, strings that stand
#           later in the module are joined to it, and when a real call is nested in another one, as in print(say("…")),
#           the real message is missing from the catalogue. There is no warning.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > sources.py <<'PY'
"""Print what this version of Babel takes for messages of the function `say`."""
import io
import sys

from babel.messages.extract import extract_python

SOURCES = {
    "a": 'title = say["title"]\nroom = "3"\nprint(room)\nsay("Good morning")\n',
    "b": 'title = say["title"]\nroom = {"room": names["hall"]}\nprint(say("Good morning"))\n',
}
EXPECTED = {
    "2.18.0": {"a": ["Good morning"], "b": ["Good morning"]},
    "2.19.0": {"a": ["title3", "Good morning"], "b": []},
}
seen = {}
for name, source in SOURCES.items():
    seen[name] = [text for _, _, text, _ in extract_python(io.BytesIO(source.encode()), ["say"], [], {})]
print(f"Babel {sys.argv[1]}: {seen}")
if seen != EXPECTED[sys.argv[1]]:
    sys.exit(f"CHANGED: Babel {sys.argv[1]} finds other messages")
PY
sed -n '/^SOURCES/,/^}/p' sources.py
for version in 2.18.0 2.19.0; do
    python3 -m venv "venv-$version"
    "venv-$version/bin/pip" install --quiet --disable-pip-version-check "babel==$version"
    "venv-$version/bin/python" sources.py "$version"
done
echo "as described: the older finds the one message, the newer invents one in a and loses the real one in b"
