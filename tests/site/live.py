"""What the command line has, read from its help: the site is compared with this, not with what made its pages."""

from __future__ import annotations

import re
import shlex
from functools import cache
from pathlib import Path
from typing import Any

from hatch_build import make_help_apart

ROOT = Path(__file__).parents[2]
LANGUAGES = ("zh", "en")
SITE = ROOT / "docs" / "site"
_OPTION = re.compile(r"(?<![\w-])--?[A-Za-z][\w-]*")


@cache
def help_texts(code: str) -> dict[str, str]:
    return make_help_apart(ROOT / "src", code)


@cache
def command_lines(code: str) -> list[tuple[tuple[str, ...], list[str]]]:
    """Return the words of each command with its options; the first is dangwu itself."""
    found = []
    for words, text in help_texts(code).items():
        listed = re.split(r"\n(?:Options|选项):\n", text)[-1].partition("\n\n")[0]
        starts = re.findall(r"^  (-\S.*?)(?:  |$)", listed, re.MULTILINE)
        options = sorted({name for start in starts for name in _OPTION.findall(start.split(" ")[0] + " " + start)})
        found.append((tuple(words.split()), [name for name in options if name not in {"-h", "--help"}]))
    return found


def commands_in(text: str) -> list[list[str]]:
    """Return the words of each command of dangwu that a page shows in a block or in code."""
    blocks = re.findall(r"```(?:sh|console)\n(.*?)```", text, re.DOTALL)
    lines = [line.removeprefix("$ ") for block in blocks for line in block.splitlines()]
    lines += re.findall(r"`(dangwu [^`\n]*)`", re.sub(r"```.*?```", "", text, flags=re.DOTALL))
    return [shlex.split(line, comments=True)[1:] for line in lines if line.startswith("dangwu ") and "：" not in line]


def find_refusal(words: list[str]) -> Exception | None:
    """Let the command line parse a command without running it, and return the error of usage."""
    try:
        _parse(words)
    except Exception as error:  # noqa: BLE001 - the library has many, with no base of their own
        return error
    return None


def _parse(words: list[str]) -> None:
    command, context = _root(), None
    while True:
        name = words[0] if context else "dangwu"
        rest = words[1:] if context else words
        context = command.make_context(name, rest, parent=context)
        below = [*context._protected_args, *context.args] if hasattr(context, "_protected_args") else context.args
        if not hasattr(command, "get_command") or not below:
            return
        inner = command.get_command(context, below[0])
        if inner is None:
            raise LookupError(below[0])
        command, words = inner, list(below)


@cache
def _root() -> Any:
    from typer.main import get_command  # noqa: PLC0415

    from dangwu.cli.app import build_app  # noqa: PLC0415
    from dangwu.language import load_language  # noqa: PLC0415

    return get_command(build_app(load_language("en")))  # type: ignore[arg-type]
