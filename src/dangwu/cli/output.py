"""Output of results: the choice of a format, and writing bytes to a file or to stdout, never to a terminal."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import typer

from dangwu.cli.session import refuse_unknown_choice
from dangwu.errors import UsageError
from dangwu.files.write import refuse_closed_place, write_file
from dangwu.formats.registry import ALIASES, ResultKind, find_format, list_format_names
from dangwu.formats.safe_text import defuse_commands
from dangwu.model.message import say
from dangwu.workspace.catalogue import load_kinds

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from dangwu.cli.session import Session

_FORCE_HINT = say("Choose another name, or replace it: --force")
_TOOL_FOLDER = ".dangwu"
"""The folder of the schemas in a record repository."""


def build_format_option(result: ResultKind, help_: str) -> Any:
    """Return the option --format with the formats of a kind of result."""
    return typer.Option("--format", metavar="|".join(list_format_names(result)), help=help_)


def choose_format(word: str | None, result: ResultKind, fallback: str = "text", output: Path | None = None) -> str:
    """Return the format of --format, else of the output file's ending, else the fallback.

    A usage error when the kind of result does not have the format.
    """
    names = list_format_names(result)
    ending = output.suffix.lower().removeprefix(".") if output is not None else ""
    name = word or (ending if ending in names else fallback)
    name = ALIASES.get(name, name)
    refuse_unknown_choice(name, names, "--format")
    return name


def refuse_binary_on_screen(format_: str, output: Path | None) -> None:
    """UsageError when binary output would go to a terminal; called before any computation."""
    if output is None and find_format(format_).binary and sys.stdout.isatty():
        raise UsageError(
            say("A {format} file cannot be shown on a terminal.", format=format_),
            say("Say where it goes: --output FILE.{format}", format=format_),
        )


def write_output(session: Session, data: bytes, output: Path | None, *, force: bool, text: bool = False) -> None:
    """Write bytes to a file outside the records, or to stdout; ``text`` to stdout without commands of a forge."""
    if output is None:
        sys.stdout.buffer.write(defuse_commands(data.decode()).encode() if text else data)
        return
    from dangwu.cli.unfinished import clear_folder  # noqa: PLC0415 - the hook before each commit writes no file

    refuse_closed_place(output, find_closed_paths(session))
    clear_folder(session, output.parent)
    write_file(output, data, force=force, hint=_FORCE_HINT)
    session.tell(say("Written: {path}", path=str(output)))


def write_outputs(session: Session, folder: Path, files: Mapping[str, bytes], *, force: bool) -> None:
    """Write files into a folder outside the records, all or none."""
    from dangwu.cli.unfinished import clear_folder  # noqa: PLC0415 - the hook before each commit writes no file
    from dangwu.files.journal_place import choose_journal  # noqa: PLC0415
    from dangwu.files.transaction import build_changes, write_changes  # noqa: PLC0415

    refuse_closed_place(folder, find_closed_paths(session))
    clear_folder(session, folder)
    changes = build_changes(folder, files.items())
    taken = next((change.path for change in changes if change.before is not None), None)
    if taken is not None and not force:
        raise UsageError(say("{path} exists already.", path=str(folder / taken)), _FORCE_HINT)
    write_changes(folder, changes, choose_journal(folder, None), "export")
    for name in files:
        session.tell(say("Written: {path}", path=str(folder / name)))


def find_closed_paths(session: Session) -> tuple[Path, ...]:
    """Return the folders and files of records, schemas and git, where no output may be written."""
    location = session.location()
    if not location.has_branch and location.repository is None:
        return ()
    tops = sorted({kind.place.partition("/")[0] for kind in load_kinds().values()} | {_TOOL_FOLDER})
    git = (location.repository.git_dir,) if location.repository else ()
    return (*(location.root / top for top in tops), *git)
