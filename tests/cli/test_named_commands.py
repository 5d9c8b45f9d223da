"""Commands that messages, pages of codes and documents name are there, with the flags they name."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from tests.support.catalogue import PO
from tests.support.run import en

ROOT = Path(__file__).parents[2]
COMMANDS = (*(path.stem.rstrip("_") for path in ROOT.glob("src/dangwu/cli/commands/*.py")), "new")
ANYWHERE = {"--as-of", "--lang", "--color"}
OF_A_KIND = {"--date"}
GROUPS = {"audit", "new", "hook", "schema"}
NAMED = re.compile(rf"dangwu (?:-C \S+ )?(?P<name>{'|'.join(COMMANDS)})\b(?P<words>(?: [^\s`。，；）)]+)*)", re.ASCII)
FLAG = re.compile(r"--[a-z][a-z-]+")


@cache
def help_of(*words: str) -> str:
    answer = en(*words, "--help", cwd=ROOT)
    assert answer.code == 0, words
    return answer.out


def texts() -> dict[str, str]:
    pages = [*ROOT.glob("src/dangwu/data/codes/*/*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("README*.md")]
    made = {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in pages}
    return made | {"messages": re.sub(r'"\n"', "", PO.read_text(encoding="utf-8"))}


@pytest.mark.parametrize("source", sorted(texts()))
def test_the_flags_that_are_named_are_there(source: str) -> None:
    for named in NAMED.finditer(texts()[source]):
        command, words = named["name"], named["words"].split()
        first = words[0].rstrip(".:;") if words else ""
        sub = [first] if command in GROUPS and re.fullmatch(r"[a-z][a-z-]*", first) else []
        flags = FLAG.findall(" ".join(words))
        shown = help_of(command, *sub) if flags else help_of(command)
        assert [
            flag
            for flag in flags
            if flag not in shown and flag not in ANYWHERE | (OF_A_KIND if "new {kind}" in named[0] else set())
        ] == [], named[0]
