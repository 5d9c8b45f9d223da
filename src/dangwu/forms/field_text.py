"""How the values of records are written into a form: names for ids, words for codes, days as people write them."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

from dangwu.model.message import say
from dangwu.model.period import Period
from dangwu.model.record import UNPLANNED
from dangwu.model.schema_node import (
    find_node,
    follow_references,
    holds_person,
    read_code_word,
    read_node_title,
    resolve_list_items,
    resolve_node,
)
from dangwu.pages.wording.names import build_people_order_on, find_group_name, format_period_name, join_phrases
from dangwu.pages.wording.states import MONTH_NAMES

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
"""Fields whose title in the schema says how to write an id, and what stands above the name on paper."""
_CLAUSE_IDS = {"class": "8.2({})", "ground": "10.1({})"}
"""Fields that hold the number of an item of a clause."""
_PERIOD_TYPES = frozenset({"month", "quarter", "half", "year", "makesUp"})
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_PERSON_FIELDS = frozenset({"who", "reviewed_by"})
"""Fields that hold a member's id or something else."""
_SPAN_FIELDS = ("from", "to")
_SHORT_TEXT_LENGTH = 24
"""Longer entries of a list get a line each."""


class FieldText:
    """Writes in one language what the records say."""

    def __init__(self, forms: FormInput, lang: Language, year: int | None = None) -> None:
        self.forms = forms
        self.lang = lang
        self.corpus = forms.corpus
        self._year = year

    def about(self, filled: FormRecord) -> FieldText:
        """Return a pen for one record, which knows the year whose plans its tasks are from."""
        record = filled.record
        names, day = getattr(record, "names", None), getattr(record, "day", None)
        first = names.start if names else day
        return FieldText(self.forms, self.lang, first.year if first else None)

    def __call__(self, text: Text) -> str:
        """Write a sentence."""
        return self.lang.text(text)

    def title(self, title: Bilingual) -> str:
        """Write a title that data carries in both languages."""
        return self.lang.value(title)

    @property
    def branch(self) -> str:
        """The branch's name; room for it where it is not known."""
        return self.title(self.corpus.branch.name) if self.corpus.branch else ""

    def day(self, day: str | date | None) -> str:
        """Write a day as 2026年3月15日 or 15 Mar 2026; nothing for none."""
        if not day:
            return ""
        made = date.fromisoformat(day) if isinstance(day, str) else day
        return self(say("{day} {month} {year}", day=made.day, month=MONTH_NAMES[made.month - 1], year=str(made.year)))

    def short(self, day: str | date | None) -> str:
        """Write a day in the least room, for columns: 2026.3.15 or 2026-03-15."""
        if not day:
            return ""
        made = date.fromisoformat(day) if isinstance(day, str) else day
        return f"{made.year}.{made.month}.{made.day}" if self.lang.code == "zh" else made.isoformat()

    def name(self, person: str | None) -> str:
        """Write a member's or a staff member's name, the id where nobody is known by it."""
        if not person:
            return ""
        staff = self.corpus.branch.staff if self.corpus.branch else {}
        return staff.get(person) or self.corpus.name_of(person)

    def names(self, people: Iterable[str]) -> str:
        """Write several names; of people who are not named, how many there are."""
        listed = list(people)
        if listed and not any(listed):
            return self(say("{count} people", count=len(listed)))
        return self.lang.value(tuple(self.name(each) for each in listed))

    def group(self, group: str | None) -> str:
        """Write a group's name."""
        return find_group_name(self.corpus, group)

    def period(self, label: str) -> str:
        """Write a period by its label."""
        return self(format_period_name(Period.parse(label)))

    def order(self, day: date | None = None) -> Callable[[str], tuple[int, str]]:
        """Return the order in which people stand: by group and id, and never by anything else."""
        return build_people_order_on(self.corpus, day or self.forms.as_of)

    def word(self, kind: str, place: tuple[str, ...], code: str | None) -> str:
        """Write what people call a code where it stands alone."""
        return _capitalize_text(self.inner(kind, place, code))

    def inner(self, kind: str, place: tuple[str, ...], code: str | None) -> str:
        """Write what people call a code; ``place`` leads to its field in the kind's schema, past lists."""
        if code is None:
            return ""
        schema = self.forms.schema(kind)
        return self.title(read_code_word(resolve_list_items(find_node(schema, place), schema), code))

    def label(self, key: str, node: Mapping[str, Any], schema: Mapping[str, Any]) -> str:
        """Write what stands beside a field: its title without the hints for whoever writes a record."""
        own = read_node_title(resolve_node(node, schema), key)
        if key in _PLAIN_LABELS and ("编号" in own.zh or "含当日" in own.zh):
            return self(_PLAIN_LABELS[key])
        if holds_person(node, schema) and own.zh.startswith("党员编号"):
            return self(say("Name"))
        return _HINT.sub("", self.title(own)) or self.title(own)

    def value(
        self, key: str, value: Any, node: Mapping[str, Any], schema: Mapping[str, Any], *, narrow: bool = False
    ) -> str:
        """Write one value by what its schema says it is; lists and objects in one phrase, days short if ``narrow``."""
        if narrow and _is_day(value, resolve_node(node, schema)):
            return self.short(value)
        if value is None or value == "":
            return ""
        whole = resolve_node(node, schema)
        if isinstance(value, list):
            return self._list(key, value, resolve_node(whole.get("items", {}), schema), schema, narrow=narrow)
        if isinstance(value, dict):
            return self._object(value, whole, schema, narrow=narrow)
        return self._scalar(key, value, whole, node, schema)

    def _list(self, key: str, values: list[Any], item: SchemaNode, schema: Mapping[str, Any], *, narrow: bool) -> str:
        if values and isinstance(values[0], dict):
            return "\n".join(self._object(value, item, schema, narrow=narrow) for value in values)
        if values and not any(values) and holds_person(item, schema):
            return self(say("{count} people", count=len(values)))
        parts = tuple(self.value(key, value, item, schema) for value in values)
        long = any(len(part) > _SHORT_TEXT_LENGTH for part in parts)
        if long and len(parts) > 1:
            return "\n".join(f"{number}. {each}" for number, each in enumerate(parts, 1))
        return self.lang.value(parts) or self(say("none"))

    def _object(self, value: Mapping[str, Any], node: SchemaNode, schema: Mapping[str, Any], *, narrow: bool) -> str:
        if "zh" in value:
            return str(value["zh"] if self.lang.code == "zh" else value.get("en", value["zh"]))
        fields = node.get("properties", {})
        parts, spans = list[str](), "from" in value
        for key, each in value.items():
            if each is None or (spans and key in _SPAN_FIELDS):
                continue
            below = resolve_node(fields.get(key, {}), schema)
            written = self.value(key, each, fields.get(key, {}), schema, narrow=narrow)
            plain = holds_person(below, schema) or "x-words" in below or key in {"text", "name", "id"}
            parts.append(written if plain else f"{self.label(key, below, schema)} {written}")
        if spans:
            parts.append("–".join(self.short(value.get(field)) for field in _SPAN_FIELDS))
        return join_phrases(parts, self.lang)

    def _scalar(
        self, key: str, value: Any, whole: SchemaNode, node: Mapping[str, Any], schema: Mapping[str, Any]
    ) -> str:
        if isinstance(value, bool):
            return _capitalize_text(self(say("yes") if value else say("no")))
        if "x-words" in whole:
            return _capitalize_text(self.title(read_code_word(whole, str(value))))
        if _is_day(value, whole):
            return self.day(value)
        if holds_person(node, schema):
            return self.name(value)
        refs = {
            str(reference.get("$ref", "")).removeprefix("#/$defs/") for reference in follow_references(node, schema)
        }
        return self.period(str(value)) if refs & _PERIOD_TYPES else self._reference(key, value, refs)

    def _reference(self, key: str, value: Any, refs: set[str]) -> str:
        """Write what a number or an id stands for, where that is to be found."""
        if key in _CLAUSE_IDS and isinstance(value, int):
            clause = self.forms.rulebook.clause(_CLAUSE_IDS[key].format(value))
            return f"({value}) {self.title(clause.title)}" if clause else f"({value})"
        if isinstance(value, float):
            return f"{value:.2f}".rstrip("0").rstrip(".")
        return self._told(key, str(value), refs)

    def _told(self, key: str, value: str, refs: set[str]) -> str:
        """Write what an id stands for among the records, the id itself where nothing is known by it."""
        if value == UNPLANNED:
            return self(say("not planned"))
        if key == "duties":
            return self._duty(value)
        if "recordId" in refs or key == "letter":
            return self._record(value)
        if key in _PERSON_FIELDS:
            return self.name(value)
        if "taskId" in refs or key in {"task", "plan_item"}:
            return self._planned(value)
        return self.group(value) if key == "group" or ("group" in refs and key != "id") else value

    def _planned(self, id_: str) -> str:
        """Write a task of the year's plan, or an item of its plan of education, by its title."""
        places = (("annual-plan", "tasks", "task"), ("education-plan", "items", "topic"))
        for kind, rows, title in places:
            for plan in self.corpus.of(kind):
                found = next((str(each[title]) for each in plan.data[rows] if each["id"] == id_), None)
                if found and plan.data["year"] == self._year:
                    return found
        return id_

    def _record(self, id_: str) -> str:
        known = self.corpus.by_id.get(id_)
        kind = self.forms.kinds.get(known.kind) if known else None
        if known is None or kind is None:
            return id_
        when = self.day(known.day) if known.day else ""
        return " ".join(filter(None, (self.title(kind.title), when)))

    def _duty(self, duty: str) -> str:
        """Write an id of a duty: clause, title, period, and who owes it."""
        clause, _, rest = duty.partition("/")
        label, _, subject = rest.partition("/")
        known = self.forms.rulebook.clause(clause)
        who = self.group(subject) if self.corpus.branch and self.corpus.branch.group(subject) else self.name(subject)
        title = f"{clause} {self.title(known.title)}" if known else clause
        return join_phrases((title, self.period(label) if label else "", who), self.lang)


def _capitalize_text(text: str) -> str:
    """Begin with a capital what stands alone in its place."""
    return text[:1].upper() + text[1:]


def _is_day(value: Any, node: SchemaNode) -> bool:
    """Tell whether a value is a day, be it that the schema allows something else beside it, as ``to`` does."""
    open_ = "anyOf" in node and isinstance(value, str) and _DAY.fullmatch(value) is not None
    return open_ or node.get("format") == "date"
