"""The day on which git first had a record, where a flat battery set the clock back: it is never shown as a day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.histories.acting import History, path_of
from tests.support.run import en, spoken

if TYPE_CHECKING:
    from pathlib import Path

DAY = "2026-06-30"
FLAT, TIMELY = path_of("2026-03-12"), path_of("2026-05-08")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a repository where March and April were committed by a clock of 2020, and May by a right one."""
    history = History(tmp_path_factory.mktemp("clock") / "青禾 党支部", None)
    for step in (
        {"on": "2020-01-01T00:05", "record": "2026-03-12"},
        {"on": "2020-01-01T00:10", "record": "2026-04-10"},
        {"on": "2026-05-09", "by": "wang", "record": "2026-05-08"},
        {"on": "2026-05-20", "by": "wang", "delete": "2026-04-10"},
    ):
        history.play(step)
    return history.repo.path


def read(folder: Path, command: str, *words: str) -> Any:
    return en(command, *words, "--format", "json", cwd=folder, as_of=DAY, code=0).json()


def test_due_and_report_name_no_day(folder: Path) -> None:
    for document in (read(folder, "due", "--system", "3"), read(folder, "report")):
        known = {
            each["period"]: (each["recorded_on"], each["recorded_late"])
            for each in document["duties"]
            if each["evidence"] and each["clause"] == "3.1"
        }
        assert known == {"2026-03": (None, None), "2026-05": ("2026-05-09", False)}
        assert document["recorded_unknown"] is None
    report = read(folder, "report")
    assert (report["recorded_on"][FLAT], report["recorded_on"][TIMELY]) == (None, "2026-05-09")
    assert {each["path"]: each["recorded_on"] for each in report["meetings"]} == {FLAT: None, TIMELY: "2026-05-09"}


def test_what_is_not_known_is_said_in_words(folder: Path) -> None:
    words = {"en": ("not known", "recorded on a day that is not known"), "zh": ("入库日期不明", "入库日期不明")}
    for lang, result in spoken("due", "--system", "3", cwd=folder, as_of=DAY, code=0).items():
        assert words[lang][0] in result.out
        assert "2020-01-01" not in result.out
    for lang, result in spoken("explain", "3.1/2026-03/g1", cwd=folder, as_of=DAY, code=0).items():
        assert words[lang][1] in result.out
        assert "2020-01-01" not in result.out
    made = folder.parent / "report.html"
    en("report", "--output", made, cwd=folder, as_of=DAY, code=0)
    text = made.read_text(encoding="utf-8")
    assert "recorded on a day that is not known" in text
    assert "2020-01-01" not in text


def test_export_writes_a_word_and_nothing_where_it_is_tidy(folder: Path) -> None:
    for kind in ("meetings", "duties"):
        for tidy, cell in ((False, "not known"), (True, "")):
            words = ["--tidy"] if tidy else []
            said = en("export", kind, "--format", "csv", *words, cwd=folder, as_of=DAY, code=0)
            assert "2020-01-01" not in said.out
            (row,) = [line for line in said.out.splitlines() if FLAT in line]
            assert ("not known" in row) is bool(cell)
            assert "2026-05-09" in said.out


def test_log_and_audit_say_what_the_clock_said(folder: Path) -> None:
    (turn,) = read(folder, "log", FLAT)["turns"]
    assert turn["commit"]["committer"]["day"] is None
    said = en("log", FLAT, cwd=folder, as_of=DAY, code=0).out
    assert "a day that is not known" in said
    assert "Its clock said 2020-01-01, but it is built on a commit of 2026-01-05." in said
    found = {each["code"]: each for each in read(folder, "audit")["findings"]}
    assert sorted(found) == ["DW967", "DW971"]
    assert found["DW967"]["message"] == "Recorded on a day that is not known, deleted on 2026-05-20."
