from __future__ import annotations

import json

import pytest

from dangwu.formats.json_text import format_json
from dangwu.formats.machine.forges import render_gitlab
from dangwu.formats.machine.json import render_check_json, render_due_json, render_report_json
from dangwu.formats.machine.sarif import render_sarif
from dangwu.language import load_language
from dangwu.model.duty import DutyState
from dangwu.model.finding import Source
from dangwu.model.message import say
from tests.support import values
from tests.support.change import replace

EN, ZH = load_language("en"), load_language("zh")


def test_check_has_the_shape_of_the_design() -> None:
    made = json.loads(render_check_json(values.checked(), EN))
    assert list(made) == ["schema", "as_of", "revision", "findings", "accepted", "summary"]
    assert made["schema"] == "dangwu/check/1"
    assert made["summary"] == {"error": 2, "warning": 1, "note": 1, "accepted": 1, "records": 412}
    first = made["findings"][1]
    assert first["code"] == "DW301"
    assert first["name"] == "attendance-incomplete"
    assert first["severity"] == "error"
    assert (first["path"], first["line"], first["column"]) == ("meetings/2026/2026-03-12-group-meeting-g1.md", 11, 1)
    assert first["clause"] == "3.5"
    assert first["message"] == "钱𬭎 (m006) was due and stands in no list."
    assert first["hint"] == "Put m006 into present, leave or absent."
    assert first["related"] == []
    assert made["accepted"][0]["reason"] == "记录人线上参会，当时规则未写明"


def test_due_has_the_shape_of_the_design() -> None:
    made = json.loads(render_due_json(values.owed(), ZH))
    assert made["schema"] == "dangwu/due/1"
    assert made["branch"] == "云岭精密机械有限公司党支部"
    duties = {each["id"]: each for each in made["duties"]}
    assert list(duties["3.1/2026-01/g1"]) == [
        "id", "clause", "system", "title", "subject", "period", "opens", "due", "count", "state", "reason", "evidence",
        "near_misses", "waiver", "acknowledged", "held_on", "recorded_on", "recorded_late", "assumed", "what", "shares",
        "generally", "audience",
    ]  # fmt: skip
    late = duties["3.1/2026-04/g1"]
    assert (late["state"], late["recorded_late"]) == ("fulfilled", True)
    assert (late["held_on"], late["recorded_on"]) == ("2026-04-12", "2026-05-23")
    assert duties["3.1/2026-07/g3"]["state"] == "late"
    assert duties["3.1/2026-08/g1"]["waiver"] == values.WAIVERS[0].path
    assert duties["3.1/2026-09/g3"]["acknowledged"] is True
    assert duties["3.2/2026-10"]["near_misses"][0]["path"] == "meetings/2026/2026-10-13-committee-meeting.md"
    assert duties["3.1/2026-05/g2"]["held_on"] is None
    assert made["summary"]["overdue"] == sum(each["state"] == "overdue" for each in duties.values()) == 3
    assert set(made["summary"]) == {state.value for state in DutyState}


def test_report_holds_together() -> None:
    made = json.loads(render_report_json(values.report(), EN))
    assert made["schema"] == "dangwu/report/1"
    assert {"year", "summary", "duties", "attendance", "meetings", "findings", "accepted", "assumed"} <= set(made)
    assert made["summary"]["meetings"] == len(made["meetings"]) == 43
    totals = [sum(each[key] for each in made["meetings"]) for key in ("due", "present", "leave", "absent")]
    assert totals == [sum(each[key] for each in made["attendance"]) for key in ("due", "present", "leave", "absent")]
    assert [each["code"] for each in made["findings"] if each["for_people"]] == ["DW310"]
    assert made["summary"]["findings_of_other_years"] == 1
    assert made["assumed"] == [
        {"key": "recorded_within_days", "value": 15, "title": "Days within which a record counts as made in time"}
    ]


def test_same_values_same_bytes() -> None:
    assert render_report_json(values.report(), ZH) == render_report_json(values.report(), ZH)


def test_unsafe_text_is_written_as_escapes_and_read_back_whole() -> None:
    text = '䶮 \x1b[31m \u202e \x9b \U000e0041 \x7f \\u202e "'
    written = format_json({"text": text})
    assert json.loads(written) == {"text": text}
    written.encode("utf-8")
    assert "䶮" in written
    assert not [char for char in written if char in "\x1b\u202e\x9b\x7f"]


@pytest.mark.parametrize("lone", [*map(chr, (0xD800, 0xDC80, 0xDFFF)), "甲\udce4乙", "\udc80\ud83d"])
def test_a_lone_surrogate_is_shown_and_never_escaped(lone: str) -> None:
    """A strict reader of JSON refuses the escape of half a pair; a name with a byte that is no text has one."""
    checked = replace(
        values.checked(),
        findings=(replace(values.findings()[0], source=Source(lone), message=say("{name}", name=lone)),),
        accepted=(),
    )
    for written in (
        format_json({"text": [lone, {lone: lone}]}),
        render_check_json(checked, EN),
        render_gitlab(checked, EN),
        render_sarif(checked, EN),
    ):
        whole = json.loads(written)
        json.dumps(whole, ensure_ascii=False).encode("utf-8")
        assert f"\\u{ord(lone.strip('甲乙')[0]):04x}" in json.dumps(whole, ensure_ascii=False)


def test_a_branch_that_is_missing() -> None:
    empty = replace(values.owed(), duties=(), corpus=replace(values.corpus(), branch=None, meetings=()))
    assert json.loads(render_due_json(empty, EN))["branch"] is None


def test_a_reason_is_rendered_in_the_language() -> None:
    duty = replace(values.owed().duties[0], reason=say("done {have} of {need}", have=1, need=2))
    made = json.loads(render_due_json(replace(values.owed(), duties=(duty,)), EN))
    assert made["duties"][0]["reason"] == "done 1 of 2"
