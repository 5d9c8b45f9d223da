"""What can be said of a record on the command line: one flag for each single value, told by its schema."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from dangwu.authoring.record_text import read_schema_title
from dangwu.model.message import Bilingual
from dangwu.model.schema_node import resolve_node

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

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
"""Shared definition of the schemas → the form of the word that a flag takes; the first along the references tells."""
_TYPE_FORMS = {"boolean": "yes-no", "integer": "integer", "number": "number"}


class Flag(NamedTuple):
    """One flag. ``at`` says where its value stands; ``many`` that it may be given several times."""

    at: tuple[str, ...]
    form: str
    title: Bilingual
    required: bool = False
    many: bool = False
    options: tuple[str, ...] = ()
    lowest: float | None = None
    highest: float | None = None
    pattern: str | None = None
    longest: int | None = None

    @property
    def name(self) -> str:
        """Its name on the command line."""
        return "--" + "-".join(self.at).replace("_", "-")

    def titled(self, language: str) -> str:
        """Return what it means, in one language."""
        return self.title.zh if language == "zh" else self.title.en

    @property
    def key(self) -> str:
        """Its name as a parameter of a function; words such as ``class`` and ``from`` are taken."""
        return "_".join(self.at) + "_"


def build_flags(schema: Mapping[str, Any], skip: Collection[str] = ()) -> tuple[Flag, ...]:
    """Return a flag for every single value of a kind, one level deep, and for lists of single values."""
    return tuple(_collect_flags(schema, schema, (), skip, Bilingual("", ""), needed=True))


def _collect_flags(
    node: Mapping[str, Any],
    schema: Mapping[str, Any],
    above: tuple[str, ...],
    skip: Collection[str],
    of: Bilingual,
    *,
    needed: bool,
) -> Iterator[Flag]:
    for key, each in node["properties"].items():
        if key in _FIXED_FIELDS or (not above and key in skip):
            continue
        whole = resolve_node(each, schema)
        required = needed and key in node.get("required", ())
        named = _build_flag_title(whole, of)
        if whole.get("type") == "object" and "properties" in whole:
            if not above:
                yield from _collect_flags(whole, schema, (key,), skip, named, needed=required)
        elif whole.get("type") != "array":
            yield _build_flag((*above, key), each, schema, named, required=required)
        elif resolve_node(whole["items"], schema).get("type") != "object":
            lone = required and bool(whole.get("minItems"))
            yield _build_flag((*above, key), whole["items"], schema, named, required=lone)._replace(many=True)


def _build_flag_title(node: Mapping[str, Any], of: Bilingual) -> Bilingual:
    zh, en = read_schema_title(node, "zh"), read_schema_title(node, "en")
    return Bilingual(f"{of.zh}：{zh}", f"{of.en}: {en}") if of.zh else Bilingual(zh, en)


def _build_flag(
    at: tuple[str, ...], node: Mapping[str, Any], schema: Mapping[str, Any], named: Bilingual, *, required: bool
) -> Flag:
    whole = resolve_node(node, schema)
    options = tuple(str(each) for each in whole.get("enum", ()))
    form = "choice" if options else _find_form(node, schema)
    return Flag(
        at,
        form,
        named,
        required,
        options=options,
        lowest=whole.get("minimum"),
        highest=whole.get("maximum"),
        pattern=whole.get("pattern"),
        longest=whole.get("maxLength"),
    )


def _find_form(node: Mapping[str, Any], schema: Mapping[str, Any]) -> str:
    known = (_DEFINITION_FORMS.get(name) for name in _find_references(node, schema))
    return next((form for form in known if form), _TYPE_FORMS.get(str(resolve_node(node, schema).get("type")), "text"))


def _find_references(node: Mapping[str, Any], schema: Mapping[str, Any]) -> Iterator[str]:
    """Yield the names of the shared definitions that a node refers to, nearest first; of choices the first."""
    here = node
    while True:
        if "anyOf" in here and "$ref" not in here:
            here = here["anyOf"][0]
        name = str(here.get("$ref", "")).removeprefix("#/$defs/")
        if not name:
            return
        yield name
        here = schema["$defs"][name]
