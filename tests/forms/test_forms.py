"""Every kind of record prints as a form, in both languages, and says to nobody what is not for them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from dangwu.errors import CannotRunError, UsageError
from dangwu.forms.registry import BOOK_BUILDERS, FORM_BUILDERS, build_form_paper
from dangwu.language import load_language
from dangwu.model.audience import Audience
from dangwu.workspace.catalogue import load_kinds
from dangwu.workspace.forms import build_blank_form, build_form_input
from tests.support import canary
from tests.support.branches import base_files
from tests.support.forms import AS_OF, assert_ruled, form, texts, unmistakable, whole, workspace

if TYPE_CHECKING:
    from dangwu.workspace.workspace import Workspace

LANGUAGES = ("zh", "en")
SONG = re.compile(rf"{canary.SONG}-([a-z-]+?)-([a-z_.]+)-鸟")
ISO = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
RECORDS = canary.records()
PRINTED = sorted(name for name in RECORDS if name != "complainant")
OTHERS = ("branch.yaml", "members/m001.yaml", "members", "meetings/2026", "disclosures/2026")
AUDIENCES = [each for each in Audience if each is not Audience.SEALED]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", sorted(load_kinds()))
def test_every_kind_has_an_empty_form(name: str, lang: str) -> None:
    for here in (None, unmistakable()):
        if load_kinds()[name].audience is Audience.SEALED:
            with pytest.raises(UsageError):
                build_blank_form(here, name, AS_OF, Audience.HANDLERS)
            continue
        made = build_form_paper(build_blank_form(here, name, AS_OF, Audience.HANDLERS), load_language(lang))
        assert_ruled(made)
        assert canary.SONG not in whole(made)
        assert made.title
        assert not made.origin


def test_the_forms_are_of_kinds_that_there_are() -> None:
    assert {*FORM_BUILDERS, *BOOK_BUILDERS} <= set(load_kinds())


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", PRINTED)
def test_every_kind_prints_what_it_says(name: str, lang: str) -> None:
    path, fields = RECORDS[name]
    made = form(unmistakable(), path, lang)
    assert_ruled(made)
    said = whole(made)
    own = set(re.findall(rf"{canary.SONG}-{name}-[a-z_.]+-鸟", str(fields)))
    assert {each for each in own if each not in said} == set()
    if load_kinds()[name].place.endswith(".md"):
        assert canary.word(name, "body") in said
    # No machine's names: neither ids of members nor codes, and in Chinese no ISO day but in the line of origin.
    body = "\n".join(each for each in texts(made) if each != made.origin)
    assert not re.search(r"\bm00\d\b", body), body
    assert lang == "en" or not ISO.search(body)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("word", OTHERS)
def test_people_the_branch_and_folders(word: str, lang: str) -> None:
    made = form(unmistakable(), word, lang)
    assert_ruled(made)
    assert made.origin


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("name", sorted(RECORDS))
def test_nobody_reads_what_is_not_for_them(name: str, audience: Audience) -> None:
    path = RECORDS[name][0]
    allowed = {each.name for each in load_kinds().values() if audience.may_see(each.audience)}
    for lang in LANGUAGES:
        if name not in allowed:
            with pytest.raises(UsageError) as caught:
                form(unmistakable(), path, lang, audience)
            told = load_language(lang).text(caught.value.message)
            assert canary.SONG not in told
            assert path in told
            assert caught.value.hint is None
            continue
        said = whole(form(unmistakable(), path, lang, audience))
        assert {each[1] for each in SONG.finditer(said)} <= allowed
        assert f"{canary.SONG}-complainant" not in said
        if not audience.may_see(Audience.MEMBERS):
            assert not [each for each in _names() if each in said]


@pytest.mark.parametrize("audience", AUDIENCES)
def test_an_item_of_openness_is_for_its_scope(audience: Audience) -> None:
    for scope, wanted in {**canary.SCOPES, "later": Audience.COMMITTEE, "unapproved": Audience.COMMITTEE}.items():
        path = next(each for each in canary.disclosures() if each.endswith(f"-{scope}.yaml"))
        if audience.may_see(wanted):
            assert f"{canary.SONG}-to-{scope}-鸟" in whole(form(unmistakable(), path, "zh", audience))
        else:
            with pytest.raises(UsageError):
                form(unmistakable(), path, "zh", audience)


def _names() -> list[str]:
    return [each.name for each in unmistakable().corpus.members]


@pytest.mark.parametrize("audience", AUDIENCES)
def test_folders_have_only_what_may_be_seen(audience: Audience) -> None:
    for word in ("supervision/2026", "plans/2026", "meetings/2026", "complainants", "admonitions/2026", "admonitions"):
        try:
            said = whole(form(unmistakable(), word, "en", audience))
        except UsageError:
            continue
        allowed = {each.name for each in load_kinds().values() if audience.may_see(each.audience)}
        assert {each[1] for each in SONG.finditer(said)} <= allowed


@pytest.mark.parametrize("word", ["complainants/k1.yaml", "complainants/none.yaml", "complainant-2026", "complainants"])
def test_who_a_letter_came_from_is_never_printed(word: str) -> None:
    with pytest.raises(UsageError) as caught:
        form(unmistakable(), word)
    assert canary.SONG not in str(caught.value.message)


def test_a_hidden_id_is_told_like_one_that_is_not_there() -> None:
    """Whether there is a letter of that id is itself for handlers only."""
    there = {
        "supervision/2026/letter-l77.yaml": canary.text(load_kinds()["letter"], {**canary.data("letter"), "id": "l77"})
    }
    here = workspace({**base_files(), **there})
    messages = []
    for word in ("l77", "l78", "letter-l77", "letter-l78"):
        with pytest.raises(UsageError) as caught:
            form(here, word, audience=Audience.COMMITTEE)
        error = caught.value
        said = f"{load_language('en').text(error.message)} {load_language('en').text(error.hint) if error.hint else ''}"
        messages.append(re.sub(r"7[78]", "N", said))
    assert messages[0] == messages[1]
    assert messages[2] == messages[3]
    assert "l77" in whole(form(here, "l77"))
    # Nor does the path tell: both are refused before anything is looked up.
    for word in ("supervision/2026/letter-l77.yaml", "supervision/2026/letter-l78.yaml"):
        with pytest.raises(UsageError) as caught:
            form(here, word, audience=Audience.COMMITTEE)
        assert load_language("en").text(caught.value.message) == f"{word} is not for the audience “committee”."


def test_names_that_are_wrong() -> None:
    here = unmistakable()
    with pytest.raises(UsageError) as caught:
        form(here, "appraisal-2062")
    assert caught.value.hint is not None
    assert "appraisal-2026" in load_language("en").text(caught.value.hint)
    with pytest.raises(UsageError) as caught:
        form(here, "canary")
    assert "for the audience" in load_language("en").text(caught.value.message)
    with pytest.raises(UsageError) as caught:
        build_blank_form(here, "general-meetign", AS_OF, Audience.COMMITTEE)
    assert "general-meeting" in load_language("en").text(caught.value.hint or caught.value.message)


def test_a_name_of_several_records_lists_them() -> None:
    own = {"trainings/2026/x.yaml": "", "waivers/2026/x.yaml": ""}
    made = {**canary.files(), **{path.replace("x", "2026-02-02-x"): text for path, text in own.items()}}
    for name, place in (("training", "trainings"), ("waiver", "waivers")):
        fields = RECORDS[name][1]
        made[f"{place}/2026/2026-02-02-x.yaml"] = canary.text(load_kinds()[name], {**fields, "date": "2026-02-02"})
    with pytest.raises(UsageError) as caught:
        form(workspace(made), "2026-02-02-x")
    assert "trainings/2026/2026-02-02-x.yaml, waivers/2026/2026-02-02-x.yaml" in load_language("en").text(
        caught.value.message
    )


def test_what_cannot_be_read_says_so() -> None:
    here = workspace({**base_files(), "trainings/2026/2026-02-02-x.yaml": "kind: training\n"})
    with pytest.raises(CannotRunError):
        form(here, "trainings/2026/2026-02-02-x.yaml")


def test_paths_from_a_folder_and_from_windows() -> None:
    here = unmistakable()
    expected = form(here, "plans/2026/annual.yaml")
    assert (
        build_form_paper(
            build_form_input(here, "annual.yaml", AS_OF, Audience.HANDLERS, below="plans/2026/"), load_language("zh")
        )
        == expected
    )
    for word in ("plans\\2026\\annual.yaml", "./plans/2026/annual.yaml", "annual-plan-2026"):
        assert form(here, word) == expected


def rare() -> Workspace:
    """Return the base with text that would be markup elsewhere, and rare characters."""
    fields = {**RECORDS["training"][1], "title": '{{7*7}} </w:t> #read("x") 䶮㛃𬭎 ，。\x07\u202e', "place": "*b* =1+1"}
    return workspace({**base_files(), RECORDS["training"][0]: canary.text(load_kinds()["training"], fields)})


def test_text_of_records_stays_text() -> None:
    said = whole(form(rare(), RECORDS["training"][0]))
    assert '{{7*7}} </w:t> #read("x") 䶮㛃𬭎' in said
