"""What holds for the fields of every kind alike: members that exist, days that have come, one record an id."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dangwu.check.people import ID_TWICE, UNKNOWN, member_faults
from dangwu.check.times import FUTURE
from dangwu.model.finding import Related, Source, found
from dangwu.model.message import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dangwu.check.context import Context
    from dangwu.model.finding import Finding, Pointer
    from dangwu.model.kind import Pattern
    from dangwu.model.record import Sheet


def references(context: Context) -> Iterator[Finding]:
    """Follow every member's id in the records that have no type of their own."""
    staff = context.corpus.branch.staff if context.corpus.branch else {}
    for sheet in context.corpus.sheets:
        for pattern, staff_too in context.kinds[sheet.kind].people:
            for pointer, value in _at(sheet.data, pattern, ()):
                if not (staff_too and value in staff):
                    yield from member_faults(context.corpus, sheet, value, pointer, None)


def groups(context: Context) -> Iterator[Finding]:
    """See that the group a record is about exists."""
    branch = context.corpus.branch
    for sheet in context.corpus.sheets if branch else ():
        if branch and context.kinds[sheet.kind].subject == "group" and branch.group(sheet.subject or "") is None:
            message = say("branch.yaml has no group with the id {id}.", id=sheet.subject or "")
            hint = say("The groups are: {ids}.", ids=tuple(each.id for each in branch.groups))
            yield found(UNKNOWN, sheet, ("group",), message, hint, subject=sheet.subject)


def future(context: Context) -> Iterator[Finding]:
    """Refuse days that have not come in fields that say what was done: date, and all that end in _on."""
    last = context.as_of.isoformat()
    hint = say("Correct the date; a record is written after the event.")
    for sheet in context.corpus.sheets:
        for pointer, value in _done(sheet.data, ()):
            if value > last:
                message = say("{day} lies after the as-of day {as_of}.", day=value, as_of=context.as_of)
                yield found(FUTURE, sheet, pointer, message, hint)


def ids(context: Context) -> Iterator[Finding]:
    """See that no two records can be meant by one id."""
    first: dict[str, Sheet] = {}
    for sheet in context.corpus.sheets:
        earlier = first.setdefault(sheet.id, sheet)
        if earlier is not sheet:
            message = say("The id {id} belongs to {path} already.", id=sheet.id, path=earlier.path)
            related = (Related(Source(earlier.path, line=1, column=1), say("first used here")),)
            hint = say("Give one of the two another id.")
            yield found(ID_TWICE, sheet, ("id",), message, hint, subject=sheet.id)._replace(related=related)


def _at(node: Any, pattern: Pattern, pointer: Pointer) -> Iterator[tuple[Pointer, str]]:
    if not pattern:
        yield pointer, node
    elif pattern[0] is None:
        for index, each in enumerate(node):
            yield from _at(each, pattern[1:], (*pointer, index))
    elif pattern[0] in node:
        yield from _at(node[pattern[0]], pattern[1:], (*pointer, pattern[0]))


def _done(node: Any, pointer: Pointer) -> Iterator[tuple[Pointer, str]]:
    if isinstance(node, dict):
        for key, value in node.items():
            if isinstance(value, str) and (key == "date" or key.endswith("_on")):
                yield (*pointer, key), value
            elif isinstance(value, dict | list):
                yield from _done(value, (*pointer, key))
    elif isinstance(node, list):
        for index, each in enumerate(node):
            yield from _done(each, (*pointer, index))
