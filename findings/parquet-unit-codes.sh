#!/usr/bin/env bash
# The code of a unit loses its leading zero on the way from DuckDB to pyarrow, and gets it back when another unit comes.
#
# Packages: duckdb 2.0.1 writes the folder, pyarrow 26.0.1 and duckdb read it
# Expected: the text 0731 that was written. A partitioned folder holds the value in the name of a folder, unit=0731, and
#           both libraries read this layout. DuckDB takes 0731 for text, since a number would not be written so.
# Happens:  pyarrow guesses a type from all folder names together. While every code is made of digits they are the
#           integers 731 and 732, which join with no table of codes; one folder with a letter in its name turns all of
#           them into texts again. The type of a column so depends on rows that a filter may never read.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check duckdb==2.0.1 pyarrow==26.0.1
cd "$folder"
"$folder/venv/bin/python" - <<'PY'
import sys

import duckdb
import pyarrow.parquet

seen = []
for unit in (None, "县直"):
    codes = ["0731", "0732"] + [unit] * (unit is not None)
    values = ", ".join(f"('{code}', 1)" for code in codes)
    duckdb.sql(f"COPY (FROM (VALUES {values}) AS t(unit, n)) TO 'facts' (FORMAT parquet, PARTITION_BY (unit), OVERWRITE)")
    by_duckdb = [code for (code,) in duckdb.sql("SELECT unit FROM 'facts/*/*.parquet' ORDER BY unit").fetchall()]
    by_pyarrow = sorted(pyarrow.parquet.read_table("facts")["unit"].to_pylist())
    seen.append((by_duckdb, by_pyarrow))
    print(f"written {codes}\nduckdb  {by_duckdb}\npyarrow {by_pyarrow}\n")
if seen != [(["0731", "0732"], [731, 732]), (["0731", "0732", "县直"], ["0731", "0732", "县直"])]:
    sys.exit("CHANGED: the codes are read in another way")
print("as described: pyarrow reads numbers first, and texts once a third unit is there")
PY
