"""Records that were removed within the hour of their creation, or by the next commit, because they stood twice."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dangwu.audit.context import AuditContext
    from dangwu.model.document import Document
    from dangwu.model.record_life import LifeStep, RecordLife

_WITHIN_SECONDS = 60 * 60
_NEARLY_ALL = 0.9


def is_removed_double(context: AuditContext, life: RecordLife) -> bool:
    """Tell whether a deleted record was there for an hour at most, unseen, and an equal or nearly equal one still is.

    Where clocks do not fit the history and show no hour, the next commit must have removed it. A state with the record
    that was reviewed or anchored was seen.
    """
    first, last = life.steps[0].commit, life.steps[-1].commit
    if not (was_removed_at_once(context, life) or _is_within_the_hour(context, first, last)):
        return False
    if context.mark_index.between(first, last) is not None:
        return False
    then = [*_list_versions_then(context, life, last)]
    return any(_has_equal(context, step.path, step.blob, then) for step in life.steps if step.blob is not None)


def was_removed_at_once(context: AuditContext, life: RecordLife) -> bool:
    """Tell whether the next commit removed a record again, and the clocks do not show after which time."""
    first, last = life.steps[0].commit, life.steps[-1].commit
    return context.history.parents[last] == (first,) and not context.misdated.isdisjoint((first, last))


def _is_within_the_hour(context: AuditContext, first: int, last: int) -> bool:
    made, removed = (context.commit(index).committer.seconds for index in (first, last))
    if made is None or removed is None or not context.misdated.isdisjoint((first, last)):
        return False
    return 0 <= removed - made <= _WITHIN_SECONDS


def _list_versions_then(context: AuditContext, life: RecordLife, last: int) -> Iterator[LifeStep]:
    """Yield how the other records that are still there stood when one was removed: they may be corrected since."""
    before = context.history.first_with((last,))
    for other in context.lives.every:
        steps = [step for step in other.steps if step.blob is not None and before[step.commit] >= 0]
        if steps and other is not life and context.lives.is_present(other, context.paths):
            yield steps[-1]


def _has_equal(context: AuditContext, path: str, blob: str, then: Sequence[LifeStep]) -> bool:
    """Tell whether one of other records had the same text as a version, or nearly the same of the same day."""
    if any(step.blob == blob for step in then):
        return True
    document = context.read_version(path, blob)
    kind = context.kinds.get(str(document.data.get("kind"))) if document else None
    if document is None or kind is None:
        return False
    keys = ("kind", kind.day_field or "", kind.period_field or "", kind.subject_field or "")

    def is_alike(other: Document) -> bool:
        return all(other.data.get(key) == document.data.get(key) for key in keys) and _is_nearly_equal(document, other)

    others = (context.read_version(step.path, step.blob or "") for step in then)
    return any(is_alike(other) for other in others if other is not None)


def _is_nearly_equal(one: Document, other: Document) -> bool:
    """Tell whether nine tenths of the lines of both texts are the same."""
    lines, others = (Counter(document.raw.split(b"\n")) for document in (one, other))
    return (lines & others).total() >= _NEARLY_ALL * max(lines.total(), others.total())
