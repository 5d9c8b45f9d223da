"""The sample's words: nothing missing, nothing unknown, and both languages say the same things of the same people."""

from __future__ import annotations

import copy
from string import Formatter
from typing import TYPE_CHECKING, Any

import pytest

from dangwu.data import resources
from dangwu.parse.yaml import parse_package_yaml
from dangwu.sample.meeting_plan import KINDS
from dangwu.sample.pools import Matter, Words
from dangwu.sample.read_words import WordsError, load_words, make_value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LANGUAGES = ("zh", "en")
PEOPLE = set("abc")


def read(language: str) -> dict[str, Any]:
    """Return the words as data, for a test to spoil."""
    data: dict[str, Any] = copy.deepcopy(resources.load_sample_words(parse_package_yaml)[language])
    return data


def drop_file(words: dict[str, Any]) -> None:
    del words["lectures"]


def drop_phrase(words: dict[str, Any]) -> None:
    del words["phrases"]["chaired"]


def add_phrase(words: dict[str, Any]) -> None:
    words["phrases"]["chared"] = "x"


def drop_message(words: dict[str, Any]) -> None:
    del words["phrases"]["messages"]["waiver"]


def drop_period(words: dict[str, Any]) -> None:
    del words["phrases"]["periods"]["half"]


def drop_part(words: dict[str, Any]) -> None:
    del words["supervision"]["talks"][1]["feedback"]


def drop_title(words: dict[str, Any]) -> None:
    del words["lectures"]["matters"][0]["title"]


def add_grade(words: dict[str, Any]) -> None:
    words["targets"]["reasons"]["unqualified"] = ["x"]


def empty_pool(words: dict[str, Any]) -> None:
    words["plans"]["aims"] = []


def write_number(words: dict[str, Any]) -> None:
    words["plans"]["aims"][0] = 7


def write_month(words: dict[str, Any]) -> None:
    words["lectures"]["matters"][0]["months"] = ["3"]


def write_text(words: dict[str, Any]) -> None:
    words["plans"]["tasks"] = "x"


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (drop_file, "zh: missing: lectures"),
        (drop_phrase, "zh.phrases: missing: chaired"),
        (add_phrase, "zh.phrases: unknown: chared"),
        (drop_message, "zh.phrases.messages: missing: waiver"),
        (drop_period, "zh.phrases.periods: missing: half"),
        (drop_part, r"zh.supervision.talks\[1\]: missing: feedback"),
        (drop_title, r"zh.lectures.matters\[0\]: missing: title"),
        (add_grade, "zh.targets.reasons: unknown: unqualified"),
        (empty_pool, "zh.plans.aims: a list of at least one"),
        (write_number, r"zh.plans.aims\[0\]: str is needed, not 7"),
        (write_month, r"zh.lectures.matters\[0\].months\[0\]: int is needed, not '3'"),
        (write_text, "zh.plans.tasks: fields are needed, not 'x'"),
    ],
)
def test_words_of_another_shape_are_refused_with_their_place(
    spoil: Callable[[dict[str, Any]], None], message: str
) -> None:
    words = read("zh")
    assert make_value(Words, words, "zh") == load_words("zh")
    spoil(words)
    with pytest.raises(WordsError, match=f"^{message}"):
        make_value(Words, words, "zh")


def test_every_kind_of_meeting_has_a_name() -> None:
    for language in LANGUAGES:
        assert load_words(language).phrases.meetings.keys() == KINDS.keys()


def test_both_languages_have_the_same_files() -> None:
    paths = [path.partition("/") for path, _ in resources.read_package_files("sample/words")]
    by_language = {language: [name for top, _, name in paths if top == language] for language in LANGUAGES}
    assert by_language["zh"] == by_language["en"] == sorted(f"{name}.yaml" for name in Words._fields)


def braces(part: Any) -> set[str]:
    """Return the placeholders of a text, or of all texts of a value."""
    if isinstance(part, str):
        return {name for _, name, _, _ in Formatter().parse(part) if name}
    if isinstance(part, int):
        return set()
    return set().union(*map(braces, part.values() if isinstance(part, dict) else part))


def texts(part: Any, place: str) -> Iterator[tuple[str, Any]]:
    """Yield each text with its place; the lines of a matter are one, since languages may divide them differently."""
    if isinstance(part, str | int):
        yield place, part
    elif isinstance(part, Matter):
        yield from texts(part._replace(lines=(" ".join(part.lines),))._asdict(), place)
    elif isinstance(part, dict) or hasattr(part, "_asdict"):
        for key, value in (part if isinstance(part, dict) else part._asdict()).items():
            yield from texts(value, f"{place}.{key}")
    else:
        for number, value in enumerate(part):
            yield from texts(value, f"{place}[{number}]")


def test_both_languages_have_the_same_keys_and_numbers_of_texts() -> None:
    zh, en = (dict(texts(load_words(language), "words")) for language in LANGUAGES)
    assert len(zh) > 900
    assert zh.keys() - en.keys() == en.keys() - zh.keys() == set()
    assert {place: text for place, text in zh.items() if isinstance(text, int)} == {
        place: text for place, text in en.items() if isinstance(text, int)
    }


def test_both_languages_speak_of_the_same_people_and_fill_in_the_same_values() -> None:
    zh, en = (dict(texts(load_words(language), "words")) for language in LANGUAGES)
    for place, text in zh.items():
        assert braces(text) & PEOPLE == braces(en[place]) & PEOPLE, place
        # Of ten voices on a lecture any may name the workshop.
        if not place.startswith("words.lectures.talk"):
            assert braces(text) == braces(en[place]), place
    assert braces(load_words("zh").lectures.talk) == braces(load_words("en").lectures.talk)
