"""Every check and every code, listed by hand: the place to add a check."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.check import absences, attendance, body, branch, paths, people, rules, shape, times, votes
from dangwu.model.finding import Code, Severity
from dangwu.model.text import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dangwu.check.context import Context
    from dangwu.model.finding import Finding

CHECKS: tuple[Callable[[Context], Iterator[Finding]], ...] = (
    branch.branch_file,
    paths.agreement,
    paths.misplaced,
    paths.clashes,
    people.ids,
    people.references,
    attendance.attendance,
    attendance.lists,
    times.clocks,
    times.future,
    times.two_places,
    votes.quorums,
    votes.resolutions,
    absences.running,
    body.sections,
    body.blanks,
    branch.posts,
    branch.committee,
    branch.histories,
    rules.waivers,
    rules.amendments,
)

UNUSED = Code("DW704", "acceptance-unused", Severity.NOTE, say("An accepted finding that is no longer there"))

CODES = (
    *shape.CODES,
    *paths.CODES,
    *people.CODES,
    *attendance.CODES,
    *times.CODES,
    *votes.CODES,
    *absences.CODES,
    *body.CODES,
    *branch.CODES,
    *rules.CODES,
    UNUSED,
)
