"""Build step: compile the message catalogues and the data, so that a wheel and an editable install both carry them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import redirect_stdout
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_HELP_PROGRAM = """
import json, sys
sys.path[:0] = {folders!r}
from hatch_build import make_help
print(json.dumps(make_help({code!r})))
"""


def compile_catalogues(locale: Path) -> list[Path]:
    """Bring ``X.mo`` beside each ``X.po`` below ``locale`` up to date and return the files."""
    written = []
    for source in sorted(locale.glob("*/LC_MESSAGES/*.po")):
        with source.open("rb") as stream:
            catalogue = read_po(stream)
        compiled = BytesIO()
        write_mo(compiled, catalogue)
        target = source.with_suffix(".mo")
        update(target, compiled.getvalue())
        written.append(target)
    return written


def compile_data(source: Path) -> None:
    """Bring the compiled data below ``source`` up to date with schemas, rulebooks and the sample's words."""
    sys.path.insert(0, str(source))
    from dangwu.data import resources  # noqa: PLC0415 - found only now
    from dangwu.language import LANGUAGES  # noqa: PLC0415
    from dangwu.parse.yaml import parse_package_yaml  # noqa: PLC0415

    texts_of_help = {code: make_help_apart(source, code) for code in LANGUAGES}
    for name, content in resources.build_compiled(parse_package_yaml, texts_of_help).items():
        update(source / "dangwu" / "data" / name, content)


def make_help_apart(source: Path, code: str) -> dict[str, str]:
    """Return the help in a language, made by a process of its own: a module words its options when it is loaded."""
    command = [sys.executable, "-c", _HELP_PROGRAM.format(folders=[str(source), str(Path(__file__).parent)], code=code)]
    made = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    texts: dict[str, str] = json.loads(made.stdout)
    return texts


def make_help(code: str) -> dict[str, str]:
    """Return the help of dangwu in a language, by the words of the command; "" is that of dangwu itself."""
    from dangwu.cli.languages import choose_language  # noqa: PLC0415
    from dangwu.cli.ready_help import HELP_COLUMNS  # noqa: PLC0415

    language = choose_language(["--lang", code])
    from dangwu.cli.app import build_app  # noqa: PLC0415 - as in a run, after the language is chosen

    app = build_app(language)
    os.environ["COLUMNS"] = str(HELP_COLUMNS)
    texts = {}
    for words in list_commands(app):
        with redirect_stdout(StringIO()) as shown:
            app(args=[*words, "--help"], prog_name="dangwu", standalone_mode=False)
        texts[" ".join(words)] = shown.getvalue()
    return texts


def list_commands(app: Any) -> list[tuple[str, ...]]:
    """Return the words of every command, with those of its group; the first are none, for dangwu itself."""
    from typer.main import get_command  # noqa: PLC0415

    found: list[tuple[str, ...]] = []
    todo: list[tuple[tuple[str, ...], Any]] = [((), get_command(app))]
    for words, command in todo:
        found.append(words)
        context = command.make_context(" ".join(words), [], resilient_parsing=True)
        names = command.list_commands(context) if hasattr(command, "list_commands") else ()
        todo += [((*words, name), command.get_command(context, name)) for name in names]
    return found


def update(target: Path, content: bytes) -> None:
    """Write a made file; only mark one that is the same as new, since a running dangwu may be reading it."""
    if target.is_file() and target.read_bytes() == content:
        os.utime(target)
    else:
        target.write_bytes(content)


def prepare(root: Path) -> None:
    """Compile every catalogue of a source tree, and make its data ready."""
    source = root / "src"
    compile_catalogues(source / "dangwu" / "data" / "locale")
    compile_data(source)


class CompileHook(BuildHookInterface[Any]):
    """Runs before hatchling collects files."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Make ready what is collected."""
        prepare(Path(self.root))


if __name__ == "__main__":
    prepare(Path(__file__).resolve().parent)
