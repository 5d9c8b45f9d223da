"""What the checks and the duty engine say of one state of a repository on one day: the input of every report."""

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
    from dangwu.model.record import Acceptance
    from dangwu.model.rulebook import Rulebook
    from dangwu.model.year_sums import YearSums


class CheckResult(NamedTuple):
    """Findings in canonical order, those accepted in the repository apart, and how many records were read."""

    as_of: date
    revision: str | None
    findings: tuple[Finding, ...]
    accepted: tuple[tuple[Finding, Acceptance], ...]
    records: int

    @property
    def counts(self) -> Mapping[Severity, int]:
        """How many findings of each severity, worst first, zeros included."""
        counted = Counter(finding.severity for finding in self.findings)
        return {severity: counted[severity] for severity in Severity}


class DutyResult(NamedTuple):
    """The duties of a range of days with their states, and ``kinds`` of records by name, as far as they are known."""

    as_of: date
    revision: str | None
    duties: tuple[Duty, ...]
    corpus: Corpus
    rulebook: Rulebook
    overdue_before: int = 0
    """How many duties of the year before are still overdue, when the range is the as-of year."""
    audience: Audience = Audience.COMMITTEE
    kinds: Mapping[str, Kind] = MappingProxyType({})
    recorded: Mapping[str, date] = MappingProxyType({})
    """By path the day on which git first had a record; empty where the history was not read."""

    @property
    def inside(self) -> bool:
        """Whether it is for the committee or somebody closer: only they see what concerns a single person."""
        return self.audience.may_see(Audience.COMMITTEE)


class YearReport(NamedTuple):
    """Everything the report of one calendar year shows."""

    year: int
    owed: DutyResult
    checked: CheckResult
    totals: YearTotals = YearTotals()
    years: tuple[YearSums, ...] = ()
    """The sums of this year and of those before it that have records, oldest first; none for the outside."""
