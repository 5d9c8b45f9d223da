"""Fields of all kinds of record: known members and groups, no future days, unique ids."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dangwu.check.people import REFERENCE_UNKNOWN, build_shared_id, find_member_faults
from dangwu.check.times import IN_THE_FUTURE
from dangwu.model.finding import build_finding
from dangwu.model.kind import find_values
from dangwu.model.message import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dangwu.check.context import Context
    from dangwu.model.finding import Finding, Pointer
    from dangwu.model.record import GenericRecord


def check_member_references(context: Context) -> Iterator[Finding]:
    """Check every member's id in the records that have no type of their own."""
    staff = context.corpus.staff
    for record in context.corpus.generic_records:
        for path, allows_staff in context.kinds[record.kind].people:
            for pointer, value in find_values(record.data, path):
                if not (allows_staff and value in staff):
                    yield from find_member_faults(context.corpus, record, value, pointer, None)


def check_groups(context: Context) -> Iterator[Finding]:
    """Check that the group that a record is about exists."""
    branch = context.corpus.branch
    for record in context.corpus.generic_records if branch else ():
        if (
            branch
            and context.kinds[record.kind].subject_field == "group"
            and branch.group(record.subject or "") is None
        ):
            message = say("branch.yaml has no group with the id {id}.", id=record.subject or "")
            hint = say("The groups are: {ids}.", ids=tuple(group.id for group in branch.groups))
            yield build_finding(REFERENCE_UNKNOWN, record, ("group",), message, hint, subject=record.subject)


def check_future_days(context: Context) -> Iterator[Finding]:
    """Find days after the as-of day in fields of what was done: ``date``, and names that end in ``_on``."""
    last = context.as_of.isoformat()
    hint = say("Correct the date; a record is written after the event.")
    for record in context.corpus.generic_records:
        for pointer, value in _find_done_days(record.data, ()):
            if value > last:
                message = say("{day} lies after the as-of day {as_of}.", day=value, as_of=context.as_of)
                yield build_finding(IN_THE_FUTURE, record, pointer, message, hint)


def check_record_ids(context: Context) -> Iterator[Finding]:
    """Check that no two records have one id; the finding is at both."""
    first: dict[str, GenericRecord] = {}
    for record in context.corpus.generic_records:
        earlier = first.setdefault(record.id, record)
        if earlier is not record:
            # The record with the wider audience does not tell of the other.
            wider, narrower = sorted((earlier, record), key=lambda each: context.kinds[each.kind].audience.rank)
            findings = build_shared_id(wider, narrower)
            alike = context.kinds[wider.kind].audience is context.kinds[narrower.kind].audience
            yield from findings if alike else [*findings][1:]


def _find_done_days(node: Any, pointer: Pointer) -> Iterator[tuple[Pointer, str]]:
    """Yield the pointer and the day of every field of what was done."""
    if isinstance(node, dict):
        for key, value in node.items():
            if isinstance(value, str) and (key == "date" or key.endswith("_on")):
                yield (*pointer, key), value
            elif isinstance(value, dict | list):
                yield from _find_done_days(value, (*pointer, key))
    elif isinstance(node, list):
        for index, item in enumerate(node):
            yield from _find_done_days(item, (*pointer, index))
