"""Records that were all moved to another folder: touches of their former places → touches of the present ones."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from dangwu.model.history import TouchKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from dangwu.model.history import FileTouch

_BRANCH_FILE = "branch.yaml"
_NEARLY_ALL_PERCENT = 90
_TAKING = frozenset({TouchKind.DELETED, TouchKind.RENAMED})
_GIVING = frozenset({TouchKind.ADDED, TouchKind.RENAMED})


def find_former_roots(touches: Sequence[FileTouch], is_place: Callable[[str], bool]) -> dict[str, int]:
    """Return the former record roots, each with the index of the last commit at which it was one.

    A root moved where its ``branch.yaml`` was renamed to that of the present root, nearly unchanged or together with
    another record. A folder where another branch begins later is then the root of that one.
    """
    renames = [touch for touch in touches if touch.did is TouchKind.RENAMED]
    roots: dict[str, int] = {}
    known, todo = {""}, [""]
    while todo:
        root = todo.pop()
        for touch in renames:
            former = (touch.old_path or "").removesuffix(_BRANCH_FILE)
            ends_so = (touch.old_path or "") == f"{former}{_BRANCH_FILE}" and former[-1:] in {"", "/"}
            if touch.path != f"{root}{_BRANCH_FILE}" or not ends_so or former in known:
                continue
            if touch.alike >= _NEARLY_ALL_PERCENT or _moves_a_record(renames, touch.commit, (former, root), is_place):
                known.add(former)
                todo.append(former)
                roots[former] = _find_last_commit(touches, former, touch.commit)
    return roots


def _moves_a_record(
    renames: Iterable[FileTouch], commit: int, roots: tuple[str, str], is_place: Callable[[str], bool]
) -> bool:
    """Tell whether a commit moved a record, nearly unchanged, from one root to the same place below another."""
    former, root = roots
    return any(
        touch.commit == commit
        and touch.alike >= _NEARLY_ALL_PERCENT
        and touch.path.startswith(root)
        and touch.old_path == f"{former}{touch.path[len(root) :]}"
        and touch.path != f"{root}{_BRANCH_FILE}"
        and is_place(touch.path[len(root) :])
        for touch in renames
    )


def _find_last_commit(touches: Sequence[FileTouch], root: str, moved: int) -> int:
    """Return the commit of the move where another branch begins in the folder later, else the last commit."""
    again = any(
        touch.did is TouchKind.ADDED and touch.path == f"{root}{_BRANCH_FILE}" and touch.commit > moved
        for touch in touches
    )
    return moved if again else touches[-1].commit


def read_as_of_present_root(
    touches: Iterable[FileTouch], roots: Mapping[str, int], is_place: Callable[[str], bool]
) -> Iterator[FileTouch]:
    """Yield touches as if the records had always been below the present root; a move alone is none."""
    for _, group in groupby(touches, key=lambda touch: touch.commit):
        old = list(group)
        new = [_translate(touch, roots, is_place) for touch in old]
        yield from old if new == old else _pair_again(new)


def _translate(touch: FileTouch, roots: Mapping[str, int], is_place: Callable[[str], bool]) -> FileTouch:
    def place(path: str) -> str:
        below = (
            path.removeprefix(root)
            for root, last in roots.items()
            if touch.commit <= last and path.startswith(root) and is_place(path.removeprefix(root))
        )
        return next(below, path)

    old_path = None if touch.old_path is None else place(touch.old_path)
    return touch._replace(path=place(touch.path), old_path=old_path)


def _pair_again(touches: Sequence[FileTouch]) -> Iterator[FileTouch]:
    """Yield a commit's touches so that what went from a path and came to it again is a change of one file."""
    gone = {touch.old_path or touch.path: touch.old_blob for touch in touches if touch.did in _TAKING}
    come = {touch.path for touch in touches if touch.did in _GIVING}
    for touch in touches:
        old = (touch.old_path or touch.path) if touch.did in _TAKING else None
        new = touch.path if touch.did in _GIVING else None
        kept = old in come, new in gone
        if touch.did is TouchKind.CHANGED or kept == (False, False):
            yield touch
            continue
        if old is not None and old not in come:
            yield touch._replace(did=TouchKind.DELETED, path=old, blob=None, old_path=None)
        if new is not None and new not in gone:
            yield touch._replace(did=TouchKind.ADDED, old_blob=None, old_path=None)
        elif new is not None and touch.blob != gone[new]:
            yield touch._replace(did=TouchKind.CHANGED, old_blob=gone[new], old_path=None)
