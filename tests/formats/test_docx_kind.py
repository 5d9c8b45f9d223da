"""A Word template (.dotx) is read as a document; files of other kinds are refused by the name of their kind."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZipFile

import docx
import pytest

from dangwu.errors import CannotRunError
from dangwu.formats.docx.template_safety import build_template_refusal, examine_word_file
from dangwu.formats.docx.word_kind import turn_into_document
from dangwu.language import load_language
from tests.formats.test_docx_reference import foreign, rebuilt
from tests.formats.test_docx_template import template
from tests.support.run import run

if TYPE_CHECKING:
    from pathlib import Path

MAIN = {
    "docx": b"vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "dotx": b"vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
    "docm": b"vnd.ms-word.document.macroEnabled.main+xml",
    "dotm": b"vnd.ms-word.template.macroEnabledTemplate.main+xml",
}
LANGUAGES = {code: load_language(code) for code in ("zh", "en")}
OPEN_DOCUMENT = {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"}


def typed(raw: bytes, kind: str) -> bytes:
    """Return a Word file with the word for its main part that another kind has."""

    def change(parts: dict[str, bytes]) -> None:
        parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(MAIN["docx"], MAIN[kind])

    return rebuilt(raw, change)


def packed(parts: dict[str, str]) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()


def test_a_template_becomes_the_document_that_word_would_begin_with_it() -> None:
    raw = foreign()
    turned = turn_into_document(typed(raw, "dotx"))
    assert docx.Document(BytesIO(turned)).paragraphs[0].text == docx.Document(BytesIO(raw)).paragraphs[0].text
    assert turn_into_document(raw) is raw
    assert turn_into_document(turned) is turned
    assert turn_into_document(b"PK\x03\x04") == b"PK\x03\x04"


@pytest.mark.parametrize(
    ("raw", "zh", "en"),
    [
        (typed(foreign(), "docm"), "是带宏的 Word 文件（.docm）", "it is a Word file with macros (.docm)"),
        (typed(foreign(), "dotm"), "是带宏的 Word 文件（.dotm）", "it is a Word file with macros (.dotm)"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 512, "旧格式文件（.doc、.dot、.wps）", "(.doc, .dot, .wps)"),
        (b"{\\rtf1\\ansi x}", "另一种文件（.rtf）", "of another kind (.rtf)"),
        (b"%PDF-1.7\n", "另一种文件（.pdf）", "of another kind (.pdf)"),
        (b"\xef\xbb\xbf\r\n<!DOCTYPE HTML>", "另一种文件（.html）", "of another kind (.html)"),
        (packed(OPEN_DOCUMENT), "另一种文件（.odt）", "of another kind (.odt)"),
        (packed({"xl/workbook.xml": "<x/>"}), "另一种文件（.xlsx）", "of another kind (.xlsx)"),
        (packed({"ppt/presentation.xml": "<x/>"}), "另一种文件（.pptx）", "of another kind (.pptx)"),
        (b"", "不是 Word 文件（.docx），或已损坏", "or a damaged one"),
        ("不是文件".encode(), "不是 Word 文件（.docx），或已损坏", "or a damaged one"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_another_kind_is_refused_by_its_name(raw: bytes, zh: str, en: str) -> None:
    with pytest.raises(CannotRunError) as caught:
        examine_word_file(raw, build_template_refusal)
    assert zh in LANGUAGES["zh"].text(caught.value.message)
    assert en in LANGUAGES["en"].text(caught.value.message)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a branch and its office's files of four kinds; the same text in each."""
    made = tmp_path_factory.mktemp("kinds")
    run("demo", "branch", "--members", "7", "--groups", "0", cwd=made, code=0)
    for kind in MAIN:
        (made / f"模板.{kind}").write_bytes(typed(template("{{ branch_name }}", "人数 {{ counts.due }}"), kind))
        (made / f"样式.{kind}").write_bytes(typed(foreign(), kind))
    return made


@pytest.mark.parametrize(("option", "name"), [("--template", "模板"), ("--reference", "样式")])
def test_the_same_file_is_made_from_a_document_and_a_template(folder: Path, option: str, name: str) -> None:
    made = {}
    for kind in ("docx", "dotx"):
        out = folder / f"{name}-{kind}.docx"
        words = ("form", "2026-03-27-general-meeting", option, str(folder / f"{name}.{kind}"), "-o", str(out))
        run("-C", "branch", *words, cwd=folder, code=0)
        made[kind] = out.read_bytes()
    assert made["docx"] == made["dotx"]
    assert MAIN["docx"] in ZipFile(BytesIO(made["dotx"])).read("[Content_Types].xml")


@pytest.mark.parametrize("kind", ["docm", "dotm"])
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("form", "2026-03-27-general-meeting", "--template", "模板"), "模板没有打开"),
        (("form", "2026-03-27-general-meeting", "--reference", "样式"), "没有采用参照文件"),
        (("report", "--reference", "样式"), "没有采用参照文件"),
    ],
)
def test_macros_are_refused_with_one_line_and_nothing_is_written(
    folder: Path, words: tuple[str, ...], said: str, kind: str
) -> None:
    out = folder / "新.docx"
    file = str(folder / f"{words[-1]}.{kind}")
    done = run("-C", "branch", *words[:-1], file, "-o", str(out), cwd=folder, code=3)
    (line, hint) = done.err.splitlines()
    assert f"是带宏的 Word 文件（.{kind}）" in line
    assert said in line
    assert ".docx" in hint
    assert not out.exists()
