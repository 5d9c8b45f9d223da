"""What the checks of openness say of a disclosure, case by case; the examples show one case of each code."""

from __future__ import annotations

from datetime import date

import pytest

from dangwu.check import disclosures
from dangwu.check.context import Context
from dangwu.model.corpus import Corpus
from dangwu.model.record import GenericRecord
from dangwu.workspace.catalogue import load_default_rulebook, load_kinds
from tests.support.changed import changed, says

Change = tuple[str, str]
DISCLOSURE = "disclosures/2026/2026-04-03-zeren-qu.yaml"
ABOUT = "about: [2026-03-27-general-meeting]"
APPROVED = "approved_on: 2026-04-02"
COMPLETED = "completed_on: 2026-03-27"
DECISION = "discussed_on: 2026-03-27, meeting: 2026-03-27-general-meeting"
STAGES = """stages:
  before: {published_on: 2026-03-18, opinions: 6}
  decision: {discussed_on: 2026-03-27, meeting: 2026-03-27-general-meeting}
  result: {published_on: 2026-04-03, supervision: 意见箱}
"""


def feedback(rest: str) -> Change:
    return APPROVED, f"{APPROVED}\nfeedback:\n  - {{id: f1, date: 2026-04-10, text: 建议延长公示期, {rest}}}"


@pytest.mark.parametrize(
    ("code", "change", "said"),
    [
        ("DW880", None, []),
        ("DW880", ("until: 2026-12-31", "until: 2026-04-02"), ["The last day, 2026-04-02, lies before publication."]),
        ("DW880", ("until: 2026-12-31", "until: 2026-04-03"), []),
        ("DW880", ("until: 2026-12-31", "completed_on: 2026-04-03"), []),
        (
            "DW880",
            ("until: 2026-12-31", "completed_on: 2026-04-04"),
            ["Published before the work was completed on 2026-04-04."],
        ),
        ("DW880", ("temporary", "periodic"), ["A periodic item does not say when the work was completed."]),
        ("DW880", feedback("answer: 已采纳, answered_on: 2026-04-10"), []),
        (
            "DW880",
            feedback("answer: 已采纳, answered_on: 2026-04-09"),
            ["The feedback f1 was answered before it was given."],
        ),
        (
            "DW880",
            feedback("answer: 已采纳"),
            ["The feedback f1 has an answer without its day, or a day without its answer."],
        ),
        (
            "DW880",
            feedback("answered_on: 2026-04-12"),
            ["The feedback f1 has an answer without its day, or a day without its answer."],
        ),
        ("DW881", (APPROVED, "approved_on: 2026-04-03"), []),
        ("DW881", (APPROVED, "approved_on: 2026-04-04"), ["Published before it was approved on 2026-04-04."]),
        ("DW881", ("date: 2026-04-01}", "date: 2026-04-02}"), []),
        (
            "DW881",
            ("date: 2026-04-01}", "date: 2026-04-03}"),
            ["The secrecy check of 2026-04-03 came after approval or publication."],
        ),
        ("DW881", ("approved_by: m001", "approved_by: m077"), []),
        (
            "DW881",
            ("{by: m004, date: 2026-04-01}", "{by: m004, date: 2024-02-29}"),
            ["m004 was no member of the branch on 2024-02-29."],
        ),
        ("DW882", ("superior_approved_on: 2026-04-01", "superior_approved_on: 2026-04-03"), []),
        (
            "DW882",
            ("superior_approved_on: 2026-04-01", "superior_approved_on: 2026-04-04"),
            ["Published before the superior approved it on 2026-04-04."],
        ),
        (
            "DW882",
            ("superior_approved_on: 2026-04-01\n", ""),
            ["A major matter needs the approval of the superior Party organization."],
        ),
        ("DW883", (COMPLETED, "completed_on: 2026-03-19"), []),
        (
            "DW883",
            (COMPLETED, "completed_on: 2026-03-18"),
            ["Published 16 days after completion; the limit is 15."],
        ),
        ("DW883", (COMPLETED + "\n", ""), []),
        ("DW884", (STAGES, ""), ["A major matter has no stages."]),
        ("DW884", ("published_on: 2026-03-18", "published_on: 2026-03-27"), []),
        (
            "DW884",
            ("published_on: 2026-03-18", "published_on: 2026-03-28"),
            ["Discussed before it was published for opinions."],
        ),
        (
            "DW884",
            ("result: {published_on: 2026-04-03", "result: {published_on: 2026-03-26"),
            ["The result was published before the matter was discussed."],
        ),
        (
            "DW884",
            (DECISION, "discussed_on: 2026-03-26, meeting: 2026-03-27-general-meeting"),
            ["The meeting 2026-03-27-general-meeting was held on 2026-03-27."],
        ),
        (
            "DW884",
            (DECISION, "discussed_on: 2026-03-27, meeting: 2026-03-27-committee-meeting"),
            ["There is no meeting 2026-03-27-committee-meeting."],
        ),
        ("DW884", (DECISION, "discussed_on: 2026-03-27"), []),
        (
            "DW887",
            (ABOUT, "about: [2026-03-27-lecture]"),
            ["There is no record 2026-03-27-lecture.", "A resolution is named, but about names no meeting."],
        ),
        ("DW887", (f"{ABOUT}\n", ""), ["A resolution is named, but about names no meeting."]),
    ],
)
def test_disclosures(code: str, change: Change | None, said: list[str]) -> None:
    assert says(code, changed(code, DISCLOSURE, *([change] if change else []))) == said


CONFIDENTIAL = {
    *("accountability", "admonition", "case", "complainant", "letter"),
    *("democratic-life-meeting", "organizational-life-meeting"),
}


@pytest.mark.parametrize("kind", load_kinds())
def test_what_is_for_the_handlers_or_a_life_meeting_is_no_source_of_a_disclosure(kind: str) -> None:
    day = date(2026, 4, 1)
    source = GenericRecord(f"{kind}/2026/r01.yaml", kind, "r01", {}, day)
    item = {"scope": "members", "matter": "党费", "content": "收缴情况", "about": ["r01"]}
    told = GenericRecord("disclosures/2026/2026-04-03-a.yaml", "disclosure", "2026-04-03-a", item, date(2026, 4, 3))
    context = Context(
        corpus=Corpus(generic_records=(source, told)), as_of=day, rulebook=load_default_rulebook(), kinds=load_kinds()
    )
    codes = [finding.code.id for finding in disclosures.check_disclosure_sources(context)]
    assert codes == (["DW888"] if kind in CONFIDENTIAL else [])
