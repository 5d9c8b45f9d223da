"""Write the pages that are made of the program: ``python -m tools.docs.reference LANGUAGE PAGES MANUAL``.

A process of its own for each language, since modules of the command line word their options when they are loaded.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tools.docs.markdown import contents, join

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tools.docs.command_pages import CommandHelp
    from tools.docs.words import Words

_PAGES = ("commands/index", "codes/index", "kinds/index", "settings", "rules")


def write_reference(code: str, pages: Path, manual: Path) -> None:
    """Write the made pages of a language below ``pages/reference``, and the manual's part into ``manual``."""
    commands = load_commands(code)
    for name, text in build_pages(code, commands).items():
        place = pages / "reference" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    from tools.docs.command_pages import build_manual_part  # noqa: PLC0415
    from tools.docs.words import choose_words  # noqa: PLC0415

    manual.mkdir(parents=True, exist_ok=True)
    (manual / "commands.txt").write_text(build_manual_part(commands, choose_words(code)), encoding="utf-8")


def load_commands(code: str) -> list[CommandHelp]:
    """Return all commands with their help in a language, which is that of this process from now on."""
    from dangwu.cli.languages import choose_language  # noqa: PLC0415

    language = choose_language(["--lang", code])
    from typer.main import get_command  # noqa: PLC0415

    from dangwu.cli.app import build_app  # noqa: PLC0415 - as in a run, after the language is chosen
    from tools.docs.command_pages import read_commands  # noqa: PLC0415

    return read_commands(get_command(build_app(language)))  # type: ignore[arg-type]


def build_pages(code: str, commands: list[CommandHelp]) -> Mapping[str, str]:
    """Return every made page of a language, by its path below ``reference``."""
    from dangwu.language import load_language  # noqa: PLC0415
    from tools.docs.code_pages import build_code_pages  # noqa: PLC0415
    from tools.docs.command_pages import build_command_pages  # noqa: PLC0415
    from tools.docs.examples import read_examples  # noqa: PLC0415
    from tools.docs.kind_pages import build_kind_pages  # noqa: PLC0415
    from tools.docs.rule_pages import build_rules_page, build_settings_page  # noqa: PLC0415
    from tools.docs.words import choose_words  # noqa: PLC0415

    language, words = load_language(code), choose_words(code)
    return {
        "index.md": _build_index(words),
        "settings.md": build_settings_page(language, words),
        "rules.md": build_rules_page(language, words),
        **build_command_pages(commands, words),
        **build_code_pages(language, words),
        **build_kind_pages(read_examples(code), language, words),
    }


def _build_index(words: Words) -> str:
    listed = "\n".join(f"- [{words[name.partition('/')[0]]}]({name}.md)" for name in _PAGES)
    return join([f"# {words['reference']}", words["reference intro"], listed, contents(_PAGES)])


if __name__ == "__main__":
    write_reference(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
