"""A list of findings that stays small: of very many, one for each file and code is kept, and counts the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dangwu.model.finding import Finding

MOST_IN_FULL = 10_000
"""So many findings are kept one by one; a repository with more has many files that are broken in one way."""


class FindingList:
    """Findings in the order in which they came; beyond ``most`` those of one file and code become one.

    The first stands for the others and counts them as ``more``, so that every number that is added up stays true.
    """

    def __init__(self, findings: Iterable[Finding] = (), most: int = MOST_IN_FULL) -> None:
        self._most = most
        self._every: list[Finding] = []
        self._by_code: dict[tuple[str, str], Finding] = {}
        self.extend(findings)

    def extend(self, findings: Iterable[Finding]) -> None:
        """Add findings; one that stands for others makes the whole list short, so that two states compare."""
        for finding in findings:
            if self._by_code:
                self._merge(finding)
                continue
            self._every.append(finding)
            if finding.more or len(self._every) > self._most:
                for kept in self._every:
                    self._merge(kept)
                self._every = []

    def __iter__(self) -> Iterator[Finding]:
        return iter(tuple(self._by_code.values()) or self._every)

    def _merge(self, finding: Finding) -> None:
        key = (finding.source.path, finding.code.id)
        known = self._by_code.get(key)
        self._by_code[key] = finding if known is None else known._replace(more=known.more + finding.more + 1)


def count_findings(findings: Iterable[Finding]) -> int:
    """Return the number of findings, with those for which another stands."""
    return sum(finding.more + 1 for finding in findings)
