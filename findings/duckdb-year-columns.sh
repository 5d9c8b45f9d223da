#!/usr/bin/env bash
# The head of a table becomes its first row when the columns are years.
#
# Package:  duckdb 2.0.1
# Expected: 条款, 2024, 2025 are the names of the columns. RFC 4180, 2 (3): the first line may be a head with as many
#           fields as the rest. With 2024年 in the place of 2024 DuckDB agrees.
# Happens:  DuckDB looks whether the first line fits the types of the lines below. Years fit a column of counts, and a
#           word fits a column of words, so there is "no head": the columns are called column0 to column2 and a sum over
#           the counts is 2,024 too high. Nothing is said; header=true has to be given for every such file.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check duckdb==2.0.1
cd "$folder"
"$folder/venv/bin/python" - <<'PY'
import pathlib
import sys

import duckdb

seen = []
for head in ("条款,2024,2025", "条款,2024年,2025年"):
    pathlib.Path("counts.csv").write_text(head + "\n三会一课,12,11\n组织生活会,1,1\n", encoding="utf-8")
    table = duckdb.sql("FROM read_csv('counts.csv')")
    total = duckdb.sql(f'SELECT sum("{table.columns[1]}") FROM read_csv(\'counts.csv\')').fetchall()[0][0]
    seen.append((table.columns, len(table.fetchall()), int(total)))
    print(f"{head}: columns {table.columns}, {seen[-1][1]} rows, sum of the second column {total}")
if seen != [(["column0", "column1", "column2"], 3, 2037), (["条款", "2024年", "2025年"], 2, 13)]:
    sys.exit("CHANGED: DuckDB finds another head")
print("as described: the years are counted as data")
PY
