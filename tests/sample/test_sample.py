"""The sample branch: always the same, well formed, and wrong only where it says so."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from typing import Any

import jsonschema_rs
import pytest
from ruamel.yaml import YAML

from dangwu.authoring.record_text import build_record_path
from dangwu.data import resources
from dangwu.sample import Sample, Size, make_sample
from dangwu.sample.read_words import load_names, load_words

SCHEMAS = {kind: resources.load_schema(kind) for kind in resources.list_kinds()}
DAY = date(2026, 11, 23)
SLUGS = {
    *("missed", "late", "recorded-late", "absences-running", "waived", "miscounted"),
    *("quarter-late", "clean-left-out", "unrectified", "points-short", "total-wrong", "study-missed", "studied-early"),
    *("copied", "tally", "published-early", "participation-wrong", "letter-unanswered", "unfollowed"),
    *("dues-unpaid", "dues-month", "edited-after-review", "edited-after-summary"),
}
ALONE = {"absences-running", "points-short", "total-wrong", "dues-unpaid", "dues-month", "unfollowed"}
"""What one person alone cannot show."""
BEGINNING = {
    "absences-running",
    "clean-left-out",
    "participation-wrong",
    "points-short",
    "published-early",
    "unfollowed",
}
SIZES = [
    (Size(), DAY, "zh", SLUGS),
    (Size(seed=5), DAY, "en", SLUGS),
    (Size(members=1, groups=0), DAY, "zh", SLUGS - ALONE),
    (Size(members=2, groups=5, years=1), date(2026, 1, 1), "zh", set()),
    (Size(members=6, groups=0, years=3), date(2024, 2, 29), "en", SLUGS),
    (Size(members=7, groups=0), date(2100, 12, 31), "zh", SLUGS - {"unfollowed"}),
    (
        Size(members=9, groups=100, years=4),
        date(2026, 12, 31),
        "zh",
        SLUGS - {"unfollowed", "dues-unpaid", "dues-month"},
    ),
    (Size(members=60, groups=9, years=5, seed=3), date(2023, 3, 1), "zh", SLUGS),
    (
        Size(members=24, groups=3, years=1),
        date(2020, 9, 2),
        "zh",
        BEGINNING | {"edited-after-review", "edited-after-summary"},
    ),
    (Size(members=500, groups=100, years=1), date(2026, 2, 3), "en", {"miscounted", "points-short", "quarter-late"}),
]
IDS = [f"{size.members}-{size.groups}-{size.years}-{day}-{language}" for size, day, language, _ in SIZES]


@cache
def sample(size: Size = SIZES[0][0], day: date = DAY, language: str = "zh") -> Sample:
    return make_sample(size, day, language=language, schemas=SCHEMAS, base={"README.md": b"base\n"})


def final(made: Sample) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    for commit in made.commits:
        files.update(commit.changes)
    return files


@cache
def records(size: Size = SIZES[0][0], day: date = DAY, language: str = "zh") -> dict[str, dict[str, Any]]:
    """Return the data of every record by path, days as text."""
    yaml = YAML(typ="safe")
    found = {}
    for path, raw in final(sample(size, day, language)).items():
        text = raw.decode()
        if path.startswith("README"):
            continue
        found[path] = _plain(yaml.load(text.split("---\n", 2)[1] if path.endswith(".md") else text))
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_same_arguments_give_the_same_bytes(language: str) -> None:
    made = make_sample(Size(), DAY, language=language, schemas=SCHEMAS, base={"README.md": b"base\n"})
    assert made == sample(language=language)
    assert make_sample(Size(seed=2), DAY, language=language, schemas=SCHEMAS, base={}) != made


@pytest.mark.parametrize(("size", "day", "language", "slugs"), SIZES, ids=IDS)
def test_every_size_gives_well_formed_records(size: Size, day: date, language: str, slugs: set[str]) -> None:
    made, every = sample(size, day, language), records(size, day, language)
    files = final(made)
    validators = {kind: jsonschema_rs.validator_for(schema) for kind, schema in SCHEMAS.items()}
    for path, data in every.items():
        assert validators[data["kind"]].is_valid(data), path
        if "{slug}" not in SCHEMAS[data["kind"]]["x-path"]:
            assert build_record_path(SCHEMAS[data["kind"]], data) == path
        assert "【待填】" not in files[path].decode()
    assert {fault.slug for fault in made.planted} == slugs
    members = [data for data in every.values() if data["kind"] == "member"]
    assert len(members) == size.members


@pytest.mark.parametrize(("size", "day", "language", "slugs"), SIZES, ids=IDS)
def test_commits_are_in_order_and_never_after_the_day(size: Size, day: date, language: str, slugs: set[str]) -> None:
    made = sample(size, day, language)
    assert all(one.when <= other.when for one, other in pairwise(made.commits))
    for commit in made.commits:
        assert commit.when.date() < day
        assert commit.when.utcoffset() == timedelta(hours=8)
        assert commit.email.endswith("@example.org")
        assert commit.when.weekday() < 5
        assert 8 <= commit.when.hour < 18
    assert made.commits[0].changes["README.md"] == b"base\n"


def test_records_are_committed_by_their_recorders_soon_after() -> None:
    made = sample()
    late = {fault.path for fault in made.planted if fault.recorded_late}
    every = records()
    known: set[str] = set()
    for commit in made.commits[1:]:
        for path in commit.changes.keys() - known:
            known.add(path)
            if path.startswith("meetings/"):
                after = (commit.when.date() - date.fromisoformat(every[path]["date"])).days
                assert (after >= 30) if path in late else (0 <= after <= 3)
                assert commit.email == f"{every[path]['recorder']}@example.org"


def test_people_change_while_time_goes_on() -> None:
    made = sample()
    edits = [path for commit in made.commits[1:] for path in commit.changes if not path.startswith(("meet", "waiver"))]
    assert edits.count("branch.yaml") >= 2
    assert len([path for path in edits if path.startswith("members/")]) >= 5
    known: set[str] = set()
    for commit in made.commits:
        known.update(path[8:-5] for path in commit.changes if path.startswith("members/"))
        for path, raw in commit.changes.items():
            if path.startswith("meetings/"):
                listed = YAML(typ="safe", pure=True).load(raw.decode().split("---\n", 2)[1])["present"]
                assert known.issuperset(listed)


def due_on(every: dict[str, dict[str, Any]], meeting: dict[str, Any]) -> set[str]:
    """Work out who is due, straight from the files and without the code of the sample or the tool."""
    day = meeting["date"]

    def last(entries: list[dict[str, Any]], key: str) -> Any:
        return next((each[key] for each in reversed(entries) if each["from"] <= day), None)

    def holds(each: dict[str, Any]) -> bool:
        return bool(each["from"] <= day <= (each.get("to") or "9999"))

    found = set()
    terms = [term for term in every["branch.yaml"]["terms"] if holds(term) and term["committee"]]
    committee = {post["member"] for term in terms for post in term["posts"] if holds(post)}
    for data in every.values():
        if data["kind"] != "member" or last(data["status"], "status") not in {"full", "probationary"}:
            continue
        if any(holds(each) for each in data.get("exemptions", ())):
            continue
        in_body = {
            "group-meeting": last(data.get("groups", []), "group") == meeting.get("group"),
            "committee-meeting": data["id"] in committee,
        }.get(meeting["kind"], True)
        if in_body:
            found.add(data["id"])
    return found


@pytest.mark.parametrize(("size", "day", "language", "slugs"), SIZES[:-1], ids=IDS[:-1])
def test_everyone_due_stands_in_exactly_one_list(size: Size, day: date, language: str, slugs: set[str]) -> None:
    made = sample(size, day, language)
    every = records(size, day, language)
    wrong = {fault.path for fault in made.planted if fault.slug == "miscounted"}
    for path, data in every.items():
        if data["kind"] not in {"group-meeting", "committee-meeting", "general-meeting", "lecture"}:
            continue
        listed = [*data["present"], *(each["member"] for each in data["leave"]), *data["absent"]]
        due = due_on(every, data)
        assert sorted(listed) == sorted(due), path
        assert {data["chair"], data["recorder"], *data.get("late", ())} <= set(data["present"])
        if "totals" in data:
            true = data["totals"] == {"due": len(due), "present": len(data["present"])}
            assert true == (path not in wrong), path


@pytest.mark.parametrize(("size", "day", "language", "slugs"), SIZES[:-1], ids=IDS[:-1])
def test_three_absences_running_happen_once(size: Size, day: date, language: str, slugs: set[str]) -> None:
    made = sample(size, day, language)
    meetings = [
        (data["date"], data["time"], path, data)
        for path, data in records(size, day, language).items()
        if "absent" in data
    ]
    runs: dict[str, int] = defaultdict(int)
    found = []
    for _, _, path, data in sorted(meetings, key=lambda each: each[:3]):
        for member in (*data["present"], *(each["member"] for each in data["leave"])):
            runs[member] = 0
        for member in data["absent"]:
            runs[member] += 1
            if runs[member] >= 3:
                found.append(path)
    assert found == [fault.path for fault in made.planted if fault.slug == "absences-running"]


@pytest.mark.parametrize(("size", "day", "language", "slugs"), SIZES[:-1], ids=IDS[:-1])
def test_every_period_has_its_meeting_but_some(size: Size, day: date, language: str, slugs: set[str]) -> None:
    made = sample(size, day, language)
    every = records(size, day, language)
    held: dict[str, list[str]] = defaultdict(list)
    for path, data in every.items():
        if data["kind"] in CLAUSES:
            period = data.get("makes_up") or labels(data)
            held[f"{CLAUSES[data['kind']]}/{period}" + (f"/{data['group']}" if "group" in data else "")].append(path)
    waived = {duty for data in every.values() if data["kind"] == "waiver" for duty in data["duties"]}
    meetings = [fault for fault in made.planted if (fault.duty or "").startswith("3.")]
    empty = {fault.duty for fault in meetings if fault.state in {"overdue", "waived"}}
    assert waived == {fault.duty for fault in made.planted if fault.state == "waived"}
    owed = expected(every["branch.yaml"], date(day.year - size.years + 1, 1, 1), day)
    assert {duty for duty in owed if duty not in held} == empty
    for fault in meetings:
        if fault.state in {"late", "fulfilled"} and fault.duty:
            assert held[fault.duty] == [fault.path]


CLAUSES = {"group-meeting": "3.1", "committee-meeting": "3.2", "general-meeting": "3.3", "lecture": "3.4"}


def labels(data: dict[str, Any]) -> str:
    year, month = data["date"][:4], int(data["date"][5:7])
    if data["kind"] == "general-meeting":
        return f"{year}-Q{(month + 2) // 3}"
    return f"{year}-H{1 if month < 7 else 2}" if data["kind"] == "lecture" else f"{year}-{month:02d}"


def expected(branch: dict[str, Any], start: date, day: date) -> set[str]:
    """Return the ids of all duties whose periods are over, from the branch file."""
    duties = set()
    for year in range(start.year, day.year + 1):
        for month in range(1, 13):
            if date(year + month // 12, month % 12 + 1, 1) > day:
                continue
            duties |= {f"3.1/{year}-{month:02d}/{group['id']}" for group in branch.get("groups", ())}
            if branch["terms"][0]["committee"]:
                duties.add(f"3.2/{year}-{month:02d}")
            if month % 3 == 0:
                duties.add(f"3.3/{year}-Q{month // 3}")
            if month % 6 == 0:
                duties.add(f"3.4/{year}-H{month // 6}")
    return duties


def test_names_are_made_up_and_all_different() -> None:
    words = load_names()
    made_up = {surname + given for surname in words.surnames for given in (*words.male, *words.female)}
    made_up |= {person.name for person in words.peculiar}
    names = [data["name"] for data in records().values() if data["kind"] == "member"]
    assert len(set(names)) == len(names)
    assert made_up.issuperset(names)
    superior = {load_words("zh").phrases.superior_office}
    assert (made_up | superior).issuperset(commit.author for commit in sample().commits)


def test_two_months_do_not_read_alike() -> None:
    by_group: dict[str, list[set[str]]] = defaultdict(list)
    for _, data in sorted(records().items()):
        if data["kind"] == "group-meeting":
            by_group[data["group"]].append(set(data["topics"]))
    for topics in by_group.values():
        assert sum(bool(one & other) for one, other in pairwise(topics)) <= 1
    bodies = [raw.decode().split("---\n", 2)[2] for path, raw in final(sample()).items() if "meetings/" in path]
    told = [part for body in bodies for part in body.split("\n\n") if part[:1].isdigit()]
    assert len(set(told)) > len(told) * 0.97


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_brace_of_the_pools_is_filled_in(language: str) -> None:
    assert not [
        path
        for path, raw in final(sample(language=language)).items()
        if "}" in raw.decode().split("---\n", 2)[-1] and path.endswith(".md")
    ]
