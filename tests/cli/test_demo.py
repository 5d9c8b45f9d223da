"""``dangwu demo``: the same bytes for the same words, and every fault that it names is found, and no other."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.branches import Demo, make_demo
from tests.support.run import en, is_chinese, read_ahead, run, spoken, zh

if TYPE_CHECKING:
    from pathlib import Path

STATES_FOUND = {"late", "overdue", "waived"}


ALL_FAULTS = {
    *("miscounted", "missed", "late", "waived", "recorded-late", "absences-running"),
    *("quarter-late", "clean-left-out", "unrectified", "points-short", "total-wrong", "study-missed", "studied-early"),
    *("copied", "tally", "published-early", "participation-wrong", "letter-unanswered", "unfollowed"),
    *("dues-unpaid", "dues-month", "edited-after-review", "edited-after-summary"),
}
AUDITED = {"DW964", "DW965"}


def _head(folder: Path) -> str:
    done = subprocess.run(["git", "-C", folder, "rev-parse", "HEAD"], capture_output=True, check=True, encoding="utf-8")
    return done.stdout.strip()


def _found(demo: Demo, lang: str, as_of: str, years: int) -> tuple[list[Any], list[Any]]:
    """Return the findings, and the duties that are not simply done, open or to come, in all years."""
    findings = run("--lang", lang, "check", "--format", "json", cwd=demo.path, as_of=as_of, code=(0, 1)).json()[
        "findings"
    ]
    # What follows from an event is listed in each year until it is settled.
    duties: dict[str, Any] = {}
    for year in range(int(as_of[:4]) - years + 1, int(as_of[:4]) + 1):
        words = ("due", "--format", "json", "--audience", "handlers", "--year", str(year))
        listed = run("--lang", lang, *words, cwd=demo.path, as_of=as_of, code=0).json()["duties"]
        duties |= {duty["id"]: duty for duty in listed}
    return findings, [duty for duty in duties.values() if duty["state"] in STATES_FOUND or duty["recorded_late"]]


def _agree(demo: Demo, lang: str, as_of: str, years: int = 2) -> None:
    read_ahead(demo.path)
    findings, duties = _found(demo, lang, as_of, years)
    planted = demo.planted
    assert sorted((each["code"], each["path"]) for each in findings) == sorted(
        (str(each["code"]), str(each["path"])) for each in planted if each["code"] and each["code"] not in AUDITED
    )
    audited = run("--lang", lang, "audit", "--format", "json", cwd=demo.path, as_of=as_of, code=0).json()["findings"]
    assert sorted((each["code"], each["path"]) for each in audited) == sorted(
        ("DW961" if each["recorded_late"] else str(each["code"]), str(each["path"]))
        for each in planted
        if each["recorded_late"] or each["code"] in AUDITED
    )
    assert sorted((duty["id"], duty["state"], duty["recorded_late"]) for duty in duties) == sorted(
        (str(each["duty"]), str(each["state"]), bool(each["recorded_late"])) for each in planted if each["duty"]
    )
    by_id = {duty["id"]: duty for duty in duties}
    for each in planted:
        if each["duty"] and each["path"] and each["state"] != "waived":
            assert each["path"] in by_id[each["duty"]]["evidence"]
        if each["state"] == "waived":
            assert by_id[each["duty"]]["waiver"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_planted_fault_is_found_and_nothing_else(demo: Demo, tmp_path: Path, lang: str) -> None:
    made = demo if lang == "en" else make_demo(tmp_path / "示范 支部", lang="zh")
    assert {each["fault"] for each in made.planted} == ALL_FAULTS
    _agree(made, lang, "2026-11-23")


@pytest.mark.parametrize(
    ("words", "as_of", "years"),
    [
        (("--members", "3", "--groups", "0"), "2026-11-23", 2),
        (("--members", "2", "--groups", "0", "--years", "1"), "2026-11-23", 1),
        (("--members", "8", "--groups", "1", "--seed", "7"), "2026-11-23", 2),
        (("--members", "60", "--groups", "6", "--seed", "3", "--years", "1"), "2026-11-23", 1),
        (("--seed", "6"), "2026-06-30", 2),
        (("--seed", "3"), "2026-12-31", 2),
        (("--seed", "4", "--years", "3"), "2024-02-29", 3),
        (("--seed", "5"), "2026-03-01", 2),
        (("--years", "1"), "2026-01-02", 1),
    ],
)
def test_other_sizes_and_days(tmp_path: Path, words: tuple[str, ...], as_of: str, years: int) -> None:
    _agree(make_demo(tmp_path / "d", *words, as_of=as_of), "en", as_of, years)


def test_the_same_words_give_the_same_commit(demo: Demo, tmp_path: Path) -> None:
    again = make_demo(tmp_path / "另 一处")
    assert _head(again.path) == _head(demo.path)
    assert again.planted == demo.planted
    assert _head(make_demo(tmp_path / "b", "--seed", "2").path) != _head(demo.path)


def test_surroundings_change_nothing(demo: Demo, tmp_path: Path) -> None:
    env = {"TZ": "America/Los_Angeles", "LANG": "de_DE.UTF-8", "PYTHONHASHSEED": "7", "GIT_AUTHOR_NAME": "x",
           "GIT_COMMITTER_DATE": "2001-01-01T00:00:00", "GIT_DIR": str(tmp_path / "elsewhere")}  # fmt: skip
    config = tmp_path / "config"
    config.write_text("[core]\n\tautocrlf = true\n[commit]\n\tgpgSign = true\n[init]\n\tdefaultBranch = x\n"
                      "[user]\n\tname = y\n", encoding="utf-8")  # fmt: skip
    en("demo", "d", cwd=tmp_path, env=env | {"GIT_CONFIG_GLOBAL": str(config)}, code=0)
    assert _head(tmp_path / "d") == _head(demo.path)


def test_the_text_says_what_was_planted_and_where_to_look(tmp_path: Path) -> None:
    english, chinese = en("demo", "a", cwd=tmp_path, code=0).out, zh("demo", "b", cwd=tmp_path, code=0).out
    assert is_chinese(chinese)
    assert "DW308" in english
    assert "DW308" in chinese
    assert "dangwu -C" in english
    status = subprocess.run(["git", "-C", tmp_path / "a", "status", "--porcelain"], capture_output=True, check=True)
    assert not status.stdout
    en("doctor", cwd=tmp_path / "a", code=0)


def test_nothing_is_overwritten_and_numbers_have_limits(tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full/x").write_text("x", encoding="utf-8")
    spoken("demo", "full", cwd=tmp_path, code=2)
    for words in (("--members", "0"), ("--members", "x"), ("--groups", "-1"), ("--years", "0"), ("--format", "md")):
        said = spoken("demo", "d", *words, cwd=tmp_path, code=2)
        assert "range" not in said["zh"].err
    assert not (tmp_path / "d").exists()
