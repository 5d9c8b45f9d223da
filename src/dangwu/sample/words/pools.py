"""The shape of a language's text pools. Braces are filled in: {a} {b} {c} are people who were there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class Matter(NamedTuple):
    """One issue of an agenda: what minutes say of it, what is resolved, and the months it fits (empty: any)."""

    title: str
    lines: tuple[str, ...]
    resolution: str = ""
    months: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Pools:
    """Everything that is written in one language."""

    group_study: tuple[Matter, ...]
    group_work: tuple[Matter, ...]
    group_life: tuple[Matter, ...]
    criticism: tuple[str, ...]
    replies: tuple[str, ...]
    committee: tuple[Matter, ...]
    committee_criticism: tuple[str, ...]
    reports: tuple[Matter, ...]
    conveyed: tuple[Matter, ...]
    debated: tuple[Matter, ...]
    lectures: tuple[Matter, ...]
    lecture_talk: tuple[str, ...]
    shops: tuple[str, ...]
    parts: tuple[str, ...]
    waiver_reasons: tuple[str, ...]
    papers: Mapping[str, tuple[str, ...]]
    phrases: Mapping[str, str]
