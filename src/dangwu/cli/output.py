"""How a made file leaves: into the file that was named, or to whoever reads stdout; never onto a screen as bytes."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from dangwu.errors import UsageError
from dangwu.model.message import say

if TYPE_CHECKING:
    from pathlib import Path

    from dangwu.cli.session import Session

BINARY = ("pdf", "docx", "xlsx")
"""The formats that no terminal can show."""
_OWN = ".dangwu"
"""The folder in which the schemas of the records stand."""


def format_of(given: str | None, output: Path | None, known: tuple[str, ...], fallback: str) -> str:
    """Return the format: the one given, else the one that the file's ending names, else the fallback."""
    if given is not None:
        return given
    ending = output.suffix.lower().removeprefix(".") if output is not None else ""
    return ending if ending in known else fallback


def refuse_screen(format_: str, output: Path | None) -> None:
    """UsageError where bytes would go onto a screen: said before anything is worked out."""
    if output is None and format_ in BINARY and sys.stdout.isatty():
        raise UsageError(
            say("A {format} file cannot be shown on a terminal.", format=format_),
            say("Say where it goes: --output FILE.{format}", format=format_),
        )


def deliver(session: Session, data: bytes, output: Path | None, *, force: bool) -> None:
    """Write a file, never where a record could stand, or hand its bytes to stdout."""
    if output is None:
        sys.stdout.buffer.write(data)
        return
    from dangwu.files.write import refuse_closed, write_file  # noqa: PLC0415

    refuse_closed(output, closed(session))
    write_file(output, data, force=force, hint=say("Choose another name, or replace it: --force"))
    session.tell(say("Written: {path}", path=str(output)))


def closed(session: Session) -> tuple[Path, ...]:
    """Return the folders and files of the records and of git, in whose place nothing that was made belongs."""
    from dangwu.workspace.catalogue import kinds  # noqa: PLC0415

    location = session.location()
    if not location.has_branch and location.repository is None:
        return ()
    tops = sorted({kind.place.partition("/")[0] for kind in kinds().values()} | {_OWN})
    git = (location.repository.git_dir,) if location.repository else ()
    return (*(location.root / top for top in tops), *git)
