"""Three tables of the year's report: done late, recorded late, and waived, deferred or missed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.model.duty import DutyState
from dangwu.model.message import say
from dangwu.model.record import WaiverOutcome
from dangwu.pages.duties import find_duty_waiver
from dangwu.pages.page import Align, Block, Cell, Column, Heading, Table, Tone
from dangwu.pages.wording.names import format_duty_name, is_personal
from dangwu.pages.wording.states import MISSED_LOOK, STATE_LOOKS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dangwu.language import Language
    from dangwu.model.message import Text
    from dangwu.model.results import DutyResult

_OUTCOME_WORDS = {
    WaiverOutcome.WAIVED: STATE_LOOKS[DutyState.WAIVED].word,
    WaiverOutcome.DEFERRED: say("deferred"),
    WaiverOutcome.MISSED: MISSED_LOOK.word,
}


def build_done_late_table(result: DutyResult, lang: Language) -> Iterator[Block]:
    """Yield the duties of bodies that were done after the due day; personal duties are counted elsewhere."""
    rows = tuple(
        (
            Cell(format_duty_name(duty, result, lang)),
            Cell(lang.value(duty.due)),
            Cell(lang.value(evidence.held_on), Tone.WARN),
            Cell(str(max(0, (evidence.held_on - duty.due).days))),
            Cell(evidence.path, Tone.QUIET),
        )
        for duty in result.duties
        if duty.state is DutyState.LATE and not is_personal(duty, result)
        for evidence in duty.evidence
    )
    if rows:
        yield Heading(lang.text(say("Done late")))
        yield _build_lateness_table(lang, say("Done after the due day"), rows, say("due by"), say("done on"))


def build_recorded_late_table(result: DutyResult, lang: Language) -> Iterator[Block]:
    """Yield the records that entered the repository late, each once even if it counts for several duties."""
    first = {
        evidence.path: (duty, evidence)
        for duty in reversed(result.duties)
        for evidence in duty.evidence
        if evidence.recorded_late
    }
    rows = tuple(
        (
            Cell(format_duty_name(duty, result, lang)),
            Cell(lang.value(evidence.held_on)),
            Cell(lang.value(evidence.recorded_on), Tone.WARN),
            Cell(str((evidence.recorded_on - evidence.held_on).days)),
            Cell(evidence.path, Tone.QUIET),
        )
        for duty, evidence in reversed(first.values())
        if evidence.recorded_on is not None and not is_personal(duty, result)
    )
    if rows:
        yield Heading(lang.text(say("Recorded late")))
        yield _build_lateness_table(
            lang, say("Records made long after the day"), rows, say("done on"), say("recorded on")
        )


def build_waiver_table(result: DutyResult, lang: Language) -> Iterator[Block]:
    """Yield the duties that a waiver covers: waived, deferred or missed, with reason and approver."""
    rows = []
    for duty in result.duties:
        waiver = find_duty_waiver(duty, result)
        if waiver is None:
            continue
        outcome = lang.text(_OUTCOME_WORDS[waiver.outcome])
        if waiver.until is not None:
            outcome = lang.text(say("deferred to {day}", day=waiver.until))
        rows.append(
            (
                Cell(format_duty_name(duty, result, lang)),
                Cell(outcome, Tone.WAIVED),
                Cell(waiver.reason),
                Cell(waiver.approved_by),
                Cell(lang.value(waiver.day)),
            )
        )
    if rows:
        yield Heading(lang.text(say("Waived, deferred and missed")))
        titles = (say("Duty"), say("decision"), say("reason"), say("approved by"), say("day"))
        columns = tuple(Column(lang.text(title), short=title == titles[-1]) for title in titles)
        yield Table(lang.text(say("Duties with a waiver or a stated miss")), columns, tuple(rows))


def _build_lateness_table(
    lang: Language, caption: Text, rows: tuple[tuple[Cell, ...], ...], first: Text, second: Text
) -> Table:
    columns = (
        Column(lang.text(say("Duty"))),
        Column(lang.text(first), short=True),
        Column(lang.text(second), short=True),
        Column(lang.text(say("days")), Align.END, short=True),
        Column(lang.text(say("record")), for_screen=True),
    )
    return Table(lang.text(caption), columns, rows)
