"""Every sentence is in both languages, none is left over, and both fill in the same arguments."""

from __future__ import annotations

import re
import string

import pytest

from dangwu.language import load_language
from dangwu.model.message import Bilingual, say
from tests.support.catalogue import LIBRARY, catalogue, messages, wanted


def fields(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name is not None}


def test_only_a_call_asks_for_a_message() -> None:
    """A mapping that has the name of the keyword asks for none: libraries that collect messages disagree about it."""
    code = """
say("A {n}", n=len(_("B" " and C"))); self._("D")
say["E"]; _['F']; say = {"G": "H"}; say.get("I"); other("J"); say(template, "K"); say(); x["say"]; "say('L')"
"""
    assert messages(code) == ["A {n}", "D", "B and C"]


def test_every_message_is_translated() -> None:
    known = {str(message.id) for message in catalogue() if message.id and message.string}
    missing = {text: sorted(files) for text, files in wanted().items() if text not in known}
    assert missing == {}


def test_no_message_is_left_over() -> None:
    asked = set(wanted()) | LIBRARY
    left = [str(message.id) for message in catalogue() if message.id and message.id not in asked]
    assert left == []


def test_no_message_is_fuzzy() -> None:
    assert [message.id for message in catalogue() if message.id and message.fuzzy] == []


def test_both_languages_fill_in_the_same_arguments() -> None:
    different = [
        str(message.id)
        for message in catalogue()
        if message.id and fields(str(message.id)) != fields(str(message.string))
    ]
    assert different == []


def test_chinese_is_chinese() -> None:
    """A translation that was forgotten would be the English text, or hold no Chinese character."""
    same = {
        "git {version}",
        "{option}",
        "--months first",
        "git fetch --unshallow",
        "{who}, {demand}",
        "{month} {year}",
        "{field}: {value}",
        "{title} ({kind})",
    }
    latin = [
        str(message.id)
        for message in catalogue()
        if message.id and message.id not in same and not re.search("[\u4e00-\u9fff]", str(message.string))
    ]
    assert latin == []


@pytest.mark.parametrize(("code", "expected"), [("zh", "应到 2 人（甲、乙）"), ("en", "Due: 2 (甲, 乙)")])
def test_lists_are_joined_in_the_manner_of_the_language(code: str, expected: str) -> None:
    assert load_language(code).text(say("Due: {count} ({names})", count=2, names=("甲", "乙"))) == expected


def test_data_cannot_reach_into_objects() -> None:
    text = say("{flag} is missing.", flag="{path.__class__} {0}")
    assert load_language("en").text(text) == "{path.__class__} {0} is missing."
    with pytest.raises(KeyError):
        load_language("en").text(say("{flag.__class__} x", flag="y"))


def test_titles_of_data_follow_the_language() -> None:
    title = Bilingual("党课", "Party lecture")
    assert load_language("zh").value(title) == "党课"
    assert load_language("en").value(title) == "Party lecture"
