"""The example at the end of every command's help: there is one, it parses, and where it does no harm it runs."""

from __future__ import annotations

import shlex
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from dangwu.cli.app import build_app
from dangwu.cli.help_examples import find_example, list_kind_commands
from dangwu.data import resources
from dangwu.language import LANGUAGES, load_language
from dangwu.workspace.kind_names import NEW_KINDS
from hatch_build import list_commands
from tests.support.run import is_chinese, run

if TYPE_CHECKING:
    from pathlib import Path

    from typer import Context

    from tests.support.branches import Demo

READS = (
    "check", "due", "explain", "log", "audit", "audit anchor", "rules", "rules diff", "hook", "hook status",
    "schema show", "completion", "migrate", "",
)  # fmt: skip
"""Commands whose example only reads; the first two and the hooks may end with findings."""
ASKS = ("new meeting", "new branch")
"""What asks for more on a terminal, and what is for an empty folder."""


@cache
def commands() -> tuple[str, ...]:
    return tuple(" ".join(words) for words in list_commands(build_app(load_language("en"))))


def arguments(command: str, language: str) -> list[str]:
    program, *words = shlex.split(find_example(command, language))
    assert program == "dangwu"
    return words


def parse(words: list[str]) -> Context:
    """Parse words as the command line does, down to the command that would run; a usage error where they do not fit."""
    from typer.main import get_command  # noqa: PLC0415 - as in the build

    command: Any = get_command(build_app(load_language("en")))  # type: ignore[arg-type]
    context: Context = command.make_context("dangwu", list(words))
    while getattr(context, "_protected_args", None) or (hasattr(command, "commands") and context.args):
        rest = [*context._protected_args, *context.args]
        if not rest or not hasattr(command, "resolve_command"):
            break
        name, command, rest = command.resolve_command(context, rest)
        context = command.make_context(name, rest, parent=context)
    return context


def test_there_is_one_for_every_command_and_for_no_other() -> None:
    assert len(commands()) > 70
    for language in LANGUAGES:
        assert [command for command in commands() if not find_example(command, language)] == []
    assert find_example("nosuch", "en") == ""
    assert {f"new {kind}" for kind in NEW_KINDS} <= set(commands())


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_begins_with_its_command_and_is_in_its_language(language: str) -> None:
    for command in commands():
        text = find_example(command, language)
        groups = {"": "dangwu ", "new": "dangwu new ", "hook": "dangwu hook ", "schema": "dangwu schema "}
        assert text.startswith(groups.get(command, f"dangwu {command}".rstrip()))
        assert not (language == "en" and is_chinese(text)), text


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_parses(language: str) -> None:
    for command in commands():
        words = arguments(command, language)
        context = parse(words)
        assert context.command_path.removeprefix("dangwu").strip() in {command, " ".join(words[:2]), words[0]}


def test_a_wrong_example_would_not_parse() -> None:
    for words in (["check", "--nosuch"], ["new", "lecture", "--nosuch"], ["hook", "nosuch"]):
        with pytest.raises(Exception, match="nosuch"):
            parse(words)


@pytest.mark.parametrize("command", READS)
def test_what_reads_runs_on_the_sample(demo: Demo, command: str) -> None:
    done = run(*arguments(command, "zh"), cwd=demo.path)
    assert done.code in {0, 1} | ({3} if command.startswith("hook") else set()), done
    assert done.out or command in {"check", "hook", "hook status", "migrate"}


@pytest.mark.parametrize("kind", [command for command in (f"new {kind}" for kind in NEW_KINDS) if command not in ASKS])
def test_what_writes_a_record_runs_on_the_sample(demo: Demo, kind: str) -> None:
    for language in LANGUAGES:
        words = (*arguments(kind, language), "--no-input", "--dry-run")
        assert run("--lang", language, *words, cwd=demo.path, as_of="2026-12-01", code=0).out.strip()


@pytest.mark.parametrize("command", ["report", "export", "calendar", "board", "form"])
def test_what_writes_beside_the_records_runs_on_the_sample(demo: Demo, tmp_path: Path, command: str) -> None:
    run("-C", demo.path, *arguments(command, "zh"), cwd=tmp_path, code=0)
    assert list(tmp_path.iterdir())


def test_the_others_of_new_run_too(demo: Demo, tmp_path: Path) -> None:
    assert run(*arguments("new payment", "zh"), "--dry-run", cwd=demo.path, as_of="2026-12-16", code=0).out
    assert run(*arguments("new branch", "zh"), "--no-input", "--dry-run", cwd=tmp_path, code=0).out


@pytest.mark.parametrize("command", ["", "new", "new group-meeting", "check", "audit", "rules diff", "hook install"])
def test_help_ends_with_it_on_one_line(tmp_path: Path, command: str) -> None:
    for language, word in (("zh", "示例："), ("en", "Example:")):
        shown = run("--lang", language, *command.split(), "--help", cwd=tmp_path, as_of=None, code=0).out
        assert shown.endswith(f"\n{word} {find_example(command, language)}\n")
    narrow = run(
        "--lang", "zh", *command.split(), "--help", cwd=tmp_path, as_of=None, env={"COLUMNS": "40"}, code=0
    ).out
    assert narrow.endswith(f"\n示例： {find_example(command, 'zh')}\n"), "to be copied whole"


def test_the_commands_of_a_kind_are_those_of_its_help() -> None:
    for kind in resources.list_kinds():
        for language in LANGUAGES:
            for line in list_kind_commands(kind, language):
                parse(shlex.split(line)[1:])
    assert any("import dues" in line for line in list_kind_commands("dues", "en"))
    assert list_kind_commands("accepted", "en") == ("dangwu schema show accepted",)
