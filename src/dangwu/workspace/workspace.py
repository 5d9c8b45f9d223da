"""One state of a record repository: what is wrong in it, what is owed in it, and its report."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dangwu.check import run
from dangwu.check.context import Context
from dangwu.facts.year_totals import compute_year_totals
from dangwu.facts.year_trend import TREND_YEARS, compute_year_sums, has_records
from dangwu.model.audience import Audience
from dangwu.model.results import CheckResult, DutyResult, YearReport
from dangwu.model.spans import Span
from dangwu.parse.positions import locate_findings
from dangwu.privacy import views
from dangwu.privacy.viewer import Viewer
from dangwu.workspace.catalogue import load_kinds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date

    from dangwu.model.corpus import Corpus
    from dangwu.model.duty import Duty
    from dangwu.model.finding import Finding
    from dangwu.model.rulebook import Rulebook
    from dangwu.model.year_sums import YearSums


@dataclass(frozen=True, kw_only=True)
class Workspace:
    """One state of a record repository, read once. ``found`` are the findings of reading and of shape."""

    label: str | None
    corpus: Corpus
    paths: tuple[str, ...]
    found: tuple[Finding, ...]
    rulebook: Rulebook
    recorded: Mapping[str, date] = field(default_factory=dict)

    def sight(self, as_of: date, audience: Audience) -> Viewer:
        """Return what tells what an audience may see on a day: the one place where audiences are applied."""
        return Viewer(audience=audience, as_of=as_of, kinds=load_kinds(), corpus=self.corpus)

    def lines(self, as_of: date, audience: Audience | None) -> Callable[[str], bytes | None]:
        """Return what gives the bytes of a file by its path, for a code frame, of the files whose lines may be seen.

        A confidential file's lines are shown only where handlers are named as the audience; below the committee none.
        """
        sight = self.sight(as_of, audience or Audience.COMMITTEE)
        shown = views.redact_corpus(sight).documents
        return lambda path: shown[path].raw if path in shown else None

    def check(
        self, as_of: date, only: Callable[[str], bool] | None = None, audience: Audience = Audience.HANDLERS
    ) -> CheckResult:
        """Judge the records on a day, as an audience may see it; ``only`` keeps the findings of some paths."""
        return views.redact_check_result(self.whole(as_of, only), self.sight(as_of, audience))

    def whole(self, as_of: date, only: Callable[[str], bool] | None = None) -> CheckResult:
        """Judge the records for nobody's eyes: what is found before an audience is chosen."""
        context = Context(
            corpus=self.corpus,
            as_of=as_of,
            rulebook=self.rulebook,
            paths=self.paths,
            kinds=load_kinds(),
        )
        documents = self.corpus.documents
        findings = run.drop_repeated_blanks(
            locate_findings((*self.found, *run.run_checks(context)), documents), documents
        )
        left, accepted = run.apply_acceptances(findings, self.corpus.acceptances)
        chosen = [each for each in locate_findings(left, documents) if only is None or only(each.source.path)]
        return CheckResult(
            as_of=as_of,
            revision=self.label,
            findings=tuple(sorted(chosen, key=lambda finding: finding.key)),
            accepted=tuple(sorted(accepted, key=lambda pair: pair[0].key)),
            records=len(self.corpus.documents.keys() | {each.path for each in self.corpus.unread}),
        )

    def due(self, as_of: date, span: Span, audience: Audience = Audience.COMMITTEE) -> DutyResult:
        """Return the duties whose periods share a day with ``span``, and what the year before still owes."""
        return views.redact_duty_result(self._due(as_of, span, audience), self.sight(as_of, audience))

    def _due(self, as_of: date, span: Span, audience: Audience) -> DutyResult:
        before = Span(span.start.replace(year=span.start.year - 1), span.start)
        old = views.redact_duties(self.duties(as_of, before), self.rulebook, self.sight(as_of, audience))
        left = sum(duty.state.value == "overdue" and not duty.acknowledged for duty in old)
        return DutyResult(
            as_of=as_of,
            revision=self.label,
            duties=self.duties(as_of, span),
            corpus=self.corpus,
            rulebook=self.rulebook,
            overdue_before=left,
            kinds=load_kinds(),
            recorded={path: self.recorded[path] for path in self.paths if path in self.recorded},
        )

    def report(self, as_of: date, year: int, audience: Audience = Audience.COMMITTEE) -> YearReport:
        """Return everything that the report of a calendar year shows to an audience."""
        owed = self._due(as_of, build_year_span(year), audience)
        sums = compute_year_totals(self.corpus, year, as_of)
        whole = YearReport(year=year, owed=owed, checked=self.whole(as_of), totals=sums)
        sight = self.sight(as_of, audience)
        report = views.redact_report(whole, sight)
        return report._replace(years=tuple(self._years(report, sight)) if sight.by_name else ())

    def _years(self, report: YearReport, sight: Viewer) -> Iterator[YearSums]:
        """Yield the sums of the year and those before it, from the first one that has records, as an audience sees."""
        shown, as_of = report.owed.corpus, sight.as_of
        begun = False
        for year in range(max(1, report.year - TREND_YEARS + 1), report.year + 1):
            begun = begun or year == report.year or has_records(year, shown, as_of)
            if not begun:
                continue
            dues = views.redact_totals(compute_year_totals(self.corpus, year, as_of), sight).dues
            duties = report.owed.duties
            if year < report.year:
                duties = views.redact_duties(self.duties(as_of, build_year_span(year)), self.rulebook, sight)
            yield compute_year_sums(year, shown, duties, rulebook=self.rulebook, as_of=as_of, dues=dues)

    def duties(self, as_of: date, span: Span) -> tuple[Duty, ...]:
        """Return the duties whose periods share a day with ``span``, for nobody's eyes."""
        from dangwu.duty.state import build_duties  # noqa: PLC0415 - check alone does not need it

        return build_duties(self.rulebook, self.corpus, as_of, span, self.recorded)


def build_year_span(year: int) -> Span:
    """Return a calendar year as a span of days."""
    from datetime import date  # noqa: PLC0415 - elsewhere a type only

    return Span(date(year, 1, 1), date(year + 1, 1, 1))
