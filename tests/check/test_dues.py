"""Dues and absences running: what counts, what breaks a run, and what stands beside it."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest

from dangwu.language import load_language
from tests.support.changed import found, good, said, says
from tests.support.examples import AS_OF, BASE

if TYPE_CHECKING:
    from dangwu.model.finding import Finding

LEDGER = "dues/2026.yaml"


def ledger(months: str, year: int = 2026, extra: str = "") -> str:
    paid = "".join(f"      - {each}\n" for each in months.splitlines() if each)
    row = f"  - member: m008\n    assessed: 20\n    paid:{' []' if not paid else ''}\n{paid}{extra}"
    others = "".join(f"      - {{month: {year}-{month:02d}, date: {year}-{month:02d}-10}}\n" for month in range(1, 13))
    other = f"  - member: m002\n    assessed: 45\n    paid:\n{others}"
    return f"schema: 1\nkind: dues\nyear: {year}\ncollector: m002\nmembers:\n{other}{row}"


def runs(files: dict[str, str], as_of: date = AS_OF) -> list[Finding]:
    return [each for each in found(files, as_of, "DW906") if each.subject == "m008"]


@pytest.mark.parametrize(("assessed", "months"), [("0", []), ("0.01", [3]), ("20", [3])])
def test_nobody_owes_what_is_not_assessed(assessed: str, months: list[int]) -> None:
    files = {LEDGER: ledger("").replace("assessed: 20", f"assessed: {assessed}")}
    assert [len(each.related) for each in runs(files, date(2026, 4, 1))] == months


DEFERRED = (
    "    deferrals:\n      - {{from: 2026-01, to: 2026-03, reason: quarterly, approved_by: 支委会, "
    "approved_on: {approved}, pay_by: {pay_by}}}\n"
)


@pytest.mark.parametrize(
    ("paid", "as_of", "months"),
    [
        ("", date(2026, 3, 31), 0),
        ("", date(2026, 4, 1), 3),
        ("{month: 2026-02, date: 2026-02-28}", date(2026, 4, 1), 0),
        ("{month: 2026-02, date: 2026-03-20}", date(2026, 4, 1), 0),
        ("{month: 2026-02, date: 2026-04-20}", date(2026, 4, 1), 3),
        ("{month: 2026-02, date: 2026-02-20, amount: 19.99}", date(2026, 4, 1), 3),
        ("{month: 2026-02, date: 2026-02-20, amount: 0, reason: hardship}", date(2026, 4, 1), 0),
        ("", date(2026, 7, 1), 6),
    ],
)
def test_when_dues_run(paid: str, as_of: date, months: int) -> None:
    findings = runs({LEDGER: ledger(paid)}, as_of)
    assert [len(each.related) for each in findings] == ([months] if months else [])
    for each in findings:
        assert ("Art. 9" in said(each)) == (months >= 6)
        assert "first ask for the reason" in said(each).lower()
        assert "不对任何人作结论" in said(each)


@pytest.mark.parametrize(
    ("approved", "pay_by", "months"),
    [
        ("2026-01-05", "2026-04-10", 0),
        ("2026-01-05", "2026-04-02", 0),
        ("2026-01-05", "2026-04-01", 3),
        ("2026-04-01", "2026-04-30", 0),
        ("2026-04-02", "2026-04-30", 0),
        ("2026-04-03", "2026-04-30", 3),
        ("2026-04-08", "2026-04-30", 3),
    ],
)
def test_agreed_later_payment(approved: str, pay_by: str, months: int) -> None:
    """On 2 April: the agreed day is not over, or is; it was agreed by then, or only later."""
    files = {LEDGER: ledger("", extra=DEFERRED.format(approved=approved, pay_by=pay_by))}
    assert [len(each.related) for each in runs(files, date(2026, 4, 2))] == ([months] if months else [])


def test_a_run_goes_on_into_the_next_year() -> None:
    paid = "\n".join(f"{{month: 2025-{month:02d}, date: 2025-{month:02d}-10}}" for month in range(1, 12))
    files = {"dues/2025.yaml": ledger(paid, 2025), LEDGER: ledger("")}
    (finding,) = runs(files, date(2026, 3, 1))
    assert [each.source.path for each in finding.related] == ["dues/2025.yaml", LEDGER, LEDGER]
    assert finding.source.path == LEDGER
    paid = "\n".join(f"{{month: 2025-{month:02d}, date: 2025-{month:02d}-10}}" for month in range(1, 11))
    (finding,) = runs({"dues/2025.yaml": ledger(paid, 2025), LEDGER: ledger("")}, date(2026, 2, 1))
    assert [each.source.path for each in finding.related] == ["dues/2025.yaml", "dues/2025.yaml", LEDGER]
    assert finding.source.path == LEDGER


def test_months_before_joining_do_not_count() -> None:
    late = (BASE / "members/m008.yaml").read_text(encoding="utf-8").replace("2024-03-01", "2026-02-02")
    files = {"members/m008.yaml": late.replace("2024-04-01", "2026-02-02"), LEDGER: ledger("")}
    assert runs(files, date(2026, 5, 1)) == []
    assert len(runs(files, date(2026, 6, 1))) == 1


@pytest.mark.parametrize(
    ("paid", "extra", "count"),
    [
        ("{month: 2026-01, date: 2026-01-10, amount: 60}", "", 0),
        ("{month: 2026-01, date: 2026-01-10, amount: 12.5}\n{month: 2026-01, date: 2026-01-20, amount: 7.5}", "", 0),
        ("{month: 2026-01, date: 2026-01-10}\n{month: 2026-01, date: 2026-01-20, amount: 0.01}", "", 1),
        ("{month: 2025-12, date: 2026-01-10}", "", 1),
        ("{month: 2026-01, date: 2025-01-01}", "", 0),
        ("{month: 2026-01, date: 2024-12-31}", "", 1),
        ("", DEFERRED.format(approved="2026-01-05", pay_by="2026-02-28"), 1),
        ("", "  - {member: m008, assessed: 20, paid: []}\n", 1),
    ],
)
def test_rows_of_a_ledger(paid: str, extra: str, count: int) -> None:
    assert len(found({LEDGER: ledger(paid, extra=extra)}, code="DW907")) == count


ADJUSTED = "    adjustments: [{{from: {first}, assessed: {amount}}}, {{from: 2026-03, assessed: 5}}]\n"


@pytest.mark.parametrize(
    ("paid", "extra", "told"),
    [
        ("{month: 2026-01, date: 2026-01-10, amount: 12.34}", "", []),
        ("{month: 2026-01, date: 2026-01-10, amount: 0.29}", "", []),
        ("{month: 2026-01, date: 2026-01-10, amount: 12.345}", "", ["12.345 yuan has a part that is less than a fen."]),
        ("{month: 2026-01, date: 2026-01-10, amount: 0.001}", "", ["0.001 yuan has a part that is less than a fen."]),
        ("", ADJUSTED.format(first="2026-02", amount="19.99"), []),
        ("", ADJUSTED.format(first="2026-02", amount="7.775"), ["7.775 yuan has a part that is less than a fen."]),
        (
            "",
            ADJUSTED.format(first="2026-03", amount="7"),
            ["The assessed amount changes twice from 2026-03 on."],
        ),
        ("", ADJUSTED.format(first="2025-12", amount="7"), ["The month 2025-12 is not of this ledger's year."]),
        (
            "{month: 2026-02, date: 2026-02-10, amount: 7}\n{month: 2026-02, date: 2026-02-20, amount: 13}",
            ADJUSTED.format(first="2026-02", amount="10"),
            ["2026-02 is paid more than once: 20 in all, assessed 10 (yuan)."],
        ),
    ],
)
def test_amounts_of_a_ledger(paid: str, extra: str, told: list[str]) -> None:
    assert says("DW907", {LEDGER: ledger(paid, extra=extra)}) == told


def test_a_reduced_amount_is_owed_from_its_month_on() -> None:
    months = "\n".join(f"{{month: 2026-0{at}, date: 2026-0{at}-10, amount: 5}}" for at in range(1, 7))
    assert [len(each.related) for each in runs({LEDGER: ledger(months)})] == [5]
    reduced = "    adjustments: [{from: 2026-02, assessed: 5}]\n"
    assert runs({LEDGER: ledger(months, extra=reduced)}) == []


@pytest.mark.parametrize(
    ("last", "pay_by", "told"),
    [
        ("2026-03", "", []),
        ("2026-01", "", []),
        ("2025-12", "", ["Later payment ends before it begins."]),
        ("2026-03", ", pay_by: 2026-03-01", []),
        ("2026-03", ", pay_by: 2026-02-28", ["The day to pay by lies before the last month begins."]),
    ],
)
def test_the_months_of_later_payment(last: str, pay_by: str, told: list[str]) -> None:
    row = DEFERRED.format(approved="2026-01-05", pay_by="").replace(", pay_by: }", f"{pay_by}}}")
    assert says("DW907", {LEDGER: ledger("", extra=row.replace("to: 2026-03", f"to: {last}"))}) == told


@pytest.mark.parametrize(
    ("joined", "as_of", "missing"),
    [
        ("2026-06-16", date(2026, 7, 1), 1),
        ("2026-06-16", date(2026, 6, 30), 0),
        ("2026-06-17", date(2026, 7, 1), 0),
        ("2026-05-17", date(2026, 7, 1), 1),
    ],
)
def test_who_was_here_for_half_of_a_month_has_a_row(joined: str, as_of: date, missing: int) -> None:
    """June has thirty days, and is over on the first of July."""
    newcomer = f"schema: 1\nkind: member\nid: m010\nname: 田野\nstatus:\n  - {{from: {joined}, status: full}}\n"
    files = {"members/m010.yaml": newcomer, LEDGER: ledger("")}
    told = [finding for finding in found(files, as_of, "DW908") if finding.subject == "m010"]
    assert len(told) == missing


def test_absences_of_six_months_show_the_constitution_beside_them() -> None:
    days = (date(2025, 7, 10), date(2025, 10, 16), date(2026, 1, 9), date(2026, 1, 10))
    text = good("DW893", "meetings/2025/2025-10-16-general-meeting.md").replace("m006, m008, m009]", "m006, m009]")
    text = text.replace("absent: []", "absent: [m008]")
    for used, shown in ((days[:3], False), ((days[0], days[1], days[3]), True)):
        files = {
            f"meetings/{day.year}/{day}-general-meeting.md": text.replace("date: 2025-10-16", f"date: {day}")
            for day in used
        }
        files["meetings/2026/2026-03-13-group-meeting-g2.md"] = _came()
        (finding,) = [each for each in found(files, code="DW310") if each.subject == "m008"]
        assert ("Art. 9" in said(finding)) is shown


def _came() -> str:
    return (BASE / "meetings/2026/2026-03-13-group-meeting-g2.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("last_month", "as_of", "months"),
    [
        (5, date(2026, 6, 30), ""),
        (3, date(2026, 4, 30), ""),
        (3, date(2026, 5, 1), "2026-04"),
        (3, date(2026, 12, 31), "2026-04, 2026-05, 2026-06, 2026-07, 2026-08, 2026-09, 2026-10, 2026-11"),
        (0, date(2026, 2, 1), "2026-01"),
    ],
)
def test_a_ledger_that_is_behind_accuses_nobody(last_month: int, as_of: date, months: str) -> None:
    """One note names the months that the ledger has for nobody; no member is noted as unpaid for them."""
    entries = "".join(
        f"\n      - {{month: 2026-{month:02d}, date: 2026-{month:02d}-12}}" for month in range(1, last_month + 1)
    )
    rows = "".join(f"  - member: {id_}\n    assessed: 20\n    paid:{entries or ' []'}\n" for id_ in ("m002", "m008"))
    files = {LEDGER: f"schema: 1\nkind: dues\nyear: 2026\ncollector: m002\nmembers:\n{rows}"}
    notes = found(files, as_of, "DW911")
    named = [re.findall(r"20\d\d-\d\d", load_language("en").text(note.message)) for note in notes]
    assert named == ([months.split(", ")] if months else [])
    assert not found(files, as_of, "DW906")


def test_a_month_that_nobody_entered_ends_a_run() -> None:
    """January and February unpaid, March entered for nobody, April unpaid: no three months running are known."""
    others = "".join(f"      - {{month: 2026-{month:02d}, date: 2026-{month:02d}-10}}\n" for month in (1, 2, 4))
    text = "schema: 1\nkind: dues\nyear: 2026\ncollector: m002\nmembers:\n  - member: m002\n    assessed: 45\n"
    text += f"    paid:\n{others}"
    files = {LEDGER: f"{text}  - member: m008\n    assessed: 20\n    paid: []\n"}
    assert runs(files, date(2026, 5, 1)) == []
    entered = others + "      - {month: 2026-03, date: 2026-03-10}\n"
    assert len(runs({LEDGER: files[LEDGER].replace(others, entered)}, date(2026, 5, 1))) == 1
