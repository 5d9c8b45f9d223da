"""Whatever people hold in their hands is made for somebody: unmistakable words of records, in every form of output."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dangwu.model.audience import AUDIENCE_CHOICES
from tests.support import canary
from tests.support.gitrepo import GitRepo
from tests.support.paper import every_word, needs_chinese, needs_poppler
from tests.support.run import read_ahead, run

if TYPE_CHECKING:
    from pathlib import Path

MADE = {
    "report.pdf": ("report",),
    "report.docx": ("report",),
    "report.xlsx": ("report",),
    "report.html": ("report",),
    "all.xlsx": ("export", "all"),
    "tables": ("export", "all", "--format", "csv"),
    "lines": ("export", "all", "--format", "jsonl"),
    "duties.ics": ("calendar",),
}
FORMS = ("pdf", "docx")
BOARDS = ("public", "employees", "members")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a branch with a record of every kind, each field unmistakable."""
    repo = GitRepo(tmp_path_factory.mktemp("made") / "r")
    repo.commit(canary.files())
    read_ahead(repo.path)
    return repo.path


@needs_poppler
@needs_chinese
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("audience", AUDIENCE_CHOICES)
def test_nothing_is_in_it_that_is_not_for_its_reader(whole: Path, tmp_path: Path, audience: str, language: str) -> None:
    for name, words in MADE.items():
        made = tmp_path / name
        asked = (*words, "--audience", audience, "--output", str(made))
        run("--lang", language, *asked, cwd=whole, as_of=canary.AS_OF, code=(0, 2))
        if made.exists():
            canary.assert_fit(every_word(made), audience)
    assert (tmp_path / "report.pdf").stat().st_size > 10_000


@pytest.mark.parametrize("audience", BOARDS)
def test_the_board_has_what_is_disclosed_and_nothing_else(whole: Path, tmp_path: Path, audience: str) -> None:
    asked = ("board", "--audience", audience, "--output", tmp_path / "board")
    run(*asked, cwd=whole, as_of=canary.AS_OF, code=0)
    words = every_word(tmp_path / "board")
    canary.assert_fit(words, audience)
    assert canary.told(words) == {each for each in canary.SCOPES if BOARDS.index(audience) >= _rank(each)}
    assert canary.sung(words) <= {"disclosure"}


ASTRAY = {
    "letter": "disclosures/2026/2026-03-20-letter.yaml",
    "admonition": "disclosures/2026/2026-03-21-talk.yaml",
    "complainant": "disclosures/2026/2026-03-22-post.yaml",
    "case": "meetings/2026/2026-03-20-lecture.md",
}
"""Confidential kinds in places whose records others may see."""


def test_a_record_astray_and_a_name_in_a_path_tell_nothing(tmp_path: Path) -> None:
    files, records = canary.files(), canary.records()
    files |= {place: files.pop(records[kind][0]) for kind, place in ASTRAY.items()}
    name = canary.names()[0]
    for path in [each for each in files if each.startswith("disclosures/") and "society" in each]:
        files[f"disclosures/2026/2026-03-20-{name}.yaml"] = files.pop(path)
        files[f"disclosures/2026/2026-03-20-{canary.names()[1]}.yaml"] = canary.disclosures()[path]
    for kind in ("quarter-plan", "mid-year-summary"):
        folder, _, file = records[kind][0].rpartition("/")
        files[f"{folder}/{name}-{file}"] = files.pop(records[kind][0])
    repo = GitRepo(tmp_path / "r")
    repo.commit(files)
    for audience in AUDIENCE_CHOICES:
        for at, words in enumerate((*ASKED, *(("form", place) for place in (*ASTRAY.values(), "disclosures/2026")))):
            made = tmp_path / f"{audience}-{at}.{'docx' if words[0] == 'form' else 'x'}"
            out = ("--output", str(made)) if words[0] not in {"due", "check"} else ()
            said = run(*words, "--audience", audience, *out, cwd=repo.path, as_of=canary.AS_OF, code=(0, 1, 2, 3))
            canary.assert_fit(said.both + (every_word(made) if made.exists() else ""), audience)
    run("board", "--audience", "public", "--output", tmp_path / "board", cwd=repo.path, as_of=canary.AS_OF, code=0)
    canary.assert_fit(every_word(tmp_path / "board"), "public")
    assert len([*(tmp_path / "board/zh").glob("item-*")]) == 2, "two items that differ in the name alone"


ASKED = (
    ("report", "--format", "html"),
    ("report", "--format", "json"),
    ("report", "--format", "md"),
    ("export", "all", "--format", "xlsx"),
    ("due", "--format", "json"),
    ("check", "--format", "json"),
)


def _rank(scope: str) -> int:
    return {"society": 0, "employees": 1, "members": 2}[scope]


def _is_printed_for_all(whole: Path, tmp_path: Path, path: str) -> bool:
    asked = ("form", path, "--audience", "committee", "-o", tmp_path / "narrow.docx", "--force")
    return run(*asked, cwd=whole, as_of=canary.AS_OF, code=(0, 2, 3)).code == 0


@needs_poppler
@needs_chinese
@pytest.mark.parametrize("audience", ["committee", "handlers"])
def test_a_form_is_printed_for_who_may_see_the_record(whole: Path, tmp_path: Path, audience: str) -> None:
    printed = set()
    for number, (path, _) in enumerate(canary.records().values()):
        # What is printed is the same in both forms: as PDF it is looked at for the narrowest audience that may see it.
        for form in ("docx",) if audience == "handlers" and _is_printed_for_all(whole, tmp_path, path) else FORMS:
            made = tmp_path / f"{number}.{form}"
            done = run("form", path, "--audience", audience, "-o", made, cwd=whole, as_of=canary.AS_OF, code=(0, 2, 3))
            assert made.exists() == (done.code == 0)
            words = done.both + (every_word(made) if made.exists() else "")
            canary.assert_fit(words, audience)
            printed |= canary.sung(words)
    assert ("admonition" in printed) == (audience == "handlers")
    assert "target" in printed
