"""jsonschema, another library by other people, judges every document as dangwu does, whole and damaged."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator

from dangwu.data import resources
from tests.second_opinion.changes import changes, put, value_at
from tests.second_opinion.differences import EXPLAINED, Difference, Side
from tests.second_opinion.documents import gathered
from tests.second_opinion.validators import (
    FORMATS,
    KINDS,
    NOT_RECORDS,
    Error,
    findings_for,
    kind_findings,
    our_errors,
    our_findings,
    published,
    their_errors,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

SCHEMAS = (*KINDS, *NOT_RECORDS)
SHOWS_NOTHING = (" ", "\t", "\u3000", "\ufeff", "\x1c", "\x85", "\u200b", "\u00ad\u2060", " \u200d\r\n")
TEXTS = {"name": "member", "content": "disclosure", "place": "lecture"}
"""A field of each definition of a text, and a kind that has it."""


def differing(kind: str, data: Any) -> Iterator[tuple[Side, Error]]:
    """Yield the errors that only one of the two finds."""
    ours, theirs = our_errors(kind, data), their_errors(kind, data)
    for side, more in ((Side.OURS, ours - theirs), (Side.THEIRS, theirs - ours)):
        yield from ((side, error) for error in more.elements())


def compare(kind: str, data: Any) -> list[tuple[Side, Error]]:
    """Return the differences that are not explained, and see that every error becomes a finding for people."""
    found = list(differing(kind, data))
    if kind in KINDS and isinstance(data, dict):
        wanted = kind_findings(data)
        if wanted is None:
            named = str(data["kind"])
            found += [] if named == kind else list(differing(named, data))
            wanted = findings_for(our_errors(named, data))
        assert our_findings(data) == wanted
    return [(side, error) for side, error in found if not _explained(side, error, data)]


def _explained(side: Side, error: Error, data: Any) -> bool:
    value = value_at(data, error.pointer)
    return any(difference.explains(side, error.keyword, value) for difference in EXPLAINED)


@pytest.mark.parametrize("name", [f"{kind}.json" for kind in (*SCHEMAS, "common")])
def test_a_schema_is_one(name: str) -> None:
    Draft202012Validator.check_schema(published()[name])
    if name != "common.json":
        Draft202012Validator.check_schema(resources.load_schema(name.removesuffix(".json")))


def test_formats_are_checked_by_both() -> None:
    """The one format in the schemas is one that jsonschema checks without further packages."""
    assert _formats(published()) == {"date"}
    assert "date" in FORMATS.checkers


def _formats(schema: Any) -> set[str]:
    inside = schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ()
    own = {schema["format"]} if isinstance(schema, dict) and isinstance(schema.get("format"), str) else set()
    return own.union(*map(_formats, inside))


def test_documents_come_from_everywhere() -> None:
    documents = gathered()
    assert documents.keys() == {"", *SCHEMAS}
    sources = Counter(source.split(":")[0].split(" ")[0] for every in documents.values() for source, _ in every)
    assert sources.keys() == {"examples", "sample", "case", "template", "rulebooks", "profiles"}
    assert sources["examples"] > 150
    assert sources["sample"] > 600
    assert sources["case"] > 600


@pytest.mark.parametrize("kind", SCHEMAS)
def test_a_document(kind: str) -> None:
    """In none of them is even an explained difference."""
    for source, data in gathered()[kind]:
        errors = our_errors(kind, data)
        assert their_errors(kind, data) == errors, source
        if kind in KINDS:
            assert our_findings(data) == findings_for(errors), source


def test_without_a_kind() -> None:
    for source, data in gathered()[""]:
        assert our_findings(data) == kind_findings(data), source


@pytest.mark.parametrize("kind", SCHEMAS)
def test_every_field_changed(kind: str) -> None:
    offended = set()
    for name, data, offends in changes(kind, gathered()[kind]):
        assert compare(kind, data) == [], name
        if offends is not None:
            assert offends in {(error.pointer, error.keyword) for error in our_errors(kind, data)}, name
            offended.add(offends[1])
    assert offended >= {"additionalProperties", "const"}


def test_the_longest_lists() -> None:
    (lecture, *_) = gathered()["lecture"]
    for length, wanted in ((5000, []), (5001, [Error(("present",), "maxItems")])):
        data = put(lecture.data, ("present",), ["m001"] * length)
        assert list(our_errors("lecture", data)) == wanted
        assert compare("lecture", data) == []


@pytest.mark.parametrize("text", SHOWS_NOTHING)
@pytest.mark.parametrize("field", TEXTS)
def test_what_shows_nothing_is_not_written(field: str, text: str) -> None:
    """Python, ECMA-262 and Unicode each have other blanks; so the schemas name what counts as none."""
    kind = TEXTS[field]
    data = next(data for _, data in gathered()[kind] if field in data)
    wanted = {Error((field,), "pattern"): 1}
    assert our_errors(kind, put(data, (field,), text)) == their_errors(kind, put(data, (field,), text)) == wanted
    assert not our_errors(kind, put(data, (field,), f"{text}字"))


@pytest.mark.parametrize("difference", EXPLAINED, ids=lambda difference: difference.name)
def test_an_explained_difference_is_still_there(difference: Difference) -> None:
    """When one of them changes its mind the explanation goes."""
    (lecture, *_) = gathered()["lecture"]
    data = put(lecture.data, (difference.field,), difference.example)
    assert list(differing("lecture", data)) == [(difference.side, Error((difference.field,), difference.keyword))]
    assert compare("lecture", data) == []
    assert [other.name for other in EXPLAINED if other.holds(difference.example)] == [difference.name]
