"""What killed runs left behind: settled and removed by the next command that writes, told by ``doctor``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.errors import CannotRunError
from dangwu.files.journal_place import choose_journal
from dangwu.files.leftovers import find_leftovers, remove_leftovers
from dangwu.files.private_copy import find_abandoned_folders
from dangwu.files.transaction import HOOKS_JOURNAL_PATH, find_unfinished, settle_unfinished
from dangwu.model.message import Text, say

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from dangwu.cli.session import Session
    from dangwu.files.transaction import Settled
    from dangwu.git.repository import RecordRoot

_MAX_SHOWN_PATHS = 5


def clear_unfinished(session: Session) -> Settled | None:
    """Settle a run that was broken off, remove the temporary files of killed runs, and tell about both.

    Called by every command that writes records, before it reads them.
    """
    location = session.location()
    # First, since folders that hold nothing else are removed too.
    removed = [path for folder, below in _list_places(location) for path in remove_leftovers(folder, below=below)]
    settled = None
    for journal in list_journals(location):
        settled = settle_unfinished(location.root, journal) or settled
    _tell(session, settled, removed)
    return settled


def tell_unfinished(session: Session) -> None:
    """Say that the records are those of a run broken off half-way, since a preview takes nothing back."""
    for message, hint in find_unfinished_facts(session.location()):
        session.tell(message)
        session.tell(hint)


def clear_folder(session: Session, folder: Path) -> None:
    """Do the same in a folder that is not of records, as one that ``--output`` names; its subfolders are left alone."""
    removed = [*remove_leftovers(folder, below=False)]
    _tell(session, settle_unfinished(folder, choose_journal(folder, None)), removed)


def _tell(session: Session, settled: Settled | None, removed: list[Path]) -> None:
    if settled is not None:
        tell_settled(session, settled)
    tell_removed(session, removed)


def list_journals(location: RecordRoot) -> tuple[Path, ...]:
    """Return the places of journals: in the git directory, and in the root, for a time without git."""
    git_dirs = [None, *([location.repository.git_dir] if location.repository else [])]
    return tuple(choose_journal(location.root, git_dir) for git_dir in reversed(git_dirs))


def tell_settled(session: Session, settled: Settled) -> None:
    """Say what became of a run that was broken off."""
    if settled.completed:
        session.tell(
            say("An earlier run ({command}) was broken off after its last file; it is complete now.",
                command=settled.command)
        )  # fmt: skip
        return
    session.tell(
        say("An earlier run ({command}) was broken off half-way; what it had written has been taken back.",
            command=settled.command)
    )  # fmt: skip
    for path in settled.left:
        session.tell(say("{path} has changed since then, and was left as it is.", path=path))


def tell_removed(session: Session, paths: list[Path]) -> None:
    """Say which temporary files of killed runs have been removed, if any."""
    if paths:
        session.tell(say("Removed, left by runs that were killed: {paths}.", paths=_shorten(paths)))


def find_unfinished_facts(location: RecordRoot) -> Iterator[tuple[Text, Text]]:
    """Yield a message and the next step for a run that was broken off and for temporary files of killed runs."""
    journals = [*list_journals(location)]
    if location.repository is not None:
        journals.append(location.repository.git_dir.joinpath(*HOOKS_JOURNAL_PATH))
    for journal in journals:
        try:
            found = find_unfinished(journal)
        except CannotRunError as error:
            yield error.message, error.hint or say("See what it is about: git status. Then delete it.")
            continue
        if found is not None:
            yield (
                say("a run of dangwu was broken off half-way, or is still writing: {command}", command=found.command),
                say("Run the command again; what was written half is taken back first."),
            )
    paths = [path for folder, below in _list_places(location) for path in find_leftovers(folder, below=below)]
    if paths:
        yield (
            say("temporary files of killed runs: {paths}", paths=_shorten(paths)),
            say("They may hold what records say of people. Delete them, or run a command that writes, as dangwu new."),
        )


def find_copy_facts() -> Iterator[tuple[Text, Text]]:
    """Yield a message and the next step for the copies of repositories that killed runs have left."""
    paths = list(find_abandoned_folders())
    if paths:
        yield (
            say("copies of repositories, left by killed runs: {paths}", paths=_shorten(paths)),
            say("Delete them; the next review --quarantine does so too."),
        )


def _list_places(location: RecordRoot) -> tuple[tuple[Path, bool], ...]:
    """Return the folders that dangwu writes in, and whether their subfolders count; none where there are no records."""
    if not location.has_branch:
        return ()
    git_dir = location.repository.git_dir if location.repository else None
    places: list[tuple[Path, bool]] = [(location.root, True)]
    if git_dir is not None:
        places += [(git_dir / name, False) for name in ("dangwu", "hooks")]
    return tuple(places)


def _shorten(paths: list[Path]) -> tuple[str | Text, ...]:
    shown: tuple[str | Text, ...] = tuple(str(path) for path in paths[:_MAX_SHOWN_PATHS])
    more = len(paths) - _MAX_SHOWN_PATHS
    return (*shown, say("and others: {count}", count=more)) if more > 0 else shown
