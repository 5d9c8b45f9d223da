"""Help that the build made: the same text as the command itself prints, and only where that is so."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from dangwu.cli.app import build_app
from dangwu.cli.languages import choose_language
from dangwu.cli.main import main
from dangwu.cli.ready_help import find_ready_answer
from dangwu.data import resources
from dangwu.language import LANGUAGES
from hatch_build import list_commands

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LOADED = """
import json, sys
from dangwu.cli.main import main
code = main(sys.argv[1:])
print(json.dumps([code, "typer" in sys.modules, "dangwu.cli.app" in sys.modules]), file=sys.stderr)
"""


@pytest.fixture
def show(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Print what words say on a terminal of some columns, with or without what the build made."""

    def run(*words: str, columns: int = 80, ready: bool = True) -> str:
        monkeypatch.setenv("COLUMNS", str(columns))
        with monkeypatch.context() as patch:
            if not ready:
                patch.setattr(resources, "load_help", lambda _language: {})
            assert main(words) == 0
        shown = capfd.readouterr().out
        assert "dangwu" in shown
        return shown

    return run


@pytest.mark.parametrize("language", LANGUAGES)
def test_ready_help_is_what_each_command_says(language: str, show: Callable[..., str]) -> None:
    commands = list_commands(build_app(choose_language(["--lang", language])))
    assert {"", "check", "new group-meeting", "audit anchor"} <= {" ".join(words) for words in commands}
    for words in commands:
        asked = ("--lang", language, *words, "--help")
        assert show(*asked) == show(*asked, ready=False)
    assert show("--lang", language) == show("--lang", language, ready=False)


def test_help_is_made_anew_for_a_narrow_terminal(show: Callable[..., str]) -> None:
    asked = ("--lang", "en", "check", "--help")
    narrow = show(*asked, columns=60)
    assert narrow == show(*asked, columns=60, ready=False)
    assert narrow != show(*asked) == show(*asked, columns=200)


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
