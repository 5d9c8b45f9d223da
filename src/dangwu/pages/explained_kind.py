"""The page of ``dangwu explain`` on a kind of record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.model.body import Code
from dangwu.model.message import say
from dangwu.model.schema_node import format_choice
from dangwu.pages.page import Block, Cell, Column, Heading, Item, Items, KeyValues, Page, Paragraph, Prose, Table, Tone
from dangwu.pages.wording.audiences import AUDIENCE_NAMES, DISCLOSED_NAME
from dangwu.pages.wording.values import format_figure

if TYPE_CHECKING:
    from dangwu.language import Language
    from dangwu.model.kind_explanation import KindExplanation, KindField
    from dangwu.model.message import Text

_FORM_NAMES = {
    "day": say("a day, as 2026-03-12"),
    "month": say("a month, as 2026-03"),
    "quarter": say("a quarter, as 2026-Q1"),
    "half": say("a half-year, as 2026-H1"),
    "year": say("a year"),
    "member": say("id of a member"),
    "person": say("id of a member or of somebody on the staff list"),
    "group": say("id of a Party group"),
    "record": say("id of a record: its file's name without the ending"),
    "id": say("an id: lower-case letters, digits, hyphens"),
    "yes-no": say("true or false"),
    "integer": say("a whole number"),
    "number": say("a number"),
    "text": say("text"),
    "rows": say("rows, with the fields below"),
    "fields": say("the fields below"),
}
"""The forms of a field's value, as people read them."""
_MOST_CHOICES = 12
"""How many codes a table lists; the kinds and conditions of an amendment are more."""


def build_kind_page(explained: KindExplanation, lang: Language) -> Page:
    """Return a kind of record: what it is for, where it is, who sees it, its duties, fields, example and commands."""
    kind = explained.kind
    audience = DISCLOSED_NAME if kind.disclosed else AUDIENCE_NAMES[kind.audience]
    pairs = [
        (lang.text(say("kind of record")), Cell(kind.name)),
        (lang.text(say("also called")), Cell(lang.value(kind.aliases))),
        (lang.text(say("path")), Cell(kind.place)),
        (lang.text(say("who may see it")), Cell(lang.text(audience))),
    ]
    blocks: list[Block] = [
        Paragraph(lang.value(explained.purpose)),
        KeyValues(tuple(pair for pair in pairs if pair[1].text)),
        Heading(lang.text(say("Evidence for"))),
        Items(
            tuple(Item(clause.id, lang.value(clause.title)) for clause in explained.served),
            lang.text(say("No duty counts it as evidence.")),
        ),
        _build_field_table(explained, lang),
        Paragraph(lang.text(say("* is required. A clause is explained by dangwu explain CLAUSE.")), Tone.QUIET),
        Heading(lang.text(say("Example: {path}", path=explained.example_path))),
        Prose(Code(explained.example.rstrip("\n"))),
        Heading(lang.text(say("Commands"))),
        Prose(Code("\n".join(explained.commands))),
    ]
    return Page(title=lang.value(kind.title), subtitle="", blocks=tuple(blocks))


def describe_value(field: KindField, lang: Language) -> str:
    """Return what may stand in a field: its codes with their names, else its form with its limits."""
    choices = [format_choice(code, name, lang.code) for code, name in field.choices]
    if choices and len(choices) <= _MOST_CHOICES:
        words = " | ".join(choices)
    elif choices:
        words = lang.text(say("one of {count} words; dangwu schema show lists them", count=len(choices)))
    else:
        words = lang.text(_describe_form(field))
    return lang.text(say("list: {values}", values=words)) if field.many else words


def _describe_form(field: KindField) -> Text:
    name = _FORM_NAMES.get(field.form, _FORM_NAMES["text"])
    if field.form not in {"integer", "number"} or field.highest is None:
        return name
    low, high = format_figure(field.lowest or 0), format_figure(field.highest)
    return say("{number} from {low} to {high}", number=name, low=low, high=high)


def _build_field_table(explained: KindExplanation, lang: Language) -> Table:
    heads = (say("field"), say("title"), say("value"), say("clause"))
    rows = tuple(
        (
            Cell(field.path + ("*" if field.required else "")),
            Cell(lang.value(field.title)),
            Cell(describe_value(field, lang)),
            Cell(lang.value(field.clauses)),
        )
        for field in explained.fields
    )
    return Table(lang.text(say("Fields")), tuple(Column(lang.text(head)) for head in heads), rows)
