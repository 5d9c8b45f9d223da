"""Registers about people: targets and assessments for the committee; appraisals and dues for wider audiences.

People are listed by Party group and id, never by points; no grade is computed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.facts.dues import format_yuan
from dangwu.model.message import say
from dangwu.model.period import parse_day
from dangwu.model.year_sums import GRADES as ORDER
from dangwu.pages.registers.ledger import CodeWord, Register
from dangwu.pages.scope import find_year_records
from dangwu.pages.wording.names import build_people_order, find_group_name

if TYPE_CHECKING:
    from dangwu.model.record import GenericRecord
    from dangwu.model.results import YearReport
    from dangwu.pages.registers.ledger import RegisterValue

GRADE_WORDS = dict(
    zip(ORDER, (say("excellent"), say("qualified"), say("basically qualified"), say("unqualified")), strict=True)
)


def build_target_register(report: YearReport) -> Register | None:
    """List each member's targets and assessment (5.2, 5.5)."""
    if not report.owed.inside:
        return None
    targets, assessments = (
        {record.subject: record for record in find_year_records(report, kind)} for kind in ("target", "assessment")
    )
    order = build_people_order(report.owed)
    people = sorted({person for person in (*targets, *assessments) if person}, key=order)
    rows = tuple(_build_target_row(report, person, targets.get(person), assessments.get(person)) for person in people)
    columns = (
        ("member", say("id")), ("name", say("Member")), ("group", say("Group")),
        ("approved_on", say("targets approved on")),
        ("grade", say("grade, as decided by people")), ("decided_on", say("decided on")),
        ("shown_on", say("shown to the member on")),
    )  # fmt: skip
    paths = tuple(targets[person].path if person in targets else "" for person in people)
    return Register("targets", 5, say("Targets and assessments"), columns, rows, paths, ("member",))


def _build_target_row(
    report: YearReport, id_: str, target: GenericRecord | None, assessment: GenericRecord | None
) -> tuple[RegisterValue, ...]:
    corpus = report.owed.corpus
    member = corpus.member_by_id.get(id_)
    group = (
        (member.group_on(report.owed.as_of) or (member.groups[-1][0] if member.groups else None)) if member else None
    )
    data = assessment.data if assessment else {}
    grade = data.get("grade")
    return (
        id_,
        corpus.name_of(id_),
        find_group_name(corpus, group),
        target.day if target else None,
        CodeWord(grade, GRADE_WORDS[grade]) if grade else None,
        parse_day(data.get("decided_on")),
        parse_day(data.get("shown_on")),
    )


def build_appraisal_register(report: YearReport) -> Register | None:
    """Count the grades of the democratic appraisal (7.3, 7.4)."""
    rows = tuple((CodeWord(grade, GRADE_WORDS[grade]), count) for grade, count in report.totals.grades)
    columns = (("grade", say("grade, as decided by people")), ("members", say("members")))
    return Register("appraisal", 7, say("Democratic appraisal: counts"), columns, rows) if rows else None


def build_excellent_register(report: YearReport) -> Register | None:
    """List those who were appraised as excellent (7.4)."""
    corpus = report.owed.corpus
    rows = tuple(
        (person, corpus.name_of(person))
        for person in sorted(report.totals.excellent, key=build_people_order(report.owed))
    )
    columns = (("member", say("id")), ("name", say("Member")))
    title = say("Appraised as excellent, as decided by people")
    return Register("excellent", 7, title, columns, rows, for_screen=("member",)) if rows else None


def build_dues_register(report: YearReport) -> Register | None:
    """Return the year's dues as totals (8.2(4), 10.1(6))."""
    total = report.totals.dues
    if total is None:
        return None
    row = (total.people, format_yuan(total.assessed), format_yuan(total.paid))
    columns = (("people", say("people")), ("assessed", say("assessed, yuan")), ("paid", say("paid, yuan")))
    return Register("dues", 10, say("Dues up to this month, in total"), columns, (row,))


REGISTER_BUILDERS = (build_target_register, build_appraisal_register, build_excellent_register, build_dues_register)
