"""The paths of ``check PATH…``: each must name records; one that names nothing would look clean."""

from __future__ import annotations

import os
from difflib import get_close_matches
from typing import TYPE_CHECKING, NamedTuple

from dangwu.errors import UsageError
from dangwu.model.message import say
from dangwu.workspace.load import is_record_place
from dangwu.workspace.resolve_record import build_closed_error

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from pathlib import Path

    from dangwu.cli.session import Session
    from dangwu.model.message import Text
    from dangwu.model.results import CheckResult
    from dangwu.privacy.viewer import Viewer

_MAX_NEAR = 3
_PATTERN_CHARACTERS = frozenset("*?[")


class PathFilter(NamedTuple):
    """The words of the command line, each with its path below the record root; "" is the root itself."""

    root: Path
    chosen: tuple[tuple[str, str], ...]

    def keeps(self, path: str) -> bool:
        """Tell whether a path is, or lies in, one of the chosen ones."""
        return any(_lies_in(path, top) for _word, top in self.chosen)

    def refuse_unknown(
        self, session: Session, paths: Iterable[str], checked: CheckResult, viewer: Viewer | None
    ) -> None:
        """UsageError for a word that names no file, and where no word names a record; a note for each other word.

        ``paths`` are those of the states that were read. What has a finding counts as a record. For a ``viewer`` who
        may not see all of them, whether a closed one exists is not disclosed.
        """
        known = {path for path in (*paths, "branch.yaml") if viewer is None or viewer.shows(path)}
        found = {finding.source.path for finding in checked.findings}
        judged = [*found, *filter(is_record_place, known)]
        beside = []
        for word, top in self.chosen:
            if any(_lies_in(path, top) for path in judged):
                continue
            place = top if is_record_place(top) else f"{top}/x.yaml"
            if viewer is not None and is_record_place(place) and not viewer.shows(place):
                raise build_closed_error(word, viewer)
            if not os.path.lexists(self.root / top) and not any(_lies_in(path, top) for path in known):
                raise _build_unknown_error(word, top, judged)
            beside.append(word)
        message = say("No record is there, so nothing was checked of: {paths}.", paths=tuple(beside))
        if len(beside) == len(self.chosen):
            raise UsageError(message, _describe_places(judged))
        if beside:
            session.tell(message)


def parse_path_filter(session: Session, words: Iterable[str]) -> PathFilter:
    """Return the filter for words relative to the session's folder; UsageError for one outside the record root."""
    root = session.location().root
    chosen = []
    for word in words:
        relative = os.path.relpath(os.path.join(session.path, word), root).replace(os.sep, "/")  # noqa: PTH118
        if relative == ".." or relative.startswith("../"):
            raise UsageError(say("{path} lies outside the record repository.", path=word))
        chosen.append((word, "" if relative == "." else relative))
    return PathFilter(root, tuple(chosen))


def _lies_in(path: str, top: str) -> bool:
    return not top or path == top or path.startswith(f"{top}/")


def _build_unknown_error(word: str, top: str, judged: Collection[str]) -> UsageError:
    """Return the error for a word that names no file: with names like it, or with the folders that there are."""
    message = say("There is no file or folder {path}.", path=word)
    if _PATTERN_CHARACTERS & set(word):
        return UsageError(message, say("Patterns are not read here: name the folder, as in dangwu check targets."))
    near = get_close_matches(top, {*judged, *_list_folders(judged)}, _MAX_NEAR)
    return UsageError(message, say("Did you mean {near}?", near=tuple(near)) if near else _describe_places(judged))


def _describe_places(judged: Collection[str]) -> Text:
    """Return a hint with the first folders of the records, and the files that lie beside them."""
    return say("Records are in: {paths}.", paths=tuple(sorted({path.partition("/")[0] for path in judged})))


def _list_folders(paths: Iterable[str]) -> Iterator[str]:
    for path in paths:
        parts = path.split("/")[:-1]
        yield from ("/".join(parts[:length]) for length in range(1, len(parts) + 1))
