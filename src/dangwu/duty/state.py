"""The state of each duty on the as-of day."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dangwu.duty.conditions import CONDITION_SETTINGS, ConditionInput
from dangwu.duty.events import find_occurrences
from dangwu.duty.evidence import EvidenceIndex
from dangwu.duty.expected import find_expected_duties
from dangwu.duty.facts import DUES_KIND
from dangwu.facts.dues import read_month_payments
from dangwu.model.duty import Duty, DutyState, Evidence
from dangwu.model.message import Text, say
from dangwu.model.period import Period, PeriodLength
from dangwu.model.record import WaiverOutcome
from dangwu.model.rulebook import ClauseRole
from dangwu.model.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from dangwu.duty.events import EventOccurrence
    from dangwu.duty.expected import ExpectedDuty
    from dangwu.model.corpus import Corpus
    from dangwu.model.record import Waiver
    from dangwu.model.rulebook import Clause, Rulebook
    from dangwu.model.spans import Span

RECORDED_WITHIN_SETTING = "recorded_within_days"


class _Fulfilment(NamedTuple):
    """One piece of evidence: its day, and whether it makes up for something missed."""

    day: date
    made_up: bool = False


class _StateInput(NamedTuple):
    """What the state of a duty follows from; ``need`` is how often it is owed."""

    id: str
    opens: date
    due: date
    need: int
    done: tuple[_Fulfilment, ...]
    not_applicable: Text | None = None


class _Verdict(NamedTuple):
    """A state with its due day, its reason, and the waiver that decided it."""

    state: DutyState
    due: date
    reason: Text | None = None
    waiver: Waiver | None = None

    @property
    def acknowledged(self) -> bool:
        """Whether the branch has recorded that the duty was missed."""
        return self.waiver is not None and self.waiver.outcome is WaiverOutcome.MISSED


class DutySettler:
    """Works out the states of duties on the as-of day.

    ``recorded`` is the day on which git first had each path; None where that is not known, for one path or for all.
    """

    def __init__(
        self, rulebook: Rulebook, corpus: Corpus, as_of: date, recorded: Mapping[str, date | None] | None
    ) -> None:
        self._as_of = as_of
        self._recorded = recorded
        self._settings = Settings.of(rulebook, corpus)
        self._within = self._settings.number(RECORDED_WITHIN_SETTING)
        self._index = EvidenceIndex(corpus, ConditionInput(corpus, self._settings, as_of), as_of)
        self._waivers: dict[tuple[str, WaiverOutcome], Waiver] = {}
        for waiver in sorted(corpus.waivers, key=lambda waiver: (waiver.day, waiver.path)):
            if waiver.day <= as_of:
                self._waivers.update({(duty, waiver.outcome): waiver for duty in waiver.duties})
        self._pay_by = {
            (payment.member, payment.month): payment.deferral.pay_by
            for ledger in corpus.of(DUES_KIND)
            for payment in read_month_payments(ledger)
            if payment.deferral and payment.deferral.approved_on <= as_of
        }

    def settle_periodic(self, expected: ExpectedDuty) -> Duty:
        """Return an expected duty with its state, evidence and near misses."""
        counted, missed = self._index.match(expected)
        due = expected.due
        if expected.clause.record == DUES_KIND:
            due = self._pay_by.get((expected.subject or "", expected.period), due)
        done = tuple(_Fulfilment(fact.day, fact.made_up) for fact in counted)
        case = _StateInput(expected.id, expected.opens, due, expected.wording.times, done, expected.not_applicable)
        verdict = self._find_verdict(case)
        if (
            verdict.state is DutyState.FULFILLED
            and expected.wording.opens
            and not any(expected.opens <= fulfilment.day <= verdict.due for fulfilment in done)
        ):
            early = say("done early, on {day}; the window opens on {opens}", day=done[0].day, opens=expected.opens)
            verdict = verdict._replace(reason=early)
        evidence = tuple(self._build_evidence(fact.path, fact.day) for fact in counted)
        used = {
            CONDITION_SETTINGS[condition]
            for rule in expected.clause.evidence
            for condition in rule.conditions
            if condition in CONDITION_SETTINGS
        }
        settings = {*expected.wording.assumed, *(used if counted or missed else ())}
        if any(piece.recorded_on for piece in evidence):
            settings.add(RECORDED_WITHIN_SETTING)
        return Duty(
            clause=expected.clause.id,
            system=expected.clause.system,
            title=expected.clause.title,
            period=expected.period,
            subject=expected.subject,
            opens=expected.opens,
            due=verdict.due,
            count=expected.wording.times,
            state=verdict.state,
            reason=verdict.reason,
            evidence=evidence,
            near_misses=tuple(missed),
            waiver=verdict.waiver.path if verdict.waiver else None,
            acknowledged=verdict.acknowledged,
            assumed=self._settings.describe_assumed(settings),
            shares=expected.clause.shares,
            generally=expected.clause.generally,
            audience=expected.clause.audience,
        )

    def settle_event(self, clause: Clause, event: EventOccurrence) -> Duty:
        """Return the duty that follows from an event, with the year of the event as its period."""
        period = Period.containing(PeriodLength.YEAR, event.day)
        answered = event.done is not None and event.by is not None and event.done <= self._as_of
        done = (_Fulfilment(event.done),) if answered and event.done else ()
        verdict = self._find_verdict(
            _StateInput(f"{clause.id}/{period.label}/{event.subject}", event.day, event.due, 1, done)
        )
        evidence = tuple(self._build_evidence(event.by, fulfilment.day) for fulfilment in done if event.by)
        wording = clause.in_force(event.day)
        return Duty(
            clause=clause.id,
            system=clause.system,
            title=clause.title,
            period=period,
            subject=event.subject,
            opens=event.day,
            due=verdict.due,
            count=1,
            state=verdict.state,
            reason=verdict.reason,
            evidence=evidence,
            waiver=verdict.waiver.path if verdict.waiver else None,
            acknowledged=verdict.acknowledged,
            assumed=self._settings.describe_assumed(wording.assumed if wording else ()),
            what=event.what,
            audience=clause.audience,
        )

    def _find_verdict(self, case: _StateInput) -> _Verdict:
        deferred = self._waivers.get((case.id, WaiverOutcome.DEFERRED))
        due = deferred.until if deferred and deferred.until else case.due
        if case.not_applicable is not None:
            return _Verdict(DutyState.NOT_APPLICABLE, due, case.not_applicable)
        on_time = sum(
            fulfilment.day <= due and (not fulfilment.made_up or deferred is not None) for fulfilment in case.done
        )
        if on_time >= case.need:
            return _Verdict(DutyState.FULFILLED, due, waiver=deferred)
        waived = self._waivers.get((case.id, WaiverOutcome.WAIVED))
        if waived is not None:
            reason = say("waived by {who}: {reason}", who=waived.approved_by, reason=waived.reason)
            return _Verdict(DutyState.WAIVED, due, reason, waived)
        if len(case.done) >= case.need:
            late = say("done on {day}, due by {due}", day=case.done[-1].day, due=due)
            return _Verdict(DutyState.LATE, due, late, deferred)
        missed = self._waivers.get((case.id, WaiverOutcome.MISSED))
        if missed is not None:
            return _Verdict(DutyState.OVERDUE, due, say("missed, as stated: {reason}", reason=missed.reason), missed)
        return _Verdict(self._find_pending_state(case.opens, due), due, _describe_progress(case, deferred), deferred)

    def _find_pending_state(self, opens: date, due: date) -> DutyState:
        if self._as_of > due:
            return DutyState.OVERDUE
        return DutyState.UPCOMING if self._as_of < opens else DutyState.OPEN

    def _build_evidence(self, path: str, day: date) -> Evidence:
        if self._recorded is None:
            return Evidence(path=path, held_on=day, recorded_late=None)
        recorded = self._recorded.get(path)
        if recorded is None and path in self._recorded:
            return Evidence(path=path, held_on=day, recorded_late=None, misdated=True)
        late = recorded is not None and (recorded - day).days > self._within
        return Evidence(path=path, held_on=day, recorded_on=recorded, recorded_late=late)


def build_duties(
    rulebook: Rulebook, corpus: Corpus, as_of: date, span: Span, recorded: Mapping[str, date | None] | None
) -> tuple[Duty, ...]:
    """Return the duties whose periods share a day with ``span``, by clause, period and subject.

    A duty that follows from an event is in every span from the event to its follow-up or, without one, to the due day
    or the as-of day, whichever is later.
    """
    return tuple(_settle_duties(rulebook, corpus, DutySettler(rulebook, corpus, as_of, recorded), as_of, span))


def _settle_duties(rulebook: Rulebook, corpus: Corpus, settler: DutySettler, as_of: date, span: Span) -> Iterator[Duty]:
    if corpus.branch is None:
        return
    for clause in rulebook.clauses:
        if clause.becomes is not ClauseRole.DUTY:
            continue
        if clause.event is None:
            yield from (
                settler.settle_periodic(expected)
                for expected in find_expected_duties(clause, corpus, corpus.branch, span)
            )
            continue
        occurrences = sorted(
            find_occurrences(clause.event, clause.in_force, corpus),
            key=lambda occurrence: (occurrence.day, occurrence.subject),
        )
        for occurrence in occurrences:
            if occurrence.day <= as_of and occurrence.day < span.end:
                duty = settler.settle_event(clause, occurrence)
                if _find_last_day(duty, as_of) >= span.start:
                    yield duty


def _find_last_day(duty: Duty, as_of: date) -> date:
    """Return the last day on which a duty after an event is still owed."""
    return duty.evidence[0].held_on if duty.evidence else max(duty.due, as_of)


def _describe_progress(case: _StateInput, deferred: Waiver | None) -> Text | None:
    if deferred is not None:
        return say("deferred to {until}: {reason}", until=str(deferred.until), reason=deferred.reason)
    return say("done {have} of {need}", have=len(case.done), need=case.need) if case.need > 1 else None
