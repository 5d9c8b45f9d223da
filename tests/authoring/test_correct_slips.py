"""Slips of typing and saving are taken back byte for byte; what may mean two things is left and named."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dangwu.authoring.correct.correct_file import FileCorrection, correct_file
from dangwu.authoring.correct.correct_text import CORRECTABLE
from dangwu.authoring.correct.known_people import KnownPeople, list_known_people
from dangwu.authoring.correct.record_state import read_record_state
from dangwu.data import resources
from dangwu.language import load_language
from dangwu.parse import finding_codes, schema
from dangwu.parse.document import parse_document
from tests.support.branches import GROUP_MEETING
from tests.support.examples import overlay
from tests.support.yamlish import BASE, KINDS, mutated, quick

ROOT = Path(__file__).parents[2]
EN = load_language("en")
MEETING = BASE[GROUP_MEETING].decode()
DOCUMENTS = [document for path, raw in BASE.items() if (document := parse_document(path, "", raw)[0]) is not None]
PEOPLE = list_known_people(DOCUMENTS, BASE)
WIDE = str.maketrans("0123456789:-", "０１２３４５６７８９：－")
DAY = r"(?<=: )(\d{4})-(\d{2})-(\d{2})(?=\n)"


def correct(raw: str | bytes, path: str = GROUP_MEETING, people: KnownPeople | None = PEOPLE) -> FileCorrection:
    return correct_file(path, raw.encode() if isinstance(raw, str) else raw, people)


def after(made: FileCorrection) -> str | None:
    return made.file.after.decode() if made.file else None


def reasons(made: FileCorrection) -> str:
    return "\n".join(EN.text(place.reason) for place in made.left)


def codes(made: FileCorrection) -> list[str]:
    return [correction.code for correction in made.file.corrections] if made.file else []


@pytest.mark.parametrize("code", ["DW003", "DW004", "DW010", "DW011", "DW013", "DW104"])
def test_the_bad_example_of_a_finding_becomes_its_good_one(code: str) -> None:
    bad, good = overlay(code, "bad"), overlay(code, "good")
    files = [path.relative_to(bad) for path in bad.rglob("*") if path.is_file()]
    assert files
    for path in files:
        made = correct((bad / path).read_bytes(), path.as_posix(), None)
        assert codes(made) == [code]
        assert after(made) == (good / path).read_text(encoding="utf-8")


@pytest.mark.parametrize("code", ["DW006", "DW007", "DW008", "DW009", "DW012", "DW014", "DW101", "DW102", "DW103"])
def test_the_bad_example_of_another_finding_is_left_as_it_is(code: str) -> None:
    bad = overlay(code, "bad")
    for path in (path for path in bad.rglob("*") if path.is_file()):
        assert correct(path.read_bytes(), path.relative_to(bad).as_posix()).file is None


@pytest.mark.parametrize(
    ("right", "slip", "code"),
    [
        ("date: 2026-03-12", "date: 2026/3/12", "DW104"),
        ("date: 2026-03-12", "date: 2026.03.12", "DW104"),
        ("date: 2026-03-12", "date: 20260312", "DW104"),
        ("date: 2026-03-12", "date: 2026 年 3 月 12 日", "DW104"),
        ("date: 2026-03-12", "date: ２０２６－０３－１２", "DW104"),
        ("date: 2026-03-12", "date：2026-03-12", "DW013"),
        ("date: 2026-03-12", "date ：　2026-03-12", "DW013"),
        ("date: 2026-03-12", "ｄａｔｅ: 2026-03-12", "DW103"),
        ("date: 2026-03-12", "“date”: 2026-03-12", "DW103"),
        ("date: 2026-03-12", "会议日期: 2026-03-12", "DW103"),
        ("date: 2026-03-12", "date:\u30002026-03-12", "DW006"),
        ("time: 15:00-16:10", "time:15:00-16:10", "DW006"),
        ("time: 15:00-16:10", "time: 15：00—16：10", "DW104"),
        ("time: 15:00-16:10", "time: 15:00 至 16:10", "DW104"),
        ("time: 15:00-16:10", "time: １５:００～１６:１０", "DW104"),
        ("kind: group-meeting", "kind: 党小组会", "DW101"),
        ("kind: group-meeting", "kind: Ｇroup-meeting", "DW101"),
        ("schema: 1", "schema: １", "DW104"),
        ("group: g1", "group: 第一党小组", "DW104"),
        ("group: g1", "group: ｇ１", "DW104"),
        ("chair: m005", "chair: 何䶮", "DW104"),
        ("chair: m005", "chair: 何 䶮", "DW104"),
        ("chair: m005", "chair: M005", "DW104"),
        ("[m001, m003, m005, m006, m009]", "m001、m003，m005, m006；m009", "DW104"),
        ("[m001, m003, m005, m006, m009]", "［m001，m003，m005，m006，m009］", "DW104"),
        ("[m001, m003, m005, m006, m009]", "[m001, m003，m005, m006、m009]", "DW104"),
        ("[m001, m003, m005, m006, m009]", "[m001, m003, 何䶮, m006, 苏禾]", "DW104"),
        ("[m001, m003, m005, m006, m009]", "[m001, m003, 何䶮，m006, 苏禾]", "DW104"),
        ("会议内容", "会\u200b议内容", "DW011"),
        ("安排", "安\ufeff排", "DW010"),
        ("place: 三", "pla\u200bce: 三", "DW010"),
    ],
)
def test_a_slip_is_taken_back_byte_for_byte(right: str, slip: str, code: str) -> None:
    assert right in MEETING
    made = correct(MEETING.replace(right, slip, 1))
    assert after(made) == MEETING
    assert code in codes(made)
    assert made.left == ()


@pytest.mark.parametrize(
    ("line", "lines"),
    [
        (
            "leave: [{member: m009, reason: illness, approved_by: m005}]",
            [
                "leave: [{member：m009，reason：病假，approved_by：何䶮}]",
                "leave：[{member: 苏禾, reason: 病假, approved_by: m005}]",
            ],
        ),
        (
            "totals: {due: 5, present: 5}",
            ["totals: {due: ５, present: '5'}", "totals：｛due：5，present：5｝", "totals: {应到: 5, 实到: 5}"],
        ),
        (
            "resolutions: [{text: 修好三号床, passed: true}]",
            ["resolutions: [{text: 修好三号床, passed: 是}]", "resolutions: [{text: 修好三号床，passed: yes}]"],
        ),
    ],
)
def test_what_stands_in_brackets_is_corrected_too(line: str, lines: list[str]) -> None:
    text = MEETING.replace("leave: []", line)
    for slip in lines:
        made = correct(MEETING.replace("leave: []", slip))
        assert after(made) == text.replace("'5'", "5")


def test_a_value_that_looks_like_a_number_is_text_again() -> None:
    made = correct(MEETING.replace("place: 三楼党员活动室", "place: 3.10  # 会议室"))
    assert after(made) == MEETING.replace("place: 三楼党员活动室", 'place: "3.10"  # 会议室')


@pytest.mark.parametrize(
    ("right", "unclear", "said"),
    [
        ("date: 2026-03-12", "date: 03/04/2026", "which is the month, and which the day"),
        ("date: 2026-03-12", "date: 26年3月12日", "The year has two digits only"),
        ("date: 2026-03-12", "date: 2026-02-30", ""),
        ("date: 2026-03-12", "date: 三月十二日", ""),
        ("time: 15:00-16:10", "time: 3:00-4:10", "before or after noon"),
        ("time: 15:00-16:10", "time: 15点到16点", ""),
        ("time: 15:00-16:10", "time: 15:00", ""),
        ("chair: m005", "chair: 何龑", "nobody has exactly this name"),
        ("chair: m005", "chair: 何䶮（组长）", "nobody has exactly this name"),
        ("place: 三楼党员活动室", "place：三楼\nplace: 二楼", ""),
        ("place: 三楼党员活动室", "place: 三楼\n地点: 二楼", ""),
        ("place: 三楼党员活动室", "plaze：三楼", ""),
        ("place: 三楼党员活动室", "place: 三楼\u202e党员活动室", ""),
        ("place: 三楼党员活动室", "place: 三楼\u202c党员活动室", ""),
        ("place: 三楼党员活动室", "place: 三楼\ue000党员活动室", ""),
        ("place: 三楼党员活动室", "place: 三楼\ufffd党员活动室", ""),
        ("place: 三楼党员活动室", "place: مركز\u200fمركز", ""),
    ],
)
def test_what_may_mean_two_things_is_left(right: str, unclear: str, said: str) -> None:
    made = correct(MEETING.replace(right, unclear))
    assert made.file is None
    assert made.findings
    assert said in reasons(made)


def test_a_name_that_two_people_have_or_that_may_be_anothers_is_left() -> None:
    slip = MEETING.replace("chair: m005", "chair: 何䶮")
    twice = PEOPLE._replace(members={**PEOPLE.members, "何䶮": ("m005", "m040")})
    assert correct(slip, people=twice).file is None
    assert "several people have this name: m005, m040" in reasons(correct(slip, people=twice))
    unread = PEOPLE._replace(unread=("members/m040.yaml",))
    assert "members/m040.yaml cannot be read" in reasons(correct(slip, people=unread))
    assert correct(slip, people=None).file is None


def test_lines_of_a_text_are_no_fields() -> None:
    """Behind them something else is wrong; a parser looks back for a full-width colon and would find these."""
    text = MEETING.replace("leave: []", "remark: |\n  地点：二楼\n  time：15点\nleave: [")
    assert correct(text).file is None


def test_every_file_of_the_branch_is_left_alone() -> None:
    for path, raw in BASE.items():
        assert correct(raw, path) == FileCorrection(None)


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_a_file_in_another_encoding_reads_the_same(encoding: str) -> None:
    for path, raw in BASE.items():
        if not raw.isascii():
            made = correct(raw.decode().encode(encoding), path)
            assert (codes(made), after(made)) == (["DW003"], raw.decode()), path


@pytest.mark.parametrize(
    "raw",
    [
        "name: 陳美玲\nplace: 中壢廠\n".encode("big5"),
        "name: たなか\n".encode("shift_jis"),
        "name: José Müller\n".encode("latin-1"),
        "name: Андрей\n".encode("cp1251"),
        "name: 模围\n".encode("gbk"),
        "name: 何".encode()[:-1],
        b"\xef\xbb\xbf\xff\xfe",
        "name: 何䶮\n".encode("utf-16-le")[:-1],
        b"\xff\xfe\x00\xd8a",
        b"\x80\x81",
    ],
)
def test_an_encoding_that_is_not_certain_is_left(raw: bytes) -> None:
    made = correct(
        b"schema: 1\nkind: member\nid: m030\n" + raw if raw[:1] not in b"\xef\xff" else raw, "members/m030.yaml"
    )
    assert made.file is None
    assert "encoding is not certain" in reasons(made)


def test_what_is_in_conflict_is_left_as_a_whole() -> None:
    text = MEETING.replace("date: 2026-03-12", "<<<<<<< HEAD\ndate：2026-03-12\n=======\ndate: 2026/3/12\n>>>>>>> x")
    made = correct(text.replace("\n", "\r\n"))
    assert made.file is None
    assert "merge is not finished" in reasons(made)


def wide_colon(text: str) -> str:
    return re.sub(r"(?m)^(date|time|place|chair|recorder|name|founded|id|reason): (?!\{|$)", r"\1：", text)


def chinese_day(text: str) -> str:
    return re.sub(DAY, lambda day: f"{day[1]}年{int(day[2])}月{int(day[3])}日", text)


def wide_signs(text: str) -> str:
    signs = r"(?m)^((?:date|time|founded|joined_on): )([0-9:-]+)$"
    return re.sub(signs, lambda line: f"{line[1]}{line[2].translate(WIDE)}", text)


def named_people(text: str) -> str:
    names = {ids[0]: name for name, ids in PEOPLE.members.items()}
    return re.sub(r"(?m)^((?:chair|recorder): )(m\d+)$", lambda line: f"{line[1]}{names[line[2]]}", text)


def unseen(text: str) -> str:
    return re.sub(r"(?<=[\u4e00-\u9fff])(?=党)", "\u200b", text)


def windows(text: str) -> str:
    return text.replace("\n", "\r\n")


SLIPS = (wide_signs, chinese_day, named_people, wide_colon, unseen, windows)


@quick
@given(
    st.sampled_from(sorted(BASE)),
    st.sets(st.sampled_from(range(len(SLIPS)))),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_any_slips_together_are_taken_back(path: str, chosen: set[int], encoding: str) -> None:
    text = BASE[path].decode()
    slipped = text
    for number in sorted(chosen):
        slipped = SLIPS[number](slipped)
    made = correct(slipped.encode(encoding), path)
    assert (after(made) or BASE[path].decode()) == text
    assert made.left == ()


@st.composite
def mistyped(draw: st.DrawFn) -> tuple[str, bytes]:
    """Return a record of the branch in which a few signs were typed, put in the place of others, or left out."""
    path = draw(st.sampled_from(sorted(BASE)))
    text = BASE[path].decode()
    signs = [*"：，、；“”［］｛｝　－０１\u200b\u202e⽥\r", "", " ", "\n", "\t", '"', "'", "#", "|"]
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(text) - 1))
        text = text[:at] + draw(st.sampled_from(signs)) + text[at + draw(st.integers(0, 1)) :]
    return path, text.encode()


@quick
@given(st.one_of(mutated(), mistyped()))
def test_whatever_stands_in_a_file_is_not_made_worse(record: tuple[str, bytes]) -> None:
    path, raw = record
    made = correct(raw, path)
    if made.file is None:
        return
    text = made.file.after.decode()
    assert correct(text, path).file is None
    assert made.file.shown_before.count("\n") == text.count("\n")
    assert body(path, made.file.shown_before) == body(path, text)
    before, now = parse_document(path, "", raw)[0], read_record_state(path, text)
    assert now.document is not None or before is None
    touched = {correction.line for correction in made.file.corrections}
    signs = [correction for correction in made.file.corrections if correction.code in {"DW013", "DW006"}]
    if not signs:
        rows = zip(made.file.shown_before.split("\n"), text.split("\n"), strict=True)
        changed = {number for number, (old, new) in enumerate(rows, 1) if old != new}
        assert changed <= touched


def body(path: str, text: str) -> str:
    """Return the text behind the fields, with plain radicals, and without the characters that nobody sees."""
    behind = text.partition("\n---\n")[2] if path.endswith(".md") else ""
    plain = re.sub("[\u2e80-\u2fdf]", lambda radical: unicodedata.normalize("NFKC", radical[0]), behind)
    return re.sub("[\u00ad\u180e\u200b-\u200f\u2060-\u2064\ufeff\u061c]", "", plain)


@pytest.mark.parametrize(("language", "nothing"), [("zh", "不改"), ("en", "nothing")])
def test_documentation_names_what_is_corrected(language: str, nothing: str) -> None:
    text = (ROOT / "docs" / "site" / language / "fix.md").read_text(encoding="utf-8")
    rows = re.findall(r"(?m)^\| (DW[01]\d\d) \S+ \| ([^|]*)", text)
    assert [code for code, _ in rows] == [code.id for code in (*finding_codes.CODES, *schema.CODES)]
    corrected = {code.id for code in CORRECTABLE}
    assert {code for code, what in rows if nothing not in what} == corrected
    pages = {code: resources.read_code_page(code, language) for code, _ in rows}
    assert {code for code, page in pages.items() if "`dangwu fix`" in page} == corrected


def test_kinds_of_every_shape_are_tried() -> None:
    assert set(KINDS) <= set(BASE)
