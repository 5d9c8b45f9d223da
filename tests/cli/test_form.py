"""``dangwu form``: a record on paper, for whom it is, in the format that is asked for."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING

import docx
import pytest

from dangwu.forms.registry import build_form_paper
from dangwu.git.repository import find_record_root
from dangwu.language import load_language
from dangwu.model.audience import Audience
from dangwu.workspace.forms import build_form_input
from dangwu.workspace.load import load_workspace
from dangwu.workspace.open_tree import open_tree
from tests.support import canary, needs
from tests.support.branches import BASE_DAY, base_files, listing
from tests.support.forms import assert_ruled, whole
from tests.support.gitrepo import GitRepo
from tests.support.paper import needs_chinese
from tests.support.run import DAY, en, environment, is_chinese, run, spoken, zh

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.branches import Demo

GENERAL = "meetings/2026/2026-03-27-general-meeting.md"


@pytest.fixture(scope="module")
def every(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a branch with a record of every kind, each field unmistakable."""
    repo = GitRepo(tmp_path_factory.mktemp("canary") / "r")
    repo.commit(canary.files())
    return repo.path


def text(path: Path) -> str:
    """Return every text of a Word file, body, tables and foot."""
    made = docx.Document(str(path))
    cells = [cell.text for table in made.tables for row in table.rows for cell in row.cells]
    # Long words may be broken where a line ends.
    return "\n".join([each.text for each in made.paragraphs] + cells)


@pytest.mark.parametrize("format_", [pytest.param("pdf", marks=needs_chinese), "docx"])
def test_a_meeting_in_both_languages_with_the_same_bytes(clean: Path, tmp_path: Path, format_: str) -> None:
    before = listing(clean)
    made = {}
    for lang in ("zh", "en"):
        for name in ("a", "b"):
            path = tmp_path / f"{lang}-{name}.{format_}"
            done = run("--lang", lang, "form", GENERAL, "-o", path, cwd=clean, as_of=BASE_DAY, code=0)
            assert done.out == ""
            assert is_chinese(done.err) == (lang == "zh")
            made[lang, name] = path.read_bytes()
        assert made[lang, "a"] == made[lang, "b"]
        assert made[lang, "a"].startswith(b"%PDF-" if format_ == "pdf" else b"PK")
    assert made["zh", "a"] != made["en", "a"]
    assert listing(clean) == before


def test_a_word_file_says_what_the_record_says(clean: Path, tmp_path: Path) -> None:
    zh("form", GENERAL, "-o", tmp_path / "x.docx", cwd=clean, as_of=BASE_DAY, code=0)
    said = text(tmp_path / "x.docx")
    for each in ("支部党员大会记录", "2026年3月27日", "签到表", "主持人（签字）", "应到"):
        assert each in said, each
    assert not re.search(r"\bm\d{3}\b", said)


def test_one_state_whatever_it_is_read_from(clean: Path, tmp_path: Path) -> None:
    repo = GitRepo(tmp_path / "r")
    repo.commit(base_files())
    made = []
    for number, words in enumerate(((), ("--staged",), ("--rev", "HEAD"))):
        path = tmp_path / f"{number}.docx"
        en("form", "general-meeting-2026", *words, "-o", path, cwd=repo.path, as_of=BASE_DAY, code=0)
        made.append(re.sub(", revision [0-9a-z]+", "", text(path)))
    assert made[0] == made[1] == made[2]


def test_the_format_is_that_of_the_file(clean: Path, tmp_path: Path) -> None:
    words = ("form", GENERAL)
    assert en(*words, "-o", tmp_path / "x.odt", cwd=clean, code=2).err
    assert en(*words, "--format", "html", cwd=clean, code=2).err
    en(*words, "--format", "docx", "-o", tmp_path / "no-suffix", cwd=clean, as_of=BASE_DAY, code=0)
    assert (tmp_path / "no-suffix").read_bytes().startswith(b"PK")
    again = en(*words, "--format", "docx", "-o", tmp_path / "no-suffix", cwd=clean, as_of=BASE_DAY, code=2)
    assert "exists already" in again.err
    en(*words, "--format", "docx", "-o", tmp_path / "no-suffix", "--force", cwd=clean, as_of=BASE_DAY, code=0)


def piped(cwd: Path, *words: str) -> bytes:
    """Return the bytes that a command writes into a pipe."""
    done = subprocess.run(
        [sys.executable, "-m", "dangwu", "--as-of", BASE_DAY, *words],
        cwd=cwd, env=environment(), capture_output=True, check=True,
    )  # fmt: skip
    return done.stdout


@needs_chinese
def test_a_pipe_gets_a_pdf(clean: Path) -> None:
    assert piped(clean, "form", GENERAL).startswith(b"%PDF-")


def test_a_pipe_gets_a_word_file(clean: Path) -> None:
    made = docx.Document(BytesIO(piped(clean, "form", "members", "--format", "docx")))
    assert made.tables


def test_a_terminal_is_told_to_name_a_file(clean: Path) -> None:
    leader, follower = needs.terminal()
    done = subprocess.run(
        [sys.executable, "-m", "dangwu", "--lang", "en", "form", GENERAL],
        cwd=clean, env=environment(), stdout=follower, stderr=subprocess.PIPE, check=False,
    )  # fmt: skip
    os.close(follower)
    os.close(leader)
    assert done.returncode == 2
    assert b"--output FILE" in done.stderr


@pytest.mark.parametrize("audience", ["public", "employees", "members", "committee"])
def test_a_confidential_record_is_refused_in_one_line(every: Path, audience: str) -> None:
    for name in ("admonition", "letter", "case", "accountability", "complainant"):
        path = canary.records()[name][0]
        for done in spoken("form", path, "--audience", audience, cwd=every, as_of=canary.AS_OF, code=2).values():
            assert done.out == ""
            assert len(done.err.splitlines()) == 1
            assert path in done.err
            assert canary.SONG not in done.err


def test_handlers_get_it_and_nobody_gets_the_complainant(every: Path, tmp_path: Path) -> None:
    path = canary.records()["admonition"][0]
    out = tmp_path / "x.docx"
    zh("form", path, "--audience", "handlers", "-o", out, cwd=every, as_of=canary.AS_OF, code=0)
    assert f"{canary.SONG}-admonition-facts-鸟" in text(out)
    done = zh("form", "complainants/k1.yaml", "--audience", "handlers", cwd=every, as_of=canary.AS_OF, code=2)
    assert canary.SONG not in done.both
    en("form", "letter-2026", "--audience", "handlers", "-o", out, "--force", cwd=every, as_of=canary.AS_OF, code=0)
    assert "complainant" not in text(out)


def test_canaries_in_files_are_only_for_their_audience(every: Path, tmp_path: Path) -> None:
    """The same as the test of the values, at the other end."""
    out = tmp_path / "x.docx"
    for audience, words in {"members": ("meetings/2026", "trainings/2026"), "employees": ("plans/2026",)}.items():
        for word in words:
            en("form", word, "--audience", audience, "-o", out, "--force", cwd=every, as_of=canary.AS_OF, code=0)
            said = text(out)
            assert (canary.SONG in said) == (audience == "employees"), "members see counts only"
            for kind in ("committee-meeting", "democratic-life-meeting", "rectification", "development-plan"):
                assert f"{canary.SONG}-{kind}" not in said
            assert f"{canary.SONG}-general-meeting-body" not in said


def test_names(every: Path) -> None:
    for done in spoken("form", "2026-03-28-general-meeting", cwd=every, as_of=canary.AS_OF, code=2).values():
        assert "2026-03-27-general-meeting" in done.err
    assert "general-meeting" in en("form", "--blank", "general-meetign", cwd=every, code=2).err
    assert "members" in en("form", "--audience", "everyone", "members", cwd=every, code=2).err


def test_a_path_is_also_one_from_the_folder_where_one_stands(clean: Path, tmp_path: Path) -> None:
    out = tmp_path / "x.docx"
    en("form", "2026-03-27-general-meeting.md", "-o", out, cwd=clean / "meetings/2026", as_of=BASE_DAY, code=0)
    assert "general meeting" in text(out)


def test_an_empty_form_needs_no_records(tmp_path: Path) -> None:
    out = tmp_path / "x.docx"
    zh("form", "--blank", "general-meeting", "-o", out, cwd=tmp_path, code=0)
    assert "签到表" in text(out)


def test_an_empty_form_has_the_branch(clean: Path, tmp_path: Path) -> None:
    out = tmp_path / "x.docx"
    zh("form", "--blank", "rectification", "-o", out, cwd=clean, as_of=BASE_DAY, code=0)
    assert "党支部" in text(out)


@needs_chinese
def test_fonts_that_are_nowhere(clean: Path, tmp_path: Path) -> None:
    """A folder without fonts only adds nothing."""
    words = ("--font-dir", str(tmp_path), "-o", str(tmp_path / "x.pdf"))
    zh("form", "members", *words, cwd=clean, as_of=BASE_DAY, code=0)
    assert (tmp_path / "x.pdf").read_bytes().startswith(b"%PDF-")


def template(path: Path, words: str) -> Path:
    made = docx.Document()
    made.add_paragraph(words)
    made.save(str(path))
    return path


def test_an_own_template(clean: Path, tmp_path: Path) -> None:
    own = template(tmp_path / "t.docx", "{{ form_title }}，{{ date }}，应到{{ counts.due }}人")
    for name in ("a", "b"):
        zh("form", GENERAL, "--template", own, "-o", tmp_path / f"{name}.docx", cwd=clean, as_of=BASE_DAY, code=0)
    assert (tmp_path / "a.docx").read_bytes() == (tmp_path / "b.docx").read_bytes()
    assert text(tmp_path / "a.docx").startswith("支部党员大会，2026年3月27日，应到")


def test_a_template_that_is_none(clean: Path, tmp_path: Path) -> None:
    bad = template(tmp_path / "bad.docx", "{{ ''.__class__.__mro__ }}")
    (tmp_path / "text.docx").write_text("x", encoding="utf-8")
    for own, code in ((bad, 3), (tmp_path / "text.docx", 3), (tmp_path / "nowhere.docx", 3), (tmp_path, 3)):
        done = en("form", GENERAL, "--template", own, "-o", tmp_path / "x.docx", cwd=clean, as_of=BASE_DAY, code=code)
        assert len(done.err.splitlines()) <= 2
        assert not (tmp_path / "x.docx").exists()
    assert "__class__" in en("form", GENERAL, "--template", bad, cwd=clean, as_of=BASE_DAY, code=3).err
    done = en("form", GENERAL, "--template", bad, "--format", "pdf", cwd=clean, as_of=BASE_DAY, code=2)
    assert "Word template" in done.err


def test_the_styles_of_another_word_file(clean: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.docx"
    zh("form", "--blank", "general-meeting", "-o", own, cwd=clean, as_of=BASE_DAY, code=0)
    styled = docx.Document(str(own))
    styled.styles["Heading 1"].font.name = "Georgia"
    styled.save(str(own))
    for name in ("a", "b"):
        done = zh(
            "form", GENERAL, "--reference", own, "-o", tmp_path / f"{name}.docx", cwd=clean, as_of=BASE_DAY, code=0
        )
        assert len(done.err.splitlines()) == 1
    assert (tmp_path / "a.docx").read_bytes() == (tmp_path / "b.docx").read_bytes()
    assert docx.Document(str(tmp_path / "a.docx")).styles["Heading 1"].font.name == "Georgia"
    assert "支部党员大会记录" in text(tmp_path / "a.docx")


def test_what_a_reference_lacks_is_said_in_both_languages(clean: Path, tmp_path: Path) -> None:
    plain = template(tmp_path / "plain.docx", "只有正文")
    words = ("form", GENERAL, "--reference", plain, "--force", "-o", tmp_path / "x.docx")
    for lang, done in spoken(*words, cwd=clean, as_of=BASE_DAY, code=0).items():
        styles, footer, written = done.err.splitlines()
        assert ("表内文字" if lang == "zh" else "Table Text") in styles
        assert ("页脚" if lang == "zh" else "footer") in footer
        assert "x.docx" in written
        assert is_chinese(done.err) == (lang == "zh")
    assert "只有正文" not in text(tmp_path / "x.docx")


def test_a_reference_that_is_none(clean: Path, tmp_path: Path) -> None:
    (tmp_path / "text.docx").write_text("x", encoding="utf-8")
    (tmp_path / "empty.docx").write_bytes(b"")
    for own in (tmp_path / "text.docx", tmp_path / "empty.docx", tmp_path / "nowhere.docx", tmp_path):
        words = ("form", GENERAL, "--reference", own, "-o", tmp_path / "x.docx")
        for done in spoken(*words, cwd=clean, as_of=BASE_DAY, code=3).values():
            assert len(done.err.splitlines()) <= 2
        assert not (tmp_path / "x.docx").exists()
    plain = template(tmp_path / "plain.docx", "x")
    named = ("form", GENERAL, "--reference", plain)
    assert "--format docx" in en(*named, "-o", tmp_path / "x.pdf", cwd=clean, as_of=BASE_DAY, code=2).err
    assert "--template" in en(*named, "--template", plain, cwd=clean, as_of=BASE_DAY, code=2).err


def test_every_record_of_the_demo_prints(demo: Demo) -> None:
    """Folder by folder: with what people really write, planted faults included."""
    here = load_workspace(open_tree(find_record_root(demo.path)))
    tops = {path.partition("/")[0] for path in here.corpus.documents if "/" in path} - {"complainants"}
    for word in ("branch.yaml", *sorted(tops)):
        wanted = build_form_input(here, word, date.fromisoformat(DAY), Audience.HANDLERS)
        for lang in ("zh", "en"):
            made = build_form_paper(wanted, load_language(lang))
            assert_ruled(made)
            assert len(whole(made)) > 100
