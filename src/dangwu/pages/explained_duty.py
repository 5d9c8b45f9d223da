"""The page of ``dangwu explain`` on a duty, or on the same duty of several people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.model.message import say
from dangwu.pages.duties import build_recording_note, build_state_figures, build_to_do_items, describe_duty
from dangwu.pages.page import Block, Cell, Column, Heading, Items, KeyValues, Page, Paragraph, Table, Tone
from dangwu.pages.rules import build_clause_page
from dangwu.pages.wording.names import format_clause_name, format_duty_name, format_origin, format_subject_name
from dangwu.pages.wording.states import find_state_look
from dangwu.pages.wording.values import format_period_name, join_phrases

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dangwu.language import Language
    from dangwu.model.duty import Duty
    from dangwu.model.results import DutyResult


def build_duties_page(duties: Sequence[Duty], result: DutyResult, lang: Language) -> Page:
    """Return the page on one duty, or on those of several people for one clause and period."""
    return build_duty_page(duties[0], result, lang) if len(duties) == 1 else _build_common_page(duties, result, lang)


def build_duty_page(duty: Duty, result: DutyResult, lang: Language) -> Page:
    """Return one duty: its state with the reason, its evidence, the records that do not count, and its clause."""
    state = Cell(lang.text(find_state_look(duty).word), find_state_look(duty).tone)
    pairs = [
        (lang.text(say("state")), state),
        (lang.text(say("window opens")), Cell(duty.opens.isoformat())),
        (lang.text(say("due by")), Cell(duty.due.isoformat())),
    ]
    blocks: list[Block] = [KeyValues(tuple(pairs))]
    blocks.extend(Paragraph(line) for line in describe_duty(duty, result, lang))
    blocks.extend(Paragraph(line, Tone.QUIET) for line in _describe_evidence(duty, lang))
    if duty.evidence:
        blocks.extend(build_recording_note(result, lang))
    if duty.waiver is not None:
        blocks.append(Paragraph(lang.text(say("Waiver: {path}", path=duty.waiver)), Tone.QUIET))
    blocks.extend(_build_clause_blocks(duty, result, lang))
    return Page(
        title=f"{duty.id}  {format_duty_name(duty, result, lang)}",
        subtitle=format_origin(result, lang),
        blocks=tuple(blocks),
    )


def _build_common_page(duties: Sequence[Duty], result: DutyResult, lang: Language) -> Page:
    first = duties[0]
    columns = (
        Column(lang.text(say("whose"))),
        Column(lang.text(say("state")), short=True),
        Column(lang.text(say("id"))),
    )
    rows = tuple(
        (
            Cell(format_subject_name(duty, result)),
            Cell(lang.text(find_state_look(duty).word), find_state_look(duty).tone),
            Cell(duty.id),
        )
        for duty in duties
    )
    names = (format_clause_name(first, lang), lang.text(format_period_name(first.period)))
    blocks: list[Block] = [build_state_figures(duties, lang)]
    items = build_to_do_items(result._replace(duties=tuple(duties)), lang)
    if items:
        blocks.append(Items(items, ""))
    blocks.append(Table(lang.text(say("Each of them")), columns, rows))
    blocks.extend(_build_clause_blocks(first, result, lang))
    return Page(
        title=f"{first.clause}/{first.period.label}  {join_phrases(names, lang)}",
        subtitle=format_origin(result, lang),
        blocks=tuple(blocks),
    )


def _build_clause_blocks(duty: Duty, result: DutyResult, lang: Language) -> Iterator[Block]:
    clause = result.rulebook.clause(duty.clause)
    if clause is not None:
        page = build_clause_page(clause, duty.period.last, lang)
        yield from (Heading(page.title), *page.blocks)


def _describe_evidence(duty: Duty, lang: Language) -> Iterator[str]:
    for evidence in duty.evidence:
        if evidence.misdated:
            text = say(
                "Done on {held}, recorded on a day that is not known: {path}", held=evidence.held_on, path=evidence.path
            )
        elif evidence.recorded_on is None:
            text = say("Done on {held}: {path}", held=evidence.held_on, path=evidence.path)
        else:
            text = say(
                "Done on {held}, recorded on {on}: {path}",
                held=evidence.held_on,
                on=evidence.recorded_on,
                path=evidence.path,
            )
        yield lang.text(text)
