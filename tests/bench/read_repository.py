"""Reads any repository with dangwu, GitPython and git, and says where they differ: a second opinion on real histories.

``python tests/bench/read_repository.py PATH [PATH ...]``; every plain file counts, whatever its name ends in.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[2]))

from dangwu.git import history
from dangwu.model.history import TouchKind
from tests.second_opinion import readers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from git import Repo

    from dangwu.model.history import History
    from tests.second_opinion.readers import Touch

SHOWN = 4


def _is_plain_file(_path: str, mode: str = "100644") -> bool:
    return mode.startswith("100")


def _git(folder: Path, *words: str, data: bytes = b"") -> str:
    done = subprocess.run(["git", "-C", str(folder), *words], input=data, capture_output=True, check=True)
    return done.stdout.decode("utf-8", "surrogateescape")


def git_reviewers(folder: Path) -> list[tuple[str, str]]:
    """Return what git itself reads as reviewers of each commit, one after the other."""
    form = "--format=%H%x00%(trailers:key=Reviewed-by,valueonly,unfold,separator=%x00)%x00%x00"
    found = []
    for row in _git(folder, "log", "--encoding=UTF-8", form, "HEAD").split("\0\0\n"):
        id_, *reviewers = row.strip("\n").split("\0")
        found += [(id_, who) for who in reviewers if who]
    return sorted(found)


def git_heads(folder: Path) -> list[tuple[str, str, tuple[str, ...], int]]:
    """Return id, tree, parents and the committer's seconds of each commit as git prints them."""
    rows = (line.split("|") for line in _git(folder, "log", "--format=%H|%T|%P|%ct", "HEAD").splitlines())
    return sorted((id_, tree, tuple(parents.split()), int(seconds)) for id_, tree, parents, seconds in rows)


def git_tags(folder: Path) -> list[tuple[str, str]]:
    """Return the annotated tags on commits, and the commits."""
    out = _git(
        folder, "for-each-ref", "--format=%(refname:lstrip=2)|%(objecttype)|%(type)|%(object)|%(tag)", "refs/tags"
    )
    rows = (line.split("|") for line in out.splitlines())
    return sorted((name, at) for name, kind, type_, at, own in rows if (kind, type_, own) == ("tag", "commit", name))


def compare(folder: Path) -> int:
    """Print what is read and where the readers differ; return the number of differences."""
    history.may_be_record = readers.may_be_record = _is_plain_file  # type: ignore[attr-defined, assignment]
    begun = time.perf_counter()
    read = readers.our_history(folder)
    print(f"{folder}: {len(read.commits)} commits, {_count_merges(read)} merges, {len(read.touches)} touches, "
          f"{sum(touch.did is TouchKind.RENAMED for touch in read.touches)} renames; "
          f"read by dangwu in {time.perf_counter() - begun:.1f} s")  # fmt: skip
    with readers.opened(folder) as repo:
        return sum(_tell(name, *pair()) for name, pair in _pairs(folder, read, repo))


def _count_merges(read: History) -> int:
    return sum(len(commit.parents) > 1 for commit in read.commits)


def _pairs(
    folder: Path, read: History, repo: Repo
) -> Iterator[tuple[str, Callable[[], tuple[Iterable[object], Iterable[object]]]]]:
    heads = [(each.id, each.tree, each.parents, each.committer.seconds) for each in read.commits]
    yield "commits, against git", lambda: (heads, git_heads(folder))
    yield (
        "commits with people and messages, against GitPython",
        lambda: (readers.our_commits(read), readers.their_commits(repo)),
    )
    yield "touches, against GitPython", lambda: (readers.our_touches(read), readers.their_touches(repo))
    yield "touches of merges, against GitPython", lambda: _of_merges(read, repo)
    yield "reviewers, against git", lambda: (readers.our_reviewers(read), git_reviewers(folder))
    ours = [(tag.name, tag.commit) for tag in readers.our_tags(folder, "")]
    yield "tags, against git", lambda: (ours, git_tags(folder))
    yield "tags, against GitPython", lambda: (readers.our_tags(folder, ""), readers.their_tags(repo, ""))


def _of_merges(read: History, repo: Repo) -> tuple[set[Touch], set[Touch]]:
    merges = {commit.id for commit in read.commits if len(commit.parents) > 1}
    theirs = {
        touch
        for commit in repo.iter_commits("HEAD")
        if commit.hexsha in merges
        for touch in readers._touched(repo, commit)
    }
    return {touch for touch in readers.our_touches(read) if touch.commit in merges}, theirs


def _tell(name: str, ours: Iterable[object], theirs: Iterable[object]) -> int:
    mine, other = Counter(ours), Counter(theirs)
    only, lacking = mine - other, other - mine
    print(
        f"  {name}: {mine.total()} and {other.total()}; only dangwu: {only.total()}, only the other: {lacking.total()}"
    )
    for side, found in (("dangwu", only), ("other", lacking)):
        for each in [*found][:SHOWN]:
            print(f"    {side}: {str(each)[:400]}")
    return only.total() + lacking.total()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="+", type=Path)
    sys.exit(min(1, sum([compare(path) for path in parser.parse_args().paths])))


if __name__ == "__main__":
    main()
