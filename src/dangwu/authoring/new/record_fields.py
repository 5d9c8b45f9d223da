"""The command-line flags of a kind of record: one for each single value of its schema."""

from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003 - read by NamedTuple
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from dangwu.authoring.record_text import read_schema_title
from dangwu.model.message import Bilingual
from dangwu.model.schema_node import format_choice, read_code_words, resolve_node

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

_FIXED_FIELDS = frozenset({"schema", "kind"})
_DEFINITION_FORMS = {
    "date": "day",
    "member": "member",
    "person": "person",
    "group": "group",
    "recordId": "record",
    "month": "month",
    "quarter": "quarter",
    "half": "half",
    "year": "year",
    "id": "id",
}
"""Shared definition of the schemas → the form of a flag's value; the first along the references decides."""
_TYPE_FORMS = {"boolean": "yes-no", "integer": "integer", "number": "number"}


class Flag(NamedTuple):
    """A command-line flag for the field at ``path``; with ``many`` it may be given several times.

    ``options`` are the codes of a field that has some, with their names; ``numbered`` codes are numbers in the record.
    """

    path: tuple[str, ...]
    form: str
    title: Bilingual
    required: bool = False
    many: bool = False
    options: Mapping[str, Bilingual] = MappingProxyType({})
    numbered: bool = False
    lowest: float | None = None
    highest: float | None = None
    pattern: str | None = None
    longest: int | None = None

    @property
    def name(self) -> str:
        """Its name on the command line."""
        return "--" + "-".join(self.path).replace("_", "-")

    def titled(self, language: str) -> str:
        """Return its title in one language."""
        return self.title.zh if language == "zh" else self.title.en

    def list_choices(self, language: str) -> tuple[str, ...]:
        """Return its codes, each with its name in a language where that says more."""
        return tuple(format_choice(code, name, language) for code, name in self.options.items())

    @property
    def key(self) -> str:
        """Its name as a parameter of a function, ending in ``_`` because of keywords as ``class`` and ``from``."""
        return "_".join(self.path) + "_"


def build_flags(schema: Mapping[str, Any], skip: Collection[str] = ()) -> tuple[Flag, ...]:
    """Return a flag for every single value and every list of single values of a kind, at most one level deep."""
    return tuple(_collect_flags(schema, schema, (), skip, Bilingual("", ""), needed=True))


def _collect_flags(
    node: Mapping[str, Any],
    schema: Mapping[str, Any],
    parents: tuple[str, ...],
    skip: Collection[str],
    parent: Bilingual,
    *,
    needed: bool,
) -> Iterator[Flag]:
    for key, field in node["properties"].items():
        if key in _FIXED_FIELDS or (not parents and key in skip):
            continue
        whole = resolve_node(field, schema)
        required = needed and key in node.get("required", ())
        title = _build_flag_title(whole, parent)
        if whole.get("type") == "object" and "properties" in whole:
            if not parents:
                yield from _collect_flags(whole, schema, (key,), skip, title, needed=required)
        elif whole.get("type") != "array":
            yield _build_flag((*parents, key), field, schema, title, required=required)
        elif resolve_node(whole["items"], schema).get("type") != "object":
            needs_item = required and bool(whole.get("minItems"))
            yield _build_flag((*parents, key), whole["items"], schema, title, required=needs_item)._replace(many=True)


def _build_flag_title(node: Mapping[str, Any], parent: Bilingual) -> Bilingual:
    """Return the title of a node, after that of its parent where there is one."""
    zh, en = read_schema_title(node, "zh"), read_schema_title(node, "en")
    return Bilingual(f"{parent.zh}：{zh}", f"{parent.en}: {en}") if parent.zh else Bilingual(zh, en)


def _build_flag(
    path: tuple[str, ...], node: Mapping[str, Any], schema: Mapping[str, Any], title: Bilingual, *, required: bool
) -> Flag:
    whole = resolve_node(node, schema)
    options = read_code_words(whole)
    form = "choice" if options else find_form(node, schema)
    return Flag(
        path,
        form,
        title,
        required,
        options=options,
        numbered=whole.get("type") == "integer",
        lowest=whole.get("minimum"),
        highest=whole.get("maximum"),
        pattern=whole.get("pattern"),
        longest=whole.get("maxLength"),
    )


def find_form(node: Mapping[str, Any], schema: Mapping[str, Any]) -> str:
    """Return the form of a field's value: ``day``, ``member``, ``text`` and so on; of a list that of its items."""
    known = (_DEFINITION_FORMS.get(name) for name in _find_references(node, schema))
    return next((form for form in known if form), _TYPE_FORMS.get(str(resolve_node(node, schema).get("type")), "text"))


def _find_references(node: Mapping[str, Any], schema: Mapping[str, Any]) -> Iterator[str]:
    """Yield the names of the shared definitions that a node refers to, nearest first; of ``anyOf`` the first choice."""
    here = node
    while True:
        if "anyOf" in here and "$ref" not in here:
            here = here["anyOf"][0]
        name = str(here.get("$ref", "")).removeprefix("#/$defs/")
        if not name:
            return
        yield name
        here = schema["$defs"][name]
