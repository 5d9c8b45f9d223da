"""A record of each kind, from the fictional branch that ``dangwu demo`` makes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from dangwu.workspace.catalogue import load_kinds

DAY = "2026-11-23"
"""The as-of day of everything that the site shows of the fictional branch."""


def make_branch(code: str, folder: Path, *, years: int = 2) -> None:
    """Make the fictional branch of so many years in a folder that is not there yet."""
    words = ["--lang", code, "--as-of", DAY, "demo", str(folder), "--years", str(years)]
    subprocess.run([sys.executable, "-m", "dangwu", *words], check=True, stdout=subprocess.DEVNULL)


def read_examples(code: str) -> dict[str, str]:
    """Return the shortest record of each kind that the fictional branch has, of those that ``check`` calls clean."""
    with TemporaryDirectory(prefix="dangwu-docs-") as place:
        folder = Path(place) / "branch"
        # The papers of its last years have faults by design, so that some kinds are clean only in an earlier one.
        make_branch(code, folder, years=3)
        faulty = _find_faulty(folder)
        found: dict[str, str] = {}
        for path in sorted(folder.rglob("*.*")):
            name = path.relative_to(folder).as_posix()
            text = path.read_text(encoding="utf-8") if path.suffix in {".md", ".yaml"} else ""
            kind = next((line.split()[1] for line in text.splitlines() if line.startswith("kind: ")), "")
            if kind in load_kinds() and name not in faulty and len(text) < len(found.get(kind, text + " ")):
                found[kind] = text
    return found


def _find_faulty(folder: Path) -> set[str]:
    """Return the paths of the records with a finding."""
    words = ["--as-of", DAY, "-C", str(folder), "check", "--format", "json", "--fail-on", "never"]
    done = subprocess.run([sys.executable, "-m", "dangwu", *words], check=True, capture_output=True)
    return {finding["path"] for finding in json.loads(done.stdout)["findings"]}
