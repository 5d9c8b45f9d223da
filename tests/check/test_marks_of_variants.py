"""Where the findings point that no bad example shows: the second and third ways in which a record fails a code.

Each is a good example with one change. A mark stands at the value that is wrong; where something is missing, at the key
of what it is missing from.
"""

from __future__ import annotations

from datetime import date

import pytest

from tests.support.branches import base_file
from tests.support.changed import found, good, laid, marks, read_mark
from tests.support.examples import AS_OF, BASE, overlay

APPROVED = "approved_on: 2026-04-02"
DECISION = "discussed_on: 2026-03-27, meeting: 2026-03-27-general-meeting"
MEETING = "meeting: 2026-06-24-democratic-life-meeting"
STAGES = """stages:
  before: {published_on: 2026-03-18, opinions: 6}
  decision: {discussed_on: 2026-03-27, meeting: 2026-03-27-general-meeting}
  result: {published_on: 2026-04-03, supervision: 意见箱}
"""
CHECKS = "self_checks: [m001, m002, m003, m004]"
ALL = "m001, m002, m003, m004, m005, m006, m007, m008, m009"
NINE = "{member: m009, reason: illness, approved_by: m001}"
SHOWN = "  - {member: m006, share: direct, shown_on: 2026-05-15, statement: 属实}\n"
ROW = "{member: m008, due: 1, present: 1, leave: 0, absent: 0}"
LAST_TASK = "  - {task: t4, state: not-started, result: 定在九月签订承诺}\n"
TEXT = f"{APPROVED}\nfeedback:\n  - {{id: f1, date: 2026-04-10, text: 建议延长"


def vary(code: str, old: str, new: str) -> dict[str, str]:
    """Return the files of the good example of a code with one change, in the only file that has what it replaces."""
    files = {path: good(code, path) for path in laid(overlay(code, "good"))}
    (path,) = (path for path, text in files.items() if old in text)
    return {**files, path: files[path].replace(old, new, 1)}


@pytest.mark.parametrize(
    ("code", "old", "new", "marked"),
    [
        ("DW305", "illness, approved_by: m005", "illness, approved_by: m006", ["12: m006}"]),
        ("DW306", "chair: m003", "chair: m004", ["8: m004"]),
        ("DW405", "{yes: 4, no: 1, abstain: 3}", "{yes: 5, no: 1, abstain: 2}", ["16: 5, no: 1, abstain: 2}"]),
        ("DW406", "due: 2026-07-31", "due: 2026-06-24", ["15: 2026-06-24"]),
        ("DW406", "due: 2026-07-31", "due: 2026-06-25", []),
        ("DW407", "makes_up: 2026-05", "makes_up: 2026-07", ["13: 2026-07"]),
        ("DW702", "05/g2\noutcome: deferred\nuntil: 2026-06-20", "06/g2\noutcome: missed", ["3: 2026-06-05"]),
        ("DW814", "{task: t2,", "{task: t1,", ["7: results:", "9: {task: t1, state: on-track"]),
        ("DW814", LAST_TASK, "", ["7: results:"]),
        ("DW816", "target: 1", "target: 2", ["6: 2"]),
        ("DW821", "section: clean-conduct", "section: style", ["7: tasks:"]),
        ("DW825", "  - member: m006\n", f"{SHOWN}  - member: m006\n", ["10: m006"]),
        ("DW841", CHECKS, CHECKS.replace("]", ", m006]"), ["20: m006]"]),
        ("DW841", CHECKS, CHECKS.replace(", m004", ""), ["20: self_checks: [m001, m002, m003]"]),
        ("DW843", MEETING, "meeting: 2026-03-27-general-meeting", ["4: 2026-03-27-general-meeting"]),
        ("DW843", "rectification\ndate: 2026-06-26", "rectification\ndate: 2026-06-23", ["3: 2026-06-23"]),
        ("DW843", "rectification\ndate: 2026-06-26", "rectification\ndate: 2026-06-24", []),
        ("DW854", "reviewed_by: g1", "reviewed_by: m006", ["14: m006"]),
        ("DW857", "reason: 入党以来", "grade: qualified\nreason: 入党以来", ["15: qualified"]),
        ("DW865", f"spoke: [{ALL}]", f"spoke: [{ALL[:-6]}]", ["14: spoke: ["]),
        ("DW865", f"present: [{ALL}]\nleave: []", f"present: [{ALL[:-6]}]\nleave: [{NINE}]", ["14: m009]"]),
        ("DW872", "ballots: 8", "ballots: 9", ["11: 9"]),
        ("DW873", "{member: m002,", "{member: m001,", ["12: results:", "14: m001, tally:"]),
        ("DW873", "{member: m008,", "{member: m009,", ["12: results:", "20: m009, tally:"]),
        ("DW880", "until: 2026-12-31", "completed_on: 2026-04-04", ["15: 2026-04-04"]),
        ("DW880", "temporary", "periodic", ["9: periodic"]),
        ("DW880", APPROVED, f"{TEXT}, answer: 采纳, answered_on: 2026-04-09}}", ["16: 2026-04-09}"]),
        ("DW880", APPROVED, f"{TEXT}, answer: 采纳}}", ["16: {id: f1, "]),
        ("DW880", APPROVED, f"{TEXT}, answered_on: 2026-04-12}}", ["16: {id: f1, "]),
        ("DW881", "date: 2026-04-01}", "date: 2026-04-03}", ["12: 2026-04-03}"]),
        ("DW881", "{by: m004, date: 2026-04-01}", "{by: m004, date: 2024-02-29}", ["12: m004, date: 2024-02-29}"]),
        ("DW881", APPROVED, "approved_on: 2024-02-29", ["12: 2026-04-01}", "13: m001"]),
        ("DW882", "superior_approved_on: 2026-04-01\n", "", ["9: major"]),
        ("DW884", STAGES, "", ["9: major"]),
        ("DW884", "published_on: 2026-03-18", "published_on: 2026-03-28", ["18: 2026-03-27, meeting:"]),
        ("DW884", "result: {published_on: 2026-04-03", "result: {published_on: 2026-03-26", ["19: 2026-03-26, "]),
        ("DW884", DECISION, DECISION.replace("03-27,", "03-26,"), ["18: 2026-03-27-general-meeting}"]),
        ("DW884", DECISION, DECISION.replace("general", "committee"), ["18: 2026-03-27-committee-meeting}"]),
        ("DW887", "about: [", "about: [2026-03-27-lecture, ", ["7: 2026-03-27-lecture, "]),
        ("DW887", "about: [2026-03-27-general-meeting]\n", "", ["7: 1"]),
        ("DW893", f"  - {ROW}\n", "", ["6: members:"]),
        ("DW893", ROW, ROW.replace("m008", "m006"), ["6: members:", "14: {member: m006,"]),
        ("DW901", "2026-05-08, state: improved", "2026-04-29, state: unchanged", ["23: 2026-04-29, "]),
        ("DW907", "  - member: m004\n", "  - member: m003\n", ["30: member: m003"]),
    ],
)
def test_a_variant_marks_the_words_that_are_wrong(code: str, old: str, new: str, marked: list[str]) -> None:
    shown = marks(code, vary(code, old, new))
    assert len(shown) == len(marked)
    assert [mark[: len(words)] for mark, words in zip(shown, marked, strict=True)] == marked


def test_a_complainants_file_is_named_and_no_line_of_it() -> None:
    (finding,) = found(vary("DW895", "letter: l001", "letter: l002"), code="DW895")
    assert (finding.source.path, finding.source.line) == ("complainants/p001.yaml", 0)


def test_a_committee_too_many_is_marked_at_the_terms() -> None:
    status = "  - {from: 2024-03-01, status: full}\n"
    gone = f"{status}  - {{from: 2026-06-01, status: transferred}}\n"
    paths = ("members/m005.yaml", "members/m006.yaml")
    files = {path: base_file(path).decode().replace(status, gone) for path in paths}
    assert marks("DW602", files) == ["7: terms:"]


LETTER = "supervision/2026/letter-l001.yaml"
M006, M009 = "members/m006.yaml", "appraisals/2025/m009.yaml"
APPRAISAL, TARGET = "appraisals/2025/m006.yaml", "targets/2025/m006.yaml"
PLANS = ("plans/2026/development.yaml", "plans/2027/development.yaml")
RULES = ("rules/a.yaml", "rules/b.yaml")


def base(path: str, *change: str) -> dict[str, str]:
    """Return a file of the base with a text put after another one."""
    text = base_file(path).decode()
    return {path: text.replace(change[0], change[0] + change[1]) if change else text}


def of_2025(code: str, path: str) -> str:
    return good(code, path).replace("2026", "2025")


def build_plan(year: int, applied: str) -> str:
    text = good("DW816", PLANS[0]).replace("year: 2026", f"year: {year}").replace("2024-05-06", applied)
    return text.replace("approved_on: 2026", f"approved_on: {year}")


@pytest.mark.parametrize(
    ("code", "files", "marked"),
    [
        ("DW201", {"members/m006 (1).yaml": base(M006)[M006]}, ["2: member", f"{M006}:1: schema: 1"]),
        ("DW202", {"member/m010.yaml": base(M006)[M006]}, ["1: schema: 1"]),
        (
            "DW203",
            {LETTER: good("DW895", LETTER), LETTER.replace("/2026", "/2025"): of_2025("DW895", LETTER)},
            ["3: l001", f"{LETTER}:3: l001", "3: l001", f"{LETTER.replace('/2026', '/2025')}:3: l001"],
        ),
        ("DW205", {"notes/con.md": "照旧。\n"}, ["1: 照旧。"]),
        ("DW402", {LETTER: good("DW895", LETTER).replace("2026-03-20", "2026-07-01")}, ["9: 2026-07-01"]),
        ("DW402", {LETTER: good("DW895", LETTER).replace("2026-03-20", "2026-06-30")}, []),
        ("DW402", base(M006, "name: 许㛃\n", "joined_on: 2026-07-01\n"), ["5: 2026-07-01"]),
        ("DW402", base(M006, "name: 许㛃\n", "converted_on: 2026-07-01\n"), ["5: 2026-07-01"]),
        (
            "DW607",
            {PLANS[0]: build_plan(2026, "2024-05-06"), PLANS[1]: build_plan(2027, "2024-05-07")},
            ["11: 2024-05-06", f"{PLANS[1]}:11: 2024-05-07", "11: 2024-05-07", f"{PLANS[0]}:11: 2024-05-06"],
        ),
        ("DW703", dict.fromkeys(RULES, good("DW703", "rules/lecture-quarterly.yaml")), ["4: 2026-07-01"]),
        (
            "DW854",
            {
                "targets/2026/m006.yaml": good("DW854", "targets/2026/m006.yaml"),
                "branch.yaml": base("branch.yaml")["branch.yaml"].replace("committee: true", "committee: false"),
            },
            ["16: committee"],
        ),
        (
            "DW855",
            {
                APPRAISAL: good("DW855", APPRAISAL),
                TARGET: of_2025("DW854", TARGET.replace("/2025", "/2026")).replace("points: 15", "points: 16", 1),
            },
            ["5: items:", f"{TARGET}:6: items:"],
        ),
        ("DW857", {M009.replace("m009", "m008"): good("DW857", M009).replace("m009", "m008")}, ["17: decided_on: "]),
        (
            "DW873",
            {
                APPRAISAL.replace("m006", "appraisal"): good("DW873", APPRAISAL.replace("m006", "appraisal")),
                **base("members/m002.yaml", "status: full}\n", "  - {from: 2026-01-02, status: transferred}\n"),
            },
            ["14: m002, tally: "],
        ),
    ],
)
def test_several_files_mark_the_words_that_are_wrong(code: str, files: dict[str, str], marked: list[str]) -> None:
    texts = {**laid(BASE), **files}
    shown = []
    for finding in found(files, date(2027, 1, 20) if PLANS[1] in files else AS_OF, code):
        shown.append(read_mark(finding.source, texts[finding.source.path]))
        shown += [
            f"{place.source.path}:{read_mark(place.source, texts[place.source.path])}" for place in finding.related
        ]
    assert len(shown) == len(marked)
    assert [mark[: len(words)] for mark, words in zip(shown, marked, strict=True)] == marked
