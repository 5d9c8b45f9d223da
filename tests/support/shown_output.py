"""The console blocks of the documents, each with what its command prints; they follow on one another in one folder.

``python -m tests.support.shown_output`` writes them anew.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
DOCUMENTS = ("docs/tour.md", "docs/tour.zh-CN.md")
_BLOCK = re.compile(r"(?<=```console\n\$ )(?P<command>dangwu .*)\n(?P<output>(?:.*\n)*?)(?=```)")


def run_blocks(name: str, folder: Path) -> Iterator[tuple[str, str, str]]:
    """Run the commands of a document in a folder; yield each with what the document shows and what it printed."""
    environment = {key: value for key, value in os.environ.items() if key != "COLUMNS"}
    for block in _BLOCK.finditer((ROOT / name).read_text(encoding="utf-8")):
        words = [sys.executable, "-m", *block["command"].split()]
        done = subprocess.run(
            words, cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
        )
        printed = "\n".join(line.rstrip() for line in done.stdout.rstrip().split("\n")) + "\n"
        yield block["command"], block["output"], printed


def main() -> None:
    """Write the output of every block anew."""
    for name in DOCUMENTS:
        with tempfile.TemporaryDirectory() as folder:
            printed = iter([shown for _, _, shown in run_blocks(name, Path(folder))])
        text = (ROOT / name).read_text(encoding="utf-8")
        new = _BLOCK.sub(lambda block: f"{block['command']}\n{next(printed)}", text)  # noqa: B023 - used at once
        (ROOT / name).write_text(new, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
