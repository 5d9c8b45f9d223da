"""Texts that cells share, in the codes that programs write them in, are read as people see them."""

from __future__ import annotations

from io import BytesIO

import pytest
import xlsxwriter  # type: ignore[import-untyped]

from dangwu.errors import CannotRunError
from dangwu.sheets.read.xlsx import open_workbook
from tests.support.workbooks import MAIN, with_parts

TEXTS = "xl/sharedStrings.xml"


def saved(*texts: str) -> bytes:
    """Return a workbook with these texts below each other, as a program saves it."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("花名册")
    for row, text in enumerate(texts):
        sheet.write_string(row, 0, text)
    book.close()
    return out.getvalue()


def shown(raw: bytes) -> list[object]:
    return [row[0].value for row in open_workbook(raw).grid("花名册").rows]


@pytest.mark.parametrize(
    ("item", "text"),
    [
        ("<t>甲</t>", "甲"),
        ("<t>甲_x000D_\n乙</t>", "甲\r\n乙"),
        ("<t>_x005F_x0041_</t>", "_x0041_"),
        ("<t>_x005F_x005F_x0041_</t>", "_x005FA"),
        ("<t>ax005F_b</t>", "ax005F_b"),
        ("<r><t>_</t></r><r><rPr><b/></rPr><t>x0041_</t></r>", "_x0041_"),
        ("<r><t>甲</t></r><r><t>_x0041_</t></r>", "甲A"),
        ("<t>漢字</t><rPh sb='0' eb='2'><t>かんじ</t></rPh><phoneticPr fontId='1'/>", "漢字"),
    ],
)
def test_codes_of_shared_texts(item: str, text: str) -> None:
    made = f"<?xml version='1.0'?><sst xmlns='{MAIN}' count='2' uniqueCount='2'><si>{item}</si><si><t>乙</t></si></sst>"
    assert shown(with_parts({TEXTS: made}, saved("a", "b"))) == [text, "乙"]


def test_what_a_program_saves_is_read() -> None:
    texts = ["第一行\r\n第二行", "_x005F_", "表_x0041_", "ax005F_b", " x ", "欧阳𬭎"]
    assert shown(saved(*texts)) == texts


def test_a_text_that_is_not_there_is_a_reason() -> None:
    made = f"<?xml version='1.0'?><sst xmlns='{MAIN}'><si><t>乙</t></si></sst>"
    with pytest.raises(CannotRunError):
        shown(with_parts({TEXTS: made}, saved("a", "b")))
