"""The pages that people write: in both languages, each with its twin, and no command in them that does not exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.site.live import LANGUAGES, SITE, commands_in, find_refusal
from tools.docs.build import MADE, ROOT, lead_to_made_pages

PAGES = sorted(path.relative_to(SITE).as_posix() for path in SITE.glob("*/*.md"))
NAMES = {code: {page.partition("/")[2] for page in PAGES if page.startswith(f"{code}/")} for code in LANGUAGES}
WANTED = {
    "first-hour", "year", "committee", "spreadsheets", "forms", "history", "settings", "privacy", "handing-up",
    "upgrading", "questions", "records", "board", "hooks", "glossary", "manual", "index",
}  # fmt: skip
FENCE = re.compile(r"```.*?```|`[^`\n]*`|<!--.*?-->", re.DOTALL)


def read(page: str) -> str:
    return (SITE / page).read_text(encoding="utf-8")


def test_no_page_is_missing_in_either_language() -> None:
    assert NAMES["zh"] == NAMES["en"]
    assert {name.removesuffix(".md") for name in NAMES["zh"]} >= WANTED


@pytest.mark.parametrize("name", sorted(NAMES["zh"]))
def test_twins_have_the_same_sections_blocks_and_links(name: str) -> None:
    """Not word for word, but nothing is told in one language alone."""
    texts = {code: read(f"{code}/{name}") for code in LANGUAGES}
    shapes = []
    for code, text in texts.items():
        plain = re.sub(r"```.*?```", "```", text, flags=re.DOTALL)
        links = re.findall(r"\]\(([^)]+)\)", plain)
        shapes.append(
            {
                "headings": re.findall(r"^#+(?= )", plain, re.MULTILINE),
                "blocks": re.findall(r"^```([a-z{}]*)", text, re.MULTILINE),
                "table rows": len(re.findall(r"^\|", plain, re.MULTILINE)),
                "links": sorted({link.replace(f".{code}.", ".").replace(f"/{code}/", "/") for link in links}),
            }
        )
    assert shapes[0] == shapes[1]


@pytest.mark.parametrize("page", [page for page in PAGES if page.startswith("zh/") and "glossary" not in page])
def test_chinese_pages_are_chinese(page: str) -> None:
    """No sentence of the other language is left in a page."""
    plain = re.sub(r"\]\([^)]*\)", "]", FENCE.sub("", read(page)))
    assert re.findall(r"(?:\b[A-Za-z]+[ ,]+){5,}", plain) == []


@pytest.mark.parametrize("page", [page for page in PAGES if page.startswith("en/") and "glossary" not in page])
def test_english_pages_are_english(page: str) -> None:
    plain = FENCE.sub("", read(page))
    assert re.findall(r"[\u3400-\u9fff]{9,}", plain) == []


@pytest.mark.parametrize("page", PAGES)
def test_every_command_that_a_page_shows_exists(page: str) -> None:
    """With its options: the command line takes it, short of running it."""
    for words in commands_in(read(page)):
        refusal = find_refusal(words)
        named_alone = type(refusal).__name__ == "MissingParameter" and not any(word.startswith("-") for word in words)
        no_such_file = "does not exist" in str(getattr(refusal, "message", ""))
        assert refusal is None or named_alone or no_such_file, words


@pytest.mark.parametrize("code", LANGUAGES)
def test_main_words_of_the_program_have_a_page(code: str) -> None:
    texts = "\n".join(read(page) for page in PAGES if page.startswith(code))
    shown = {words[0] for words in commands_in(texts) if words}
    assert shown >= {
        "init", "demo", "new", "check", "save", "send", "due", "report", "export", "import", "calendar", "board",
        "form", "explain", "review", "log", "audit", "rules", "adopt", "migrate", "hook", "doctor", "schema",
        "completion",
    }  # fmt: skip


def test_links_to_files_of_the_repository_lead_to_made_pages() -> None:
    for code in LANGUAGES:
        for file, _ in MADE:
            assert (SITE / code / file.format(code=code)).resolve().exists(), file
    for page in PAGES:
        text = lead_to_made_pages(read(page), page.partition("/")[0])
        left = [link for link in re.findall(r"\]\((\.\./[^)]+)\)", text) if not link.startswith("../../pictures/")]
        assert left == [], page


def test_pages_name_no_file_outside_the_project() -> None:
    assert Path(ROOT, "docs", "site") == SITE
    for page in PAGES:
        for link in re.findall(r"\]\((?!https?:)([^)#]+)\)", read(page)):
            assert (SITE / page).parent.joinpath(link).resolve().is_relative_to(ROOT), link
