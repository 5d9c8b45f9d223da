"""Values of records as the text of a form: names for ids, words for codes, days with their months."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

from dangwu.model.day_or_month import DayOrMonth
from dangwu.model.message import say
from dangwu.model.period import Period
from dangwu.model.record import UNPLANNED
from dangwu.model.schema_node import (
    follow_references,
    holds_person,
    read_code_word,
    read_node_title,
    resolve_node,
)
from dangwu.pages.wording.names import build_people_order_on, find_group_name, find_person_name
from dangwu.pages.wording.values import (
    NO,
    YES,
    capitalize_first,
    find_code_word,
    format_day,
    format_figure,
    format_period_name,
    format_short_day,
    format_short_month,
    join_phrases,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from dangwu.language import Language
    from dangwu.model.form_input import FormInput, FormRecord
    from dangwu.model.message import Bilingual, Text
    from dangwu.model.schema_node import SchemaNode

_HINT = re.compile(r"\s*(?:[，；,;:].*|（[^（）]*）$|\(.*\)$)", re.DOTALL)
_PLAIN_LABELS = {
    "member": say("Name"),
    "owner": say("Responsible"),
    "group": say("Party group"),
    "task": say("Annual task"),
    "plan_item": say("Item of the education plan"),
    "from": say("From"),
    "to": say("Until"),
}
"""Field → its label on paper, where the title in the schema explains how to write an id or a last day."""
_CLAUSE_IDS = {"class": "8.2({})", "ground": "10.1({})"}
"""Field with the number of an item → the clause."""
_PERIOD_TYPES = frozenset({"month", "quarter", "half", "year", "makesUp"})
_PERSON_FIELDS = frozenset({"who", "reviewed_by"})
"""Fields with a member's id or something else, such as a Party group."""
_SPAN_FIELDS = ("from", "to")
_SHORT_TEXT_LENGTH = 24
"""Characters of a list's entry; longer entries get a line each."""


class FieldText:
    """Formats the values of records in one language; ``year`` is the one whose plans define the task ids."""

    def __init__(self, forms: FormInput, lang: Language, year: int | None = None) -> None:
        self.forms = forms
        self.lang = lang
        self.corpus = forms.corpus
        self._year = year

    def for_record(self, form: FormRecord) -> FieldText:
        """Return the formatter for one record, with the year of its period or day."""
        record = form.record
        names, day = getattr(record, "names", None), getattr(record, "day", None)
        first = names.start if names else day
        return FieldText(self.forms, self.lang, first.year if first else None)

    def __call__(self, text: Text) -> str:
        """Return a sentence."""
        return self.lang.text(text)

    def title(self, title: Bilingual) -> str:
        """Return a title that is given in both languages."""
        return self.lang.value(title)

    @property
    def branch(self) -> str:
        """The branch's name; empty where it is unknown."""
        return self.title(self.corpus.branch.name) if self.corpus.branch else ""

    def day(self, day: str | date | None) -> str:
        """Return a day as 2026年3月15日 or 15 March 2026, a month without its day as 2026年3月; empty for None."""
        if not day:
            return ""
        if isinstance(day, str) and (known := DayOrMonth.parse(day)) is not None and known.day is None:
            return self(format_period_name(Period.parse(day)))
        return format_day(date.fromisoformat(day) if isinstance(day, str) else day, self.lang)

    def short_day(self, day: str | date | None) -> str:
        """Return a day for a narrow column: 2026.3.15 or 2026-03-15, a month as 2026.3 or 2026-03; empty for None."""
        if not day:
            return ""
        if isinstance(day, str) and (known := DayOrMonth.parse(day)) is not None and known.day is None:
            return format_short_month(known.first, self.lang)
        return format_short_day(date.fromisoformat(day) if isinstance(day, str) else day, self.lang)

    def name(self, person: str | None) -> str:
        """Return the name of a member or of a person on the staff list; the id where it is unknown."""
        return find_person_name(self.corpus, person) if person else ""

    def names(self, people: Iterable[str]) -> str:
        """Return several names; the number of people where the names are redacted."""
        ids = list(people)
        if ids and not any(ids):
            return self(say("{count} people", count=len(ids)))
        return self.lang.value(tuple(self.name(person) for person in ids))

    def group(self, group: str | None) -> str:
        """Return a Party group's name."""
        return find_group_name(self.corpus, group)

    def period(self, label: str) -> str:
        """Return a period by its label, such as 2026-Q3."""
        return self(format_period_name(Period.parse(label)))

    def people_order(self, day: date | None = None) -> Callable[[str], tuple[int, str]]:
        """Return the sort key of people: by Party group and id."""
        return build_people_order_on(self.corpus, day or self.forms.as_of)

    def word(self, kind: str, place: tuple[str, ...], code: str | None) -> str:
        """Return a code's word as an entry of its own, with a capital letter."""
        return capitalize_first(self.word_in_sentence(kind, place, code))

    def word_in_sentence(self, kind: str, place: tuple[str, ...], code: str | None) -> str:
        """Return a code's word within a sentence; ``place`` is its field in the kind's schema, without list items."""
        return "" if code is None else find_code_word(self.forms.schema(kind), place, code, self.lang)

    def label(self, key: str, node: Mapping[str, Any], schema: Mapping[str, Any]) -> str:
        """Return the label of a field: its title without the hints for writing a record."""
        own = read_node_title(resolve_node(node, schema), key)
        if key in _PLAIN_LABELS and ("编号" in own.zh or "含当日" in own.zh):
            return self(_PLAIN_LABELS[key])
        if holds_person(node, schema) and own.zh.startswith("党员编号"):
            return self(say("Name"))
        return _HINT.sub("", self.title(own)) or self.title(own)

    def value(
        self, key: str, value: Any, node: Mapping[str, Any], schema: Mapping[str, Any], *, narrow: bool = False
    ) -> str:
        """Return a value formatted by its schema node; lists and objects in one phrase, days short if ``narrow``."""
        if narrow and _is_day(value, resolve_node(node, schema)):
            return self.short_day(value)
        if value is None or value == "":
            return ""
        whole = resolve_node(node, schema)
        if isinstance(value, list):
            return self._format_list(key, value, resolve_node(whole.get("items", {}), schema), schema, narrow=narrow)
        if isinstance(value, dict):
            return self._format_object(value, whole, schema, narrow=narrow)
        return self._format_scalar(key, value, whole, node, schema)

    def _format_list(
        self, key: str, values: list[Any], item: SchemaNode, schema: Mapping[str, Any], *, narrow: bool
    ) -> str:
        if values and isinstance(values[0], dict):
            return "\n".join(self._format_object(value, item, schema, narrow=narrow) for value in values)
        if values and not any(values) and holds_person(item, schema):
            return self(say("{count} people", count=len(values)))
        parts = tuple(self.value(key, value, item, schema) for value in values)
        long = any(len(part) > _SHORT_TEXT_LENGTH for part in parts)
        if long and len(parts) > 1:
            return "\n".join(f"{number}. {part}" for number, part in enumerate(parts, 1))
        return self.lang.value(parts) or self(say("none"))

    def _format_object(
        self, value: Mapping[str, Any], node: SchemaNode, schema: Mapping[str, Any], *, narrow: bool
    ) -> str:
        if "zh" in value:
            return str(value["zh"] if self.lang.code == "zh" else value.get("en", value["zh"]))
        fields = node.get("properties", {})
        parts, spans = list[str](), "from" in value
        for key, field in value.items():
            if field is None or (spans and key in _SPAN_FIELDS):
                continue
            below = resolve_node(fields.get(key, {}), schema)
            written = self.value(key, field, fields.get(key, {}), schema, narrow=narrow)
            plain = holds_person(below, schema) or "x-words" in below or key in {"text", "name", "id"}
            parts.append(written if plain else f"{self.label(key, below, schema)} {written}")
        if spans:
            parts.append("–".join(self.short_day(value.get(field)) for field in _SPAN_FIELDS))
        return join_phrases(parts, self.lang)

    def _format_scalar(
        self, key: str, value: Any, whole: SchemaNode, node: Mapping[str, Any], schema: Mapping[str, Any]
    ) -> str:
        if isinstance(value, bool):
            return capitalize_first(self(YES if value else NO))
        if "x-words" in whole:
            word = capitalize_first(self.title(read_code_word(whole, value)))
            # A number of the text is kept: people look it up there.
            return f"({value}) {word}" if isinstance(value, int) else word
        if _is_day(value, whole):
            return self.day(value)
        if holds_person(node, schema):
            return self.name(value)
        refs = {
            str(reference.get("$ref", "")).removeprefix("#/$defs/") for reference in follow_references(node, schema)
        }
        return self.period(str(value)) if refs & _PERIOD_TYPES else self._format_reference(key, value, refs)

    def _format_reference(self, key: str, value: Any, refs: set[str]) -> str:
        """Return the title for the number of a clause's item, a plain number, or the name for an id."""
        if key in _CLAUSE_IDS and isinstance(value, int):
            clause = self.forms.rulebook.clause(_CLAUSE_IDS[key].format(value))
            return f"({value}) {self.title(clause.title)}" if clause else f"({value})"
        if isinstance(value, float):
            return format_figure(value)
        return self._format_id(key, str(value), refs)

    def _format_id(self, key: str, value: str, refs: set[str]) -> str:
        """Return the name or title of what an id refers to; the id itself where it is unknown."""
        if value == UNPLANNED:
            return self(say("not planned"))
        if key == "duties":
            return self._format_duty(value)
        if "recordId" in refs or key == "letter":
            return self._format_record(value)
        if key in _PERSON_FIELDS:
            return self.name(value)
        if "taskId" in refs or key in {"task", "plan_item"}:
            return self._format_task(value)
        return self.group(value) if key == "group" or ("group" in refs and key != "id") else value

    def _format_task(self, id_: str) -> str:
        """Return the title of a task of the year's plan, or of an item of its education plan."""
        places = (("annual-plan", "tasks", "task"), ("education-plan", "items", "topic"))
        for kind, rows, title in places:
            for plan in self.corpus.of(kind):
                row_title = next((str(row[title]) for row in plan.data[rows] if row["id"] == id_), None)
                if row_title and plan.data["year"] == self._year:
                    return row_title
        return id_

    def _format_record(self, id_: str) -> str:
        record = self.corpus.by_id.get(id_)
        kind = self.forms.kinds.get(record.kind) if record else None
        if record is None or kind is None:
            return id_
        when = self.day(record.day) if record.day else ""
        return " ".join(filter(None, (self.title(kind.title), when)))

    def _format_duty(self, duty: str) -> str:
        """Return the clause, title, period and subject for the id of a duty."""
        clause, _, rest = duty.partition("/")
        label, _, subject = rest.partition("/")
        found_clause = self.forms.rulebook.clause(clause)
        who = self.group(subject) if self.corpus.branch and self.corpus.branch.group(subject) else self.name(subject)
        title = f"{clause} {self.title(found_clause.title)}" if found_clause else clause
        return join_phrases((title, self.period(label) if label else "", who), self.lang)


def _is_day(value: Any, node: SchemaNode) -> bool:
    """Tell whether a value is a day, or a month without one, also where the schema allows other values as in ``to``."""
    open_ = "anyOf" in node and DayOrMonth.parse(value) is not None
    return open_ or node.get("format") == "date"
