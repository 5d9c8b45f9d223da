"""What holds for the fields of every kind alike: members that exist, days that have come, one record an id."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dangwu.check.people import ID_TWICE, REFERENCE_UNKNOWN, find_member_faults
from dangwu.check.times import IN_THE_FUTURE
from dangwu.model.finding import RelatedPlace, Source, build_finding
from dangwu.model.kind import find_values
from dangwu.model.message import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dangwu.check.context import Context
    from dangwu.model.finding import Finding, Pointer
    from dangwu.model.record import GenericRecord


def check_member_references(context: Context) -> Iterator[Finding]:
    """Follow every member's id in the records that have no type of their own."""
    staff = context.corpus.staff
    for sheet in context.corpus.generic_records:
        for pattern, staff_too in context.kinds[sheet.kind].people:
            for pointer, value in find_values(sheet.data, pattern):
                if not (staff_too and value in staff):
                    yield from find_member_faults(context.corpus, sheet, value, pointer, None)


def check_groups(context: Context) -> Iterator[Finding]:
    """See that the group a record is about exists."""
    branch = context.corpus.branch
    for sheet in context.corpus.generic_records if branch else ():
        if branch and context.kinds[sheet.kind].subject_field == "group" and branch.group(sheet.subject or "") is None:
            message = say("branch.yaml has no group with the id {id}.", id=sheet.subject or "")
            hint = say("The groups are: {ids}.", ids=tuple(group.id for group in branch.groups))
            yield build_finding(REFERENCE_UNKNOWN, sheet, ("group",), message, hint, subject=sheet.subject)


def check_future_days(context: Context) -> Iterator[Finding]:
    """Refuse days that have not come in fields that say what was done: date, and all that end in _on."""
    last = context.as_of.isoformat()
    hint = say("Correct the date; a record is written after the event.")
    for sheet in context.corpus.generic_records:
        for pointer, value in _find_done_days(sheet.data, ()):
            if value > last:
                message = say("{day} lies after the as-of day {as_of}.", day=value, as_of=context.as_of)
                yield build_finding(IN_THE_FUTURE, sheet, pointer, message, hint)


def check_record_ids(context: Context) -> Iterator[Finding]:
    """See that no two records can be meant by one id."""
    first: dict[str, GenericRecord] = {}
    for sheet in context.corpus.generic_records:
        earlier = first.setdefault(sheet.id, sheet)
        if earlier is not sheet:
            message = say("The id {id} belongs to {path} already.", id=sheet.id, path=earlier.path)
            related = (RelatedPlace(Source(earlier.path, line=1, column=1), say("first used here")),)
            hint = say("Give one of the two another id.")
            yield build_finding(ID_TWICE, sheet, ("id",), message, hint, subject=sheet.id)._replace(related=related)


def _find_done_days(node: Any, pointer: Pointer) -> Iterator[tuple[Pointer, str]]:
    if isinstance(node, dict):
        for key, value in node.items():
            if isinstance(value, str) and (key == "date" or key.endswith("_on")):
                yield (*pointer, key), value
            elif isinstance(value, dict | list):
                yield from _find_done_days(value, (*pointer, key))
    elif isinstance(node, list):
        for index, each in enumerate(node):
            yield from _find_done_days(each, (*pointer, index))
