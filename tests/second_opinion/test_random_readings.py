"""GitPython reads random histories as dangwu does: those of honest people, and those in which something is faked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dangwu.model.history import TouchKind
from tests.second_opinion import readers
from tests.second_opinion.repositories import BELOW
from tests.support import random_histories

if TYPE_CHECKING:
    from pathlib import Path

NAMES = (
    *(f"honest/{number}" for number in range(8)), "exchanged in one commit/1", "moved day in a merge/1",
    "moved out and back changed/1", "seen and edited after a fast forward/1", "begun anew after anchor/1",
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_random_histories_are_read_alike(name: str, tmp_path: Path) -> None:
    kind, _, seed = name.rpartition("/")
    plot = random_histories.make(f"second-{seed}", None if kind == "honest" else kind)
    folder = tmp_path / "第二 意见"
    plot.objects.save(folder)
    records = folder / plot.main.prefix
    records.mkdir(parents=True, exist_ok=True)
    read = readers.our_history(folder)
    with readers.opened(folder) as repo:
        assert readers.our_commits(read) == readers.their_commits(repo)
        assert readers.our_touches(read) == readers.their_touches(repo)
        assert readers.our_reviewers(read) == readers.their_reviewers(repo)
        assert readers.our_tags(folder, BELOW) == readers.their_tags(repo, BELOW)


def test_the_sample_has_a_rename_in_a_merge(tmp_path: Path) -> None:
    plot = random_histories.make("second-1", "moved day in a merge")
    plot.objects.save(tmp_path)
    touches = readers.our_touches(readers.our_history(tmp_path))
    assert any(touch.did is TouchKind.RENAMED and len(plot.objects.parents_of(touch.commit)) > 1 for touch in touches)
