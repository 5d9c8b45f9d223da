"""One state of a record repository, and its results: findings, duties, the report of a year."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

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
    from dangwu.model.message import Text
    from dangwu.model.rulebook import Rulebook
    from dangwu.model.year_sums import YearSums


@dataclass(frozen=True, kw_only=True)
class Workspace:
    """One state of a record repository, read once.

    ``label`` is the commit id, ``index``, or None for the work tree; ``reading_findings`` are those of parsing and of
    the schema; ``recorded`` has the day of each record's first commit, by path, None where the history was not read;
    ``recorded_unknown`` says why it could not be read.
    """

    label: str | None
    corpus: Corpus
    paths: tuple[str, ...]
    reading_findings: tuple[Finding, ...]
    rulebook: Rulebook
    recorded: Mapping[str, date | None] | None = None
    recorded_unknown: Text | None = None

    def build_viewer(self, as_of: date, audience: Audience) -> Viewer:
        """Return the viewer that decides what an audience may see on a day."""
        return Viewer(audience=audience, as_of=as_of, kinds=load_kinds(), corpus=self.corpus)

    def build_line_reader(self, as_of: date, audience: Audience | None) -> Callable[[str], bytes | None]:
        """Return a function from a path to the bytes shown in code frames; None for a file closed to the audience.

        Confidential files are open only when handlers are named as the audience; without an audience the committee
        counts.
        """
        viewer = self.build_viewer(as_of, audience or Audience.COMMITTEE)
        documents = views.redact_corpus(viewer).documents
        return lambda path: documents[path].raw if path in documents else None

    def check(
        self, as_of: date, only: Callable[[str], bool] | None = None, audience: Audience = Audience.HANDLERS
    ) -> CheckResult:
        """Run all checks as of a day, redacted for an audience; ``only`` selects the paths whose findings are kept."""
        return views.redact_check_result(self.run_checks(as_of, only), self.build_viewer(as_of, audience))

    def run_checks(self, as_of: date, only: Callable[[str], bool] | None = None) -> CheckResult:
        """Run all checks as of a day, unredacted; ``only`` selects the paths whose findings are kept."""
        from dangwu.check import run  # noqa: PLC0415 - duties alone do not need the 29 modules of checks
        from dangwu.check.context import Context  # noqa: PLC0415

        context = Context(
            corpus=self.corpus,
            as_of=as_of,
            rulebook=self.rulebook,
            paths=self.paths,
            kinds=load_kinds(),
        )
        documents = self.corpus.documents
        every = chain(self.reading_findings, run.run_checks(context))
        left, accepted = run.apply_acceptances(every, self.corpus.acceptances)
        places = locate_findings((finding for finding, _ in accepted), documents)
        accepted = [(finding, acceptance) for finding, (_, acceptance) in zip(places, accepted, strict=True)]
        kept = [finding for finding in locate_findings(left, documents) if only is None or only(finding.source.path)]
        return CheckResult(
            as_of=as_of,
            revision=self.label,
            findings=tuple(sorted(kept, key=lambda finding: finding.key)),
            accepted=tuple(sorted(accepted, key=lambda pair: pair[0].key)),
            records=len(self.corpus.documents.keys() | {file.path for file in self.corpus.unread}),
        )

    def due(self, as_of: date, span: Span, audience: Audience = Audience.COMMITTEE) -> DutyResult:
        """Return the duties whose periods overlap ``span``, and the number still overdue from the year before it."""
        return views.redact_duty_result(
            self._build_duty_result(as_of, span, audience), self.build_viewer(as_of, audience)
        )

    def _build_duty_result(self, as_of: date, span: Span, audience: Audience) -> DutyResult:
        """Return the duties of a span, unredacted except for the number of overdue ones."""
        year_before = Span(span.start.replace(year=span.start.year - 1), span.start)
        old = views.redact_duties(self.duties(as_of, year_before), self.rulebook, self.build_viewer(as_of, audience))
        overdue = sum(duty.state.value == "overdue" and not duty.acknowledged for duty in old)
        return DutyResult(
            as_of=as_of,
            revision=self.label,
            duties=self.duties(as_of, span),
            corpus=self.corpus,
            rulebook=self.rulebook,
            overdue_before=overdue,
            kinds=load_kinds(),
            recorded=None
            if self.recorded is None
            else {path: self.recorded[path] for path in self.paths if path in self.recorded},
            recorded_unknown=self.recorded_unknown,
        )

    def report(self, as_of: date, year: int, audience: Audience = Audience.COMMITTEE) -> YearReport:
        """Return the content of a calendar year's report, redacted for an audience."""
        from dangwu.facts.year_totals import compute_year_totals  # noqa: PLC0415 - only a report adds up a year

        full = YearReport(
            year=year,
            owed=self._build_duty_result(as_of, build_year_span(year), audience),
            checked=self.run_checks(as_of),
            totals=compute_year_totals(self.corpus, year, as_of),
        )
        viewer = self.build_viewer(as_of, audience)
        report = views.redact_report(full, viewer)
        return report._replace(years=tuple(self._compute_trend(report, viewer)) if viewer.by_name else ())

    def _compute_trend(self, report: YearReport, viewer: Viewer) -> Iterator[YearSums]:
        """Yield the sums of up to ``TREND_YEARS`` years, from the first with records to the report's year."""
        from dangwu.facts.year_totals import compute_year_totals  # noqa: PLC0415
        from dangwu.facts.year_trend import TREND_YEARS, compute_year_sums, has_records  # noqa: PLC0415

        corpus, as_of = report.owed.corpus, viewer.as_of
        begun = False
        for year in range(max(1, report.year - TREND_YEARS + 1), report.year + 1):
            begun = begun or year == report.year or has_records(year, corpus, as_of)
            if not begun:
                continue
            dues = views.redact_totals(compute_year_totals(self.corpus, year, as_of), viewer).dues
            duties = report.owed.duties
            if year < report.year:
                duties = views.redact_duties(self.duties(as_of, build_year_span(year)), self.rulebook, viewer)
            yield compute_year_sums(year, corpus, duties, rulebook=self.rulebook, as_of=as_of, dues=dues)

    def duties(self, as_of: date, span: Span) -> tuple[Duty, ...]:
        """Return the duties whose periods overlap ``span``, unredacted."""
        from dangwu.duty.state import build_duties  # noqa: PLC0415 - check alone does not need it

        return build_duties(self.rulebook, self.corpus, as_of, span, self.recorded)


def build_year_span(year: int) -> Span:
    """Return the span of a calendar year."""
    from datetime import date  # noqa: PLC0415 - elsewhere a type only

    return Span(date(year, 1, 1), date(year + 1, 1, 1))
