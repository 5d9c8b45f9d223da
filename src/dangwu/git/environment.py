"""The environment in which git runs: fixed settings, and of the caller's own what leads to the repository in question.

A repository cannot set a variable, but a hook of another one can have left some, so those that name a place count only
where that place fits the folder in question.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

FIXED_ENVIRONMENT = {
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_GRAFT_FILE": os.devnull,
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_OPTIONAL_LOCKS": "0",
    # Output in large parts, also into a pipe: one commit at a time wakes its reader two thousand times.
    "GIT_FLUSH": "0",
    "LC_ALL": "C",
}
_CONFIG_FILES = ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM")
_KEPT_WORDS = ("GIT_CONFIG_NOSYSTEM", "GIT_CEILING_DIRECTORIES", "GIT_DISCOVERY_ACROSS_FILESYSTEM")
_TRUST_KEY = "safe.directory"
"""The one setting that is taken from GIT_CONFIG_COUNT and ``git -c``; git itself believes it only from the caller."""
_MAX_SETTINGS = 1000
_BARE_PARTS = ("HEAD", "objects", "refs")


class CallerRepository(NamedTuple):
    """The repository that GIT_DIR names, and the top of its work tree."""

    git_dir: Path
    top: Path


def build_environment(
    folder: Path,
    extra: Mapping[str, str] | None = None,
    settings: Iterable[tuple[str, str]] = (),
    *,
    apart: bool = False,
) -> dict[str, str]:
    """Return the environment for a git command in a folder, with further variables and git settings.

    ``apart`` is for a command that makes a repository of its own: the one that the caller names plays no part.
    """
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    named = {name: value for name in (*_CONFIG_FILES, *_KEPT_WORDS) if (value := os.environ.get(name)) is not None}
    # git changes into the folder before it reads them.
    named |= {name: os.path.abspath(value) for name, value in named.items() if name in _CONFIG_FILES and value}  # noqa: PTH100 - links stay as given
    is_named = "GIT_DIR" in os.environ or "GIT_OBJECT_DIRECTORY" in os.environ
    places = _find_places(folder) if is_named and not apart else {}
    pairs = (*_read_trusted_folders(), *settings)
    return {**kept, **named, **places, **FIXED_ENVIRONMENT, **_format_settings(pairs), **(extra or {})}


def _format_settings(pairs: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """Return settings as variables (git-config(1)), since -c splits at the first "=", which a name may contain."""
    made = {"GIT_CONFIG_COUNT": str(len(pairs))} if pairs else {}
    for number, (key, value) in enumerate(pairs):
        made |= {f"GIT_CONFIG_KEY_{number}": key, f"GIT_CONFIG_VALUE_{number}": value}
    return made


def _read_trusted_folders() -> Iterator[tuple[str, str]]:
    """Yield the settings safe.directory that the caller gave to git by variables, or by ``git -c`` before a hook."""
    count = os.environ.get("GIT_CONFIG_COUNT", "")
    numbers = range(min(int(count), _MAX_SETTINGS)) if count.isascii() and count.isdigit() else ()
    for number in numbers:
        key, value = (os.environ.get(f"GIT_CONFIG_{part}_{number}") for part in ("KEY", "VALUE"))
        if key is not None and value is not None and key.casefold() == _TRUST_KEY:
            yield _TRUST_KEY, value
    given = os.environ.get("GIT_CONFIG_PARAMETERS")
    if not given:
        return
    import shlex  # noqa: PLC0415 - only below git -c

    try:
        words = shlex.split(given)
    except ValueError:
        return
    for word in words:
        key, _, value = word.partition("=")
        if key.casefold() == _TRUST_KEY:
            yield _TRUST_KEY, value


def _find_places(folder: Path) -> dict[str, str]:
    """Return the variables with the repository and the objects that the caller's environment has for a folder."""
    found = find_caller_repository(folder)
    named = {} if found is None else {"GIT_DIR": str(found.git_dir), "GIT_WORK_TREE": str(found.top)}
    if found is not None and (common := _read_path("GIT_COMMON_DIR")):
        named["GIT_COMMON_DIR"] = str(common)
    objects = _read_path("GIT_OBJECT_DIRECTORY")
    around = (found.git_dir if found else None) or _find_repository_folder(folder)
    # As in a hook before a push is accepted: what came stands apart, below the objects of the same repository.
    if objects is not None and around is not None and _lies_in(objects, around):
        named["GIT_OBJECT_DIRECTORY"] = str(objects)
        alternates = os.environ.get("GIT_ALTERNATE_OBJECT_DIRECTORIES", "")
        if alternates:
            named["GIT_ALTERNATE_OBJECT_DIRECTORIES"] = alternates
    return named


def find_caller_repository(folder: Path) -> CallerRepository | None:
    """Return the repository in GIT_DIR, where GIT_WORK_TREE, or without it the current folder, holds the folder.

    A repository of the folder's own goes first: one inside that work tree, without GIT_WORK_TREE any.
    """
    git_dir, top = _read_path("GIT_DIR"), _read_path("GIT_WORK_TREE")
    if git_dir is None or not os.path.isdir(git_dir):  # noqa: PTH112 - never raises
        return None
    own = _find_repository_folder(folder)
    if top is None:
        top = Path.cwd()
        if own is not None:
            return None
    elif own is not None and _lies_in(own, top) and not _lies_in(top, own):
        return None
    return CallerRepository(git_dir, top) if _lies_in(folder, top) else None


def _read_path(name: str) -> Path | None:
    """Return a path in a variable, from the current folder; None where the variable is not set."""
    value = os.environ.get(name)
    return Path(os.path.abspath(value)) if value else None  # noqa: PTH100 - links stay as given


def _find_repository_folder(folder: Path) -> Path | None:
    """Return the nearest folder upwards with a .git, or that is a bare repository."""
    start = Path(os.path.abspath(folder))  # noqa: PTH100 - links stay as given
    return next(
        (above for above in (start, *start.parents) if os.path.lexists(above / ".git") or looks_bare(above)), None
    )


def _lies_in(path: Path, folder: Path) -> bool:
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))


def looks_bare(folder: Path) -> bool:
    """Tell whether a folder is a bare repository.

    A folder with a branch.yaml is not: repository files in a record root came with the records, and git must not take
    them for its repository.
    """
    # os.path asks without raising.
    return all(os.path.exists(folder / name) for name in _BARE_PARTS) and not os.path.exists(folder / "branch.yaml")  # noqa: PTH110
