#!/usr/bin/env bash
# A failed decrypt_file or encrypt_file has already emptied the file that stood there before.
#
# Package:  pyrage 1.4.0
# Expected: when the call raises, the target is as it was. Whether a key fits is known from the head of the age file,
#           before any byte of the text is read; that there are no recipients is known before anything is read.
# Happens:  the target is opened for writing first. A wrong key raises DecryptError and leaves an empty file in place of
#           the last good copy; encrypting to an empty list raises EncryptError and does the same.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pyrage==1.4.0
cd "$folder"
"$folder/venv/bin/python" - <<'PY'
import pathlib
import sys

import pyrage

mine, other = pyrage.x25519.Identity.generate(), pyrage.x25519.Identity.generate()
pathlib.Path("letter.age").write_bytes(pyrage.encrypt("新".encode(), [mine.to_public()]))
target = pathlib.Path("letter.txt")
seen = {}
for name, call in (
    ("decrypt_file with another key", lambda: pyrage.decrypt_file("letter.age", "letter.txt", [other])),
    ("encrypt_file to nobody", lambda: pyrage.encrypt_file("letter.age", "letter.txt", [])),
):
    target.write_text("the last good copy", encoding="utf-8")
    try:
        call()
    except (pyrage.DecryptError, pyrage.EncryptError) as problem:
        seen[name] = target.read_text(encoding="utf-8")
        print(f"{name}: {type(problem).__name__}: {problem}; the file now holds {seen[name]!r}")
if list(seen.values()) != ["", ""]:
    sys.exit("CHANGED: a failed call leaves something else behind")
print("as described: both failed, and both emptied the file")
PY
