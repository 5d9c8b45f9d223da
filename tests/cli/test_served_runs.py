"""A command of the fork server, which keeps what many runs read, says what one says that starts from nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.run import run

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.branches import Demo

PATH = "meetings/2026/2026-10-20-group-meeting-g2.md"


@pytest.mark.parametrize(
    "words",
    [
        ("check", "--format", "json"),
        ("due", "--format", "json"),
        ("report", "--format", "md"),
        ("log", PATH),
        ("explain", "3.1/2026-09/g3"),
    ],
    ids=lambda words: words[0],
)
def test_a_served_run_says_the_same(demo: Demo, words: tuple[str, ...]) -> None:
    first, again = (run(*words, cwd=demo.path, code=(0, 1)) for _ in range(2))
    assert run(*words, cwd=demo.path, env={}) == first == again


def test_a_served_run_sees_what_changed_since(clean: Path, tmp_path: Path) -> None:
    """Also where a file gets the bytes of another, or its own of before."""
    path = tmp_path / "branch.yaml"
    texts = [(clean / "branch.yaml").read_bytes(), (clean / "members/m001.yaml").read_bytes(), b"name: [\n"]
    for raw in (*texts, *texts):
        path.write_bytes(raw)
        served, alone = run("check", cwd=tmp_path), run("check", cwd=tmp_path, env={})
        assert served == alone
