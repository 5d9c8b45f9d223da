"""Participation, complainants and admonitory talks: what is counted, and what is never said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.changed import changed, found, good, said
from tests.support.examples import BASE, overlay

if TYPE_CHECKING:
    from pathlib import Path

CASE = "supervision/2026/case-c001.yaml"
LETTER = "supervision/2026/letter-l001.yaml"
TALK = "admonitions/2026/a001.yaml"


def test_nothing_is_compared_with_meetings_that_could_not_be_read() -> None:
    files = {path: str(raw, "utf-8") for path, raw in _bytes(overlay("DW893", "bad")).items()}
    assert len(found(files, code="DW893")) == 1
    files["meetings/2025/2025-11-20-lecture.md"] = "broken"
    assert found(files, code="DW893") == ()


def test_meetings_that_could_not_be_read_count_from_the_first_day_of_the_half_year_to_the_last() -> None:
    for day, compared in (("2025-06-30", 1), ("2025-07-01", 0), ("2025-12-31", 0), ("2026-01-01", 1)):
        files = {path: str(raw, "utf-8") for path, raw in _bytes(overlay("DW893", "bad")).items()}
        files[f"meetings/{day[:4]}/{day}-lecture.md"] = "broken"
        assert len(found(files, code="DW893")) == compared, day


def _bytes(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


COMPLAINANT = "schema: 1\nkind: complainant\nid: p001\nletter: l001\nname: 葛云栖\ncontact: 0571-6650-2233\n"
DISCLOSURE = """schema: 1
kind: disclosure
date: 2026-04-02
class: 5
matter: 一季度信访办理情况
content: {content}
timing: temporary
scope: members
form: meeting
secrecy_check: {{by: m004, date: 2026-04-01}}
approved_by: m001
approved_on: 2026-04-01
"""


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (LETTER, good("DW892", LETTER).replace("来信人反映", "葛 云栖反映")),
        (LETTER, good("DW892", LETTER).replace("来信人反映", "来信人（电话0571-6650-2233）反映")),
        (CASE, good("DW891", CASE).replace("年度检查发现", "据葛云栖反映")),
        ("disclosures/2026/2026-04-02-letters.yaml", DISCLOSURE.format(content="葛云栖反映的津贴问题已办结")),
    ],
)
def test_a_complainant_is_found_and_never_quoted(path: str, text: str) -> None:
    files = {LETTER: good("DW892", LETTER), "complainants/p001.yaml": COMPLAINANT, path: text}
    (finding,) = found(files, code="DW895")
    assert finding.source.path == path
    assert finding.source.pointer == ("kind",)
    assert finding.subject is None
    for secret in ("葛云栖", "0571", "l001", "p001"):
        assert secret not in said(finding)


def test_other_people_are_not_taken_for_the_complainant() -> None:
    longer = (BASE / "members/m008.yaml").read_text(encoding="utf-8").replace("梁安", "葛云栖霞")
    letter = good("DW892", LETTER).replace("来信人反映", "来信人称葛云栖霞同志反映")
    other = letter.replace("id: l001", "id: l002").replace("葛云栖霞同志", "葛云栖")
    files = {
        "members/m008.yaml": longer,
        LETTER: letter,
        "supervision/2026/letter-l002.yaml": other,
        "complainants/p001.yaml": COMPLAINANT,
    }
    assert found(files, code="DW895") == ()


def test_a_complainant_belongs_to_a_letter() -> None:
    (finding,) = found({"complainants/p001.yaml": COMPLAINANT}, code="DW895")
    assert finding.source.path == "complainants/p001.yaml"
    assert "l001" not in said(finding)


def test_a_letter_that_could_not_be_read_is_there_all_the_same() -> None:
    files = {"complainants/p001.yaml": COMPLAINANT, LETTER: "broken: ["}
    assert found(files, code="DW895") == ()
    other = "supervision/2026/letter-l009.yaml"
    (finding,) = found({"complainants/p001.yaml": COMPLAINANT, other: "broken: ["}, code="DW895")
    assert finding.source.path == "complainants/p001.yaml"


@pytest.mark.parametrize(
    ("key", "written", "told"),
    [
        ("name: 葛云栖", "name: 葛云", 1),
        ("name: 葛云栖", "name: 葛", 0),
        ("contact: 0571-6650-2233", "contact: '6650223'", 1),
        ("contact: 0571-6650-2233", "contact: '665022'", 0),
    ],
)
def test_what_is_too_short_to_tell_of_a_person_is_not_looked_for(key: str, written: str, told: int) -> None:
    assert key in COMPLAINANT
    word = written.partition(": ")[2].strip("'")
    letter = good("DW892", LETTER).replace("来信人反映", f"来信人（{word}）反映")
    files = {LETTER: letter, "complainants/p001.yaml": COMPLAINANT.replace(key, written)}
    assert len(found(files, code="DW895")) == told


def test_what_a_talk_says_is_never_quoted() -> None:
    files = changed(
        "DW901",
        TALK,
        ("recorder: m002", "recorder: m001"),
        ("follower: m004", "follower: m008"),
        ("2036-12-31", "2026-04-01"),
    )
    findings = [each for each in found(files) if each.code.id.startswith("DW90")]
    assert sorted(each.code.id for each in findings) == ["DW902", "DW902", "DW905"]
    for each in findings:
        for secret in ("困难", "m001", "m008", "梁安", "2026"):
            assert secret not in said(each)


@pytest.mark.parametrize("ground", range(1, 9))
def test_no_ground_is_judged(ground: int) -> None:
    assert found(changed("DW901", TALK, ("ground: 3", f"ground: {ground}"))) == ()
