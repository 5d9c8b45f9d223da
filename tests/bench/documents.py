"""What documents cost: ``python tests/bench/documents.py [--runs N]``, for a sample year of 60 members.

Every figure is a whole process. The PDF of the year is taken in turns with a process that loads the records and their
history, with the report as Markdown (the same records, duties and checks, hardly any rendering), and with one in which
typst sets an empty page in the same fonts. Times and sizes of the other forms follow, each the median of the runs;
``targets`` are the forms of every member in one document.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

AS_OF = "2026-11-23"
LOADING = """
import sys
from pathlib import Path
from dangwu.git.repository import find_record_root
from dangwu.workspace.history import find_recorded_days
from dangwu.workspace.load import load_workspace
from dangwu.workspace.open_tree import open_tree
location = find_record_root(Path(sys.argv[1]))
load_workspace(open_tree(location, staged=False, rev=None))
find_recorded_days(location.repository, "HEAD")
"""
EMPTY = """
import typst
from dangwu.formats.fonts import choose_fonts
fonts = typst.Fonts()
faces = choose_fonts(fonts.families(), "党", chinese=True)
marks = "".join(f'#text(font: "{names[0]}")[党]' for names in faces.values())
program = '#set document(title: "x")\\n' + marks
typst.compile(program.encode(), font_paths=fonts, ignore_system_fonts=True, format="pdf",
              pdf_standards=["a-2a", "ua-1"], timestamp=0)
"""


FORMS = ("md", "html", "json", "docx", "xlsx", "pdf")


def timed(command: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - start


def size(made: Path) -> int:
    files = made.rglob("*") if made.is_dir() else [made]
    return sum(each.stat().st_size for each in files if each.is_file())


def pdf_of_the_year(command: list[str], markdown: list[str], branch: Path, runs: int) -> None:
    """Print what the PDF costs beside loading, beside the same report as Markdown, and beside an empty page."""
    jobs = (command, [sys.executable, "-c", LOADING, str(branch)], markdown, [sys.executable, "-c", EMPTY])
    rounds = [[timed(job) for job in jobs] for _ in range(runs + 1)][1:]
    whole, loading, text, empty = (statistics.median(each) for each in zip(*rounds, strict=True))
    print(f"PDF of the year {whole:.2f} s, loading {loading:.2f} s, Markdown {text:.2f} s, empty page {empty:.2f} s")
    print(f"(PDF - loading) / empty page: {statistics.median((a - b) / d for a, b, _, d in rounds):.2f}")
    print(f"(PDF - Markdown) / empty page: {statistics.median((a - c) / d for a, _, c, d in rounds):.2f}")
    print(f"PDF / 3 (loading + empty page): {statistics.median(a / (b + d) / 3 for a, b, _, d in rounds):.2f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--members", type=int, default=60)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        branch, out = Path(folder, "branch"), Path(folder, "out")
        out.mkdir()
        dangwu = [sys.executable, "-m", "dangwu", "--lang", "zh", "--as-of", AS_OF]
        subprocess.run([*dangwu, "demo", str(branch), "--members", str(given.members)], check=True, capture_output=True)
        inside = [*dangwu, "-C", str(branch)]
        words = {f"report.{form}": ["report"] for form in FORMS}
        words |= {"duties.ics": ["calendar"], "all.xlsx": ["export", "all"], "board": ["board"]}
        words |= {f"{kind}.{form}": ["form", place] for form in ("pdf", "docx")
                  for kind, place in (("targets", "targets/2026"), ("one", "targets/2026/m001.yaml"))}  # fmt: skip
        jobs = {name: [*inside, *word, "--force", "-o", str(out / name)] for name, word in words.items()}
        pdf_of_the_year(jobs["report.pdf"], jobs["report.md"], branch, given.runs)
        for name, command in jobs.items():
            took = statistics.median(timed(command) for _ in range(given.runs))
            print(f"{name:14} {took:6.2f} s {size(out / name) / 1000:8.0f} kB")


if __name__ == "__main__":
    main()
