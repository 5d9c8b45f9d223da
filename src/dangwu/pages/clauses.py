"""The duties of a system by clause: counts by state, shared evidence, and why some did not apply."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from dangwu.model.duty import DutyState
from dangwu.model.message import say
from dangwu.pages.page import Align, Cell, Column, Item, Items, Paragraph, Table, Tone
from dangwu.pages.wording.names import find_group_name, format_clause_name, format_subject_name, is_personal
from dangwu.pages.wording.states import EVERY_LOOK, GENERALLY_OVERDUE_LOOK, MISSED_LOOK, STATE_LOOKS, find_state_look

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dangwu.language import Language
    from dangwu.model.duty import Duty
    from dangwu.model.results import DutyResult
    from dangwu.pages.wording.states import StateLook


_OPTIONAL_LOOKS = (MISSED_LOOK, GENERALLY_OVERDUE_LOOK)
"""States whose column is left out where no duty has them."""


def build_clause_table(result: DutyResult, system: int, lang: Language) -> Table:
    """Return a row per clause of a system: the number owed, and the number in each state.

    Duties that are not applicable are not counted as owed.
    """
    duties_of_system = [duty for duty in result.duties if duty.system == system]
    found_looks = [find_state_look(duty) for duty in duties_of_system]
    looks = [look for look in EVERY_LOOK if look not in _OPTIONAL_LOOKS or look in found_looks]
    titles = [lang.text(say("Duty")), lang.text(say("owed")), *(lang.text(look.word) for look in looks)]
    columns = (Column(titles[0]), *(Column(title, Align.END, short=True) for title in titles[1:]))
    rows = []
    for clause in dict.fromkeys(duty.clause for duty in duties_of_system):
        duties = [duty for duty in duties_of_system if duty.clause == clause]
        counts = Counter(find_state_look(duty) for duty in duties)
        due = len(duties) - counts[STATE_LOOKS[DutyState.NOT_APPLICABLE]]
        name = Cell(format_clause_name(duties[0], lang), Tone.STRONG)
        rows.append((name, Cell(str(due)), *(_build_count_cell(counts[look], look) for look in looks)))
    return Table(lang.text(say("Duties by clause and state")), columns, tuple(rows))


def build_shared_duty_notes(result: DutyResult, system: int, lang: Language) -> Iterator[Paragraph]:
    """Yield which clauses accept the evidence of another one (``shares`` in the rulebook)."""
    pairs = {duty.clause: duty.shares for duty in result.duties if duty.system == system and duty.shares}
    for clause, shares in pairs.items():
        text = say("The evidence of {clauses} counts for {clause} too.", clauses=shares, clause=clause)
        yield Paragraph(lang.text(text), Tone.QUIET)


def build_not_applicable_list(result: DutyResult, system: int, lang: Language) -> Iterator[Paragraph | Items]:
    """Yield why duties of a system did not apply, grouped by clause, body and reason."""
    groups: dict[tuple[str, str | None, str], list[Duty]] = {}
    for duty in result.duties:
        if duty.state is DutyState.NOT_APPLICABLE and duty.system == system:
            reason = lang.text(duty.reason) if duty.reason else ""
            subject = None if is_personal(duty, result) else duty.subject
            groups.setdefault((duty.clause, subject, reason), []).append(duty)
    if groups:
        yield Paragraph(lang.text(say("Not applicable, and why:")))
        yield Items(
            tuple(_build_reason_item(result, duties, reason, lang) for (_, _, reason), duties in groups.items())
        )


def _build_count_cell(count: int, look: StateLook) -> Cell:
    return Cell(str(count), look.tone if count else Tone.QUIET)


def _build_reason_item(result: DutyResult, duties: Sequence[Duty], reason: str, lang: Language) -> Item:
    first = duties[0]
    name = format_clause_name(first, lang)
    group = "" if is_personal(first, result) else find_group_name(result.corpus, first.subject)
    people = tuple(dict.fromkeys(format_subject_name(duty, result) for duty in duties if is_personal(duty, result)))
    periods = lang.value(tuple(dict.fromkeys(duty.period.label for duty in duties)))
    return Item(
        tag=lang.text(STATE_LOOKS[DutyState.NOT_APPLICABLE].word),
        title=" ".join(part for part in (name, group) if part),
        tone=Tone.QUIET,
        details=tuple(line for line in (reason, lang.value(people), periods) if line),
    )
