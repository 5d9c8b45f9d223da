from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from dangwu.formats.machine.findings import FINDING_RENDERERS
from dangwu.formats.machine.forges import render_github, render_gitlab, render_junit
from dangwu.formats.machine.sarif import render_sarif
from dangwu.language import load_language
from dangwu.model.finding import Source
from dangwu.model.message import say
from dangwu.workspace.code_list import list_codes
from tests.support import values
from tests.support.change import replace

if TYPE_CHECKING:
    from dangwu.model.results import CheckResult


EN = load_language("en")
HOSTILE = "100%: a,b\n::error::x\r\x1b[0m ]]> <b>&amp; 䶮"


def checked_with(message: str, path: str = "a.md", line: int = 3) -> CheckResult:
    each = replace(values.findings()[0], source=Source(path, (), line, 2), message=say("{x}", x=message), hint=None)
    return replace(values.checked(), findings=(each,), accepted=())


def test_github_escapes_what_would_end_a_command() -> None:
    written = render_github(checked_with(HOSTILE, "党 务/a,b:c%.md"), EN, "sub/")
    assert written.count("\n") == 1
    assert written.startswith("::error file=sub/党 务/a%2Cb%3Ac%25.md,line=3,col=2,title=DW301 attendance-incomplete::")
    assert "100%25: a,b ::error::x" in written
    assert "\x1b" not in written


def test_github_names_notes_notices() -> None:
    kinds = re.findall(r"^::(\w+) ", render_github(values.checked(), EN), re.MULTILINE)
    assert kinds == ["warning", "error", "notice", "error"]


def test_gitlab_fields_and_fingerprints() -> None:
    made = json.loads(render_gitlab(values.checked(), EN, "sub/"))
    assert [each["severity"] for each in made] == ["minor", "major", "info", "major"]
    assert made[1]["location"] == {
        "path": "sub/meetings/2026/2026-03-12-group-meeting-g1.md",
        "lines": {"begin": 11},
    }
    assert made[1]["check_name"] == "DW301 attendance-incomplete"
    assert len({each["fingerprint"] for each in made}) == len(made)


def test_a_fingerprint_stays_when_lines_move_and_tells_twins_apart() -> None:
    each = values.findings()[0]
    moved = replace(each, source=Source(each.source.path, (), 99, 7))
    one = json.loads(render_gitlab(replace(values.checked(), findings=(each,)), EN))
    two = json.loads(render_gitlab(replace(values.checked(), findings=(moved, each)), EN))
    assert one[0]["fingerprint"] == two[0]["fingerprint"] != two[1]["fingerprint"]


def test_sarif_keeps_to_its_structure() -> None:
    made = json.loads(render_sarif(values.checked(), EN, "党 务/", version="1.2", codes=list_codes()))
    assert made["version"] == "2.1.0"
    assert made["$schema"].endswith("sarif-2.1.0.json")
    (run,) = made["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    driver = run["tool"]["driver"]
    assert (driver["name"], driver["version"]) == ("dangwu", "1.2")
    ids = [rule["id"] for rule in driver["rules"]]
    assert ids == sorted(set(ids))
    assert {code.id for code in list_codes()} <= set(ids)
    for rule in driver["rules"]:
        assert rule["help"]["text"]
        assert rule["shortDescription"]["text"]
        assert rule["defaultConfiguration"]["level"] in {"error", "warning", "note"}
    assert len(run["results"]) == 5
    for result in run["results"]:
        assert ids[result["ruleIndex"]] == result["ruleId"]
        assert result["level"] in {"error", "warning", "note"}
        assert result["message"]["text"]
        assert result["partialFingerprints"]["dangwuFinding/v1"]
        place = result["locations"][0]["physicalLocation"]
        assert re.fullmatch(r"[A-Za-z0-9%/._-]+", place["artifactLocation"]["uri"])
        assert place["artifactLocation"]["uri"].startswith("%E5%85%9A%20%E5%8A%A1/meetings/")
        assert place["region"]["startLine"] >= 1
        assert place["region"]["startColumn"] >= 1
    assert [len(each.get("suppressions", ())) for each in run["results"]] == [0, 0, 0, 0, 1]
    assert run["results"][2]["relatedLocations"][0]["id"] == 1


def test_sarif_takes_the_pages_of_codes() -> None:
    made = json.loads(render_sarif(values.checked(), EN, helps={"DW301": "# DW301\n\nWhy."}))
    rule = next(each for each in made["runs"][0]["tool"]["driver"]["rules"] if each["id"] == "DW301")
    assert rule["help"]["markdown"] == "# DW301\n\nWhy."


def test_junit_can_be_read() -> None:
    top = ET.fromstring(render_junit(values.checked(), EN))  # noqa: S314 - our own output
    assert top.tag == "testsuites"
    assert (top.get("tests"), top.get("failures")) == ("4", "2")
    cases = top.findall("testsuite/testcase")
    assert [len(each.findall("failure")) for each in cases] == [0, 1, 0, 1]
    assert cases[1].get("classname") == "meetings/2026/2026-03-12-group-meeting-g1.md"


def test_junit_survives_what_xml_forbids() -> None:
    top = ET.fromstring(render_junit(checked_with(HOSTILE + "\x00\ufffe\ud800"), EN))  # noqa: S314 - our own output
    text = top.findtext("testsuite/testcase/failure") or ""
    assert "\\u0000\\ufffe\\ud800" in text
    assert "]]> <b>&amp; 䶮" in text


def test_junit_of_nothing_has_one_case() -> None:
    top = ET.fromstring(render_junit(replace(values.checked(), findings=()), EN))  # noqa: S314 - our own output
    assert [len(each) for each in top.findall("testsuite/testcase")] == [0]


@pytest.mark.parametrize("name", FINDING_RENDERERS)
def test_every_format_bears_a_finding_without_a_line(name: str) -> None:
    assert FINDING_RENDERERS[name](checked_with("x", line=0), EN)
    assert FINDING_RENDERERS[name](checked_with(HOSTILE), EN).encode()


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("members/\udcd6\udcec.yaml", "members/%D6%EC.yaml"),
        ("会/a b%.md", "%E4%BC%9A/a%20b%25.md"),
        ("x:y.md", "x%3Ay.md"),
        ("half \ud83d.md", "half%20%ED%A0%BD.md"),
    ],
)
def test_a_path_in_sarif_is_its_bytes(path: str, uri: str) -> None:
    """So that a forge finds the file also where its name is no UTF-8."""
    made = json.loads(render_sarif(checked_with("x", path), EN, "sub/"))
    place = made["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert place["uri"] == f"sub/{uri}"
