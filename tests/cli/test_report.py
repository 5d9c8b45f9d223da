"""``dangwu report``: every form, to the terminal and to a file."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

from tests.support.run import en, is_chinese, spoken

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.branches import Demo

KEYS = ["schema", "year", "as_of", "revision", "audience", "branch", "records_from", "summary", "duties", "attendance",
        "meetings", "years", "registers", "recorded_on", "recorded_unknown",
        "findings", "accepted", "assumed"]  # fmt: skip


def test_json_has_its_shape_and_agrees_with_due_and_check(demo: Demo) -> None:
    one = en("report", "--format", "json", cwd=demo.path, code=0)
    document = one.json()
    assert list(document) == KEYS
    assert document["schema"] == "dangwu/report/1"
    assert document["year"] == 2026
    due = en("due", "--format", "json", cwd=demo.path).json()
    assert document["duties"] == due["duties"]
    *_, before, last = document["years"]
    assert (before["year"], last["year"], last["meetings"]) == (2025, 2026, len(document["meetings"]))
    total = document["registers"]["dues"][0]
    assert last["dues"] == {"assessed": total["assessed"], "paid": total["paid"]}
    words = ("--audience", "committee")
    found = en("check", *words, "--format", "json", cwd=demo.path).json()["findings"]
    years = [each for each in found if re.match(r"[^/]+/2025[/.]", each["path"]) is None]
    people = {"DW310", "DW906"}
    assert [each | {"for_people": each["code"] in people} for each in years] == document["findings"]
    assert [each["date"] for each in document["meetings"]] == sorted(each["date"] for each in document["meetings"])
    assert one.out == en("report", "--format", "json", cwd=demo.path).out
    days = document["recorded_on"]
    assert {each["recorded_on"] for each in document["meetings"]} <= set(days.values())
    late = [each for each in document["duties"] if each["recorded_late"]]
    assert [days[each["evidence"][0]] for each in late] == [each["recorded_on"] for each in late]


def test_work_tree_index_and_commit_are_reported_alike(demo: Demo) -> None:
    documents = [
        en("report", *words, "--format", "json", cwd=demo.path, code=0).json()
        for words in ((), ("--staged",), ("--rev", "main"))
    ]
    for document in documents:
        document.pop("revision")
    assert documents[0] == documents[1] == documents[2]


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name in {"src", "href"}]


def test_html_is_one_file_without_programs(demo: Demo) -> None:
    for result in spoken("report", "--format", "html", cwd=demo.path, code=0).values():
        page = _Page()
        page.feed(result.out)
        assert page.tags.count("html") == 1
        assert "script" not in page.tags
        assert not [link for link in page.links if not link.startswith(("#", "data:"))]


@pytest.mark.parametrize("form", ["text", "md", "html"])
def test_both_languages(demo: Demo, form: str) -> None:
    said = spoken("report", "--format", form, "--year", "2025", cwd=demo.path, code=0)
    assert is_chinese(said["zh"].out)
    assert "Party group meeting" in said["en"].out
    assert "Party group meeting" not in said["zh"].out
    assert "2025" in said["en"].out


def test_a_file_is_written_once_and_replaced_only_by_force(demo: Demo, tmp_path: Path) -> None:
    target = tmp_path / "年度 报告.html"
    said = en("report", "--format", "html", "--output", target, cwd=demo.path, code=0)
    assert not said.out
    assert "年度 报告.html" in said.err
    first = target.read_bytes()
    assert first.decode() == en("report", "--format", "html", cwd=demo.path).out
    target.write_text("mine\n", encoding="utf-8")
    refused = spoken("report", "--format", "html", "--output", target, cwd=demo.path, code=2)
    assert "exists already" in refused["en"].err
    assert is_chinese(refused["zh"].err)
    assert target.read_text(encoding="utf-8") == "mine\n"
    en("report", "--format", "html", "-o", target, "--force", cwd=demo.path, code=0)
    assert target.read_bytes() == first
    assert [path.name for path in tmp_path.iterdir()] == [target.name]


def test_a_file_of_the_terminal_form_has_no_colour(demo: Demo, tmp_path: Path) -> None:
    en("--color", "always", "report", "--output", tmp_path / "r.txt", cwd=demo.path, code=0)
    assert b"\x1b" not in (tmp_path / "r.txt").read_bytes()


def test_a_file_that_cannot_be_written(demo: Demo, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    said = spoken("report", "--output", tmp_path / "file" / "r.txt", cwd=demo.path, code=3)
    assert "was not written" in said["en"].err
    assert is_chinese(said["zh"].err)


def test_usage_errors(clean: Path) -> None:
    for words in (("--format", "rtf"), ("--year", "1"), ("--format",)):
        said = spoken("report", *words, cwd=clean, code=2)
        assert is_chinese(said["zh"].err)
