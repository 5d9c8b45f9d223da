#!/usr/bin/env bash
# Three validators, one schema, one value, different verdicts: "pattern" means what the host language means by it.
#
# Packages: jsonschema 4.26.0, check-jsonschema 0.39.0 (which is built on it), jsonschema-rs 0.61.2
# Expected: one verdict. JSON Schema 2020-12 Core, 6.4: a pattern should be a regular expression of ECMA-262 with the
#           u flag; there \d is 0 to 9, $ without the m flag is the very end, and \p{Script=Han} is a Chinese character.
# Happens:  jsonschema uses Python's re: full-width digits pass \d, a value with a line end behind it passes $, and
#           \p{…} raises re.error, not a schema error, in the middle of validating. check-jsonschema gives jsonschema
#           another engine in between, so an editor's or CI's answer is not that of the library behind it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check \
    jsonschema==4.26.0 check-jsonschema==0.39.0 jsonschema-rs==0.61.2
cd "$folder"
"$folder/venv/bin/python" - <<'PY'
import json
import pathlib
import subprocess
import sys

import jsonschema
import jsonschema_rs

CASES = {  # pattern and value: what ECMA-262 says
    ("^\\d{4}$", "２０２６"): "invalid",
    ("^M[0-9]{3}$", "M001\n"): "invalid",
    ("^\\p{Script=Han}+$", "党员大会"): "valid",
}
DRAFT = "https://json-schema.org/draft/2020-12/schema"


def by_jsonschema(schema, value):
    try:
        return "valid" if jsonschema.Draft202012Validator(schema).is_valid(value) else "invalid"
    except Exception as problem:
        return f"{type(problem).__module__}.{type(problem).__name__}"


def by_command(schema, value):
    pathlib.Path("schema.json").write_text(json.dumps(schema))
    pathlib.Path("value.json").write_text(json.dumps(value))
    command = [sys.executable, "-m", "check_jsonschema", "--schemafile", "schema.json", "value.json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        return "invalid" if "does not match" in done.stdout else "failed"
    return "valid"


seen = {}
for (pattern, value), standard in CASES.items():
    schema = {"$schema": DRAFT, "pattern": pattern}
    rust = "valid" if jsonschema_rs.validator_for(schema).is_valid(value) else "invalid"
    answers = by_jsonschema(schema, value), by_command(schema, value), rust
    seen[pattern] = answers
    print(f"{pattern} {value!r}: ECMA-262 {standard}")
    print("    jsonschema {}, check-jsonschema {}, jsonschema-rs {}".format(*answers))
if [answers[0] for answers in seen.values()] != ["valid", "valid", "re.error"]:
    sys.exit("CHANGED: jsonschema gives other verdicts")
if any(answers[1:] != (standard, standard) for answers, standard in zip(seen.values(), CASES.values(), strict=True)):
    sys.exit("CHANGED: check-jsonschema or jsonschema-rs no longer follows ECMA-262 here")
print("as described: jsonschema differs from the standard in all three, the other two in none")
PY
