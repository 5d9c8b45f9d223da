"""GitPython, another library by other people, reads every history as dangwu does."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest

from tests.audit.test_histories import CASES
from tests.histories.acting import History
from tests.second_opinion import readers, repositories
from tests.second_opinion.repositories import BELOW

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from git import Repo

    from dangwu.model.history import History as Read

BY_HAND = "by hand"
NAMES = (*(case["name"] for case in CASES), BY_HAND)
JOINED = {"merge", "branch", "switch", "pick", "squash", "orphan"}
"""Steps after which a history has more than one line."""
IN_ONE_LINE = [case["name"] for case in CASES if not any(JOINED & step.keys() for step in case["steps"])]
NOT_FOLLOWED = {
    # What git takes for a rename, and dangwu for two records, by their names: half of the text is not enough.
    "one meeting taken out, another put in its place",
    # What dangwu takes for the record come back, and git for a new file.
    "a reviewed record put under another name, deleted there, written anew with one more present",
    "a record put aside, and another version written while it is there",
    # A record put aside is lost to dangwu; what happens to the file there is no step of its life.
    "a record put aside after the summary, changed there and put back",
    "a record put aside for good",
    # Paths are those below the present record root, and a move alone is no step.
    "all records moved into a folder",
    "a reviewed record edited while all are moved into a folder",
    "a record deleted before all are moved into a folder",
    "all records moved out of their folder again",
    "records of another folder of the repository brought in",
}
"""Histories in which git and dangwu follow a file differently."""
PAIRED_BY_OURS_ALONE = {"an octopus that renames and edits a reviewed record"}
"""Merges of which git pairs a renamed file with a new one of the other line."""
READ_BY_OURS_ALONE: Mapping[str, str] = {
    "encoded": "GitPython compares the name of the header encoding with one letter too many and never finds it; so it "
    "reads every commit as UTF-8.",
}
"""Commits whose names and message only dangwu reads, with the reason."""
REVIEWED_BY_OURS_ALONE: Mapping[str, str] = {
    "a line of three hyphens": "GitPython asks git interpret-trailers, which takes the rest of a message for a patch "
    "unless it is told --no-divider; git log does tell it, and dangwu knows of no patch in a message.",
}
"""Messages in which only dangwu finds reviewers, with the reason."""


class Played(NamedTuple):
    """A repository, and the ids of commits by name where it was made by hand."""

    folder: Path
    ids: Mapping[str, str]


@pytest.fixture(scope="session")
def top(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("第二 意见")


@pytest.fixture(scope="session")
def by_hand(top: Path) -> Played:
    """Return the repository that is made by hand, made once."""
    maker = repositories.make(top / "手 工")
    return Played(maker.repo.path, maker.ids)


@pytest.fixture(params=NAMES, scope="session")
def played(top: Path, request: pytest.FixtureRequest) -> Played:
    """Return a repository by its name: pytest does all that is asked of one together, and makes and reads it once."""
    if request.param == BY_HAND:
        made: Played = request.getfixturevalue("by_hand")
        return made
    history = History(top / str(NAMES.index(request.param)), lambda *_words: "")
    for step in CASES[NAMES.index(request.param)]["steps"]:
        history.play(step)
    return Played(history.repo.path, {})


@pytest.fixture(scope="session")
def read(played: Played) -> Read:
    return readers.our_history(played.folder)


@pytest.fixture(scope="session")
def repo(played: Played) -> Iterator[Repo]:
    with readers.opened(played.folder) as opened:
        yield opened


def test_commits(played: Played, read: Read, repo: Repo) -> None:
    ours, theirs = readers.our_commits(read), readers.their_commits(repo)
    assert [commit.id for commit in ours] == [commit.id for commit in theirs]
    differing = [mine.id for mine, other in zip(ours, theirs, strict=True) if mine != other]
    assert differing == [played.ids[name] for name in READ_BY_OURS_ALONE if name in played.ids]


def test_touches(read: Read, repo: Repo, request: pytest.FixtureRequest) -> None:
    alone = request.node.callspec.params["played"] in PAIRED_BY_OURS_ALONE
    assert (readers.our_touches(read) != readers.their_touches(repo)) is alone


def test_reviewers(played: Played, read: Read, repo: Repo) -> None:
    ours, theirs = readers.our_reviewers(read), readers.their_reviewers(repo)
    alone = {id_ for name in REVIEWED_BY_OURS_ALONE if (id_ := played.ids.get(f"message: {name}"))}
    assert [each for each in ours if each[0] not in alone] == theirs
    assert {id_ for id_, _ in ours} >= alone


def test_tags(played: Played, repo: Repo) -> None:
    for below in ("", BELOW):
        assert readers.our_tags(played.folder, below) == readers.their_tags(repo, below)


@pytest.mark.parametrize("played", IN_ONE_LINE, indirect=True, scope="session")
def test_lives_in_one_line(played: Played, repo: Repo, request: pytest.FixtureRequest) -> None:
    """Of lines that are joined tests/histories tells."""
    ours, theirs = readers.our_lives(played.folder, "HEAD"), readers.their_lives(repo, "HEAD")
    assert (ours != theirs) is (request.node.callspec.params["played"] in NOT_FOLLOWED)


def test_the_repository_by_hand(by_hand: Played) -> None:
    """It holds what it is to hold; what is equal and empty would prove nothing."""
    read, ids = readers.our_history(by_hand.folder), by_hand.ids
    commits = {commit.id: commit for commit in readers.our_commits(read)}
    assert commits.keys() == set(ids.values())
    assert len(commits[ids["octopus"]].parents) == 4
    assert [name for name, id_ in ids.items() if not commits[id_].parents] == ["root", "another root"]
    assert commits[ids["encoded"]].author.name == "王小明"
    assert commits[ids["signed"]].signed
    touches = readers.our_touches(read)
    touched = {touch.commit for touch in touches}
    assert ids["empty"] not in touched
    assert ids["octopus"] not in touched
    (mode,) = (touch for touch in touches if touch.commit == ids["mode"])
    assert mode.blob == mode.old_blob
    names = {name: {touch.path: touch for touch in touches if touch.commit == id_} for name, id_ in ids.items()}
    assert 50 < names["renamed with an edit"][repositories.MOVED].alike < 100
    assert names["renamed alone"][repositories.DASH].old_path == repositories.RARE
    own = names["a merge of its own"]
    assert {path: touch.old_path for path, touch in own.items() if touch.old_path} == {
        "side 二.md": "side.md",
        "乙 a.md": "甲 a.md",
        "丙 c.md": "c.md",
        "丁.md": "meanwhile.md",
    }
    assert len(own) == 8


def test_lives_in_the_repository_by_hand(by_hand: Played) -> None:
    rev = by_hand.ids["links taken out"]
    with readers.opened(by_hand.folder) as repo:
        theirs = readers.their_lives(repo, rev)
    assert readers.our_lives(by_hand.folder, rev) == theirs
    assert max(len(commits) for commits, _ in theirs.values()) > 3


def test_tags_in_the_repository_by_hand(by_hand: Played) -> None:
    """Of all tags below the name those count that are annotated, on a commit, and bear the name of their ref."""
    assert [tag.name.removeprefix(BELOW) for tag in readers.our_tags(by_hand.folder, BELOW)] == [
        "2026-04-01-附注",
        "first",
        "lines",
    ]
    with readers.opened(by_hand.folder) as repo:
        rest = {ref.name.removeprefix(BELOW): ref for ref in repo.tags if ref.name.startswith(BELOW)}
        kinds = {name: (ref.tag.tag, ref.tag.object.type) if ref.tag else None for name, ref in rest.items()}
    assert kinds["light"] is None
    assert kinds["of-a-tag"] == (f"{BELOW}of-a-tag", "tag")
    assert kinds["tree"] == (f"{BELOW}tree", "tree")
    assert kinds["moved"] == (f"{BELOW}first", "commit")
