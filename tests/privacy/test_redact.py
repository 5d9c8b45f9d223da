"""Taking names and quotations out of values."""

from __future__ import annotations

from datetime import date

from dangwu.facts.people_names import NamedPerson, compile_people
from dangwu.model.audience import Audience
from dangwu.model.body import BodyHeading, BodyListItem, BodyParagraph, BodyTable, Code, Points, Quote, Span
from dangwu.model.message import Bilingual, say
from dangwu.privacy.redact import (
    collect_schema_words,
    drop_fields,
    redact_names,
    redact_quotes,
    tells_nothing,
)
from dangwu.privacy.redact_body import redact_body

WORDS = frozenset({"facts", "notice", "date", "checks"})


def test_a_sentence_keeps_fields_and_counts_and_nothing_else() -> None:
    text = say(
        "{field} {value} {day} {count} {title} {inner} {listed}",
        field="notice.date",
        value="facts",
        day=date(2026, 3, 1),
        count=3,
        title=Bilingual("事实", "Facts"),
        inner=say("{x}", x="secret"),
        listed=("facts", "secret"),
    )
    assert dict(redact_quotes(text, WORDS).arguments) == {
        "field": "notice.date",
        "value": "…",
        "day": "…",
        "count": 3,
        "title": Bilingual("事实", "Facts"),
        "inner": say("{x}", x="…"),
        "listed": ("facts", "…"),
    }


def test_a_way_through_fields_tells_nothing_and_content_does() -> None:
    assert tells_nothing("checks[2].date", WORDS)
    assert not tells_nothing("checks.某人", WORDS)
    assert not tells_nothing("m003", WORDS)


def test_names_go_out_of_every_value_the_longer_first() -> None:
    names = compile_people([NamedPerson(f"m{at}", name) for at, name in enumerate(["王大力", "王大", "李"])])
    assert redact_names({"a": ["王大力和王大", 3], "b": ("李",)}, names) == {"a": ["某某和某某", 3], "b": ("李",)}
    assert redact_names(say("{x}", x="王大"), names) == say("{x}", x="某某")
    assert redact_names(Bilingual("王大力支部", "x"), names) == Bilingual("某某支部", "x")
    assert redact_names("王大力", None) == "王大力"


def test_names_go_out_of_every_part_of_a_text_and_the_rest_keeps_its_looks() -> None:
    """A name counts as one where a mark stands inside it; it takes the look of its beginning."""
    names = compile_people([NamedPerson("m1", "王大力"), NamedPerson("m2", "李四")])
    spans = (Span("请王"), Span("大力", strong=True), Span("同志和", emphasis=True), Span("李四。"))
    nameless = (Span("请某某"), Span("同志和", emphasis=True), Span("某某。"))
    parts = (
        BodyHeading("王大力的话", 2),
        BodyParagraph(spans),
        Quote((BodyParagraph(spans),)),
        Points((BodyListItem((BodyParagraph(spans),)),)),
        Code("李四 王大力"),
        BodyTable((spans, (Span("职务"),)), ((spans, ()), ((Span("李四"),), spans)), ("start", "end")),
    )
    assert redact_body(parts, names) == (
        BodyHeading("某某的话", 2),
        BodyParagraph(nameless),
        Quote((BodyParagraph(nameless),)),
        Points((BodyListItem((BodyParagraph(nameless),)),)),
        Code("某某 某某"),
        BodyTable((nameless, (Span("职务"),)), ((nameless, ()), ((Span("某某"),), nameless)), ("start", "end")),
    )
    assert redact_body(parts, None) == parts


def test_fields_are_left_out_along_their_ways() -> None:
    data = {"owner": "m001", "tasks": [{"owner": "m002", "task": "x"}], "present": ["m001"], "other": "y"}
    left = drop_fields(data, [("owner",), ("tasks", None, "owner"), ("present", None), ("nothing", None)])
    assert left == {"tasks": [{"task": "x"}], "present": [], "other": "y"}
    assert data["owner"] == "m001"


def test_words_of_a_schema_are_its_fields_and_choices() -> None:
    schema = {"properties": {"a": {"enum": ["x", 3]}, "b": {"items": {"properties": {"c": {}}}}}}
    assert collect_schema_words(schema) == {"a", "b", "c", "x"}


def test_nobody_may_see_what_is_sealed() -> None:
    assert not [each for each in Audience if each.may_see(Audience.SEALED)]
