"""Results of checks and duties for one state of a repository on one day: the input of every report."""

from __future__ import annotations

from collections import Counter
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from dangwu.model.audience import Audience
from dangwu.model.finding import Severity
from dangwu.model.year_sums import YearTotals

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from dangwu.model.corpus import Corpus
    from dangwu.model.duty import Duty
    from dangwu.model.finding import Finding
    from dangwu.model.kind import Kind
    from dangwu.model.message import Text
    from dangwu.model.record import Acceptance
    from dangwu.model.rulebook import Rulebook
    from dangwu.model.year_sums import YearSums


class CheckResult(NamedTuple):
    """The sorted findings, the accepted ones apart, and the number of records."""

    as_of: date
    revision: str | None
    findings: tuple[Finding, ...]
    accepted: tuple[tuple[Finding, Acceptance], ...]
    records: int

    @property
    def counts(self) -> Mapping[Severity, int]:
        """The number of findings of each severity, worst first, with zeros."""
        counted: Counter[Severity] = Counter()
        for finding in self.findings:
            counted[finding.severity] += finding.more + 1
        return {severity: counted[severity] for severity in Severity}


class DutyResult(NamedTuple):
    """The duties of a span with their states, the records and rulebook behind them, and the kinds of record by name."""

    as_of: date
    revision: str | None
    duties: tuple[Duty, ...]
    corpus: Corpus
    rulebook: Rulebook
    overdue_before: int = 0
    """The number of duties of the year before that are still overdue, where the span is the as-of year."""
    audience: Audience = Audience.COMMITTEE
    kinds: Mapping[str, Kind] = MappingProxyType({})
    recorded: Mapping[str, date | None] | None = None
    """Path → the day on which git first had the record; None where that is not known, for one record or for all."""
    recorded_unknown: Text | None = None
    """Why that is not known, where it was asked."""

    @property
    def inside(self) -> bool:
        """Whether it is for the committee or the handlers: only they see what concerns a single person."""
        return self.audience.may_see(Audience.COMMITTEE)


class YearReport(NamedTuple):
    """The input of the report of one calendar year."""

    year: int
    owed: DutyResult
    checked: CheckResult
    totals: YearTotals = YearTotals()
    years: tuple[YearSums, ...] = ()
    """The sums of this year and of earlier ones with records, oldest first; none where no names are shown."""
