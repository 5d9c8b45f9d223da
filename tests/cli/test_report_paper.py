"""``dangwu report`` as what people print and send: PDF and Word, from the command to the opened file."""

from __future__ import annotations

import os
import re
import shlex
import sys
from typing import TYPE_CHECKING

import pytest
from docx import Document

from dangwu.cli import extras
from dangwu.errors import CannotRunError, ExitCode
from tests.support.paper import docx_text, every_word, joined, needs_chinese, needs_poppler, pdf_text
from tests.support.run import en, is_chinese, run, zh
from tests.support.terminal import talk

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support.branches import Demo


@needs_poppler
@needs_chinese
def test_the_year_as_pdf(demo: Demo, tmp_path: Path) -> None:
    for speak, title in ((zh, "2026年度党支部工作报告"), (en, "Partybranchreportfor2026")):
        made = tmp_path / f"年 报 {title}.pdf"
        speak("report", "--output", made, cwd=demo.path, code=0)
        text = joined(pdf_text(made.read_bytes()))
        assert title in text
        assert "—1—" in text
        assert "10.1(6)m" in text


def test_the_year_as_a_word_document(demo: Demo, tmp_path: Path) -> None:
    for speak, title in ((zh, "2026 年度党支部工作报告"), (en, "Party branch report for 2026")):
        made = tmp_path / "report.docx"
        speak("report", "--output", made, "--force", cwd=demo.path, code=0)
        document = Document(str(made))
        assert document.paragraphs[0].text.startswith(title)
        assert "10.1(6)m" in docx_text(document)
        assert len(document.tables) > 20


@needs_chinese
@pytest.mark.parametrize("form", ["pdf", "docx", "xlsx", "html"])
def test_the_same_commit_and_day_are_the_same_bytes(demo: Demo, tmp_path: Path, form: str) -> None:
    made = [tmp_path / f"{number}.{form}" for number in range(2)]
    places = {"TZ": "America/New_York", "PYTHONHASHSEED": "7"}
    zh("report", "--rev", "HEAD", "-o", made[0], cwd=demo.path, code=0)
    run("--lang", "zh", "report", "--rev", "HEAD", "-o", made[1], cwd=demo.path, env=places, code=0)
    assert made[0].read_bytes() == made[1].read_bytes()


def test_the_year_in_the_styles_of_another_word_file(demo: Demo, tmp_path: Path) -> None:
    plain, file = tmp_path / "plain.docx", tmp_path / "year.docx"
    document = Document()
    document.styles["Normal"].font.name = "Georgia"
    document.save(str(plain))
    said = zh("report", "--reference", plain, "-o", file, cwd=demo.path, code=0).err
    assert "表内文字" in said
    assert Document(str(file)).styles["Normal"].font.name == "Georgia"
    assert "docx" in en("report", "--reference", plain, cwd=demo.path, code=2).err


def test_the_ending_decides_unless_the_form_is_given(demo: Demo, tmp_path: Path) -> None:
    zh("report", "-o", tmp_path / "a.md", cwd=demo.path, code=0)
    assert (tmp_path / "a.md").read_text(encoding="utf-8").startswith("# ")
    zh("report", "-o", tmp_path / "b.md", "--format", "json", cwd=demo.path, code=0)
    assert (tmp_path / "b.md").read_text(encoding="utf-8").startswith("{")


@pytest.mark.skipif(os.name == "nt", reason="no pseudo-terminals here")
def test_no_bytes_onto_a_screen(demo: Demo) -> None:
    code, said = talk("report", "--format", "pdf", cwd=demo.path, answers=(), lang="en")
    assert code == ExitCode.USAGE
    assert "%PDF" not in said
    assert "--output FILE.pdf" in said


def test_a_missing_extra_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(extras.EXTRA_MODULES, "pdf", ("typst", "no_such_module_anywhere"))
    with pytest.raises(CannotRunError) as caught:
        extras.require_extra("pdf")
    assert caught.value.exit_code is ExitCode.CANNOT_RUN
    assert caught.value.message.arguments == (("extra", "pdf"), ("modules", ("no_such_module_anywhere",)))
    assert caught.value.hint is not None
    command = str(dict(caught.value.hint.arguments)["command"])
    runs = re.escape(shlex.quote(sys.executable))
    assert re.fullmatch(runs + r' -m pip install "typst[<>=.,0-9]+"', command)
    monkeypatch.setattr(extras, "find_spec", lambda _: None)
    assert "uv pip install --python " in str(extras.build_install_hint("pdf"))


def test_a_folder_of_fonts_that_is_not_there(demo: Demo, tmp_path: Path) -> None:
    said = zh("report", "-o", tmp_path / "a.pdf", "--font-dir", tmp_path / "没有", cwd=demo.path, code=2)
    assert "没有" in said.err
    assert is_chinese(said.err)


INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]|<wbr|&shy;|&#8203;")


@needs_poppler
@needs_chinese
@pytest.mark.parametrize("form", ["pdf", "docx", "xlsx", "html", "md"])
def test_nothing_invisible_stands_in_what_people_copy(form: str, demo: Demo, tmp_path: Path) -> None:
    """A path, an id or a command works when it is copied; a word of a narrow head may be divided at a line's end."""
    for speak in (zh, en):
        made = tmp_path / f"report.{form}"
        speak("report", "--output", made, "--force", cwd=demo.path, code=0)
        if form == "pdf":
            words = re.sub("(?<=[A-Za-z])\u00ad\n", "", pdf_text(made.read_bytes(), "-layout"))
            words = re.sub(r"(?<=[A-Za-z])\u00ad(?=\s)", "", words)
        elif form in {"docx", "xlsx"}:
            words = every_word(made)
        else:
            words = made.read_text("utf-8-sig")
        assert not INVISIBLE.findall(words)
        assert ("dangwu new" in words) is (form == "md")


@needs_poppler
@needs_chinese
def test_a_path_in_a_narrow_table_is_divided_without_a_hyphen_of_its_own(demo: Demo, tmp_path: Path) -> None:
    made = tmp_path / "report.pdf"
    en("report", "--output", made, cwd=demo.path, code=0)
    for line in pdf_text(made.read_bytes(), "-layout").splitlines():
        assert not re.search(r"[0-9/_][!-~]*\u00ad", line), line


FOR_KEEPERS = re.compile(
    r"dangwu |[\w.-]+\.(?:yaml|md)\b|\b(?:meetings|members|dues|plans)/|\bm0\d\d\b|\d{4}-\d\d-\d\d|nonpublic-2020"
    r"|\bDW\d\d\d|3\.1/"
)
"""Commands, paths, ids of people, days as records write them, names of rulebooks, codes of findings, ids of duties."""


def read_report(speak: Callable[..., object], demo: Demo, file: Path, *options: str) -> str:
    """Make the report and return what its reader sees."""
    speak("report", *options, "--output", file, "--force", cwd=demo.path, code=0)
    if file.suffix == ".pdf":
        return pdf_text(file.read_bytes(), "-layout")
    if file.suffix == ".docx":
        return docx_text(Document(str(file)))
    return re.sub(r"<style.*?</style>|<[^>]+>", "", file.read_text("utf-8"), flags=re.DOTALL)


@needs_poppler
@needs_chinese
@pytest.mark.parametrize("form", ["pdf", "docx", "html"])
def test_paper_names_no_commands_paths_and_ids(form: str, demo: Demo, tmp_path: Path) -> None:
    """Who gets it has no repository: days are in words, a record is its kind and day."""
    for speak, day, record in (
        (zh, "2026年2月11日", "参加组织生活情况检查（2026年上半年）"),
        (en, "11February2026", "Checkofparticipationinorganizationallife(firsthalfof2026)"),
    ):
        text = read_report(speak, demo, tmp_path / f"report.{form}")
        assert FOR_KEEPERS.findall(text) == []
        assert day in joined(text)
        assert record in joined(text)


@pytest.mark.parametrize("audience", ["public", "members", "handlers"])
def test_paper_for_other_audiences_names_none_either(audience: str, demo: Demo, tmp_path: Path) -> None:
    assert FOR_KEEPERS.findall(read_report(zh, demo, tmp_path / "a.docx", "--audience", audience)) == []


def test_the_terminal_keeps_commands_and_paths(demo: Demo) -> None:
    said = zh("report", cwd=demo.path, code=0).out
    assert "dangwu new waiver --duty" in said
    assert "meetings/2026/" in said
    assert "2026-02-11" in said


def test_results_come_first_and_what_is_due_soon_last(demo: Demo, tmp_path: Path) -> None:
    for speak, heads in (
        (zh, ("逾期事项", "历年情况", "未处理的检查结果", "编制说明", "今后 30 天内到期的事项")),
        (en, ("Overdue", "Over the years", "Open findings", "How this report was made", "Due in the next 30 days")),
    ):
        speak("report", "--output", tmp_path / "a.docx", "--force", cwd=demo.path, code=0)
        headings = [
            each.text
            for each in Document(str(tmp_path / "a.docx")).paragraphs
            if each.style and "eading" in str(each.style.name)
        ]
        assert [each for each in headings if each in heads] == list(heads)
        assert headings[-1] == heads[-1]


def test_the_commit_stands_where_the_report_says_how_it_was_made(demo: Demo, tmp_path: Path) -> None:
    """By it anyone can prove which records a paper is from; the title does without."""
    text = read_report(en, demo, tmp_path / "a.docx", "--rev", "HEAD")
    assert len(re.findall(r"\b[0-9a-f]{12,40}\b", text)) == 1


@needs_poppler
@needs_chinese
def test_no_day_and_no_month_is_broken_over_lines(demo: Demo, tmp_path: Path) -> None:
    for speak in (zh, en):
        text = read_report(speak, demo, tmp_path / "a.pdf")
        days = re.findall(r"\d{4} ?年 ?\d{1,2} ?月 ?\d{1,2} ?日|\d{1,2} [A-Z][a-z]{2,8} 2026", text)
        assert len(days) > 100
        assert not re.search(r"(?m)^ *(?:月|日|\d{1,2} ?日)(?:\s|$)", text)
        assert not re.search(r"(?m)\d{1,2} ?月 *\d{1,2}$", text)
