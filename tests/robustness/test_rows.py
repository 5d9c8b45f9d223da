"""What people's files are like when something went wrong, and what the tool says of them: one row each."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

import pytest

from dangwu.parse.encoding import decode_text
from tests.robustness.rows import Case, Found, judged, meeting, member
from tests.support.run import is_chinese

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

MIB = 1 << 20
RECORD = member()


def _bomb() -> str:
    levels = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    levels += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)]
    return "\n".join(levels) + "\n"


def _merge_bomb() -> str:
    levels = ["b0: &b0 {k: v}", *(f"b{n}: &b{n} {{<<: [*b{n - 1}, *b{n - 1}]}}" for n in range(1, 10))]
    return "\n".join(levels) + "\n"


def _padded(size: int) -> bytes:
    head = (RECORD + "# ").encode()
    return head + b"x" * (size - len(head) - 1) + b"\n"


def _utf16(text: str, encoding: str, bom: bytes = b"") -> bytes:
    return bom + text.encode(encoding)


ROW_1 = (
    Case("alias bomb", _bomb().encode(), (("DW007", 1), ("DW007", 2), ("DW007", 10)), ("Aliases", "Anchors")),
    Case("merge bomb", _merge_bomb().encode(), (("DW007", 1), ("DW007", 2)), ("merge keys",)),
    Case("one anchor", (RECORD + "x: &a 1\n").encode(), (("DW007", 6 + 1),), ("Anchors",)),
    Case("anchor in front matter", meeting("place: ", "place: &p "), (("DW007", 7),), ("Anchors",)),
    Case("an alias to nothing", (RECORD + "x: *nowhere\n").encode(), (("DW007", 7),), ("Aliases",)),
    Case("an asterisk in quotation marks", member(0, name='name: "*朱 &䶮"').encode()),
)
ROW_2 = (
    Case("brackets", b"[" * 200_000, (("DW009", 1),), ("20 levels",)),
    Case("braces", b"{a: " * 100_000, (("DW009", 1),), ("20 levels",)),
    Case("hyphens", b"- " * 5_000, (("DW009", 1),), ("20 levels",)),
    Case("maps", "".join(" " * n + "a:\n" for n in range(400)).encode(), (("DW009", 21),), ("20 levels",)),
    Case("quotation in a body", meeting("## 会议内容", "> " * 5_000 + "\n\n## 会议内容")),
    Case("20 levels", (RECORD + "x: " + "[" * 19 + "]" * 19 + "\n").encode(), (("DW103", 7),), ("no field x",)),
    Case("21 levels", (RECORD + "x: " + "[" * 20 + "]" * 20 + "\n").encode(), (("DW009", 7),), ("20 levels",)),
)
ROW_3 = (
    Case("2 MiB", _padded(2 * MIB), (("DW002", 1),), ("2097152", "1048576")),
    Case("one byte too many", _padded(MIB + 1), (("DW002", 1),), ("1048577",)),
    Case("1 MiB", _padded(MIB)),
    Case("a line of 5 MB", ("name: " + "朱" * 1_700_000).encode(), (("DW002", 1),), ("1048576",)),
    Case("300,000 items", (RECORD + "x: [" + "1," * 300_000 + "]\n").encode(), (("DW103", 7),), ("no field x",)),
    Case("a body of 900 kB", meeting() + "大家。\n".encode() * 90_000),
    Case("nothing but aliases", (RECORD + "x: [" + "*a," * 300_000 + "]\n").encode(), (("DW007", 7),), ("Aliases",)),
    Case("invisible", (RECORD + "x: " + "\u200b" * 300_000 + "\n").encode(), (("DW010", 7),), ("U+200B",)),
    Case("nothing but markers", b"<<<<<<<\n" * 130_000, (("DW005", 1), ("DW005", 100)), ("conflict",)),
    Case("unknown fields", (RECORD + "".join(f"x{n}: 1\n" for n in range(90_000))).encode(), (("DW103", 7),)),
    Case("nothing but headings", meeting() + b"# a\n" * 50_000),
    Case("comments that never close", meeting() + b"<!--" * 200_000),
    Case("a heading of blanks", meeting() + b"# a" + b" " * 900_000 + b"x\n"),
)
ROW_4 = (
    Case("twice", (RECORD + "name: 李\n").encode(), (("DW008", 7),), ("name", "line 4")),
    Case("NFC and NFD", (RECORD + "caf\u00e9: 1\ncafe\u0301: 2\n").encode(), (("DW008", 8),), ("line 7",)),
    Case("a blank behind", (RECORD + '姓名: 1\n"姓名 ": 2\n').encode(), (("DW008", 8),), ("line 7",)),
    Case("full width", (RECORD + "ｎame: 李\n").encode(), (("DW008", 7), ("DW013", 7)), ("line 4",)),
    Case("in brackets", member(0, status="status: [{from: 2024-03-01, from: 2024-03-02, status: full}]").encode(),
         (("DW008", 5),), ("from",)),
    Case("in front matter", meeting("chair: m005", "chair: m005\nchair: m003"), (("DW008", 9),), ("line 8",)),
)  # fmt: skip
ROW_5 = (
    Case("a tag", member(0, name="name: !!python/name:os.system 朱").encode(), (("DW007", 4),), ("tags",)),
    Case("a tag of its own", member(0, name="name: !x 朱").encode(), (("DW007", 4),), ("tags",)),
    Case("a directive", ("%YAML 1.1\n---\n" + RECORD).encode(), (("DW007", 1),), ("Directives",), "members/d.yaml"),
    Case("two documents", (RECORD + "---\nname: 李\n").encode(), (("DW007", 7),), ("second document",)),
    Case("merge key", (RECORD + "<<: {name: 李}\n").encode(), (("DW007", 7),), ("merge keys",)),
    Case("a list as a field name", (RECORD + "[a, b]: 1\n").encode(), (("DW007", 7),), ("single word",)),
    Case("no such day", member(0, status="status:\n  - {from: 2026-02-30, status: full}").encode(),
         (("DW104", 6),), ("2026-02-30", "2026-03-12")),
    Case("hours with seconds", meeting("15:00-16:10", "12:30:45"), (("DW104", 5),), ("12:30:45", "15:00-16:10")),
    Case("010", meeting("absent: []", "absent: []\ntotals: {due: 010}"), (("DW104", 13),), ("010", "Write 10")),
    Case("1_000", meeting("absent: []", "absent: []\ntotals: {due: 1_000}"), (("DW104", 13),), ("Write 1000",)),
    Case("0x1F", meeting("absent: []", "absent: []\ntotals: {due: 0x1F}"), (("DW104", 13),), ("0x1F", "whole number")),
    Case("a name that is a number", member(0, name="name: 007").encode()),
    Case("a name that is null", member(0, name="name: null").encode(), (("DW104", 4),), ("text",)),
    Case("a name that is true", member(0, name="name: true").encode(), (("DW104", 4),), ("quotation marks",)),
    Case("a name that is no", member(0, name="name: no").encode()),
)  # fmt: skip
ROW_6 = (
    Case(
        "GBK", RECORD.encode("gbk", errors="replace").replace(b"?", "甲".encode("gbk")), (("DW003", 4),), ("GB18030",)
    ),
    Case("GB18030", RECORD.encode("gb18030"), (("DW003", 4),), ("GB18030",)),
    Case("BOM", b"\xef\xbb\xbf" + RECORD.encode(), (("DW003", 1),), ("UTF-8 BOM",)),
    Case("UTF-16 LE", _utf16(RECORD, "utf-16-le", b"\xff\xfe"), (("DW003", 1),), ("UTF-16-LE",)),
    Case("UTF-16 BE", _utf16(RECORD, "utf-16-be", b"\xfe\xff"), (("DW003", 1),), ("UTF-16-BE",)),
    Case("UTF-16 LE without BOM", _utf16(RECORD, "utf-16-le"), (("DW003", 4),), ("UTF-16-LE",)),
    Case("UTF-16 BE without BOM", _utf16(RECORD, "utf-16-be"), (("DW003", 4),), ("UTF-16-BE",)),
    Case("mixed", RECORD.encode() + "note: 车间\n".encode("gbk"), (("DW003", 7),)),
    Case("no text", b"\x89PNG\r\n\x1a\n\xff\xff\xfe\x81", (("DW003", 1),)),
    Case("BOM before front matter", b"\xef\xbb\xbf" + meeting(), (("DW003", 1),), ("UTF-8 BOM",), "meetings/2026/b.md"),
)
_WRONG = member(0, id="id: M 1")
ROW_7 = (
    Case("LF", _WRONG.encode(), (("DW104", 3),), ("M 1",)),
    Case("CRLF", _WRONG.replace("\n", "\r\n").encode(), (("DW004", 1), ("DW104", 3)), ("CRLF", "M 1")),
    Case("CR", _WRONG.replace("\n", "\r").encode(), (("DW004", 1), ("DW104", 3)), ("M 1",)),
    Case("some CRLF", _WRONG.replace("member\n", "member\r\n").encode(), (("DW004", 2), ("DW104", 3)), ("M 1",)),
    Case("CRLF in a body", meeting("工作安排", "工作安排\r"), (("DW004", 14),)),
    Case("U+0085", member(0, name="name: 朱\x85䶮").encode(), (("DW010", 4),), ("U+0085",)),
    Case("U+2028", member(0, name="name: 朱\u2028䶮").encode(), (("DW010", 4),), ("U+2028",)),
    Case("U+2029", member(0, name="name: 朱\u2029䶮").encode(), (("DW010", 4),), ("U+2029",)),
    Case("U+2028 in prose", meeting("组长传达", "组长\u2028传达"), (("DW011", 20),), ("U+2028",)),
)
ROW_8 = (
    Case("colon", member(0, name="name：朱䶮").encode(), (("DW013", 4),), ("name: 朱䶮", "：")),
    Case("colon, first line", "schema：1\nkind: member\n".encode(), (("DW013", 1),), ("schema: 1", "：")),
    Case("colons everywhere", "schema：1\nkind：member\n".encode(), (("DW013", 1),), ("schema: 1",)),
    Case("colon and a blank", member(0, name="name： 朱䶮").encode(), (("DW013", 4),), ("name: 朱䶮",)),
    Case("comma in a list", meeting("[m001, m003,", "[m001，m003,"), (("DW104", 10),), ("m001,m003",)),
    Case("enumeration comma", meeting("[m001, m003,", "[m001、m003,"), (("DW104", 10),), ("m001, m003",)),
    Case("brackets", meeting("leave: []", "leave: 【】"), (("DW104", 11),), ("[]",)),
    Case("digits in a day", meeting("date: 2026-03-12", "date: ２０２６-０３-１２"), (("DW104", 4),), ("2026-03-12",)),
    Case("colon in hours", meeting("15:00-16:10", "15：00-16：10"), (("DW104", 5),), ("15:00-16:10",)),
    Case("letters in a field name", member(0, name="ｎａｍｅ: 朱䶮").encode(), (("DW013", 4),), ("name",)),
    Case("U+3000 as indent", member(0, status="status:\n\u3000\u3000- {from: 2024-03-01, status: full}").encode(),
         (("DW013", 6),), ("U+3000",)),
    Case("NBSP in a field name", member(0, name="\u00a0name: 朱䶮").encode(), (("DW013", 4),), ("U+00A0",)),
    Case("quotation marks", member(0, status="status:\n  - {from: “2024-03-01”, status: full}").encode(),
         (("DW104", 6),), ("2024-03-01",)),
    Case("a tab", member(0, status="status:\n\t- {from: 2024-03-01, status: full}").encode(),
         (("DW006", 6),), ("tab",)),
    Case("no blank after the colon", member(0, name="name:朱䶮").encode(), (("DW006", 4),), ("no space", "name")),
    Case("full-width punctuation in a value", member(0, name="name: 朱（䶮）：甲，乙").encode()),
)  # fmt: skip
_MARKERS = "<<<<<<< HEAD\nname: 朱\n=======\nname: 李\n>>>>>>> other\n"
ROW_9 = (
    Case("fields", (RECORD + _MARKERS).encode(), (("DW005", 7), ("DW005", 9), ("DW005", 11)), ("conflict",)),
    Case("at the beginning", (_MARKERS + RECORD).encode(), (("DW005", 1), ("DW005", 3), ("DW005", 5)), ("conflict",)),
    Case("front matter", meeting("chair: m005\n", "<<<<<<< a\nchair: m005\n=======\nchair: m003\n>>>>>>> b\n"),
         (("DW005", 8), ("DW005", 10), ("DW005", 12)), ("conflict",)),
    Case("a body", meeting() + b"<<<<<<< a\nx\n=======\ny\n>>>>>>> b\n",
         (("DW005", 25), ("DW005", 27), ("DW005", 29)), ("conflict",)),
    Case("a block of text", (RECORD + "x: |\n<<<<<<< a\n  x\n>>>>>>> b\n").encode(), (("DW005", 8), ("DW005", 10))),
    Case("three sides", (RECORD + "<<<<<<< a\n||||||| base\n=======\n>>>>>>> b\n").encode(),
         (("DW005", 7), ("DW005", 8), ("DW005", 9), ("DW005", 10))),
    Case("a list", member(0, status="status:\n<<<<<<< a\n  - {from: 2024-03-01, status: full}\n>>>>>>> b").encode(),
         (("DW005", 6), ("DW005", 8))),
    Case("a heading's underline", meeting() + "补充\n=======\n\n说明。\n".encode()),
    Case("six characters", meeting() + b"<<<<<<\n\n>>>>>>\n"),
)  # fmt: skip
ROW_11 = (
    Case("rare", member(0, name="name: 朱䶮㛃𬭎").encode()),
    Case("a middle dot", member(0, name="name: 阿卜杜拉·买买提").encode()),
    Case("a variation selector", member(0, name="name: 葛\U000e0100").encode(), (("DW010", 4),), ("U+E0100",)),
    Case("private use", member(0, name="name: 王\ue81e").encode(), (("DW010", 4),), ("U+E81E", "private-use")),
    Case("private use, plane 15", member(0, name="name: 王\U000f0000").encode(), (("DW010", 4),), ("U+F0000",)),
    Case("radical", member(0, name="name: ⼈杰").encode(), (("DW011", 4),), ("U+2F08", "人")),
    Case("compatibility", member(0, name="name: \uf9e9建国").encode(), (("DW011", 4),), ("U+F9E9", "里")),
    Case("compatibility, plane 2", member(0, name="name: \U0002f800建").encode(), (("DW011", 4),), ("U+2F800", "丽")),
    Case("a compatibility block's ordinary character", member(0, name="name: \ufa0e").encode()),
    Case("private use in prose", meeting("组长传达", "组长\ue81e传达"), (("DW011", 20),), ("U+E81E",)),
)
_IDS = (
    "..",
    "../../x",
    "/etc/passwd",
    "C:\\x",
    "\\\\host\\x",
    "'%2e%2e'",
    '"a\\0b"',
    "m" * 300,
    "m001/..",
    "m 1",
    "ｍ001",
)
ROW_13 = (
    *(Case(f"id {text[:12]}", member(0, id=f"id: {text}").encode(), (("DW104", 3),)) for text in _IDS),
    Case("group", meeting("group: g1", "group: ../../g1"), (("DW104", 6),), ("../../g1",)),
    Case("member in a list", meeting("[m001,", "[../m001,"), (("DW104", 10),), ("../m001",)),
    Case("day", meeting("date: 2026-03-12", "date: ../../2026-03-12"), (("DW104", 4),), ("../../2026-03-12",)),
)
_CODES = ("U+202E", "U+2066", "U+200B", "U+200D", "U+2060", "U+00AD", "U+061C", "U+180E", "U+FEFF", "U+FFFE", "U+FFF9",
          "U+E0041", "U+0007", "U+001B", "U+007F", "U+009B")  # fmt: skip
_HARD = {0x07, 0x1B, 0x7F, 0x9B}


def _char(code: str) -> str:
    return chr(int(code.removeprefix("U+"), 16))


def _hidden() -> Iterable[Case]:
    for code in _CODES:
        char = _char(code)
        yield Case(f"{code} in a name", member(0, name=f"name: 朱{char}䶮").encode(), (("DW010", 4),), (code,))
        severe = "DW010" if ord(char) in _HARD else "DW011"
        yield Case(f"{code} in prose", meeting("组长传达", f"组长{char}传达"), ((severe, 20),), (code,))


ROW_19 = (
    *_hidden(),
    Case("Cyrillic а in an id", member(0, id="id: m\u0430").encode(), (("DW104", 3),)),
    Case("a lone surrogate", member(0, name="name: 朱@").encode().replace(b"@", b"\xed\xa0\x80"), (("DW003", 4),)),
    Case("an emoji with a selector", meeting("组长传达", "组长❤\ufe0f传达")),
)
ROWS = {"1": ROW_1, "2": ROW_2, "3": ROW_3, "4": ROW_4, "5": ROW_5, "6": ROW_6, "7": ROW_7, "8": ROW_8, "9": ROW_9,
        "11": ROW_11, "13": ROW_13, "19": ROW_19}  # fmt: skip
_READING = ("DW00", "DW010", "DW011", "DW012", "DW013")


@pytest.mark.parametrize("row", ROWS)
def test_every_file_of_a_row_is_judged(row: str, tmp_path: Path) -> None:
    english, chinese = (judged(tmp_path / row, ROWS[row], lang) for lang in ("en", "zh"))
    wrong = []
    for number, case in enumerate(ROWS[row]):
        path = case.placed(number)
        wrong += [f"{case.name}: {each}" for each in _wrong(case, english.get(path, []), chinese.get(path, []))]
    assert not wrong, "\n".join(wrong)


def _wrong(case: Case, english: list[Found], chinese: list[Found]) -> Iterable[str]:
    """Yield what is said amiss of one file."""
    found = {(each["code"], each["line"]) for each in english}
    said = [f"{each['message']} {each['hint'] or ''}" for each in english]
    if not set(case.found) <= found or (not case.found and any(code.startswith(_READING) for code, _ in found)):
        yield f"found {sorted(found)}"
    if [_place(each) for each in english] != [_place(each) for each in chinese]:
        yield "not the same in Chinese"
    if not all(each["line"] > 0 and each["column"] > 0 and each["message"] for each in (*english, *chinese)):
        yield "a finding without a place"
    codes = {code for code, _line in case.found}
    spoken = [text for text, each in zip(said, english, strict=True) if each["code"] in codes]
    yield from (f"{words!r} not in {spoken}" for words in case.says if not any(words in text for text in spoken))
    if not all(is_chinese(each["message"]) for each in chinese[:5]):
        yield "not in Chinese"
    if any(is_chinese(each["hint"] or "") for each in english if case.raw.isascii()):
        yield "Chinese in English"


def _place(finding: Found) -> tuple[Any, ...]:
    return tuple(finding[key] for key in ("code", "line", "column", "subject"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "big5"])
@pytest.mark.parametrize(
    "text",
    ["联通公司党支部" * 40, "姓名: 朱䶮\n" * 40, "name: Zhū Yǎn é\n" * 40, "kind: member\n状态：正式\n" * 40],
    ids=["no ascii", "fields", "accents", "mixed"],
)
def test_an_encoding_is_never_misread_without_a_word(encoding: str, text: str) -> None:
    """Row 6: every beginning of 2 to 200 characters is read as what it is, or something is said."""
    for length in range(2, 201):
        part = text[:length]
        if sum(not char.isascii() for char in part) == 1:
            continue  # one pair of bytes is as likely an accent in UTF-8 as a hanzi in GBK
        try:
            raw = part.encode(encoding)
        except UnicodeEncodeError:
            continue
        read, problems = decode_text(raw)
        assert read == part or problems, (length, read)
        if encoding.startswith("utf-16"):
            assert read == part


def test_the_table_reaches_every_class_of_hidden_character() -> None:
    classes = {unicodedata.category(_char(code)) for code in _CODES}
    assert classes >= {"Cc", "Cf", "Cn"}
