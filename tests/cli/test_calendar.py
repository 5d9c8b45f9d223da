"""``dangwu calendar``: which duties are in it, and that nobody is named and nothing confidential is told."""

from __future__ import annotations

import re
import shutil
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from icalendar import Calendar

from dangwu.model.audience import AUDIENCE_CHOICES
from dangwu.model.duty import DutyState
from tests.support import canary
from tests.support.branches import base_file, base_files, base_repo
from tests.support.gitrepo import GitRepo
from tests.support.run import DAY, en, run, spoken

if TYPE_CHECKING:
    from tests.support.branches import Demo


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a branch with a record of every kind, each field unmistakable."""
    repo = GitRepo(tmp_path_factory.mktemp("canary") / "r")
    repo.commit(canary.files())
    return repo.path


def entries(folder: Path, *words: str, lang: str = "en", **named: Any) -> list[Any]:
    said = run("--lang", lang, "calendar", *words, cwd=folder, code=0, **named).out
    return list(Calendar.from_ical(said).walk("VEVENT"))


def duties(folder: Path, *words: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = en("due", "--format", "json", *words, cwd=folder, code=0).json()["duties"]
    return found


def people(folder: Path) -> set[str]:
    text = "".join(each.read_text(encoding="utf-8") for each in (folder / "members").iterdir())
    return set(re.findall(r"^name: *(\S+)", text, re.MULTILINE))


UNDONE = {"open", "upcoming", "overdue"}


def told(found: list[dict[str, Any]], as_of: str = DAY) -> list[dict[str, Any]]:
    """Return the duties that stand in a calendar for which no state was named."""
    return [
        each
        for each in found
        if each["state"] in UNDONE or (each["state"] in {"fulfilled", "waived"} and each["due"] >= as_of)
    ]


def test_it_has_what_is_undone_and_what_was_settled_before_its_day(demo: Demo) -> None:
    events = entries(demo.path)
    wanted = told(duties(demo.path, "--audience", "members"))
    assert sorted(each["DTSTART"].dt.isoformat() for each in events) == sorted(each["due"] for each in wanted)
    assert {str(each.walk("VALARM")[0]["TRIGGER"].dt) for each in events if each.walk("VALARM")} == {
        str(timedelta(hours=9 - 7 * 24))
    }
    cancelled = [each for each in events if str(each["STATUS"]) == "CANCELLED"]
    settled = [each for each in wanted if each["state"] not in UNDONE]
    assert sorted(each["DTSTART"].dt.isoformat() for each in cancelled) == sorted(each["due"] for each in settled)
    assert cancelled
    assert not [each for each in cancelled if each.walk("VALARM")]
    assert {str(each["SUMMARY"]).partition(":")[0] for each in cancelled} <= {"Fulfilled", "Waived"}


def test_what_rang_is_cancelled_by_the_file_that_is_made_when_it_is_done(tmp_path: Path) -> None:
    """As a person sees it: a meeting is owed and rings, it is held, and the next file takes the reminder away."""
    repo = base_repo(tmp_path / "r")
    words = ("--system", "3", "--period", "2026-05")

    def entry(day: str) -> Any:
        (found,) = [
            each
            for each in entries(repo.path, *words, as_of=day)
            if "dangwu explain 3.1/2026-05/g1" in str(each["DESCRIPTION"])
        ]
        return found

    before = entry("2026-05-04")
    assert (str(before["STATUS"]), len(before.walk("VALARM"))) == ("CONFIRMED", 1)
    name = "meetings/2026/2026-05-06-group-meeting-g1.md"
    (old,) = [path for path in base_files() if path.startswith("meetings/2026/2026-03") and path.endswith("-g1.md")]
    text = base_file(old).decode().replace(Path(old).name[:10], "2026-05-06")
    repo.commit({name: text})
    after = entry("2026-05-07")
    assert (str(after["STATUS"]), len(after.walk("VALARM"))) == ("CANCELLED", 0), str(after["DESCRIPTION"])
    assert str(after["UID"]) == str(before["UID"])
    assert int(after["SEQUENCE"]) > int(before["SEQUENCE"])
    assert str(before["SUMMARY"]).startswith("Hold: ")
    assert str(after["SUMMARY"]) == f"Fulfilled: {str(before['SUMMARY']).removeprefix('Hold: ')}"
    repo.git("rm", "-q", name)
    repo.git("commit", "-qm", "not held after all")
    again = entry("2026-05-08")
    assert (str(again["STATUS"]), len(again.walk("VALARM"))) == ("CONFIRMED", 1)
    assert int(again["SEQUENCE"]) > int(after["SEQUENCE"])


def test_the_options_pick(demo: Demo) -> None:
    undone = tuple(word for state in sorted(UNDONE) for word in ("--state", state))
    for words in (("--system", "3"), ("--period", "2026-Q4"), ("--group", "g1"), ("--year", "2025")):
        found = duties(demo.path, "--audience", "members", *words)
        assert len(entries(demo.path, *words)) == len(told(found)), words
        chosen = [each for each in found if each["state"] in UNDONE]
        assert len(entries(demo.path, *words, *undone)) == len(chosen), words
    late = duties(demo.path, "--audience", "members", "--state", "late")
    assert len(entries(demo.path, "--state", "late")) == len(late) > 0


def test_what_many_owe_is_one_entry_and_ones_own_are_ones_own(demo: Demo) -> None:
    together = entries(demo.path, "--audience", "committee", "--system", "10")
    assert together
    assert len({(str(each["SUMMARY"]), each["DTSTART"].dt) for each in together}) == len(together)
    own = entries(demo.path, "--audience", "committee", "--system", "10", "--member", "m001")
    assert own
    assert {str(each["SUMMARY"]) for each in own} <= {str(each["SUMMARY"]) for each in together}
    assert not {str(each["UID"]) for each in own} & {str(each["UID"]) for each in together}
    assert "10.1(6)m/2026-12/m001" in "".join(str(each["DESCRIPTION"]) for each in own)


@pytest.mark.parametrize("audience", AUDIENCE_CHOICES)
def test_nobody_is_named_for_anybody(whole: Path, demo: Demo, audience: str) -> None:
    states = [word for each in DutyState for word in ("--state", each)]
    assert people(demo.path)
    for folder, names in ((whole, canary.names()), (demo.path, people(demo.path))):
        for result in spoken(
            "calendar", "--audience", audience, *states, cwd=folder, as_of=canary.AS_OF, code=0
        ).values():
            text = result.out.replace("\r\n ", "")
            assert text.count("BEGIN:VEVENT") > 0
            assert not [name for name in names if name in text]
            assert canary.SONG not in text
            assert "鸟" not in text


def test_confidential_duties_are_only_for_handlers(whole: Path) -> None:
    def told(audience: str) -> str:
        return en("calendar", "--audience", audience, cwd=whole, as_of=canary.AS_OF, code=0).out.replace("\r\n ", "")

    assert "9.2(7)" in told("handlers")
    assert "9.2(7)" not in told("committee")
    assert "10.4" not in told("committee")
    assert en("calendar", cwd=whole, as_of=canary.AS_OF).out.replace("\r\n ", "") == told("members")


def test_reminders_are_a_persons_choice(demo: Demo) -> None:
    one = entries(demo.path, "--alarm", "14, 1")
    assert {len(each.walk("VALARM")) for each in one} == {0, 2}
    assert not [each for each in entries(demo.path, "--alarm", "") if each.walk("VALARM")]
    said = run("--lang", "en", "calendar", cwd=demo.path, env={"DANGWU_ALARM": "3"}, code=0).out
    assert said.count("TRIGGER:-P2DT15H") == said.count("VALARM") // 2 > 0
    for wrong in ("x", "7d", "-1", "400", "1,,2", "７", "1;DROP"):
        assert "7,1" in en("calendar", "--alarm", wrong, cwd=demo.path, code=2).err


def test_to_a_file(demo: Demo, tmp_path: Path) -> None:
    target = tmp_path / "事项.ics"
    words = ("-C", str(demo.path), "calendar", "--output", str(target))
    done = en(*words, cwd=tmp_path, code=0)
    assert done.out == ""
    assert str(target) in done.err
    assert target.read_bytes().decode().replace("\r\n", "\n") == en("calendar", cwd=demo.path).out.replace("\r\n", "\n")
    assert "exists already" in en(*words, cwd=tmp_path, code=2).err
    en(*words, "--force", cwd=tmp_path, code=0)


def test_the_same_bytes_and_the_same_entries_later(demo: Demo) -> None:
    assert en("calendar", cwd=demo.path).out == en("calendar", "--rev", "main", cwd=demo.path).out
    states = [word for each in DutyState for word in ("--state", each)]
    now, later = (
        {str(each["UID"]): each["DTSTART"].dt for each in entries(demo.path, *states, "--system", "3", as_of=day)}
        for day in ("2026-03-01", "2026-11-23")
    )
    assert now == later


@pytest.mark.parametrize("words", [("--state", "done"), ("--period", "2026-13"), ("--audience", "all")])
def test_wrong_words(demo: Demo, words: tuple[str, ...]) -> None:
    assert en("calendar", *words, cwd=demo.path, code=2).err


def test_a_branch_that_is_renamed_keeps_its_entries(tmp_path: Path) -> None:
    """A program of calendars would otherwise show each duty twice from that day on."""
    repo = base_repo(tmp_path / "支部")
    words = ("--state", "overdue", "--state", "open", "--state", "upcoming")
    before = {str(each["UID"]) for each in entries(repo.path, *words)}
    assert before
    text = base_file("branch.yaml").decode()
    name = next(line for line in text.splitlines() if line.startswith("name:"))
    renamed = text.replace(name, "name: 新名, 字党支部")
    assert renamed != text
    repo.write({"branch.yaml": renamed})
    assert {str(each["UID"]) for each in entries(repo.path, *words)} == before, "not recorded yet"
    repo.commit()
    assert {str(each["UID"]) for each in entries(repo.path, *words)} == before
    assert {str(each["UID"]) for each in entries(repo.path, *words, "--rev", "HEAD")} == before
    shutil.rmtree(repo.path / ".git")
    other = {str(each["UID"]) for each in entries(repo.path, *words)}
    assert not other & before, "without a history the name is all that tells branches apart"


def test_a_name_first_left_open_does_not_count(tmp_path: Path) -> None:
    text = base_file("branch.yaml").decode()
    name = next(line for line in text.splitlines() if line.startswith("name:"))
    whole, open_ = base_repo(tmp_path / "a"), GitRepo(tmp_path / "b")
    files = {**base_files(), "branch.yaml": text.replace(name, "name: 【待填】")}
    open_.commit({**files, "branch.yaml": "no: [record\n"})
    open_.commit(files)
    open_.commit({"branch.yaml": text})
    one, two = ({str(each["UID"]) for each in entries(folder.path)} for folder in (whole, open_))
    assert one == two


def test_a_comma_in_the_name_is_no_list(tmp_path: Path) -> None:
    repo = base_repo(tmp_path / "r")
    text = base_file("branch.yaml").decode()
    name = next(line for line in text.splitlines() if line.startswith("name:"))
    repo.commit({"branch.yaml": text.replace(name, 'name: "甲, 乙; 丙\\\\丁"')})
    raw = run("--lang", "zh", "calendar", cwd=repo.path, code=0).out.replace("\r\n ", "")
    line = next(each for each in raw.splitlines() if each.startswith("X-WR-CALNAME"))
    assert line.endswith("甲\\, 乙\\; 丙\\\\丁"), line
