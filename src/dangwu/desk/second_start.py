"""The note that a desk leaves beside git's files, and how a second start of the command asks it for a new entry."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlencode

from dangwu.desk.gate import HOST
from dangwu.files.peek import read_file_if_any
from dangwu.files.private_file import write_private_file

if TYPE_CHECKING:
    from pathlib import Path

    from dangwu.desk.reading import Reading

_SECONDS = 3
_MOST_BYTES = 1000
_MOST_PORT = 65535


class DeskNote(NamedTuple):
    """The port of a desk, its secret and its audience; the secret is empty once the desk is closed."""

    port: int
    secret: str = ""
    audience: str = ""


def find_note_path(git_dir: Path) -> Path:
    """Return the place of the note, in a folder that only this user can open."""
    return git_dir / "dangwu" / "desk" / "running.json"


def write_note(git_dir: Path, note: DeskNote) -> None:
    """Write the note. OSError where the system refuses."""
    write_private_file(find_note_path(git_dir), json.dumps(note._asdict()).encode())


def read_note(git_dir: Path) -> DeskNote | None:
    """Return the note, None where there is none that can be read."""
    raw = read_file_if_any(find_note_path(git_dir))
    try:
        data = json.loads(raw or b"")
        note = DeskNote(data["port"], data["secret"], data["audience"])
    except (ValueError, KeyError, TypeError):
        return None
    words = isinstance(note.secret, str) and isinstance(note.audience, str)
    whole = isinstance(note.port, int) and words and 0 < note.port <= _MOST_PORT
    return note if whole else None


def read_running_desk(reading: Reading) -> DeskNote | None:
    """Return the note of the desk that runs for these records; None where none answers."""
    note = read_note(reading.repository.git_dir)
    return note if note is not None and ask_for_entry(note) is not None else None


def ask_for_entry(note: DeskNote) -> str | None:
    """Return the address of a new entry from the desk of a note; None where it does not answer."""
    from http.client import HTTPConnection, HTTPException  # noqa: PLC0415 - a second start alone asks

    if not note.secret:
        return None
    origin = f"http://{HOST}:{note.port}"
    connection = HTTPConnection(HOST, note.port, timeout=_SECONDS)
    try:
        headers = {"Origin": origin, "Content-Type": "application/x-www-form-urlencoded"}
        connection.request("POST", "/again", urlencode({"secret": note.secret}), headers)
        answer = connection.getresponse()
        text = answer.read(_MOST_BYTES).decode("ascii", "replace")
    except (OSError, HTTPException):
        return None
    finally:
        connection.close()
    # Something else may listen at that port by now.
    return text if answer.status == 200 and text.startswith(f"{origin}/enter?word=") else None  # noqa: PLR2004
