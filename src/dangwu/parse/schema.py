"""Validation of documents by the JSON Schemas, with findings in plain words; the only user of jsonschema-rs."""

from __future__ import annotations

import difflib
import unicodedata
from functools import cache
from typing import TYPE_CHECKING, Any

from dangwu.model.finding import FindingCode, Severity, build_finding
from dangwu.model.message import Text, say
from dangwu.model.schema_node import (
    find_choice,
    name_choices,
    read_code_word,
    read_code_words,
    read_node_title,
    resolve_node,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from dangwu.model.document import Document
    from dangwu.model.finding import Finding, Pointer
    from dangwu.model.message import Bilingual

    Schemas = Callable[[str], Mapping[str, Any]]

_ERROR = Severity.ERROR
KIND_UNKNOWN = FindingCode("DW101", "kind-unknown", _ERROR, say("Not a known kind of record"))
FIELD_MISSING = FindingCode("DW102", "field-missing", _ERROR, say("A required field is missing"))
FIELD_UNKNOWN = FindingCode("DW103", "field-unknown", _ERROR, say("A field that this kind does not have"))
VALUE_UNFIT = FindingCode("DW104", "value-unfit", _ERROR, say("A value that does not fit its field"))
CODES = (KIND_UNKNOWN, FIELD_MISSING, FIELD_UNKNOWN, VALUE_UNFIT)

_TYPE_NAMES = {
    "string": say("text"),
    "integer": say("a whole number"),
    "number": say("a number in digits, as 45 or 37.5"),
    "boolean": say("true or false"),
    "array": say("a list"),
    "object": say("lines of its own, indented below it"),
    "null": say("empty"),
}
_FORM_HINTS = {
    "date": say("Write a day as 2026-03-12."),
    "dayOrMonth": say("Write a day as 2026-03-12, or the month as 2026-03 where the day is not known."),
    "time": say("Write the hours as 15:00-16:10, on the 24-hour clock."),
    "id": say("Ids have lower-case letters, digits and hyphens, as in m003."),
    "makesUp": say("Write a month, quarter or half-year as 2026-03, 2026-Q1 or 2026-H1."),
    "text": say("Write something here; only blanks are not enough."),
}
_YAML_1_1_BOOLEANS = {"yes": "true", "on": "true", "no": "false", "off": "false"}


def find_schema_errors(document: Document, kinds: tuple[str, ...], schema: Schemas) -> Iterator[Finding]:
    """Yield the findings on the fields of one document by the schema of its kind."""
    kind = document.data.get("kind")
    if not isinstance(kind, str) or kind not in kinds:
        yield _build_kind_finding(document, kind, kinds)
        return
    validator, source = _build_validator(kind, schema)
    if validator.is_valid(document.data):
        return
    unfit: set[Pointer] = set()
    for error in validator.iter_errors(document.data):
        for finding in _build_findings(document, source, error):
            # A value that fails in two ways is wrong once: form and calendar, or length and blanks.
            if finding.code is not VALUE_UNFIT or finding.source.pointer not in unfit:
                yield finding
            if finding.code is VALUE_UNFIT:
                unfit.add(finding.source.pointer)


@cache
def _build_validator(kind: str, schema: Schemas) -> tuple[Any, Mapping[str, Any]]:
    import jsonschema_rs  # noqa: PLC0415 - a slow import, needed only when something is checked

    source = schema(kind)
    return jsonschema_rs.validator_for(dict(source), validate_formats=True), source


def _build_kind_finding(document: Document, kind: object, kinds: tuple[str, ...]) -> Finding:
    if kind is None:
        message = say("The file does not say what kind of record it is.")
        hint = say("Add kind: with one of {kinds}.", kinds=kinds)
        # Left empty or left out: the place is the field, where there is one.
        return build_finding(KIND_UNKNOWN, document.path, ("kind",) if "kind" in document.data else (), message, hint)
    close = difflib.get_close_matches(str(kind), kinds, 1)
    message = say("{kind} is no kind of record.", kind=str(kind))
    hint = say("Did you mean {near}?", near=close[0]) if close else say("The kinds are: {kinds}.", kinds=kinds)
    return build_finding(KIND_UNKNOWN, document.path, ("kind",), message, hint)


def _build_findings(document: Document, schema: Mapping[str, Any], error: Any) -> Iterator[Finding]:
    pointer: Pointer = tuple(error.instance_path)
    keyword, details = error.kind.name, error.kind.as_dict()
    if keyword == "required":
        field = details["property"]
        title = _find_field_title(schema, error.schema_path[:-1], field)
        message = say("The field {field} ({title}) is missing.", field=field, title=title)
        yield build_finding(FIELD_MISSING, document.path, pointer, message, _suggest_field_line(field), subject=field)
    elif keyword == "additionalProperties":
        for key in sorted(details["unexpected"]):
            yield _build_unknown_field(document, schema, error, pointer, key)
    elif keyword == "anyOf":
        yield _build_unfit_value(document, error, pointer, _describe_nearest_choice(details, error.schema_path))
    else:
        demand = _describe_demand(keyword, details, error.schema_path)
        if keyword == "minItems":
            demand = _describe_shortage(schema, error)
        hint = _suggest_lines(schema, error) if keyword == "type" else None
        if choices := _list_choices(schema, error):
            demand = say("It must be one of: {options}.", options=choices)
            hint = _suggest_code(schema, error)
        yield _build_unfit_value(document, error, pointer, demand, hint)


def _build_unknown_field(
    document: Document, schema: Mapping[str, Any], error: Any, pointer: Pointer, key: str
) -> Finding:
    known = _resolve_path(schema, error.schema_path[:-1]).get("properties", {})
    titles = {read_node_title(resolve_node(node, schema), name).zh: name for name, node in known.items()}
    near = titles.get(key) or next(iter(difflib.get_close_matches(key, known, 1)), None)
    message = say("There is no field {key} here.", key=key)
    hint = say("Did you mean {near}?", near=near) if near else say("The fields are: {fields}.", fields=tuple(known))
    return build_finding(FIELD_UNKNOWN, document.path, (*pointer, key), message, hint, subject=key, at_key=True)


def _build_unfit_value(
    document: Document, error: Any, pointer: Pointer, demand: Text, hint: Text | None = None
) -> Finding:
    value = error.instance
    message = say(
        "{field}: {value} does not fit. {demand}",
        field=_format_pointer(pointer),
        value=_format_value(value),
        demand=demand,
    )
    return build_finding(
        VALUE_UNFIT,
        document.path,
        pointer,
        message,
        hint or _suggest_correction(value, error),
        subject=_format_pointer(pointer),
    )


def _describe_demand(keyword: str, details: Mapping[str, Any], path: list[Any]) -> Text:
    definition = _find_definition(path)
    if keyword == "format":
        return say("There is no such day, or it is not written as 2026-03-12.")
    if keyword == "type":
        names = details.get("types") or [details.get("type")]
        return say(
            "It must be {kinds}.", kinds=tuple(_TYPE_NAMES.get(str(name), say("another kind")) for name in names)
        )
    if keyword == "enum":
        return say("It must be one of: {options}.", options=tuple(str(option) for option in details["options"]))
    if keyword == "const":
        return say("It must be {value}.", value=str(details.get("expected_value", details.get("value", ""))))
    if definition is not None:
        return _FORM_HINTS[definition]
    limits = {
        "minLength": say("Write something here; only blanks are not enough."),
        "maxItems": say("There are too many entries."),
        "maxLength": say("The text is too long."),
        "minimum": say("The number is too small."),
        "maximum": say("The number is too large."),
    }
    return limits.get(keyword, say("It is not written in the form that the field asks for."))


def _find_definition(path: list[Any]) -> str | None:
    """Return the last definition along a schema path that has a hint of its own."""
    return next((str(part) for part in reversed(path[:-1]) if str(part) in _FORM_HINTS), None)


def _describe_shortage(schema: Mapping[str, Any], error: Any) -> Text:
    """Return how many entries a list must have and has, and the codes that none of them has, if it must have each."""
    needed, found = error.kind.as_dict()["limit"], len(error.instance)
    node = _resolve_path(schema, error.schema_path[:-1])
    fields = resolve_node(node.get("items", {}), schema).get("properties", {})
    for key, field in fields.items():
        choice = resolve_node(field, schema)
        codes = choice.get("enum", ())
        given = [entry.get(key) for entry in error.instance if isinstance(entry, dict)]
        missing = tuple(read_code_word(choice, code) for code in codes if code not in given)
        if missing and needed == len(codes):
            return say(
                "At least {needed} entries are needed, {found} are there. Missing: {names}.",
                needed=needed,
                found=found,
                names=missing,
            )
    if needed == 1:
        return say("At least one entry is needed, none is there.")
    return say("At least {needed} entries are needed; the list has {found}.", needed=needed, found=found)


def _describe_nearest_choice(details: Mapping[str, Any], path: list[Any]) -> Text:
    """Return the demand of the closest of several allowed forms: of all of them, else of the first whose type fits."""
    if (definition := _find_definition(path)) is not None:
        return _FORM_HINTS[definition]
    for branch in details.get("context", ()):
        for error in branch:
            if error.kind.name != "type":
                return _describe_demand(error.kind.name, error.kind.as_dict(), error.schema_path)
    first = details["context"][0][0]
    return _describe_demand(first.kind.name, first.kind.as_dict(), first.schema_path)


def _suggest_correction(value: object, error: Any) -> Text | None:
    if isinstance(value, str):
        plain = unicodedata.normalize("NFKC", value).replace("、", ", ").replace("【", "[").replace("】", "]")
        if plain != value:
            return say("Full-width characters: write {plain}", plain=plain)
        if value.lower() in _YAML_1_1_BOOLEANS:
            return say("Write {word}.", word=_YAML_1_1_BOOLEANS[value.lower()])
        digits = value.replace("_", "")
        if digits.isascii() and digits.isdecimal() and error.kind.name == "type":
            return say("Write {word}.", word=digits.lstrip("0") or "0")
    if isinstance(value, bool | int | float) and error.kind.name in {"type", "anyOf"}:
        return say('If this is text, put it in quotation marks: "{value}"', value=_format_value(value))
    return None


def _list_choices(schema: Mapping[str, Any], error: Any) -> tuple[Bilingual, ...]:
    """Return the codes of the field with an error and their names; none for a field without codes."""
    node = _resolve_path(schema, error.schema_path[:-1])
    return name_choices(node) if "enum" in node and error.kind.name in {"enum", "type"} else ()


def _suggest_code(schema: Mapping[str, Any], error: Any) -> Text | None:
    """Return what to write where the name of a code, or a number in quotation marks, stands for the code."""
    codes = read_code_words(_resolve_path(schema, error.schema_path[:-1]))
    code = find_choice(codes, str(error.instance))
    return say("Write {word}.", word=code) if code else None


def _suggest_lines(schema: Mapping[str, Any], error: Any) -> Text | None:
    """Return the lines to write where a value stands and fields are asked for; None for any other value."""
    node = _resolve_path(schema, error.schema_path[:-1])
    fields = node.get("properties", {})
    if node.get("type") != "object" or not fields:
        return None
    lines = tuple(
        f"{name}: {read_node_title(resolve_node(fields[name], schema), name).zh}"
        for name in node.get("required", fields)
    )
    return say("Write in lines below it, each indented by two spaces: {lines}", lines=lines)


def _suggest_field_line(field: str) -> Text | None:
    examples = {"schema": say("Add schema: 1"), "date": _FORM_HINTS["date"], "time": _FORM_HINTS["time"]}
    lists = {"present", "leave", "absent"}
    if field in lists:
        return say("Add {field}: [] if there was nobody.", field=field)
    return examples.get(field, say("Add a line {field}: with its value.", field=field))


def _find_field_title(schema: Mapping[str, Any], path: list[Any], field: str) -> Bilingual:
    node = _resolve_path(schema, path).get("properties", {}).get(field) or schema["properties"].get(field, {})
    return read_node_title(resolve_node(node, schema), field)


def _resolve_path(schema: Mapping[str, Any], path: list[Any]) -> Mapping[str, Any]:
    """Return the resolved node at a path of keys and indexes through a schema."""
    node: Any = schema
    for part in path:
        node = node[int(part)] if isinstance(node, list) else node.get(part, {})
    return resolve_node(node, schema)


def _format_pointer(pointer: Pointer) -> str:
    text = "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in pointer)
    return text.lstrip(".") or "·"


def _format_value(value: object) -> str:
    if value is None:
        return "∅"
    if isinstance(value, bool):
        return "true" if value else "false"
    if value == "":
        return '""'
    text = str(value) if isinstance(value, str | int | float) else "…"
    return text if len(text) <= 60 else text[:59] + "…"  # noqa: PLR2004 - one line of a terminal
