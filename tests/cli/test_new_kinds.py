"""``dangwu new`` for every kind: it lands in its place, and the check asks for nothing but what people must write."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.support.branches import BASE_DAY
from tests.support.by_hand import written
from tests.support.desk import DAYS, KINDS, LEAN, desk_files
from tests.support.gitrepo import GitRepo
from tests.support.run import en, is_chinese, run

if TYPE_CHECKING:
    from pathlib import Path

BLANK = "DW502"
LACKING = {"dues": {"DW911"}, "branch": {"DW822", "DW889"}, "duty-report": {"DW894"}}
"""What a person must still add: payments of the months before; who is responsible for discipline, and supervisors; who
else heard the report."""


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    repo = GitRepo(tmp_path_factory.mktemp("shared") / "党 支部")
    repo.commit(desk_files())
    return repo.path


@pytest.fixture
def desk(tmp_path: Path, shared: Path) -> Path:
    return shutil.copytree(shared, tmp_path / "党 支部")


def _codes(folder: Path, path: str, day: str) -> set[str]:
    found = en("check", "--format", "json", cwd=folder, as_of=day).json()["findings"]
    return {each["code"] for each in found if each["path"] == path}


def _path(said: str) -> str:
    return str(re.findall(r"[\w./-]+\.(?:yaml|md)", said)[0])


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_record_of_every_kind(desk: Path, kind: str, lang: str) -> None:
    if kind == "branch":
        (desk / "branch.yaml").unlink()
    day = DAYS.get(kind, BASE_DAY)
    words = ("--lang", lang, "new", kind, *LEAN.get(kind, ()))
    dry = run(*words, "--dry-run", cwd=desk, as_of=day, code=0)
    assert not dry.err
    said = run(*words, cwd=desk, as_of=day, code=0)
    assert not said.out
    assert is_chinese(said.err.replace("【待填】", "")) == (lang == "zh")
    path = _path(said.err)
    text = (desk / path).read_text(encoding="utf-8")
    assert text == dry.out
    comments = "".join(re.findall(r"  # .*", text))
    assert is_chinese(comments) == (lang == "zh")
    found = _codes(desk, path, day)
    assert found - {BLANK} <= LACKING.get(kind, set())
    assert (BLANK in found) == ("【待填】" in text)
    (desk / path).write_text(written(path, text), encoding="utf-8")
    assert _codes(desk, path, day) == LACKING.get(kind, set())


def test_only_new_loads_what_new_needs(tmp_path: Path) -> None:
    program = (
        "import sys; from dangwu.cli.main import main; main(sys.argv[1:]);"
        "print([each for each in sys.modules if 'draft' in each or 'cli.new' in each], file=sys.stderr)"
    )
    for words in (("--help",), ("check", "--as-of", BASE_DAY)):
        (tmp_path / "branch.yaml").write_text("schema: 1\nkind: branch\n", encoding="utf-8")
        done = subprocess.run(
            [sys.executable, "-c", program, *words], cwd=tmp_path, capture_output=True, check=True, encoding="utf-8"
        )
        assert done.stderr.splitlines()[-1] == "[]"
