"""Registers of openness and supervision. Letters are only counted; of confidential files only id and day are listed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.model.audience import Audience
from dangwu.model.message import say
from dangwu.model.period import parse_day
from dangwu.pages.registers.ledger import CodeWord, Register
from dangwu.pages.scope import find_year_records

if TYPE_CHECKING:
    from dangwu.model.record import GenericRecord
    from dangwu.model.results import YearReport
    from dangwu.pages.registers.ledger import RegisterValue

_SCOPE_WORDS = {"society": say("society"), "employees": say("employees"), "members": say("members")}
_FORM_WORDS = {
    "meeting": say("at a meeting"),
    "notice": say("by notice"),
    "internal-document": say("by internal document"),
    "website": say("on the website"),
}
_CONFIDENTIAL_KINDS = ("letter", "case", "admonition", "accountability")


def build_openness_register(report: YearReport) -> Register | None:
    """List items of openness (form 2.9)."""
    items = find_year_records(report, "disclosure")
    rows = tuple(_build_openness_row(item) for item in items)
    columns = (
        ("date", say("Date")), ("class", say("class of 8.2")), ("matter", say("matter")), ("scope", say("scope")),
        ("form", say("form")), ("until", say("until")), ("feedback", say("opinions")), ("answered", say("answered")),
    )  # fmt: skip
    return Register("openness", 8, say("Items of openness"), columns, rows, tuple(item.path for item in items))


def _build_openness_row(record: GenericRecord) -> tuple[RegisterValue, ...]:
    data = record.data
    feedback = data.get("feedback", [])
    return (
        record.day,
        data["class"],
        data["matter"],
        CodeWord(data["scope"], _SCOPE_WORDS[data["scope"]]),
        CodeWord(data["form"], _FORM_WORDS[data["form"]]),
        parse_day(data.get("until")),
        len(feedback),
        sum("answered_on" in opinion for opinion in feedback),
    )


def build_report_register(report: YearReport) -> Register | None:
    """List reports on duties and integrity (9.2(5))."""
    if not report.owed.audience.may_see(Audience.MEMBERS):
        return None
    corpus = report.owed.corpus
    reports = find_year_records(report, "duty-report")
    rows = tuple((duty_report.day, corpus.name_of(duty_report.subject or "")) for duty_report in reports)
    columns = (("date", say("Date")), ("name", say("Member")))
    paths = tuple(duty_report.path for duty_report in reports)
    return Register("duty_reports", 9, say("Reports on duties and integrity"), columns, rows, paths)


def build_supervision_register(report: YearReport) -> Register | None:
    """Count talks by quarter (9.2(3), never overdue) and letters (9.2(7))."""
    if not report.owed.inside or report.owed.corpus.branch is None:
        return None
    rows: list[tuple[RegisterValue, ...]] = []
    talks = [record.day for record in find_year_records(report, "talk-feedback") if record.day]
    for quarter in range(4):
        count = sum((talk.month - 1) // 3 == quarter for talk in talks)
        rows.append(
            (CodeWord(f"talks-Q{quarter + 1}", say("9.2(3) talks, quarter {number}", number=quarter + 1)), count)
        )
    letters = report.totals.letters
    rows.append((CodeWord("letters", say("9.2(7) letters and visits received")), letters.received if letters else 0))
    rows.append((CodeWord("letters-answered", say("9.2(7) of them answered")), letters.answered if letters else 0))
    columns = (("what", say("what")), ("count", say("count")))
    return Register("supervision", 9, say("Supervision, as counts"), columns, tuple(rows))


def build_confidential_register(report: YearReport) -> Register | None:
    """List confidential files by id and day, for handlers, without their content."""
    records = [record for kind in _CONFIDENTIAL_KINDS for record in find_year_records(report, kind)]
    kinds = report.owed.kinds
    rows = tuple(
        (kinds[sheet.kind].title if sheet.kind in kinds else sheet.kind, sheet.id, sheet.day) for sheet in records
    )
    columns = (("kind", say("record")), ("id", say("id")), ("date", say("Date")))
    return Register("confidential", 10, say("Confidential files"), columns, rows, for_screen=("id",)) if rows else None


REGISTER_BUILDERS = (
    build_openness_register,
    build_report_register,
    build_supervision_register,
    build_confidential_register,
)
