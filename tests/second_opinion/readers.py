"""One repository, two readers of its history: dangwu, and the Python library GitPython.

This is the only module here that knows where dangwu reads history. Both give the same values, so that they can be
compared; where the two differ by plan, what GitPython says is turned into what dangwu is to say, and why stands there.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from git import Repo
from git.diff import NULL_TREE_SHA
from git.objects.util import from_timestamp

from dangwu.audit.review_trailers import REVIEW_TRAILER, read_review_lines
from dangwu.git.history import read_history
from dangwu.git.repository import find_record_root, require_repository
from dangwu.git.tags_and_signatures import read_tags
from dangwu.model.history import BEIJING_TIME, TouchKind
from dangwu.model.record_life import LifeEvent
from dangwu.model.tree import may_be_record
from dangwu.workspace.history import RepositoryHistory

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime
    from pathlib import Path

    import git
    from git import Actor, Blob, Diff

    from dangwu.model.history import CommitStamp, History

    Lives: TypeAlias = dict[str, tuple[list[str], date | None]]


class Person(NamedTuple):
    """Who and when: seconds since 1970, and the day in China."""

    name: str
    email: str
    seconds: int | None
    day: date | None


class Commit(NamedTuple):
    """A commit."""

    id: str
    tree: str
    parents: tuple[str, ...]
    author: Person
    committer: Person
    message: str
    title: str
    signed: bool


class Touch(NamedTuple):
    """What a commit did to a file; ids of contents, how much of a renamed file stayed in per cent."""

    commit: str
    did: TouchKind
    path: str
    blob: str | None
    old_blob: str | None
    old_path: str | None
    alike: int


class _File(NamedTuple):
    path: str
    blob: str


class Tag(NamedTuple):
    """An annotated tag on a commit."""

    name: str
    id: str
    commit: str
    tagger: Person
    message: str


def our_history(folder: Path) -> History:
    """Return the history that leads to HEAD."""
    repository = require_repository(find_record_root(folder))
    return read_history(repository, head(folder), lambda _touch: None)


def head(folder: Path) -> str:
    """Return the id of the last commit."""
    with opened(folder) as repo:
        return repo.head.commit.hexsha


def our_commits(read: History) -> list[Commit]:
    """Return the commits in the order in which dangwu reads them."""
    return [
        Commit(
            commit.id,
            commit.tree,
            commit.parents,
            _stamped(commit.author),
            _stamped(commit.committer),
            commit.message,
            commit.title,
            commit.signed,
        )
        for commit in read.commits
    ]


def _stamped(stamp: CommitStamp) -> Person:
    return Person(stamp.name, stamp.email, stamp.seconds, stamp.day)


def our_touches(read: History) -> set[Touch]:
    """Return what the commits did to files."""
    made = [_merged(Touch(read.commits[touch.commit].id, *touch[1:]), read) for touch in read.touches]
    assert len(made) == len(set(made))
    return set(made)


def _merged(touch: Touch, read: History) -> Touch:
    """Return a touch of a merge without the exact share that stayed: git itself measures it against one parent."""
    merges = len(read.commits[read.place[touch.commit]].parents) > 1
    return touch._replace(alike=_measured(touch.alike == 100)) if merges and touch.old_path else touch


def _measured(whole: bool) -> int:
    return 100 if whole else 50


def our_reviewers(read: History) -> list[tuple[str, str]]:
    """Return who has reviewed by the trailers of each commit."""
    return [(commit.id, who) for commit in read.commits for who in read_review_lines(commit.message).reviewers]


def our_tags(folder: Path, below: str) -> list[Tag]:
    """Return the annotated tags below a name."""
    return [
        # GitPython gives a message as lines put together again.
        Tag(tag.name, tag.id, tag.commit, _stamped(tag.tagger), "\n".join(tag.message.splitlines()))
        for tag in read_tags(require_repository(find_record_root(folder)), below)
    ]


def our_lives(folder: Path, rev: str) -> Lives:
    """Return by path the commits of each record that is there, and the day on which it was first there."""
    past = RepositoryHistory(require_repository(find_record_root(folder)), rev)
    commits = past.graph.commits
    return {
        life.path: ([commits[step.commit].id for step in life.steps], life.recorded_on(past.graph))
        for life in past.lives.every
        if life.steps[-1].turn is not LifeEvent.DELETED
    }


@contextmanager
def opened(folder: Path) -> Iterator[Repo]:
    """Open a repository with GitPython; objects are read as they are, as dangwu reads them, never replaced ones."""
    with Repo(folder) as repo:
        repo.git.update_environment(GIT_NO_REPLACE_OBJECTS="1")
        yield repo


def their_commits(repo: Repo) -> list[Commit]:
    """Return the commits, no parent after its child, else by time."""
    return [_their_commit(commit) for commit in repo.iter_commits("HEAD", date_order=True, reverse=True)]


def _their_commit(commit: git.Commit) -> Commit:
    return Commit(
        commit.hexsha,
        commit.tree.hexsha,
        tuple(parent.hexsha for parent in commit.parents),
        _acted(commit.author, commit.authored_date, commit.authored_datetime),
        _acted(commit.committer, commit.committed_date, commit.committed_datetime),
        str(commit.message),
        str(commit.summary).strip(),
        bool(commit.gpgsig),
    )


def _acted(actor: Actor, seconds: int, moment: datetime) -> Person:
    return Person(actor.name or "", actor.email or "", seconds, _day(moment))


def _day(moment: datetime) -> date:
    """Return the day in China of a moment that has the zone of its commit."""
    return moment.astimezone(BEIJING_TIME).date()


def their_touches(repo: Repo) -> set[Touch]:
    """Return what the commits did to files that can be records."""
    return {touch for commit in repo.iter_commits("HEAD") for touch in _touched(repo, commit)}


def _touched(repo: Repo, commit: git.Commit) -> Iterator[Touch]:
    parents = commit.parents or (repo.tree(NULL_TREE_SHA),)
    sides = [list(parent.diff(commit)) for parent in parents]
    if len(sides) > 1:
        return _joined(commit.hexsha, sides)
    return (touch for diff in sides[0] for touch in _touch(commit.hexsha, [diff]))


def _joined(commit: str, sides: list[list[Diff]]) -> Iterator[Touch]:
    """Yield what stands in none of a merge's parents: of each file that differs from all of them."""
    by_path = [{diff.b_path if diff.b_blob else diff.a_path: diff for diff in diffs} for diffs in sides]
    for path in set(by_path[0]).intersection(*by_path[1:]):
        yield from _touch(commit, [side[path] for side in by_path])


def _touch(commit: str, diffs: list[Diff]) -> Iterator[Touch]:
    """Yield what the differences of a file from each parent come to; what is no record counts as not there."""
    new = _file(diffs[0].b_path, diffs[0].b_blob, diffs[0].b_mode)
    olds = [(diff, old) for diff in diffs if (old := _file(diff.a_path, diff.a_blob, diff.a_mode)) is not None]
    moved = [(diff, old) for diff, old in olds if diff.change_type == "R"]
    old_blob = olds[0][1].blob if olds else None
    if new is None:
        yield from [Touch(commit, TouchKind.DELETED, olds[0][1].path, None, old_blob, None, 100)] if olds else []
    elif len(moved) < len(olds):
        # Some parent had it under this name: that is the text that was changed.
        kept = next(old.blob for diff, old in olds if diff.change_type != "R")
        yield Touch(commit, TouchKind.CHANGED, new.path, new.blob, kept, None, 100)
    elif moved:
        old = moved[0][1]
        stayed = moved[0][0].score or 0 if len(diffs) == 1 else _measured(old.blob == new.blob)
        yield Touch(commit, TouchKind.RENAMED, new.path, new.blob, old.blob, old.path, stayed)
    else:
        yield Touch(commit, TouchKind.ADDED, new.path, new.blob, None, None, 100)


def _file(path: str | None, blob: Blob | None, mode: int | None) -> _File | None:
    """Return one side of a difference, None where there is no file that can be a record."""
    there = path is not None and blob is not None and mode is not None and may_be_record(path, f"{mode:o}")
    return _File(str(path), blob.hexsha) if there and blob else None


def their_lives(repo: Repo, rev: str) -> Lives:
    """Return the same for a history in one line: a rename goes on with its file, a file made again with the old one.

    git log --follow says something else: to it a file that is like another one is a copy of it, and as old.
    """
    lives: dict[str, list[git.Commit]] = {}
    gone: set[str] = set()
    for commit in repo.iter_commits(rev, reverse=True):
        for touch in sorted(_touched(repo, commit), key=lambda touch: touch.did is not TouchKind.RENAMED):
            life = lives.pop(touch.old_path or touch.path, [])
            lives[touch.path] = [*life, commit]
            gone -= {touch.path}
            gone |= {touch.path} if touch.did is TouchKind.DELETED else set()
    return {
        path: ([commit.hexsha for commit in life], _day(life[0].committed_datetime))
        for path, life in lives.items()
        if path not in gone
    }


def their_reviewers(repo: Repo) -> list[tuple[str, str]]:
    """Return who has reviewed by the trailers of each commit."""
    return [
        (commit.hexsha, value)
        for commit in repo.iter_commits("HEAD", date_order=True, reverse=True)
        for key, value in commit.trailers_list
        if key.lower() == REVIEW_TRAILER.lower()
    ]


def their_tags(repo: Repo, below: str) -> list[Tag]:
    """Return the annotated tags on commits below a name, those left out that bear another name than their ref."""
    return [
        Tag(
            ref.name,
            tag.hexsha,
            tag.object.hexsha,
            _acted(tag.tagger, tag.tagged_date, from_timestamp(tag.tagged_date, tag.tagger_tz_offset)),
            tag.message,
        )
        for ref in sorted(repo.tags, key=lambda ref: ref.name)
        if ref.name.startswith(below) and (tag := ref.tag) is not None
        if tag.object.type == "commit" and tag.tag == ref.name
    ]
