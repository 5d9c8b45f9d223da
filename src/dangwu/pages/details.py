"""Each duty in detail: state and reason, the records that fulfil it or do not count, and the command for more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.model.message import say
from dangwu.pages.anchors import find_detail_anchor, format_back_anchor, format_record_anchor
from dangwu.pages.duties import describe_duty
from dangwu.pages.filters import format_duty_kinds, format_system_kind
from dangwu.pages.page import Block, Heading, Item, Items, Link, Paragraph, ScreenText, Tone
from dangwu.pages.wording.grouped_duties import group_duties
from dangwu.pages.wording.names import format_clause_name, format_duty_name, format_system_name, is_personal
from dangwu.pages.wording.states import EVERY_LOOK, find_state_look
from dangwu.pages.wording.values import format_period_name, join_phrases

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dangwu.language import Language
    from dangwu.model.duty import Duty, Evidence
    from dangwu.model.results import DutyResult
    from dangwu.pages.wording.grouped_duties import DutyGroup


def build_detail_blocks(result: DutyResult, lang: Language) -> Iterator[Block]:
    """Yield the duties of each system by clause and period; the same duty of several people is one entry."""
    if not result.duties:
        return
    yield Heading(lang.text(say("Each duty and its evidence")))
    text = say("A mark in a calendar leads here. Where a record stands in a register, its name leads there.")
    yield Paragraph(lang.text(text), Tone.QUIET)
    for number in dict.fromkeys(duty.system for duty in result.duties):
        own = [duty for duty in result.duties if duty.system == number]
        yield Heading(format_system_name(number, result, lang), 3, (format_system_kind(number),))
        yield Items(tuple(_build_entries(own, result, lang)))


def _build_entries(duties: Sequence[Duty], result: DutyResult, lang: Language) -> Iterator[Item]:
    """Yield the entries in the order of the calendars."""
    groups = {
        group.duties[0].id: group
        for group in group_duties((other for other in duties if is_personal(other, result)), result)
    }
    for clause in dict.fromkeys(duty.clause for duty in duties):
        for duty in (other for other in duties if other.clause == clause):
            if not is_personal(duty, result):
                yield _build_duty_item(duty, result, lang)
        yield from (
            _build_group_item(group, result, lang) for group in groups.values() if group.duties[0].clause == clause
        )


def _build_duty_item(duty: Duty, result: DutyResult, lang: Language) -> Item:
    anchor = find_detail_anchor(duty, result)
    return Item(
        tag=lang.text(find_state_look(duty).word),
        title=format_duty_name(duty, result, lang),
        tone=find_state_look(duty).tone,
        code=duty.id,
        details=(*describe_duty(duty, result, lang), *_suggest_explain(duty, result, lang)),
        links=tuple(_build_record_link(evidence, lang) for evidence in duty.evidence),
        target=format_back_anchor(anchor),
        anchor=anchor,
        kinds=format_duty_kinds([duty]),
    )


def _build_group_item(group: DutyGroup, result: DutyResult, lang: Language) -> Item:
    first = group.duties[0]
    anchor = find_detail_anchor(first, result)
    done = lang.text(say("{done} of {owed} done", done=group.done, owed=group.owed))
    by_look = {look: group.select(look) for look in EVERY_LOOK if group.select(look)}
    names = (
        lang.text(
            say("{field}: {value}", field=look.word, value=tuple(_find_member_name(duty, result) for duty in duties))
        )
        for look, duties in by_look.items()
    )
    records = {evidence.path: evidence for duty in group.duties for evidence in duty.evidence if evidence.path}
    return Item(
        tag=lang.text(group.worst_look.word),
        title=join_phrases((format_clause_name(first, lang), lang.text(format_period_name(first.period)), done), lang),
        tone=group.worst_look.tone,
        code=f"{first.clause}/{first.period.label}",
        details=(lang.text(say("Due by {day}.", day=first.due)), *names),
        links=tuple(_build_record_link(record, lang) for record in records.values()),
        target=format_back_anchor(anchor),
        anchor=anchor,
        kinds=format_duty_kinds(group.duties),
    )


def _find_member_name(duty: Duty, result: DutyResult) -> str:
    return result.corpus.name_of(duty.subject or "")


def _build_record_link(evidence: Evidence, lang: Language) -> Link:
    """Return a record as evidence; one that the audience may not see is shown by its day alone."""
    parts = [lang.value(evidence.path), lang.text(say("done on {day}", day=evidence.held_on))]
    if evidence.recorded_on is not None:
        parts.append(lang.text(say("recorded on {day}", day=evidence.recorded_on)))
    if evidence.misdated:
        parts.append(lang.text(say("recorded on a day that is not known")))
    if evidence.recorded_late:
        parts.append(lang.text(say("recorded late")))
    return Link(
        lang.text(say("Evidence: {record}", record=join_phrases(parts, lang))), format_record_anchor(evidence.path)
    )


def _suggest_explain(duty: Duty, result: DutyResult, lang: Language) -> Iterator[str]:
    if result.inside:
        yield ScreenText(lang.text(say("More: {command}", command=f'dangwu explain "{duty.id}"')))
