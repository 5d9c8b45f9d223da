"""What is refused before it costs anything: bombs, sparse giants, programs, links, entities, damage of every kind."""

from __future__ import annotations

import random
import re
import subprocess
import sys
from contextlib import suppress
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest
import xlsxwriter  # type: ignore[import-untyped]
from hypothesis import given, settings
from hypothesis import strategies as st

from dangwu.errors import CannotRunError
from dangwu.language import load_language
from dangwu.model.archive_safety import MAX_ARCHIVE_BYTES, use_slashes
from dangwu.sheets.read.xlsx import open_workbook
from tests.support.run import environment
from tests.support.workbooks import HEAD, MAIN, SHEET, TAIL, book, sheet, with_parts

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FAR = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
LAUGHS = '<!ENTITY a0 "x">' + "".join(f'<!ENTITY a{at} "{f"&a{at - 1};" * 10}">' for at in range(1, 10))
UTF_16 = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x [<!ENTITY a "b">]><x/>'
UTF_7 = '<?xml version="1.0" encoding="UTF-7"?><x/>'
WIDE = '<row r="1"><c r="GR1"><v>1</v></c></row><row r="20000"><c r="A20000"><v>1</v></c></row>'
LONG = '<row r="1"><c r="A1" t="inlineStr"><is><t>{}</t></is></c></row>'
TYPE = "document type"


def noise(size: int) -> str:
    """Return text that does not pack tightly, the same each time."""
    chosen = random.Random(5)  # noqa: S311 - nothing is secret
    return "".join(chosen.choices("0123456789abcdef", k=size))


def cells(count: int, width: int) -> str:
    return "".join(
        f'<row r="{row}">' + "".join(f"<c><v>{row * at % 9973}</v></c>" for at in range(width)) + "</row>"
        for row in range(1, count // width + 1)
    )


def wrong_type(inside: str, name: str = SHEET) -> bytes:
    """Return a workbook with a part that declares a document type."""
    return with_parts({name: f'<?xml version="1.0"?><!DOCTYPE x [{inside}]><x>&a9;</x>'})


def strings(size: int) -> bytes:
    text = noise(1 << 16)
    items = "".join(f"<si><t>{text[at : at + 8]}</t></si>" for at in range(0, size, 8))
    return with_parts({"xl/sharedStrings.xml": f'<?xml version="1.0"?><sst xmlns="{MAIN}">{items}</sst>'})


BOMBS: dict[str, tuple[Callable[[], bytes], str]] = {
    "zeros": (lambda: with_parts({SHEET: HEAD + " " * (150 << 20) + TAIL}), "implausibly"),
    "sum": (lambda: with_parts({f"xl/media/{at}.bin": b"\0" * (60 << 20) for at in range(4)}), "more than 200 MB"),
    "many cells": (lambda: sheet(cells(600_000, 100)), "far more"),
    "one wide row": (lambda: sheet('<row r="1">' + "<c><v>7</v></c>" * 600_000 + "</row>"), "far more|implausibly"),
    "unknown elements": (lambda: sheet("".join(f"<a{at * at % 99_991}/>" for at in range(600_000))), "far more"),
    "nesting": (lambda: sheet("<a>" * 100_000 + "</a>" * 100_000), "far more|implausibly"),
    "one long text": (lambda: sheet(LONG.format(noise(4 << 20))), "far more"),
    "one long comment": (lambda: sheet(f"<!--{noise(6 << 20)}-->"), "far more"),
    "one long attribute": (lambda: sheet(f'<row r="1" x="{noise(6 << 20)}"/>'), "far more"),
    "long shared strings": (lambda: strings(6 << 20), "larger than|far more|implausibly"),
    "two far cells": (lambda: sheet(FAR), "XFD1048576"),
    "one far row": (lambda: sheet('<row r="20001"><c r="A20001"><v>1</v></c></row>'), "A20001"),
    "far without address": (lambda: sheet('<row r="1">' + "<c><v>1</v></c>" * 201 + "</row>"), "GS1"),
    "a large area": (lambda: sheet(WIDE), "GR20000"),
    "entities": (lambda: wrong_type(LAUGHS), TYPE),
    "an outer entity": (lambda: wrong_type('<!ENTITY a9 SYSTEM "file:///etc/passwd">', "xl/workbook.xml"), TYPE),
    "entities in UTF-16": (lambda: with_parts({SHEET: UTF_16.encode("utf-16")}), TYPE),
    "an entity in a small part": (lambda: wrong_type("", "xl/_rels/workbook.xml.rels"), TYPE),
    "a program": (lambda: with_parts({"xl/vbaProject.bin": b"x"}), "macros"),
    "an old macro sheet": (lambda: with_parts({"xl/macrosheets/sheet1.xml": "<x/>"}), "macros"),
    "an embedded file": (lambda: with_parts({"xl/embeddings/oleObject1.bin": b"x"}), "macros"),
    "a link to a workbook": (lambda: with_parts({"xl/externalLinks/externalLink1.xml": "<x/>"}), "other workbooks"),
    "a name that leads out": (lambda: with_parts({"xl/../../x.xml": "<x/>"}), "outside the archive"),
    "an absolute name": (lambda: with_parts({"/etc/x": "x"}), "outside the archive"),
    "a drive letter": (lambda: with_parts({"C:\\x": "x"}), "outside the archive"),
    "too many parts": (lambda: with_parts({f"xl/media/{at}": b"x" for at in range(300)}), "more than 200"),
    "two parts of one name": (lambda: with_parts({"XL/WORKBOOK.XML": "<x/>"}), "two parts"),
    "a nested archive alone": (lambda: with_parts({"inner.zip": book([["x"]])}, raw=_archive()), "no workbook"),
    "an old workbook": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old kind"),
    "no workbook": (lambda: b"%PDF-1.7", "no .xlsx"),
    "nothing": (lambda: b"", "no .xlsx"),
    "broken XML": (lambda: with_parts({SHEET: HEAD + "<row>"}), "cannot be read"),
    "an unknown encoding": (lambda: with_parts({SHEET: UTF_7}), "cannot be opened"),
}  # fmt: skip


def _read(raw: bytes) -> None:
    made = open_workbook(raw)
    made.grid(made.titles[0])


@cache
def bomb(name: str) -> bytes:
    return BOMBS[name][0]()


def _archive() -> bytes:
    out = BytesIO()
    with ZipFile(out, "w") as made:
        made.writestr("readme.txt", "x")
    return out.getvalue()


@pytest.mark.parametrize("name", BOMBS)
def test_it_is_refused_with_a_reason_and_a_next_step(name: str) -> None:
    raw, why = bomb(name), BOMBS[name][1]
    assert len(raw) <= MAX_ARCHIVE_BYTES
    with pytest.raises(CannotRunError) as caught:
        _read(raw)
    said = load_language("en").text(caught.value.message)
    assert re.search(why, said), said
    assert caught.value.hint is not None


MEASURE = """
import resource, sys
from pathlib import Path
import openpyxl
from dangwu.sheets.read.xlsx import open_workbook
from dangwu.errors import CannotRunError
raw = Path(sys.argv[1]).read_bytes()
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
try:
    made = open_workbook(raw)
    made.grid(made.titles[0])
    print("read")
except CannotRunError:
    print("refused")
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only here is the peak of memory told in kB")
@pytest.mark.parametrize("name", [*list(BOMBS)[:15], "as much as is read"])
def test_it_costs_less_than_a_hundred_megabytes(name: str, tmp_path: Path) -> None:
    raw = bomb(name) if name in BOMBS else sheet(cells(190_000, 10))
    file = tmp_path / "x.xlsx"
    file.write_bytes(raw)
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, str(file)], env=environment(), capture_output=True, check=True, text=True
    )
    word, used = done.stdout.split()
    assert word == ("refused" if name in BOMBS else "read")
    assert int(used) < 100 * 1024


@given(st.data())
@settings(max_examples=200)
def test_any_damage_is_a_reason_not_a_breakdown(data: st.DataObject) -> None:
    raw = bytearray(WHOLE)
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(raw) - 1))
        raw[at] = data.draw(st.integers(0, 255))
    raw = raw[: data.draw(st.sampled_from([len(raw), len(raw) // 2]))]
    with suppress(CannotRunError):
        _read(bytes(raw))


WHOLE = book([["党员编号", "姓名"], ["m001", "朱䶮"]])


def _with_sparklines() -> bytes:
    out = BytesIO()
    made = xlsxwriter.Workbook(out, {"in_memory": True})
    page = made.add_worksheet("花名册")
    page.write_row(0, 0, ["姓名", "党小组"])
    page.write_row(1, 0, ["朱䶮", "g1"])
    page.add_sparkline("F2", {"range": "花名册!A2:C2"})
    page.conditional_format("A1:A5", {"type": "data_bar", "data_bar_2010": True})
    page.data_validation("B2", {"validate": "list", "source": ["g1", "g2"]})
    made.close()
    return out.getvalue()


def _with_unknown_parts(raw: bytes) -> bytes:
    """Return a workbook with extensions that nobody knows, in the sheet, the list of sheets and the styles."""
    unknown = '<ext uri="{0A1B}" xmlns:q="urn:q"><q:x q:y="1"/></ext>'
    with ZipFile(BytesIO(raw)) as opened:
        parts = {name: opened.read(name).decode() for name in (SHEET, "xl/workbook.xml", "xl/styles.xml")}
    changed = {
        name: text.replace("<extLst>", f"<extLst>{unknown}", 1)
        if "<extLst>" in text
        else re.sub(r"(</\w+>\s*)$", rf"<extLst>{unknown}</extLst>\1", text)
        for name, text in parts.items()
    }
    return with_parts(changed, raw)


def _with_backslashes(raw: bytes) -> bytes:
    out = BytesIO()
    with ZipFile(BytesIO(raw)) as opened, ZipFile(out, "w") as made:
        for name in opened.namelist():
            made.writestr(name.replace("/", "\\"), opened.read(name))
        made.comment = b"\\"
    return out.getvalue()


@pytest.mark.parametrize("change", [lambda raw: raw, _with_unknown_parts, _with_backslashes])
def test_what_programs_add_to_a_workbook_is_passed_over(change: Callable[[bytes], bytes]) -> None:
    """Warnings are errors in the tests: the library warns of each of these."""
    read = open_workbook(change(_with_sparklines()))
    assert [[cell.value for cell in row[:2]] for row in read.grid("花名册").rows] == [
        ["姓名", "党小组"],
        ["朱䶮", "g1"],
    ]


@pytest.mark.parametrize("raw", [b"", b"PK\x03\x04", b"\\" * 99, _with_backslashes(_with_sparklines())[:-30]])
def test_names_of_parts_are_looked_for_in_any_bytes(raw: bytes) -> None:
    assert use_slashes(raw) == raw


def test_no_warning_of_a_library_reaches_people(tmp_path: Path) -> None:
    made = tmp_path / "花名册.xlsx"
    made.write_bytes(_with_unknown_parts(_with_sparklines()))
    plain = {name: value for name, value in environment().items() if not name.startswith("PYTHONWARN")}
    words = [sys.executable, "-m", "dangwu", "--lang", "en", "import", "members", str(made)]
    done = subprocess.run(words, cwd=tmp_path, env=plain, capture_output=True, encoding="utf-8", check=False)
    assert "Warning" not in done.stdout + done.stderr
    assert "not supported" not in done.stdout + done.stderr
