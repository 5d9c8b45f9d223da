"""Anchors: lines that the committee above keeps outside the repository, and in what they differ from the history."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from dangwu.errors import UsageError
from dangwu.model.history import convert_seconds_to_day
from dangwu.model.message import say
from dangwu.model.observation import CommitteeMark, EvidenceStrength, MarkKind
from dangwu.model.period import parse_day

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from dangwu.model.history import Commit, History
    from dangwu.model.message import Text

_ANCHOR_LINE = re.compile(
    r"dangwu-anchor/1 (\d{4}-\d\d-\d\d) ([0-9a-f]{40,64}) ([0-9a-f]{40,64}) (\d{1,9})(?: (.*))?", re.ASCII
)
_CLOCK_SKEW_SECONDS = 60 * 60
_CODE_PAGES = ("gb18030", "cp1252", "cp437")
"""Encodings in which a Windows shell takes the UTF-8 of a program for its own text."""


class Anchor(NamedTuple):
    """A line kept outside the repository: the last commit and its tree on a day, the number of commits, the branch.

    Written as ``dangwu-anchor/1 DAY COMMIT TREE COUNT BRANCH``; ``number`` is that of the line in its file.
    """

    day: date
    commit: str
    tree: str
    commits: int
    branch: str
    number: int = 0

    @property
    def line(self) -> str:
        """The anchor as one line of text."""
        branch = join_words(self.branch)
        return f"dangwu-anchor/1 {self.day.isoformat()} {self.commit} {self.tree} {self.commits} {branch}".rstrip()

    @property
    def mark(self) -> CommitteeMark:
        """The anchor as a mark on its commit."""
        return CommitteeMark(MarkKind.ANCHOR, self.commit, self.day, self.branch, EvidenceStrength.ANCHOR)


class ReadAnchors(NamedTuple):
    """The anchors of one branch, oldest first, and those of other branches, which were passed over."""

    own: tuple[Anchor, ...]
    others: tuple[Anchor, ...] = ()


def build_anchor(commit: Commit, commits: int, branch: str, day: date) -> Anchor:
    """Return the anchor of a history's last commit."""
    return Anchor(day, commit.id, commit.tree, commits, branch)


def parse_anchor_lines(text: str) -> tuple[Anchor, ...]:
    """Parse all anchors of a file; skip empty lines and lines that begin with ``#``. UsageError for another line."""
    anchors = []
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        match = _ANCHOR_LINE.fullmatch(line.strip())
        day = parse_day(match[1]) if match else None
        if match is None or day is None:
            hint = say("Lines are kept as dangwu audit anchor prints them.")
            raise UsageError(say("Line {number} of the anchors cannot be read.", number=number), hint)
        anchors.append(Anchor(day, match[2], match[3], int(match[4]), match[5] or "", number))
    return tuple(anchors)


def choose_own_anchors(
    anchors: tuple[Anchor, ...], history: History, names: Mapping[str, date | None], branch: str
) -> ReadAnchors:
    """Return the anchors of one branch: those on its history, and those with a name that it had on their day.

    ``names`` holds every name that the branch ever had, with the last day on which it had it, None for the present one.
    UsageError when there is none.
    """
    own: list[Anchor] = []
    others: list[Anchor] = []
    for anchor in anchors:
        here = anchor.commit in history.place
        (own if here or _had_name_then(anchor, names) else others).append(anchor)
    if not own:
        hint = say("See that the file is the right one, and whether the branch had another name then.")
        raise UsageError(say("The file has no anchor of {branch}.", branch=branch), hint)
    return ReadAnchors(tuple(sorted(own)), tuple(others))


def _had_name_then(anchor: Anchor, names: Mapping[str, date | None]) -> bool:
    """Tell whether an anchor has a name that the branch had on its day: another branch may have it since."""
    return any(
        is_same_name(anchor.branch, name) and (last is None or anchor.day <= last) for name, last in names.items()
    )


def is_same_name(written: str, name: str) -> bool:
    """Tell whether a written name is a branch's, also where a shell's code page garbled it."""
    own = join_words(name)
    return join_words(written) in {own, *(own.encode().decode(page, "replace") for page in _CODE_PAGES)}


def join_words(text: str) -> str:
    """Return a text with single blanks, in one line."""
    return " ".join(text.split())


def compare_anchor(history: History, anchor: Anchor, as_of: date) -> list[Text]:
    """Return in what an anchor differs from its own commit; nothing for a commit that is not in the history.

    A day before the commit's is no fault of the line where the branch's clock was ahead: the commit is dated after the
    as-of day, or a later one before it and not before the line's day. A clock that began anew in 2020 shows nothing.
    """
    at = history.place.get(anchor.commit)
    if at is None:
        return []
    commit = history.commits[at]
    found = []
    if commit.tree != anchor.tree:
        found.append(say("the files are those of tree {tree}, the line says {said}",
                         tree=commit.tree[:12], said=anchor.tree[:12]))  # fmt: skip
    count = sum(first >= 0 for first in history.first_with((at,)))
    if count != anchor.commits:
        found.append(say("commits up to it: {count}, the line says {said}", count=count, said=anchor.commits))
    if is_dated_before(anchor, commit) and not _is_clock_ahead(history, at, anchor.day, as_of):
        found.append(say("the commit is of {day}, the line of {said}", day=commit.committer.day or "", said=anchor.day))
    return found


def _is_clock_ahead(history: History, at: int, known: date, as_of: date) -> bool:
    own, day = history.commits[at].committer.seconds or 0, history.commits[at].committer.day
    later = (history.commits[index] for index, behind in enumerate(history.not_before) if behind == at != index)
    return (day is not None and day > as_of + timedelta(days=1)) or any(
        commit.committer.day is not None
        and commit.committer.day >= known
        and (commit.committer.seconds or 0) + _CLOCK_SKEW_SECONDS < own
        for commit in later
    )


def is_of_its_tree(history: History, anchor: Anchor) -> bool:
    """Tell whether an anchor names a commit together with its tree, or one that is not in the history."""
    at = history.place.get(anchor.commit)
    return at is None or history.commits[at].tree == anchor.tree


def is_dated_before(anchor: Anchor, commit: Commit) -> bool:
    """Tell whether an anchor is of a day before that of its commit, by more than two clocks differ."""
    seconds = commit.committer.seconds
    return seconds is not None and convert_seconds_to_day(seconds - _CLOCK_SKEW_SECONDS) > anchor.day
