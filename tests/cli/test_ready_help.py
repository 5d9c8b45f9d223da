"""Help that the build made: the same text as the command itself prints, and only where that is so."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from dangwu.cli.ready_help import find_ready_answer
from dangwu.data import resources
from dangwu.language import LANGUAGES
from hatch_build import make_help_apart
from tests.support.run import is_chinese, run

SOURCE = Path(__file__).parents[2] / "src"

LOADED = """
import json, sys
from dangwu.cli.main import main
code = main(sys.argv[1:])
print(json.dumps([code, "typer" in sys.modules, "dangwu.cli.app" in sys.modules]), file=sys.stderr)
"""


@cache
def load_fresh_help(language: str) -> dict[str, str]:
    """Return what the build would make of the source as it stands."""
    return make_help_apart(SOURCE, language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("words", ["", "check", "due", "new", "new group-meeting", "hook install", "audit anchor"])
def test_ready_help_is_what_the_command_says(language: str, words: str, tmp_path: Path) -> None:
    # With a further option before it the command itself answers.
    live = run("-C", ".", "--lang", language, *words.split(), "--help", cwd=tmp_path, as_of=None, code=0)
    ready = run("--lang", language, *words.split(), "--help", cwd=tmp_path, as_of=None, code=0)
    assert ready.out == live.out == load_fresh_help(language)[words]
    assert is_chinese(ready.out) is (language == "zh")


def test_there_is_help_for_every_command() -> None:
    zh, en = (load_fresh_help(language) for language in LANGUAGES)
    assert zh.keys() == en.keys() >= {"", "init", "new member", "rules diff", "completion"}
    assert not [words for words, text in en.items() if is_chinese(text) and not words.startswith("new ")]
    assert [words for words, text in zh.items() if text == en[words]] == []


def test_a_shell_that_completes_gets_no_help(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_DANGWU_COMPLETE", "complete_bash")
    assert find_ready_answer([], "zh") is None


def test_help_is_made_anew_for_a_narrow_terminal(tmp_path: Path) -> None:
    wide, narrow, wider = (
        run("--lang", "en", "check", "--help", cwd=tmp_path, as_of=None, code=0, env={"COLUMNS": columns}).out
        for columns in ("80", "60", "200")
    )
    assert wide == wider
    assert len(narrow.splitlines()) > len(wide.splitlines())


@pytest.mark.parametrize(
    "words",
    [
        ["check", "--staged", "--help"],
        ["check", "records", "-h"],
        ["-C", "x", "--help"],
        ["--lang", "zh", "--help"],
        ["chekc", "--help"],
        ["--version", "check"],
        ["new", "党小组会", "--help"],
    ],
)
def test_other_words_are_left_to_the_command_line(words: list[str]) -> None:
    assert find_ready_answer(words, "en") is None


@pytest.mark.parametrize("words", [["--version"], ["--help"], [], ["check", "-h"], ["new", "lecture", "--help"]])
def test_a_plain_question_loads_no_command(words: list[str], tmp_path: Path) -> None:
    if not resources.load_help("zh"):
        pytest.skip("the source was edited since the build made the help; python hatch_build.py makes it anew")
    done = subprocess.run(
        [sys.executable, "-c", LOADED, *words], cwd=tmp_path, capture_output=True, check=True, encoding="utf-8"
    )
    assert json.loads(done.stderr.splitlines()[-1]) == [0, False, False]
    assert done.stdout
