"""``dangwu export`` and ``report --format xlsx``: lists that are opened again, for each audience what is for it."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
from html import unescape
from io import BytesIO, StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import openpyxl
import pytest

from dangwu.model.audience import AUDIENCE_CHOICES, Audience
from dangwu.sheets.columns import SHEET_COLUMNS, SheetColumn
from dangwu.sheets.formula_guard import unguard_formula
from dangwu.sheets.write.registry import SHEET_NAMES
from dangwu.workspace.catalogue import load_kinds
from tests.support import canary
from tests.support.branches import base_files, listing, make_demo
from tests.support.gitrepo import GitRepo
from tests.support.run import DAY, en, environment, is_chinese, run, spoken, zh
from tests.support.terminal import talk

if TYPE_CHECKING:
    from tests.support.branches import Demo

SONG = re.compile(rf"{canary.SONG}-([a-z-]+?)-[a-z_.]+-鸟")
TO = re.compile(rf"{canary.SONG}-to-([a-z]+)-鸟")
ONE = [each for each in SHEET_NAMES if each not in {"registers", "all"}]


def rows(text: str) -> list[list[str]]:
    return [
        [unguard_formula(each) for each in row]
        for row in csv.reader(StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    ]


def text_of(path: Path) -> str:
    """Return everything that a file holds as text; of a workbook all its parts."""
    raw = path.read_bytes()
    if path.suffix != ".xlsx":
        return raw.decode()
    with ZipFile(BytesIO(raw)) as file:
        return "\n".join(name + unescape(file.read(name).decode()) for name in file.namelist())


READ_ONLY = {"post", "post_from", "membership"}
"""Columns of rosters that are read only: posts stand in branch.yaml, which no roster that is sent on writes."""


def written_columns(what: str) -> list[SheetColumn]:
    return [each for each in SHEET_COLUMNS[what] if what != "members" or each.key not in READ_ONLY]


@pytest.mark.parametrize("what", ONE)
def test_csv_and_workbook_say_the_same(demo: Demo, tmp_path: Path, what: str) -> None:
    for code, said in spoken("export", what, "--format", "csv", cwd=demo.path, code=0).items():
        head, *lines = rows(said.out)
        file = tmp_path / f"{code}.xlsx"
        run("--lang", code, "export", what, "-o", file, cwd=demo.path, code=0)
        (sheet,) = openpyxl.load_workbook(file).worksheets
        shown = [[shown_as(cell.value) for cell in row] for row in sheet.iter_rows()]
        assert shown == [head, *lines]
        assert len(lines) > 10
        assert is_chinese(sheet.title) == is_chinese("".join(head)) == (code == "zh")
        if what in SHEET_COLUMNS:
            titles = [each.title for each in written_columns(what)]
            assert head == [each.zh if code == "zh" else each.en for each in titles]


def shown_as(value: Any) -> str:
    if hasattr(value, "date"):
        return str(value.date())
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


def test_duties_are_those_of_due_with_their_days_of_recording(demo: Demo) -> None:
    duties = en("due", "--format", "json", cwd=demo.path).json()["duties"]
    lines = [json.loads(line) for line in en("export", "duties", "--format", "jsonl", cwd=demo.path).out.splitlines()]
    same = ("id", "clause", "system", "title", "subject", "period", "opens", "due", "state", "held_on", "recorded_on")
    assert [[each[key] for key in same] for each in lines] == [[each[key] for key in same] for each in duties]
    assert sum(each["recorded_late"] == "yes" for each in lines) == sum(each["recorded_late"] for each in duties) > 0
    assert [each["evidence"] or "" for each in lines] == ["; ".join(each["evidence"]) for each in duties]
    words = rows(zh("export", "duties", "--format", "csv", cwd=demo.path, code=0).out)
    assert "逾期" in {row[8] for row in words}
    assert any(re.fullmatch(r"[\u4e00-\u9fff·]+", row[4]) for row in words)


def test_tidy_has_keys_and_codes(demo: Demo) -> None:
    said = {code: each.out for code, each in spoken("export", "members", "--tidy", cwd=demo.path, code=0).items()}
    assert said["zh"] == said["en"]
    head, *lines = rows(said["zh"])
    assert head == [each.key for each in written_columns("members")]
    assert said["zh"].startswith("id,name")
    assert {row[4] for row in lines} <= {"full", "probationary", "transferred", "suspended", "left"}
    asked = en("export", "members", "--format", "jsonl", cwd=demo.path, code=0).out
    assert [[each or "" for each in json.loads(line).values()] for line in asked.splitlines()] == lines


def test_everything_in_one_workbook_or_one_folder(demo: Demo, tmp_path: Path) -> None:
    file, folder = tmp_path / "all.xlsx", tmp_path / "lists"
    en("export", "all", "-o", file, cwd=demo.path, code=0)
    sheets = openpyxl.load_workbook(file).worksheets
    said = en("export", "all", "--format", "csv", "-o", folder, cwd=demo.path, code=0)
    files = sorted(folder.iterdir())
    assert len(files) == len(sheets) == said.err.count("Written")
    assert {each.stem for each in files} >= {*ONE, "register-plans", "register-dues", "register-openness"}
    heads = {tuple(rows(each.read_bytes().decode())[0]) for each in files}
    assert heads == {tuple(cell.value for cell in sheet[1]) for sheet in sheets}
    alone = run("export", "registers", "--register", "plans", "--format", "csv", "--lang", "en", cwd=demo.path, code=0)
    assert alone.out.encode() == (folder / "register-plans.csv").read_bytes()
    plans = tmp_path / "plans.xlsx"
    en("export", "registers", "--register", "plans", "-o", plans, cwd=demo.path, code=0)
    assert openpyxl.load_workbook(plans).sheetnames == ["Plans, inspections and…"]


def test_same_commit_and_day_same_bytes(demo: Demo, tmp_path: Path) -> None:
    made = []
    for number, env in enumerate(({}, {"TZ": "America/New_York", "LC_ALL": "C.UTF-8"}, {"PYTHONHASHSEED": "7"})):
        names = [tmp_path / f"{number}{name}" for name in ("a.xlsx", "r.xlsx", "d.csv", "d.jsonl")]
        words = [("export", "all"), ("report",), ("export", "duties"), ("export", "duties")]
        for word, name in zip(words, names, strict=True):
            zh(*word, "--rev", "main", "-o", name, cwd=demo.path, env=env, code=0)
        made.append([name.read_bytes() for name in names])
    assert made[0] == made[1] == made[2]
    assert all(len(each) > 10_000 for each in made[0])
    assert str(demo.path) not in text_of(tmp_path / "0a.xlsx")


def test_a_workbook_goes_through_a_pipe_and_not_onto_a_terminal(demo: Demo) -> None:
    words = [sys.executable, "-m", "dangwu", "--as-of", DAY, "export", "members"]
    piped = subprocess.run(words, cwd=demo.path, env=environment(), capture_output=True, check=True)
    assert len(openpyxl.load_workbook(BytesIO(piped.stdout)).worksheets) == 1
    for asked in (["export", "members"], ["report", "--format", "xlsx"]):
        code, screen = talk(*asked, cwd=demo.path, answers=[])
        assert code == 2
        assert "--output" in screen
        assert "PK" not in screen


def test_what_cannot_be_done_is_said_with_the_next_step(demo: Demo, tmp_path: Path) -> None:
    taken = tmp_path / "taken.csv"
    taken.write_text("mine")
    for words, hint in (
        (("export", "everything"), "members"),
        (("export", "members", "--format", "ods"), "xlsx, csv, jsonl"),
        (("export", "members", "--tidy", "--format", "xlsx"), "--tidy"),
        (("export", "members", "--register", "plans"), "--register"),
        (("export", "registers", "--register", "x"), "plans"),
        (("export", "all", "--format", "csv"), "--output"),
        (("export", "all", "-o", taken), "--register"),
        (("export", "dues", "--format", "csv", "--audience", "members"), "privacy"),
        (("export", "members", "-o", taken), "taken.csv"),
    ):
        for said in spoken(*words, cwd=demo.path, code=2).values():
            assert said.out == ""
            assert hint in said.err, said.err
            assert len(said.err.splitlines()) <= 3
    assert taken.read_text() == "mine"
    en("export", "members", "-o", taken, "--force", cwd=demo.path, code=0)
    assert rows(taken.read_bytes().decode())[0][0] == "Member id"


def test_nothing_is_written_into_the_records(demo: Demo, tmp_path: Path) -> None:
    before = listing(demo.path)
    zh("export", "all", "-o", tmp_path / "a.xlsx", cwd=demo.path, code=0)
    zh("export", "all", "--format", "jsonl", "-o", tmp_path / "a", cwd=demo.path, code=0)
    assert listing(demo.path) == before


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a branch with a record of every kind, each field unmistakable."""
    repo = GitRepo(tmp_path_factory.mktemp("canary") / "r")
    repo.commit(canary.files())
    return repo.path


def names() -> list[str]:
    texts = [each for path, each in base_files().items() if path.startswith("members/")]
    found = [re.search(r"^name: (.+)$", str(each, "utf-8"), re.MULTILINE) for each in texts if isinstance(each, bytes)]
    return [each[1].strip() for each in found if each]


@pytest.mark.parametrize("audience", AUDIENCE_CHOICES)
def test_nobody_reads_what_is_not_for_them(whole: Path, tmp_path: Path, audience: str) -> None:
    how = ("--audience", audience, "--lang", "zh")
    run("export", "all", *how, "-o", tmp_path / "all.xlsx", cwd=whole, as_of=canary.AS_OF, code=0)
    run("report", *how, "-o", tmp_path / "report.xlsx", cwd=whole, as_of=canary.AS_OF, code=0)
    for form in ("csv", "jsonl"):
        folder = tmp_path / form
        run("export", "all", "--format", form, *how, "-o", folder, cwd=whole, as_of=canary.AS_OF, code=0)
    who = Audience(audience)
    allowed = {each.name for each in load_kinds().values() if who.may_see(each.audience)}
    scopes = {scope for scope, wanted in canary.SCOPES.items() if who.may_see(wanted)}
    inside = {"later", "unapproved"} if who.may_see(Audience.COMMITTEE) else set()
    files = [each for each in tmp_path.rglob("*") if each.is_file()]
    assert len(files) > 6
    heard = set()
    for each in files:
        text = text_of(each)
        heard |= (sung := {found[1] for found in SONG.finditer(text)})
        assert each.suffix != ".xlsx" or "to" in sung
        assert f"{canary.SONG}-complainant" not in text
        assert {found[1] for found in TO.finditer(text)} <= scopes | inside, each
        if not who.may_see(Audience.MEMBERS):
            assert not [name for name in names() if name in text], each
    assert heard <= allowed | {"to"}
    assert (not inside) or heard >= {"target", "rectification"}


@pytest.mark.parametrize("audience", ["public", "employees", "members"])
def test_below_the_committee_nobody_is_counted_alone(whole: Path, tmp_path: Path, audience: str) -> None:
    file = tmp_path / "r.xlsx"
    en("report", "--audience", audience, "-o", file, cwd=whole, as_of=canary.AS_OF, code=0)
    sheets = openpyxl.load_workbook(file).worksheets
    titles = {sheet.title for sheet in sheets}
    assert "Overview" in titles
    assert not titles & {"Findings", "Hours of study", "Present of due by month"}
    listed = {"Roster of members", "Appraised as excellent, as…"}
    ids = {str(cell.value) for sheet in sheets if sheet.title not in listed for row in sheet for cell in row}
    assert not [each for each in ids if re.fullmatch(r"m\d{3}", each)]
    if audience == "members":
        (roster,) = (sheet for sheet in sheets if sheet.title == "Roster of members")
        assert [cell.value for cell in roster[1]] == ["Member id", "Name", "Party group"]
        assert roster.max_row > 3


@pytest.mark.parametrize("size", ["60", "3"])
def test_large_and_tiny_branches(tmp_path: Path, size: str) -> None:
    made = make_demo(tmp_path / "d", "--members", size, lang="zh")
    zh("export", "all", "-o", tmp_path / "all.xlsx", cwd=made.path, code=0)
    zh("report", "-o", tmp_path / "year.xlsx", cwd=made.path, code=0)
    for name in ("all", "year"):
        book = openpyxl.load_workbook(tmp_path / f"{name}.xlsx")
        assert book["党员花名册"].max_row == int(size) + 1
        for sheet in book.worksheets:
            widths = [each.width for each in sheet.column_dimensions.values()]
            assert max(widths) <= 45
            assert sum(widths) <= 230


def test_a_branch_without_records(tmp_path: Path) -> None:
    flags = ("--name", "青禾精工党支部", "--superior", "柳溪镇党委", "--secretary", "朱䶮", "--no-input")
    zh("init", "r", *flags, cwd=tmp_path, code=0)
    for words in (("export", "all"), ("report",)):
        file = tmp_path / f"{words[0]}.xlsx"
        zh(*words, "-o", file, cwd=tmp_path / "r", code=0)
        assert openpyxl.load_workbook(file)["党员花名册"]["B2"].value == "朱䶮"
    assert len(rows(zh("export", "dues", "--format", "csv", cwd=tmp_path / "r", code=0).out)) == 1
    assert zh("export", "meetings", "--format", "jsonl", cwd=tmp_path / "r", code=0).out == ""


def test_the_report_as_a_workbook(demo: Demo, tmp_path: Path) -> None:
    file = tmp_path / "year.xlsx"
    en("report", "-o", file, cwd=demo.path, code=0)
    book = openpyxl.load_workbook(file)
    told = en("report", "--format", "json", cwd=demo.path, code=0).json()
    assert book.sheetnames[0] == "Overview"
    shown = {row[0].value: row[1].value for row in book["Overview"].iter_rows(min_row=2)}
    assert shown["Meetings and lectures held"] == told["summary"]["meetings"]
    assert shown["Records read"] == told["summary"]["records"]
    assert shown["As-of day"] == DAY
    assert book["Duties and their states"].max_row == len(told["duties"]) + 1
    assert book["Findings"].max_row == len(told["findings"]) + 1
    months = book["Present of due by month"]
    sums = [[cell.value for cell in row[-4:]] for row in months.iter_rows(min_row=2)]
    assert sums == [[each[key] for key in ("due", "present", "leave", "absent")] for each in told["attendance"]]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_list_is_described(language: str) -> None:
    told = (Path(__file__).parents[2] / "docs" / "site" / language / "spreadsheets.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| `([a-z]+)` \|", told, re.MULTILINE)[: len(SHEET_NAMES)] == list(SHEET_NAMES)
