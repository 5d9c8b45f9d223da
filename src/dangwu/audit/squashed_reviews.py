"""Where the changes of a reviewed line stand in a history that has them under other commits: a squash, a rebase."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.model.history import ChangedFile, TouchKind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from dangwu.model.history import FileTouch, History


def find_squash(history: History, base: str, files: Collection[ChangedFile]) -> int | None:
    """Return the index of the first commit that has all changes of a line which parted at ``base``, and no others.

    None where one of them is not there as it was, or where other files came with them: what was reviewed is not what
    came. Main may have gone on meanwhile, so that no commit has the same tree, and all records may stand in another
    folder since: a file goes by its name.
    """
    at = history.place.get(base)
    if at is None:
        return None
    wanted = {*files}
    found: dict[ChangedFile, int] = {}
    for touch in history.touches:
        for change in _list_changes(touch):
            if change in wanted and change not in found and not history.leads(touch.commit, at):
                found[change] = touch.commit
    last = max(found.values(), default=None)
    if last is None or len(found) < len(wanted):
        return None
    names, commits = {file.name for file in files}, {*found.values()}
    other = any(touch.commit in commits and _find_name(touch.path) not in names for touch in history.touches)
    return None if other or not all(history.leads(index, last) for index in commits) else last


def _list_changes(touch: FileTouch) -> Iterator[ChangedFile]:
    if touch.did is TouchKind.DELETED or touch.old_path is not None:
        yield ChangedFile(_find_name(touch.old_path or touch.path), touch.old_blob, deleted=True)
    if touch.did is not TouchKind.DELETED:
        yield ChangedFile(_find_name(touch.path), touch.blob, deleted=False)


def _find_name(path: str) -> str:
    return path.rpartition("/")[2]
