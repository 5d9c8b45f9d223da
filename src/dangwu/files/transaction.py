"""Writing several files in one transaction: all of them or none, also when the process is killed in between.

The one mechanism for every command that writes more than one file. The journal is written first; the next run finds
it, and takes the steps back or, where all were done, completes the run.
"""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from dangwu.errors import CannotRunError
from dangwu.files.file_steps import (
    add_old_mode,
    is_step_done,
    move_file,
    read_file_bytes,
    refuse_changed_file,
    take_back_step,
    write_or_delete,
)
from dangwu.files.journal import Journal, begin_journal, lock_journal, read_journal
from dangwu.files.journal_place import JOURNAL_PATH, PLAIN_JOURNAL, choose_journal
from dangwu.files.os_errors import describe_os_error
from dangwu.model.file_change import FileChange, FileMove, FileStep
from dangwu.model.message import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

IMPORT_COMMAND = "import"
HOOKS_JOURNAL_PATH = ("dangwu", "unfinished-hooks.json")
"""The journal of hooks, below the git directory that all work trees share."""
_LAST_IMPORT_PATH = ("dangwu", "last-import.json")


class Settled(NamedTuple):
    """What became of a broken-off run: completed or taken back.

    ``taken_back`` are the changes that were made for that, ``left`` the files that somebody has changed since.
    """

    command: str
    completed: bool
    taken_back: tuple[FileChange, ...] = ()
    left: tuple[str, ...] = ()


def build_changes(root: Path, files: Iterable[tuple[str, bytes]]) -> tuple[FileChange, ...]:
    """Return the changes that give files below ``root`` these bytes, replacing what is there."""
    return tuple(FileChange(path, read_file_bytes(root, path), data) for path, data in files)


def write_changes(root: Path, steps: Sequence[FileStep], journal: Path, command: str) -> None:
    """Write, create, rename and delete files below ``root``; on any error take back those done.

    CannotRunError when a file no longer has its ``before`` bytes, and when another run writes or was broken off here.
    The journal of an import becomes the one by which it can be undone.
    """
    moved = {step.path for step in steps if isinstance(step, FileMove)}
    for step in steps:
        if isinstance(step, FileChange) and step.path not in moved:
            refuse_changed_file(root, step)
    planned = tuple(add_old_mode(root, step) for step in steps)
    handle = begin_journal(journal, Journal(command, planned))
    try:
        _do_steps(root, planned, journal)
    except OSError as error:
        raise CannotRunError(
            say("{path} was not written: {reason}.", path=str(root), reason=describe_os_error(error))
        ) from error
    finally:
        os.close(handle)
    _close_journal(journal, command)


def _do_steps(root: Path, steps: Sequence[FileStep], journal: Path) -> None:
    done: list[FileStep] = []
    try:
        for step in steps:
            if isinstance(step, FileMove):
                done.append(step)
                move_file(root / step.path, root / step.target)
                continue
            refuse_changed_file(root, step)
            done.append(step)
            write_or_delete(root, step.path, step.after, step.mode)
    except BaseException:
        restored = [take_back_step(root, step) for step in reversed(done)]
        # The journal stays as long as it holds bytes that could not be restored.
        if all(restored):
            _delete_file(journal)
        raise


def settle_unfinished(root: Path, journal: Path) -> Settled | None:
    """Complete or take back a run that was broken off; None without one.

    A file that has changed since is left as it is. CannotRunError when the other run is not over, or the journal cannot
    be read.
    """
    handle = lock_journal(journal)
    if handle is None:
        return None
    try:
        found = read_journal(journal)
        if found is None:
            return None
        if all(is_step_done(root, step) for step in found.steps):
            settled = Settled(found.command, completed=True)
        else:
            changes = _list_changes_back(root, found.steps)
            kept = [step for step in reversed(found.steps) if not take_back_step(root, step)]
            left = tuple(step.path for step in reversed(kept))
            settled = Settled(found.command, completed=False, taken_back=changes, left=left)
    finally:
        os.close(handle)
    if settled.completed:
        _close_journal(journal, settled.command)
    else:
        _delete_file(journal)
    return settled


def find_unfinished(journal: Path) -> Journal | None:
    """Return the journal of a run that was broken off or is running, None without one; nothing is written."""
    return read_journal(journal)


def read_last_import(root: Path, git_dir: Path) -> tuple[FileChange, ...]:
    """Return the changes that undo the last import; CannotRunError without one, or when a file has changed since.

    An import that was broken off counts as the last one.
    """
    unfinished = read_journal(git_dir.joinpath(*JOURNAL_PATH))
    if unfinished is not None and unfinished.command == IMPORT_COMMAND:
        return _list_changes_back(root, unfinished.steps)
    journal = read_journal(git_dir.joinpath(*_LAST_IMPORT_PATH))
    if journal is None:
        raise CannotRunError(say("There is no import to undo."))
    changes = []
    for step in journal.steps:
        if isinstance(step, FileMove) or not _is_record_path(step.path):
            raise CannotRunError(say("The journal of the last import cannot be read."))
        now = read_file_bytes(root, step.path)
        if now not in {step.before, step.after}:
            message = say("{path} has changed since the import, so the import cannot be undone.", path=step.path)
            raise CannotRunError(message, say("See the differences: git diff"))
        if now != step.before:
            changes.append(FileChange(step.path, now, step.before))
    return tuple(changes)


def take_back_import(root: Path, changes: Sequence[FileChange], git_dir: Path) -> None:
    """Write the changes from ``read_last_import``, all or none, and delete the journal."""
    write_changes(root, changes, choose_journal(root, git_dir), "import --undo")
    _delete_file(git_dir.joinpath(*_LAST_IMPORT_PATH))


def _close_journal(journal: Path, command: str) -> None:
    """End a run: the journal of an import replaces that of the one before, any other is deleted."""
    if command == IMPORT_COMMAND and journal.name != PLAIN_JOURNAL:
        try:
            journal.replace(journal.with_name(_LAST_IMPORT_PATH[-1]))
        except OSError as error:
            raise CannotRunError(
                say("{path} was not written: {reason}.", path=str(journal), reason=describe_os_error(error))
            ) from error
        return
    _delete_file(journal)


def _delete_file(path: Path) -> None:
    with suppress(OSError):
        path.unlink()
        if path.parent.name == JOURNAL_PATH[0]:
            path.parent.rmdir()


def _is_record_path(path: str) -> bool:
    return path.endswith((".yaml", ".md")) and not any(part.startswith(".") for part in path.split("/"))


def _list_changes_back(root: Path, steps: Iterable[FileStep]) -> tuple[FileChange, ...]:
    """Return the changes by which the files that a run has written get their former bytes."""
    return tuple(
        FileChange(step.path, step.after, step.before)
        for step in steps
        if isinstance(step, FileChange) and step.before != step.after and is_step_done(root, step)
    )
