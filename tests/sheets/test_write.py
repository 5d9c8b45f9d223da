"""What stands in the sheets: the records as they are, people in the order of groups and ids, for whom they are."""

from __future__ import annotations

import csv
import json
from datetime import date
from functools import cache
from io import StringIO
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dangwu.data import resources
from dangwu.facts.dues import format_yuan
from dangwu.formats.csv import render_csv
from dangwu.formats.jsonl import render_jsonl
from dangwu.formats.safe_text import make_safe_text
from dangwu.language import load_language
from dangwu.model.audience import AUDIENCE_CHOICES, Audience
from dangwu.model.record import Group
from dangwu.model.spans import Span
from dangwu.pages.registers.registry import build_registers
from dangwu.pages.wording.names import build_people_order
from dangwu.sheets.columns import ABSENT, LEAVE, PRESENT, SHEET_COLUMNS, CellType, find_column_codes
from dangwu.sheets.formula_guard import unguard_formula
from dangwu.sheets.write.registers import REGISTER_PREFIX
from dangwu.sheets.write.registry import ALL_REGISTERS, ALL_SHEETS, SHEET_NAMES, build_sheets, build_year_sheets
from dangwu.sheets.write.sheet import CellFormat, ExportColumn, Sheet, SheetWording
from dangwu.workspace.catalogue import load_kinds
from dangwu.workspace.load import load_workspace
from tests.support import canary, values
from tests.support.change import replace
from tests.support.memory import MemoryTree

if TYPE_CHECKING:
    from dangwu.model.results import YearReport

DAY = date.fromisoformat(canary.AS_OF)
ZH = SheetWording(load_language("zh"), resources.load_schema)
EN = SheetWording(load_language("en"), resources.load_schema)
TIDY = SheetWording(load_language("en"), resources.load_schema, tidy=True)
VOICES = pytest.mark.parametrize("voice", [ZH, EN, TIDY], ids=["zh", "en", "tidy"])
ANY = st.text(st.characters(exclude_categories=()) | st.sampled_from("=+-@'\",;\r\n"), max_size=30)
CELLS = ANY | st.integers() | st.dates() | st.none() | st.floats(allow_nan=False, allow_infinity=False)


@cache
def report(audience: str = "committee") -> YearReport:
    """Return the year of a branch with a record of every kind."""
    return load_workspace(MemoryTree(canary.files())).report(DAY, 2026, Audience(audience))


def one(name: str, voice: SheetWording, made: YearReport | None = None) -> Sheet:
    (spread,) = build_sheets(name, made or report(), voice)
    return spread


def column(spread: Sheet, key: str) -> list[Any]:
    at = [each.key for each in spread.columns].index(key)
    return [row[at] for row in spread.rows]


@VOICES
@pytest.mark.parametrize("name", [*SHEET_COLUMNS])
def test_the_columns_are_those_that_import_reads(name: str, voice: SheetWording) -> None:
    spread = one(name, voice)
    read = SHEET_COLUMNS[name]
    if name == "members":
        read = read[: [each.key for each in read].index("post")]  # what is in branch.yaml is no part of the roster
    assert [each.key for each in spread.columns] == [each.key for each in read]
    assert [each.title for each in spread.columns] == [voice.lang.value(each.title) for each in read]
    assert spread.rows
    days = [each.key for each in spread.columns if each.holds is CellFormat.DAY]
    assert days == [each.key for each in read if each.form is CellType.DAY]
    for key in days:
        assert {type(value) for value in column(spread, key)} <= {date, type(None)}


@pytest.mark.parametrize(
    ("sheet", "key"), [(n, c.key) for n, s in SHEET_COLUMNS.items() for c in s if c.form is CellType.CODE]
)
def test_each_code_has_a_word_of_its_own(sheet: str, key: str) -> None:
    """Else a word could not be read back."""
    (wanted,) = (each for each in SHEET_COLUMNS[sheet] if each.key == key)
    words = find_column_codes(wanted, resources.load_schema, load_kinds())
    assert len(words) >= 3
    for made in ([each.zh for each in words.values()], [each.en for each in words.values()]):
        assert len({each.casefold() for each in made}) == len(words)
        assert not set(made) & set(words) or all(words[each].en == each for each in set(made) & set(words))


def test_the_roster_says_what_the_records_say() -> None:
    made = report()
    spread = one("members", TIDY)
    documents = {each.id: made.owed.corpus.documents[each.path].data for each in made.owed.corpus.members}
    assert column(spread, "id") == sorted(documents, key=build_people_order(made.owed))
    for row in spread.rows:
        said = documents[str(row[0])]
        now = [each for each in said["status"] if each["from"] <= canary.AS_OF][-1]
        group = ([each for each in said.get("groups", []) if each["from"] <= canary.AS_OF] or [{}])[-1]
        shown = [value.isoformat() if isinstance(value, date) else value for value in row]
        assert shown == [
            said["id"], said["name"], said.get("joined_on"), said.get("converted_on"), now["status"], now["from"],
            group.get("group"), group.get("from") if group.get("group") else None,
        ]  # fmt: skip
    words = {"full": "正式党员", "probationary": "预备党员"}
    assert column(one("members", ZH), "status") == [words[each] for each in column(spread, "status")]


def test_a_group_is_named_where_the_name_leads_back() -> None:
    made = report()
    branch = made.owed.corpus.branch
    assert branch is not None
    names = [each.name for each in branch.groups]
    assert set(column(one("members", ZH), "group")) - {None} <= set(names)
    twin = Group(id="g9", name=names[0], span=Span(branch.founded))
    corpus = replace(made.owed.corpus, branch=branch._replace(groups=(*branch.groups, twin)))
    groups = column(one("members", ZH, made._replace(owed=made.owed._replace(corpus=corpus))), "group")
    assert names[0] not in groups
    assert branch.groups[0].id in groups
    assert names[1] in groups


def test_attendance_is_what_the_lists_say() -> None:
    made = values.report()
    spread = one("attendance", TIDY, made)
    held = [each for each in values.corpus().meetings if each.day.year == 2026]
    assert len(spread.rows) == sum(len(each.listed) for each in held)
    said = column(spread, "attendance")
    assert said.count(PRESENT) == sum(len(each.present) for each in held)
    assert said.count(LEAVE) == sum(len(each.leave) for each in held)
    assert said.count(ABSENT) == sum(len(each.absent) for each in held)
    reasons = [bool(each) for each in column(spread, "reason")]
    assert reasons == [each == LEAVE for each in said]
    order = build_people_order(made.owed)
    marks = [(row[0], row[1], row[2] or "", order(str(row[3]))) for row in spread.rows]
    for first, second in pairwise(marks):
        assert first[:3] != second[:3] or first[3] < second[3]


def test_dues_and_targets_are_what_the_records_say() -> None:
    (ledger,) = report().owed.corpus.of("dues")
    paid = [
        (row["member"], each["month"], each.get("amount")) for row in ledger.data["members"] for each in row["paid"]
    ]
    spread = one("dues", TIDY)
    rows = zip(*(column(spread, key) for key in ("member", "month", "amount")), strict=True)
    assert sorted(rows) == sorted(paid)
    items = [
        (each.data["member"], item["item"]) for each in report().owed.corpus.of("target") for item in each.data["items"]
    ]
    targets = one("targets", TIDY)
    assert sorted(zip(column(targets, "member"), column(targets, "item"), strict=True)) == sorted(items)


def test_who_has_not_paid_stands_in_the_ledger_all_the_same() -> None:
    made = report()
    (ledger,) = made.owed.corpus.of("dues")
    data = {**ledger.data, "members": [*ledger.data["members"], {"member": "m009", "assessed": 12.5, "paid": []}]}
    sheets = tuple(each._replace(data=data) if each is ledger else each for each in made.owed.corpus.generic_records)
    owed = made.owed._replace(corpus=replace(made.owed.corpus, generic_records=sheets))
    spread = one("dues", TIDY, made._replace(owed=owed))
    (row,) = (row for row in spread.rows if row[0] == "m009")
    assert row[2:] == (12.5, None, None, None, None)


@VOICES
@pytest.mark.parametrize("audience", AUDIENCE_CHOICES)
def test_each_register_has_its_sheet(audience: str, voice: SheetWording) -> None:
    made = report(audience)
    there = {REGISTER_PREFIX + each.key: each for each in build_registers(made)}
    sheets = {each.key: each for each in build_sheets(ALL_REGISTERS, made, voice)}
    assert list(sheets) == list(there)
    for key, spread in sheets.items():
        assert len(spread.rows) == len(there[key].rows)
        assert [each.key for each in spread.columns] == [name for name, _ in there[key].columns]


def test_figures_of_registers_are_numbers() -> None:
    sheets = {each.key: each for each in build_sheets(ALL_REGISTERS, report(), ZH)}
    total = report().totals.dues
    assert total is not None
    (row,) = sheets["register-dues"].rows
    assert row == (total.people, float(format_yuan(total.assessed)), float(format_yuan(total.paid)))
    assert {each.holds for each in sheets["register-dues"].columns} == {CellFormat.NUMBER}
    assert {type(each) for each in column(sheets["register-trainings"], "hours")} == {float}


@pytest.mark.parametrize("audience", AUDIENCE_CHOICES)
def test_what_is_for_whom(audience: str) -> None:
    made = report(audience)
    who = Audience(audience)
    given = {name for name in SHEET_NAMES if build_sheets(name, made, ZH)}
    inside = {"dues", "attendance", "targets", "hours"} if who.may_see(Audience.COMMITTEE) else set()
    by_name = {"members", "meetings"} if who.may_see(Audience.MEMBERS) else set()
    assert given == {"duties", ALL_REGISTERS, ALL_SHEETS} | inside | by_name
    if by_name and not inside:
        assert [each.key for each in one("members", ZH, made).columns] == ["id", "name", "group"]
        assert any(column(one("members", ZH, made), "group"))
    keys = {each.key for each in build_year_sheets(made, ZH)}
    assert keys >= {"overview", "duties"}
    assert ("findings" in keys) == ("attendance_by_month" in keys) == bool(inside)


def test_attendance_by_month_adds_up() -> None:
    made = values.report()
    (spread,) = (each for each in build_year_sheets(made, EN) if each.key == "attendance_by_month")
    assert spread.rows
    for row in spread.rows:
        pairs = [str(each).split("/") for each in row[3:15] if each]
        assert row[15] == sum(int(due) for _, due in pairs)
        assert row[16] == sum(int(there) for there, _ in pairs)
    assert [row[0] for row in spread.rows] == sorted(
        (str(row[0]) for row in spread.rows), key=build_people_order(made.owed)
    )


def test_the_overview_has_counts_as_numbers_and_the_revision_as_text() -> None:
    made = values.report()
    digits = "1" * 40
    spread = build_year_sheets(made._replace(owed=made.owed._replace(revision=digits)), EN)[0]
    shown = {row[0]: row[1] for row in spread.rows}
    assert shown["Revision"] == digits
    assert shown["Records read"] == made.checked.records
    assert shown["fulfilled"] == sum(each.state.value == "fulfilled" for each in made.owed.duties)


@given(st.lists(st.tuples(CELLS, CELLS), max_size=6), ANY)
@settings(max_examples=150)
def test_csv_is_read_back(rows: list[tuple[Any, Any]], title: str) -> None:
    columns = (ExportColumn("a", "标题" + title), ExportColumn("b", "人数", CellFormat.NUMBER))
    raw = render_csv(Sheet("x", "x", columns, tuple(rows)))
    assert raw.startswith(b"\xef\xbb\xbf")
    text = raw.decode("utf-8-sig")
    assert "\x00" not in text
    read = list(csv.reader(StringIO(text, newline=""), strict=True))
    assert [unguard_formula(each) for each in read[0]] == [make_safe_text("标题" + title, lines=True), "人数"]
    assert [[unguard_formula(each) for each in row] for row in read[1:]] == [
        [as_text(each) for each in row] for row in rows
    ]
    for row, made in zip(rows, read[1:], strict=True):
        for value, field in zip(row, made, strict=True):
            assert not isinstance(value, str) or field[:1] not in {"=", "+", "-", "@", "\t", "\r"}


def as_text(value: Any) -> str:
    if isinstance(value, str):
        return make_safe_text(value, lines=True)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


def test_csv_by_the_byte() -> None:
    columns = (
        ExportColumn("id", "编号"),
        ExportColumn("n", "金额", CellFormat.NUMBER),
        ExportColumn("d", "日期", CellFormat.DAY),
    )
    rows = (("=1+1", -2, date(2026, 3, 1)), ('a,"b"', 12.5, None), ("007", 45.0, None))
    spread = Sheet("x", "x", columns, rows)
    body = '\'=1+1,-2,2026-03-01\r\n"a,""b""",12.5,\r\n007,45,\r\n'
    assert render_csv(spread) == ("\ufeff编号,金额,日期\r\n" + body).encode()
    assert render_csv(spread, tidy=True) == ("id,n,d\r\n" + body).encode()


@given(st.lists(st.tuples(CELLS, CELLS), max_size=6))
def test_json_lines_hold_the_very_values(rows: list[tuple[Any, Any]]) -> None:
    raw = render_jsonl(Sheet("x", "x", (ExportColumn("a", "甲"), ExportColumn("b", "乙")), tuple(rows)))
    lines = raw.decode().split("\n")
    assert lines.pop() == ""
    read = [tuple(json.loads(line).values()) for line in lines]
    assert read == [tuple(each.isoformat() if isinstance(each, date) else each for each in row) for row in rows]


def test_machines_get_the_same_in_both_languages() -> None:
    """Sentences of the tool itself are the only thing that may differ."""
    tidy = TIDY._replace(lang=load_language("zh"))
    for name in ("members", "dues", "attendance", "targets", "hours"):
        assert render_jsonl(one(name, TIDY)) == render_jsonl(one(name, tidy))
    for left, right in zip(one("duties", TIDY).rows, one("duties", tidy).rows, strict=True):
        assert (left[:3], left[4:13]) == (right[:3], right[4:13])
