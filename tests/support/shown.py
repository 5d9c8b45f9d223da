"""The console blocks of the site's pages: run as they stand, from top to bottom of a page, in a folder of its own.

``$ dangwu …`` is run on the day of the fictional branch and in the page's language, ``$ cd …`` is followed, and what is
printed stands below the command. A line with nothing but ``…`` leaves out what stands there. What a person does between
two commands is said by a comment, ``<!-- does: NAME -->``; the names are those of ``DEEDS``. After a change of what the
tool says, ``python -m tests.support.shown`` brings the pages up to date.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, NamedTuple

from openpyxl import load_workbook

from tests.support.branch_book import fill_in
from tools.docs.examples import DAY, make_branch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PAGES = Path(__file__).parents[2] / "docs" / "site"
HOME = "/home/xia"
"""What stands in a page for the folder in which its commands are run."""
LEFT_OUT = "…"
_BLOCK = re.compile(r"```console\n(?P<shown>\$ .*?)```\n|<!-- does: (?P<deed>[a-z ]+) -->", re.DOTALL)
_COMMAND = re.compile(r"^\$ (?P<command>.*)\n(?P<output>(?:(?!\$ ).*\n)*)", re.MULTILINE)
_COMMIT = re.compile(r"\b[0-9a-f]{12}\b")


class Shown(NamedTuple):
    """A command in a page, what the page says that it prints, and where that stands in the page."""

    command: str
    output: str
    span: tuple[int, int]


def read_page(text: str) -> Iterator[Shown | str]:
    """Yield the commands of a page, and the names of deeds, in their order."""
    for block in _BLOCK.finditer(text):
        if block["deed"]:
            yield block["deed"]
            continue
        start = block.start("shown")
        for found in _COMMAND.finditer(block["shown"]):
            span = (start + found.start("output"), start + found.end("output"))
            yield Shown(found["command"], found["output"], span)


class Desk:
    """A folder in which the commands of one page are run."""

    def __init__(self, folder: Path, code: str) -> None:
        self.home, self.place, self.code = folder, folder, code
        names = {key: value for key, value in os.environ.items() if not key.startswith(("GIT_", "DANGWU_", "COLUMNS"))}
        own = {"HOME": str(folder), "PYTHONUNBUFFERED": "1", "GIT_CONFIG_NOSYSTEM": "1", "PYTHONUTF8": "1"}
        self.environment = {**names, **own}

    def run(self, command: str) -> str:
        """Run a command and return what it prints, as a page shows it."""
        words = shlex.split(command, comments=True)
        if words[0] == "cd":
            self.place = (self.place / words[1]).resolve()
            return ""
        if words[0] != "dangwu":
            raise ValueError(command)
        call = [sys.executable, "-m", "dangwu", "--lang", self.code, "--as-of", DAY, *words[1:]]
        done = subprocess.run(
            call, cwd=self.place, env=self.environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, encoding="utf-8", check=False,
        )  # fmt: skip
        text = done.stdout.replace(str(self.home), HOME)
        return "".join(f"{line.rstrip()}\n" for line in text.rstrip("\n").split("\n")) if text else ""

    def do(self, deed: str) -> None:
        """Do what a person does between two commands."""
        DEEDS[deed](self)


@cache
def _sample(code: str) -> Path:
    """Make the fictional branch once for all pages of a language."""
    folder = Path(_SAMPLES.name) / code
    make_branch(code, folder)
    return folder


_SAMPLES = TemporaryDirectory(prefix="dangwu-samples-")


def _bring_sample(desk: Desk) -> None:
    shutil.copytree(_sample(desk.code), desk.home / "sample")


def _fill_workbook(desk: Desk) -> None:
    (book,) = desk.home.glob("*.xlsx")
    if desk.code == "zh":
        fill_in(book)
    else:
        _fill_in_english(book)


def _fill_in_english(path: Path) -> None:
    book: Any = load_workbook(path)
    branch, committee, groups, roster = book.worksheets
    facts = (
        "Qinghe Precision Works Party Branch",
        "Yunqi Town Party Committee",
        "2015-06-01",
        "2026-10-01",
        "2025-03-15",
    )
    for row, fact in enumerate(facts, 2):
        branch.cell(row, 2).value = fact
    for row, name in enumerate(_NAMES[:5], 3):
        committee.cell(row, 3).value = name
    for row, (group, leader) in enumerate(zip(_GROUPS, _NAMES[5:7], strict=True), 3):
        groups.cell(row, 2).value, groups.cell(row, 3).value = group, leader
    for number, name in enumerate(_NAMES):
        values = (name, f"{2001 + number}-06-01", f"{2002 + number}-06-01", "full member", _GROUPS[(number + 1) % 2])
        for at, value in enumerate(values, 2):
            roster.cell(number + 3, at).value = value
    book.save(path)


_GROUPS = ("First Party group", "Second Party group")
_NAMES = (
    "Xia Tiejun", "Zheng Haoran", "Wei Shaohua", "Tashi Dorje", "Ouyang Changgeng", "Sun Jiajun", "He Yan", "Liang An",
    "Lu Wenjing", "Bai Zhilan", "Peng Lingshuang", "Li Fulai",
)  # fmt: skip


def _write_minutes(desk: Desk) -> None:
    for minutes in desk.place.glob("meetings/*/*.md"):
        head, _, body = minutes.read_text(encoding="utf-8").partition("\n---\n")
        head = head.replace("【待填】", "m010")
        minutes.write_text(f"{head}\n---\n{body.replace('【待填】', _SAID[desk.code])}", encoding="utf-8")


_SAID = {
    "zh": "何䶮传达了会议要求。陆文静说废品率降了，请大家接着把首件检验做实。",
    "en": "The leader told what the town committee asks for. Fewer parts are scrapped; first parts stay checked.",
}
DEEDS: dict[str, Callable[[Desk], None]] = {
    "bring sample": _bring_sample,
    "fill workbook": _fill_workbook,
    "write minutes": _write_minutes,
}


def shorten(output: str, shown: str) -> str:
    """Leave out of an output what the page leaves out: it keeps as many lines before and after ``…`` as it had."""
    lines, kept = output.splitlines(keepends=True), shown.splitlines()
    if LEFT_OUT not in kept:
        return output
    at = kept.index(LEFT_OUT)
    after = len(kept) - at - 1
    return "".join([*lines[:at], f"{LEFT_OUT}\n", *(lines[len(lines) - after :] if after else [])])


def even(output: str) -> str:
    """Return an output without what differs from one run to the next: the ids of new commits."""
    return _COMMIT.sub("0" * 12, output)


def run_page(page: Path, folder: Path) -> Iterator[tuple[Shown, str]]:
    """Run a page and yield each of its commands with what it printed, shortened as in the page."""
    desk = Desk(folder, page.parent.name)
    for each in read_page(page.read_text(encoding="utf-8")):
        if isinstance(each, str):
            desk.do(each)
        else:
            yield each, shorten(desk.run(each.command), each.output)


def refresh(page: Path) -> bool:
    """Write into a page what its commands print now, and return whether anything changed."""
    text = page.read_text(encoding="utf-8")
    with TemporaryDirectory(prefix="dangwu-page-") as folder:
        done = list(run_page(page, Path(folder)))
    changed = [(shown, output) for shown, output in done if even(output) != even(shown.output)]
    for shown, output in reversed(changed):
        text = text[: shown.span[0]] + output + text[shown.span[1] :]
    page.write_text(text, encoding="utf-8")
    return bool(changed)


if __name__ == "__main__":
    for each in sorted(PAGES.rglob("*.md")):
        if refresh(each):
            print(each)  # noqa: T201
