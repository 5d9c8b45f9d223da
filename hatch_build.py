"""Build step: compile the message catalogues and the data, so that a wheel and an editable install both carry them."""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


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
    from dangwu.parse.yaml import parse_package_yaml  # noqa: PLC0415

    for name, content in resources.build_compiled(parse_package_yaml).items():
        update(source / "dangwu" / "data" / name, content)


def update(target: Path, content: bytes) -> None:
    """Write a file that is to be made, unless it is the same: a running dangwu may be reading it."""
    if not target.is_file() or target.read_bytes() != content:
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
