"""The pictures of the documents, made of the fictional branch: ``python -m tests.support.pictures`` makes them anew.

Terminals are drawn from what the commands print, so a test can tell when one is out of date; pages are photographed by
a browser.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.support import browser
from tools.docs.examples import DAY, make_branch
from tools.docs.terminal_picture import draw_terminal

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
LANGUAGES = ("zh", "en")
TERMINALS = {"due": ("due", "--system", "3"), "check": ("check", "targets", "dues")}
PHOTOGRAPHS = ("report", "board")
LARGEST = 150_000
"""No picture has more bytes."""


def draw(name: str, code: str, branch: Path) -> str:
    """Return the picture of what a command of ``TERMINALS`` prints in a branch."""
    words = ["--lang", code, "--as-of", DAY, "--color", "always", *TERMINALS[name]]
    environment = {key: value for key, value in os.environ.items() if key not in {"COLUMNS", "NO_COLOR"}}
    done = subprocess.run(
        [sys.executable, "-m", "dangwu", *words], cwd=branch, env=environment, capture_output=True, encoding="utf-8",
        check=False,
    )  # fmt: skip
    return draw_terminal(done.stdout, f"dangwu {' '.join(TERMINALS[name])}")


def photograph(code: str, branch: Path, page: browser.Page) -> None:
    """Take the pictures of the year's report and of the openness board."""
    made = branch.parent / code
    for words in (("report", "--output", f"{made}.html"), ("board", "--output", str(made))):
        subprocess.run(
            [sys.executable, "-m", "dangwu", "--lang", code, "--as-of", DAY, "-C", str(branch), *words], check=True
        )
    page.size(1000, 720)
    for name, file in (("report", f"{made}.html"), ("board", str(made / "index.html"))):
        page.open(f"file://{file}")
        page.run("scrollTo(0, document.querySelector('main, body').innerText.length > 20000 ? 430 : 0)")
        page.picture(FOLDER / f"{name}.{code}.png")


def make() -> None:
    """Make all pictures."""
    with TemporaryDirectory(prefix="dangwu-pictures-") as place:
        branches = {code: Path(place) / f"branch-{code}" for code in LANGUAGES}
        for code, branch in branches.items():
            make_branch(code, branch)
            for name in TERMINALS:
                (FOLDER / f"{name}.{code}.svg").write_text(draw(name, code, branch), encoding="utf-8", newline="\n")
        with browser.browser(Path(place)) as page:
            for code, branch in branches.items():
                photograph(code, branch, page)


if __name__ == "__main__":
    make()
