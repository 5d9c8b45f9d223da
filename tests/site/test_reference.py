"""The pages that are made of the program: complete in both languages, without building the site."""

from __future__ import annotations

import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from posixpath import dirname, normpath
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest

from dangwu.workspace.catalogue import load_default_rulebook, load_kinds
from dangwu.workspace.code_list import list_codes
from tests.site.live import LANGUAGES, ROOT, SITE, command_lines
from tools.docs.markdown import escape, fenced, join_chinese_lines
from tools.docs.search_words import split_words
from tools.docs.wording import REFERENCE

if TYPE_CHECKING:
    from collections.abc import Mapping

both = pytest.mark.parametrize("code", LANGUAGES)
PLACE = TemporaryDirectory(prefix="dangwu-reference-")


@cache
def made(code: str) -> Mapping[str, str]:
    """Return the made pages of a language by path, and the manual's part under its own name."""
    place = Path(PLACE.name) / code
    words = [sys.executable, "-m", "tools.docs.reference", code, str(place / "pages"), str(place / "manual")]
    subprocess.run(words, cwd=ROOT, check=True)
    pages = {
        path.relative_to(place / "pages" / "reference").as_posix(): path.read_text(encoding="utf-8")
        for path in (place / "pages").rglob("*.md")
    }
    return {**pages, "manual": (place / "manual" / "commands.txt").read_text(encoding="utf-8")}


def test_both_languages_have_the_same_pages() -> None:
    assert made("zh").keys() == made("en").keys()


@both
def test_every_command_and_option_is_there(code: str) -> None:
    for words, options in command_lines(code):
        name = "index" if not words else words[0]
        page = made(code)[f"commands/{name}.md"]
        for text in (page, made(code)["manual"]):
            part = text.partition(f"```{{program}} {' '.join(['dangwu', *words])}\n```")[2].partition("```{program}")[0]
            assert part, words
            listed = re.findall(r"^```\{option\} (.*)$", part, re.MULTILINE)
            named = {each.split(" ")[0] for line in listed for each in line.split(", ")}
            assert named == set(options), words
    tops = {words[0] for words, _ in command_lines(code) if words}
    assert len(tops) >= 24
    index = made(code)["commands/index.md"]
    assert {f"[`{name}`]({name}.md)" for name in tops} <= set(re.findall(r"\[`[a-z]+`\]\([a-z]+\.md\)", index))


@both
def test_every_code_is_there_and_in_its_list(code: str) -> None:
    index = made(code)["codes/index.md"]
    for each in list_codes():
        assert f"# {each.id} {each.name} — " in made(code)[f"codes/{each.id}.md"]
        assert f"| [{each.id}]({each.id}.md) |" in index


@both
def test_every_kind_is_there_with_its_fields_and_an_example(code: str) -> None:
    without = []
    for name, kind in load_kinds().items():
        page = made(code)[f"kinds/{name}.md"]
        assert f"({name}.md)" in made(code)["kinds/index.md"]
        assert f"`{kind.place}`" in page
        if not re.search(rf"^(`{{3,}})(yaml|markdown)\n(.*\n)*?kind: {name}\b", page, re.MULTILINE):
            without.append(name)
    # People write these by hand, and the fictional branch has none; docs/site/*/records.md shows one of each.
    assert set(without) <= {"accepted", "amendment", "profile", "rulebook"}


@both
def test_every_setting_and_every_clause_is_there(code: str) -> None:
    book = load_default_rulebook()
    settings, rules = made(code)["settings.md"], made(code)["rules.md"]
    assert [each.key for each in book.settings if f"| `{each.key}` | `{each.default}` |" not in settings] == []
    assert [each.id for each in book.clauses if f"\n| {each.id} |" not in rules] == []


@both
def test_links_between_made_pages_lead_somewhere(code: str) -> None:
    pages = made(code)
    for name, text in pages.items():
        for link in re.findall(r"\]\(([a-zA-Z0-9_./-]+\.md)\)", re.sub(r"(`{3,}).*?\1", "", text, flags=re.DOTALL)):
            there = normpath(f"reference/{dirname(name)}/{link}")
            made_page, written_page = there.removeprefix("reference/"), SITE / code / there
            assert made_page in pages or written_page.exists(), f"{name}: {link}"


def test_text_is_no_markup() -> None:
    assert escape("a*b_c|d [x](y) {z} <w>\n e") == r"a\*b\_c\|d \[x\](y) \{z\} \<w\> e"
    assert fenced("text", "```\nx\n```").startswith("````text\n")


def test_lines_that_go_on_in_chinese_are_one() -> None:
    assert join_chinese_lines("表。\n什么\n  时候，\n`save` 了\n") == "表。什么时候，`save` 了\n"
    kept = "# 题\n\n- 一；\n- 二，\n* 三，\n1. 四\n\n| 甲 |\n| 乙 |\n\nan end\nof a line\n"
    assert join_chinese_lines(kept) == kept
    block = "话，\n\n```sh\n甲\n乙\n```\n"
    assert join_chinese_lines(block) == block


def test_words_are_cut_into_pairs() -> None:
    assert split_words("党小组会 new-2 会，用 x") == ["党小", "小组", "组会", "new", "2", "会", "用", "x"]


def test_every_sentence_of_the_site_is_in_both_languages() -> None:
    assert {key: set(words) for key, words in REFERENCE.items() if set(words) != set(LANGUAGES)} == {}
    assert [key for key, words in REFERENCE.items() if not re.search("[\u4e00-\u9fff]", words["zh"])] == []
