"""Help of every command, in the language that was asked for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.support.run import is_chinese, run, spoken

if TYPE_CHECKING:
    from pathlib import Path

COMMANDS = [
    (), ("init",), ("demo",), ("check",), ("due",), ("report",), ("explain",), ("rules",), ("rules", "diff"),
    ("doctor",), ("completion",),
    ("new",), ("new", "general-meeting"), ("new", "committee-meeting"), ("new", "group-meeting"), ("new", "lecture"),
    ("new", "member"), ("new", "waiver"), ("schema",), ("schema", "show"), ("schema", "export"),
    ("hook",), ("hook", "install"), ("hook", "uninstall"), ("hook", "status"),
]  # fmt: skip
# English that the library would print of its own accord.
_LIBRARY = re.compile(
    r"\b(Usage|Options|Arguments|Commands|Show this message|default|required|TEXT|INTEGER|RANGE|PATH|env var|Install)\b"
)


@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: " ".join(words) or "dangwu")
def test_help_speaks_both_languages(tmp_path: Path, words: tuple[str, ...]) -> None:
    said = spoken(*words, "--help", cwd=tmp_path, as_of=None, code=0)
    assert not is_chinese(said["en"].out)
    assert "Usage:" in said["en"].out
    chinese = said["zh"].out
    left = _LIBRARY.findall(re.sub(r"\[(OPTIONS|PATH)\]|\[PATH\]\.\.\.|\[ARGS\]\.\.\.", "", chinese))
    assert not left
    # Each option and command is explained.
    for line in chinese.splitlines():
        row = re.match(r"  (?:-\w, )?(--?[\w-]+)(.*)", line)
        if row and len(line) < 60:
            rest = row[2] + chinese[chinese.index(line) + len(line) :].split("\n  -")[0]
            assert is_chinese(rest), line


def test_without_a_command_help_is_printed(tmp_path: Path) -> None:
    plain = run("--lang", "zh", cwd=tmp_path, as_of=None, code=0)
    assert plain.out == run("--lang", "zh", "--help", cwd=tmp_path, as_of=None).out


@pytest.mark.parametrize(
    ("env", "chinese"),
    [({}, True), ({"LANG": "en_US.UTF-8"}, False), ({"LANG": "zh_CN.UTF-8"}, True), ({"DANGWU_LANG": "en"}, False),
     ({"DANGWU_LANG": "zh", "LANG": "en_US.UTF-8"}, True), ({"LANG": "de_DE.UTF-8"}, False),
     ({"LANGUAGE": "de", "DANGWU_LANG": "en"}, False)],
)  # fmt: skip
def test_the_language_comes_from_the_surroundings(tmp_path: Path, env: dict[str, str], chinese: bool) -> None:
    assert is_chinese(run(cwd=tmp_path, env=env, as_of=None).out) is chinese


def test_the_branch_says_its_language(clean: Path) -> None:
    assert is_chinese(run("check", cwd=clean / "members", env={"LANG": "en_US.UTF-8"}).out)
    assert not is_chinese(run("--lang", "en", "check", cwd=clean, as_of="2026-06-30").out)


@pytest.mark.parametrize("words", [("nosuch",), ("chekc",), ("--nosuch",), ("--lang",), ("check", "--format"), ("new",),
                                   ("--lang", "de"), ("--color", "blue"), ("schema", "show")])  # fmt: skip
def test_wrong_words(tmp_path: Path, words: tuple[str, ...]) -> None:
    english, chinese = (
        run(*words, cwd=tmp_path, env={"DANGWU_LANG": lang}, as_of=None, code=2) for lang in ("en", "zh")
    )
    assert not english.out
    assert english.err.startswith("dangwu: ")
    assert not is_chinese(english.err)
    assert is_chinese(chinese.err)
    assert "Did you mean" not in chinese.err
