"""Observations on single records → one for each commit and code: what one commit did to many records is one finding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.audit.context import describe_day
from dangwu.model.finding import RelatedPlace
from dangwu.model.message import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dangwu.audit.context import AuditContext
    from dangwu.model.observation import EvidencePiece, Observation


def group_observations(context: AuditContext, observations: Iterable[Observation]) -> tuple[Observation, ...]:
    """Join the observations of one commit and code, at the place of the first; its records are the related places.

    They are joined as they are: what was taken out of one for an audience stays out.
    """
    groups: dict[tuple[object, ...], list[Observation]] = {}
    for number, observation in enumerate(observations):
        finding = observation.finding
        joins = bool(finding.source.path) and observation.commit in context.history.place
        key = (observation.commit, finding.code.id, finding.severity) if joins else (number,)
        groups.setdefault(key, []).append(observation)
    return tuple(group[0] if len(group) == 1 else _join_group(context, group) for group in groups.values())


def _join_group(context: AuditContext, group: Sequence[Observation]) -> Observation:
    first = group[0].finding
    index = context.history.place[group[0].commit]
    commit = context.commit(index)
    message = say(
        "{what}: {count} records, by one commit of {day} ({who}).",
        what=first.code.title, count=len({one.finding.source.path for one in group}),
        day=describe_day(context.day(index)), who=commit.committer.name,
    )  # fmt: skip
    # Hints differ by the path that they name; that of the first is an example.
    hint = next((one.finding.hint for one in group if one.finding.hint), None)
    finding = first._replace(message=message, hint=hint, related=tuple(_list_places(group)), subject=None)
    traces = dict.fromkeys(trace for one in group for trace in one.traces)
    return group[0]._replace(finding=finding, traces=tuple(sorted(traces, key=_order_by_strength)))


def _list_places(group: Sequence[Observation]) -> Iterator[RelatedPlace]:
    for one in group:
        yield RelatedPlace(one.finding.source, one.finding.message)
        yield from one.finding.related


def _order_by_strength(piece: EvidencePiece) -> int:
    return -piece.strength.rank
