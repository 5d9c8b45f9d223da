"""Nobody reads what is not for them: unmistakable words in every field, through every command, format and audience."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from dangwu.model.audience import AUDIENCE_CHOICES, Audience
from dangwu.workspace.catalogue import load_kinds
from tests.support import canary
from tests.support.branches import base_files
from tests.support.canary import assert_fit, sung
from tests.support.gitrepo import GitRepo
from tests.support.run import en, spoken, zh

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

CHECK = ("text", "json", "github", "gitlab", "sarif", "junit")
DUE = ("text", "json", "md")
REPORT = ("text", "md", "html", "json")
CONFIDENTIAL = sorted(each.name for each in load_kinds().values() if each.audience.rank >= Audience.HANDLERS.rank)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a branch with a record of every kind, each field unmistakable."""
    repo = GitRepo(tmp_path_factory.mktemp("canary") / "r")
    repo.commit(canary.files())
    return repo.path


@pytest.mark.parametrize("audience", AUDIENCE_CHOICES)
def test_pages_and_documents(whole: Path, audience: str) -> None:
    asked = [("due", form) for form in DUE] + [("report", form) for form in REPORT]
    for command, form in asked:
        for result in spoken(
            command, "--format", form, "--audience", audience, cwd=whole, as_of=canary.AS_OF, code=0
        ).values():
            assert_fit(result.both, audience)


@pytest.mark.parametrize(
    ("audience", "seen", "unseen"),
    [
        ("public", ("to-society",), ("to-employees", "to-members", "to-later", "to-unapproved", "general-meeting")),
        ("employees", ("to-society", "to-employees", "annual-plan"), ("to-members", "to-later", "general-meeting")),
        ("members", ("to-members", "general-meeting", "training"), ("rectification-items", "waiver-reason", "lecture")),
        (
            "committee",
            ("rectification-items", "superior-inspection-points", "waiver-reason", "to-unapproved"),
            ("letter",),
        ),
        ("handlers", ("rectification-items", "Confidential files"), ("admonition-facts", "complainant")),
    ],
)
def test_what_an_audience_may_see_is_there(
    whole: Path, audience: str, seen: tuple[str, ...], unseen: tuple[str, ...]
) -> None:
    """Without this the other tests would pass on empty pages."""
    said = en("report", "--format", "md", "--audience", audience, cwd=whole, as_of=canary.AS_OF, code=0).out
    said = said.replace("\\", "")
    for each in seen:
        if each == "annual-plan":
            assert "plans/2026/annual.yaml" in said
        else:
            assert each in said, each
    if audience != "members":
        assert not [each for each in unseen if f"{canary.SONG}-{each}" in said]


@pytest.mark.parametrize("audience", ["public", "employees", "members"])
def test_below_the_committee_nobody_is_counted_alone(whole: Path, audience: str) -> None:
    words = ("--audience", audience, "--format", "json")
    report = en("report", *words, cwd=whole, as_of=canary.AS_OF, code=0).json()
    assert report["audience"] == audience
    assert report["attendance"] == []
    assert report["accepted"] == []
    due = en("due", *words, cwd=whole, as_of=canary.AS_OF, code=0).json()
    assert not [each for each in due["duties"] if re.fullmatch(r"m\d+", each["subject"] or "")]
    assert not [each for each in due["duties"] if each["audience"] in {"committee", "handlers"}]
    if audience == "members":
        assert "dues" not in report["registers"], "of one person"
        assert [each["dues"] for each in report["years"]] == [None]
        assert report["registers"]["excellent"]
        assert any(each["present"] for each in report["meetings"])
        assert {each["system"] for each in due["duties"]} >= {1, 3, 6}
    else:
        assert {each["system"] for each in due["duties"]} == {8}
        assert not report["meetings"]
        assert not {"dues", "excellent", "appraisal", "targets", "supervision"} & report["registers"].keys()


def test_committee_is_the_default_and_handlers_see_more(whole: Path) -> None:
    for command in ("due", "report"):
        plain, committee, handlers = (
            en(command, *words, "--format", "json", cwd=whole, as_of=canary.AS_OF, code=0).json()
            for words in ((), ("--audience", "committee"), ("--audience", "handlers"))
        )
        assert plain == committee
        extra = {each["clause"] for each in handlers["duties"]} - {each["clause"] for each in plain["duties"]}
        assert extra == {"9.2(7)", "10.4a", "10.4b"}


def test_letters_are_counts_only(whole: Path) -> None:
    report = en("report", "--format", "json", cwd=whole, as_of=canary.AS_OF, code=0).json()
    counts = {each["what"]: each["count"] for each in report["registers"]["supervision"]}
    assert counts["letters"] == 1
    assert counts["talks-Q1"] == 1
    assert "confidential" not in report["registers"]


def test_explain_and_rules(whole: Path) -> None:
    duties = en("due", "--format", "json", "--audience", "handlers", cwd=whole, as_of=canary.AS_OF).json()["duties"]
    chosen = {each["clause"]: each["id"] for each in duties}
    for clause, id_ in chosen.items():
        for asked in (clause, id_):
            result = en("explain", asked, cwd=whole, as_of=canary.AS_OF, code=(0, 2))
            assert_fit(result.both, "committee")
    for form in ("text", "md", "json"):
        assert_fit(zh("rules", "--format", form, cwd=whole, as_of=canary.AS_OF, code=0).both, "public")


def test_check_of_every_audience(whole: Path) -> None:
    for audience in (None, *AUDIENCE_CHOICES):
        words = () if audience is None else ("--audience", audience)
        for form in CHECK:
            result = en("check", *words, "--format", form, cwd=whole, as_of=canary.AS_OF)
            if audience in {None, "handlers"}:
                assert f"{canary.SONG}-complainant" not in result.both
            else:
                # SARIF brings the explanations of all codes along; their examples have the same fictional names.
                said = json.dumps(result.json()["runs"][0]["results"], ensure_ascii=False) if form == "sarif" else ""
                assert_fit(said or result.both, str(audience))
            if audience is None:
                assert not sung(result.both) & set(CONFIDENTIAL)


BREAKS: dict[str, Callable[[str], bytes]] = {
    "a value of another type": lambda text: re.sub(rf'"({canary.SONG}[^"]*)"', r'["\1"]', text).encode(),
    "a word for a day": lambda text: re.sub(r'"2026-\d\d-\d\d"', f'"{canary.SONG}-day-x-鸟"', text).encode(),
    "a word for a choice": lambda text: re.sub(
        r'"(committee|letter|visit|signed)"', f'"{canary.SONG}-c-x-鸟"', text
    ).encode(),
    "a word for a person": lambda text: re.sub(r'"m00\d"', '"q-canary-person"', text).encode(),
    "a field that is content": lambda text: (
        text.replace('{"', f'{{"{canary.SONG}-key-x-鸟": 1, "').encode() + f"{canary.SONG}-key-x-鸟: 1\n".encode()
    ),
    "a field given twice": lambda text: (text + text.splitlines()[-1] + "\n").encode(),
    "a quotation mark never closed": lambda text: (text + f'z: "{canary.SONG}-open-x-鸟\n').encode(),
    "a full-width colon": lambda text: (text + f"{canary.SONG}-wide-x-鸟：{canary.SONG}-wide-y-鸟\n").encode(),
    "no space after a colon": lambda text: (text + f"facts:{canary.SONG}-tight-x-鸟\n").encode(),
    "an alias": lambda text: (text + f"z: *{canary.SONG}-alias-x-鸟\n").encode(),
    "two colons": lambda text: (text + f"z: a: {canary.SONG}-two-x-鸟\n").encode(),
    "only text": lambda _: f"{canary.SONG}-only-x-鸟\n".encode(),
    "left to write": lambda text: text.replace(canary.SONG, f"【待填】{canary.SONG}").encode(),
    "invisible characters": lambda text: text.replace(canary.SONG, f"\u202e{canary.SONG}\u200b").encode(),
    "a conflict": lambda text: (text + f"<<<<<<< {canary.SONG}-a-x-鸟\n=======\n>>>>>>> b\n").encode(),
    "gbk": lambda text: text.encode("gbk"),
    "utf-16": lambda text: text.encode("utf-16"),
    "cut off": lambda text: text.encode()[:-3],
    "another kind": lambda text: re.sub(r"kind: .*", f'kind: "{canary.SONG}-kind-x-鸟"', text).encode(),
    "another wide kind": lambda text: re.sub(r"kind: .*", "kind: training", text).encode(),
    "fields missing": lambda text: "".join(text.splitlines(keepends=True)[:4]).encode(),
    "crlf": lambda text: text.replace("\n", "\r\n").encode(),
}


@pytest.fixture(scope="module")
def wrong(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a branch with every confidential file wrong in every way, each time in a file of its own."""
    every = load_kinds()
    files: dict[str, str | bytes] = dict(base_files())
    for name in CONFIDENTIAL:
        path, fields = canary.records()[name]
        assert "k1" in path
        for number, change in enumerate(BREAKS.values(), 1):
            files[path.replace("k1", f"k{number}")] = change(canary.text(every[name], fields))
    repo = GitRepo(tmp_path_factory.mktemp("broken") / "r")
    repo.commit(files)
    return repo.path


def assert_unquoted(text: str) -> None:
    """See that nothing of a confidential file stands in a text."""
    assert canary.SONG not in text
    assert "鸟" not in text
    assert "q-canary-person" not in text


@pytest.mark.parametrize("form", CHECK)
def test_a_confidential_file_that_is_wrong_is_not_quoted(wrong: Path, form: str) -> None:
    for words in ((), ("--audience", "committee"), ("--show-accepted",)):
        for result in spoken("check", *words, "--format", form, cwd=wrong, as_of=canary.AS_OF).values():
            assert_unquoted(result.both)
    assert "complainants/" not in en("check", "--audience", "committee", cwd=wrong, as_of=canary.AS_OF).both


def test_nor_is_it_in_any_page(wrong: Path) -> None:
    for command, forms in (("due", DUE), ("report", REPORT)):
        for form in forms:
            words = ("--format", form, "--audience", "handlers")
            assert_unquoted(en(command, *words, cwd=wrong, as_of=canary.AS_OF, code=0).both)


def test_every_way_of_being_wrong_is_found(wrong: Path) -> None:
    """Without this a file that is read after all would prove nothing."""
    found = en("check", "--format", "json", cwd=wrong, as_of=canary.AS_OF).json()["findings"]
    for name in CONFIDENTIAL:
        path, _ = canary.records()[name]
        for number, how in enumerate(BREAKS, 1):
            assert path.replace("k1", f"k{number}") in {each["path"] for each in found}, (name, how)
    sealed = [each for each in found if each["path"].startswith("complainants/")]
    assert sealed
    for each in sealed:
        assert (each["line"], each["hint"], each["subject"], each["related"]) == (0, None, None, [])


def test_handlers_see_lines_but_nobody_those_of_a_sealed_file(wrong: Path) -> None:
    """Without this the frames of confidential files could be missing everywhere."""
    said = en("check", "--audience", "handlers", cwd=wrong, as_of=canary.AS_OF).both
    assert sung(said) >= set(CONFIDENTIAL) - {"complainant"}
    assert f"{canary.SONG}-complainant" not in said


def test_wrong_audiences(whole: Path) -> None:
    for command in ("check", "due", "report"):
        for word in ("sealed", "everyone"):
            assert "committee" in en(command, "--audience", word, cwd=whole, code=2).err
