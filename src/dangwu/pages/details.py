"""Every duty one by one: its state and why, by which records it was done, what nearly counted, and what to ask next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.model.message import say
from dangwu.pages.anchors import record_anchor
from dangwu.pages.duties import duty_details
from dangwu.pages.filters import kinds_of, place_of, system_kind
from dangwu.pages.page import Block, Heading, Item, Items, Link, Paragraph, back_to
from dangwu.pages.tone import Tone
from dangwu.pages.wording.grouped_duties import together
from dangwu.pages.wording.names import clause_name, duty_name, joined, period_name, personal, system_name
from dangwu.pages.wording.states import EVERY_FACE, face

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dangwu.language import Language
    from dangwu.model.duty import Duty, Evidence
    from dangwu.model.results import Owed
    from dangwu.pages.wording.grouped_duties import Together


def details(owed: Owed, lang: Language) -> Iterator[Block]:
    """Yield the duties of each system by clause and period; what many people owe is one entry."""
    if not owed.duties:
        return
    yield Heading(lang.text(say("Each duty and its evidence")))
    text = say("A mark in a calendar leads here. Where a record stands in a register, its name leads there.")
    yield Paragraph(lang.text(text), Tone.QUIET)
    for number in dict.fromkeys(duty.system for duty in owed.duties):
        own = [duty for duty in owed.duties if duty.system == number]
        yield Heading(system_name(number, owed, lang), 3, (system_kind(number),))
        yield Items(tuple(_entries(own, owed, lang)))


def _entries(duties: Sequence[Duty], owed: Owed, lang: Language) -> Iterator[Item]:
    """Yield the entries in the order in which the calendars have them."""
    groups = {each.duties[0].id: each for each in together((each for each in duties if personal(each, owed)), owed)}
    for clause in dict.fromkeys(duty.clause for duty in duties):
        for duty in (each for each in duties if each.clause == clause):
            if not personal(duty, owed):
                yield _single(duty, owed, lang)
        yield from (_people(each, owed, lang) for each in groups.values() if each.duties[0].clause == clause)


def _single(duty: Duty, owed: Owed, lang: Language) -> Item:
    anchor = place_of(duty, owed)
    return Item(
        tag=lang.text(face(duty).word),
        title=duty_name(duty, owed, lang),
        tone=face(duty).tone,
        code=duty.id,
        details=(*duty_details(duty, owed, lang), *_explain(duty, owed, lang)),
        links=tuple(_record(each, lang) for each in duty.evidence),
        target=back_to(anchor),
        anchor=anchor,
        kinds=kinds_of([duty]),
    )


def _people(group: Together, owed: Owed, lang: Language) -> Item:
    first = group.duties[0]
    anchor = place_of(first, owed)
    done = lang.text(say("{done} of {owed} done", done=group.done, owed=group.owed))
    by_face = {shown: group.behind(shown) for shown in EVERY_FACE if group.behind(shown)}
    names = (
        lang.text(say("{field}: {value}", field=shown.word, value=tuple(_name(each, owed) for each in duties)))
        for shown, duties in by_face.items()
    )
    records = {each.path: each for duty in group.duties for each in duty.evidence if each.path}
    return Item(
        tag=lang.text(group.face.word),
        title=joined((clause_name(first, lang), lang.text(period_name(first.period)), done), lang),
        tone=group.face.tone,
        code=f"{first.clause}/{first.period.label}",
        details=(lang.text(say("Due by {day}.", day=first.due)), *names),
        links=tuple(_record(each, lang) for each in records.values()),
        target=back_to(anchor),
        anchor=anchor,
        kinds=kinds_of(group.duties),
    )


def _name(duty: Duty, owed: Owed) -> str:
    return owed.corpus.name_of(duty.subject or "")


def _record(evidence: Evidence, lang: Language) -> Link:
    """Return a record that counts; one that is not for this audience is a day and no more."""
    words = [evidence.path, lang.text(say("done on {day}", day=evidence.held_on))]
    if evidence.recorded_on is not None:
        words.append(lang.text(say("recorded on {day}", day=evidence.recorded_on)))
    if evidence.recorded_late:
        words.append(lang.text(say("recorded late")))
    return Link(lang.text(say("Evidence: {record}", record=joined(words, lang))), record_anchor(evidence.path))


def _explain(duty: Duty, owed: Owed, lang: Language) -> Iterator[str]:
    if owed.inside:
        yield lang.text(say("More: {command}", command=f'dangwu explain "{duty.id}"'))
