"""What a Word template may use: the record's fields by their names, everything as text in one language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dangwu.formats.docx.template_words import AttendanceCount, WordedRow, build_worded_list, build_worded_row
from dangwu.formats.safe_text import make_safe_text
from dangwu.forms import sign_in
from dangwu.forms.field_text import FieldText
from dangwu.forms.meetings import count_attendees
from dangwu.model.body import BodyHeading, flatten_parts
from dangwu.model.record import MEETING_KINDS, Meeting
from dangwu.model.schema_node import resolve_node
from dangwu.pages.wording.values import format_time_span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dangwu.language import Language
    from dangwu.model.body import Parts
    from dangwu.model.form_input import FormInput, FormRecord
    from dangwu.model.schema_node import SchemaNode

_NEVER = frozenset({"schema", "kind"})
_COUNTED = ("due", "present", "leave", "absent")


def build_template_values(forms: FormInput, lang: Language) -> dict[str, Any]:
    """Return the values for a template: those of the first record, and of all under ``records``."""
    pen = FieldText(forms, lang)
    records = [_record(each, pen) for each in forms.filled]
    whole = {
        **(records[0] if records else {}),
        "records": records,
        "branch_name": pen.branch,
        "printed_on": pen.day(forms.as_of),
        "revision": forms.revision or "",
    }
    return {key: _safe(each, lang) for key, each in whole.items()}


def _safe(value: Any, lang: Language) -> Any:
    """Return plain data with every text harmless; lines stay lines, and lists and rows print themselves as words."""
    if isinstance(value, dict):
        shape = AttendanceCount if value.keys() == set(_COUNTED) else WordedRow
        return build_worded_row({key: _safe(each, lang) for key, each in value.items()}, lang, shape)
    if isinstance(value, list):
        return build_worded_list([_safe(each, lang) for each in value], lang)
    return make_safe_text(value.replace("\t", " "), lines=True) if isinstance(value, str) else value


def _record(filled: FormRecord, pen: FieldText) -> dict[str, Any]:
    data: Mapping[str, Any] = filled.data
    if isinstance(filled.record, Meeting):
        data = {**_meeting(filled.record), **data}
    fields = {
        key: _value(key, data.get(key), node, filled.schema, pen)
        for key, node in filled.schema["properties"].items()
        if key not in _NEVER
    }
    return {
        **fields,
        "form_title": pen.title(filled.kind.title),
        "path": filled.path,
        "sections": list(_sections(filled.body)),
        **_attendance(filled, pen),
    }


def _meeting(held: Meeting) -> dict[str, Any]:
    """Return what an audience sees of a meeting whose own fields are not for it."""
    return {
        "date": held.day.isoformat(),
        "time": format_time_span(held.start, held.end),
        "place": held.place,
        "chair": held.chair,
        "recorder": held.recorder,
        "topics": list(held.topics),
    }


def _value(key: str, value: Any, node: Mapping[str, Any], schema: Mapping[str, Any], pen: FieldText) -> Any:
    """Return a field as text, a row as its fields, a list as such; what is not there is empty in the same shape."""
    whole: SchemaNode = resolve_node(node, schema)
    if isinstance(value, str) and "anyOf" in whole:
        return pen.value(key, value, node, schema)
    if whole.get("type") == "array":
        return [_value(key, each, whole.get("items", {}), schema, pen) for each in value or ()]
    if "properties" in whole:
        return {
            each: _value(each, (value or {}).get(each), below, schema, pen)
            for each, below in whole["properties"].items()
        }
    return pen.value(key, value, node, schema)


def _sections(body: Parts) -> Iterator[dict[str, str]]:
    """Yield the parts of a body: each title with the text below it."""
    title, written = "", list[str]()
    for part in body:
        if isinstance(part, BodyHeading):
            if title or written:
                yield {"title": title, "text": "\n".join(written)}
            title, written = part.text, []
        else:
            written += flatten_parts((part,))
    if title or written:
        yield {"title": title, "text": "\n".join(written)}


def _attendance(filled: FormRecord, pen: FieldText) -> dict[str, Any]:
    """Return who was due, in order, each with name, group and mark; and how many."""
    held = filled.record if isinstance(filled.record, Meeting) else None
    if filled.kind.name not in MEETING_KINDS:
        return {}
    people = sign_in.list_due_members(pen, held) if held and held.listed else []
    marks = sign_in.describe_attendance(pen, held) if held else {}
    rows = []
    for number, each in enumerate(people, 1):
        member = pen.corpus.member_by_id.get(each)
        group = pen.group(member.group_on(held.day)) if member and held else ""
        rows.append({
            "number": str(number), "id": each, "name": pen.name(each), "group": group, "mark": marks.get(each, ""),
        })  # fmt: skip
    counts = count_attendees(held, pen) if held else {}
    return {"sign_in": rows, "counts": {key: str(counts.get(key, "")) for key in _COUNTED}}
