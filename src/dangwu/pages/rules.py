"""The rulebook as pages: the whole table, one clause, one duty."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.model.message import say
from dangwu.model.period import Every
from dangwu.model.rulebook import Becomes
from dangwu.model.rulebook_words import EVERY, SUBJECTS, cited
from dangwu.pages.duties import duty_details
from dangwu.pages.page import Block, Cell, Column, Heading, KeyValues, Page, Paragraph, Table
from dangwu.pages.tone import Tone
from dangwu.pages.wording.names import EXTRA, duty_name, origin
from dangwu.pages.wording.states import face

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from dangwu.language import Language
    from dangwu.model.duty import Duty
    from dangwu.model.results import Owed
    from dangwu.model.rulebook import Citation, Clause, Rulebook, Wording

_BECOMES = {
    Becomes.DUTY: say("duty"),
    Becomes.CHECK: say("check"),
    Becomes.NOTE: say("note for people"),
    Becomes.DEFINITION: say("definition"),
    Becomes.PEOPLE: say("for people to judge"),
}


def rules_page(book: Rulebook, as_of: date, system: int | None, lang: Language) -> Page:
    """Return the rulebook in force on a day, system by system, amendments at the end."""
    blocks: list[Block] = []
    for number, title in (*book.systems, (0, EXTRA)):
        clauses = [clause for clause in book.clauses if clause.system == number]
        if clauses and system in {None, number}:
            heading = f"{number} {lang.value(title)}" if number else lang.value(title)
            blocks.append(_table(heading, clauses, as_of, lang))
    subtitle = lang.text(say("{name}, as of {day}", name=book.name, day=as_of))
    return Page(title=lang.text(say("The rulebook in force")), subtitle=subtitle, blocks=tuple(blocks))


def clause_page(clause: Clause, as_of: date, lang: Language) -> Page:
    """Return one clause: its reading, what it becomes, and every wording with its source."""
    pairs = [(lang.text(say("becomes")), Cell(lang.text(_BECOMES[clause.becomes])))]
    wording = clause.in_force(as_of)
    if clause.becomes is Becomes.DUTY:
        pairs.append((lang.text(say("owed by")), Cell(lang.text(SUBJECTS[clause.subject]))))
        pairs.append((lang.text(say("in force")), Cell(_demand(wording, lang))))
        pairs.append((lang.text(say("evidence")), Cell(clause.record or "")))
    blocks: list[Block] = [Paragraph(lang.value(clause.reading)), KeyValues(tuple(pairs))]
    if clause.checks:
        words = say("Checked by: {codes}. dangwu explain CODE says more.", codes=clause.checks)
        blocks.append(Paragraph(lang.text(words)))
    if clause.wordings:
        blocks.append(_wordings(clause, lang))
    title = f"{clause.id} {lang.value(clause.title)}"
    return Page(title=title, subtitle=lang.text(say("as of {day}", day=as_of)), blocks=tuple(blocks))


def duty_page(duty: Duty, owed: Owed, lang: Language) -> Page:
    """Return one duty: its state and why, its evidence, what nearly counted, and its clause."""
    state = Cell(lang.text(face(duty).word), face(duty).tone)
    pairs = [
        (lang.text(say("state")), state),
        (lang.text(say("window opens")), Cell(duty.opens.isoformat())),
        (lang.text(say("due by")), Cell(duty.due.isoformat())),
    ]
    blocks: list[Block] = [KeyValues(tuple(pairs))]
    blocks.extend(Paragraph(line) for line in duty_details(duty, owed, lang))
    blocks.extend(Paragraph(line, Tone.QUIET) for line in _evidence(duty, lang))
    if duty.waiver is not None:
        blocks.append(Paragraph(lang.text(say("Waiver: {path}", path=duty.waiver)), Tone.QUIET))
    clause = owed.rulebook.clause(duty.clause)
    if clause is not None:
        page = clause_page(clause, duty.period.last, lang)
        blocks.extend((Heading(page.title), *page.blocks))
    return Page(title=f"{duty.id}  {duty_name(duty, owed, lang)}", subtitle=origin(owed, lang), blocks=tuple(blocks))


def _table(caption: str, clauses: list[Clause], as_of: date, lang: Language) -> Table:
    heads = (say("clause"), say("title"), say("becomes"), say("demand"), say("source"))
    rows = tuple(
        (
            Cell(clause.id),
            Cell(lang.value(clause.title)),
            Cell(lang.text(_BECOMES[clause.becomes])),
            Cell(_demanded(clause, as_of, lang)),
            Cell(source_text(wording.source, lang) if (wording := clause.in_force(as_of)) else ""),
        )
        for clause in clauses
    )
    return Table(caption, tuple(Column(lang.text(head), short=at == 0) for at, head in enumerate(heads)), rows)


def _demanded(clause: Clause, as_of: date, lang: Language) -> str:
    if clause.becomes is not Becomes.DUTY:
        return lang.value(clause.reading)
    return lang.text(say("{who}, {demand}", who=SUBJECTS[clause.subject], demand=_demand(clause.in_force(as_of), lang)))


def _demand(wording: Wording | None, lang: Language) -> str:
    if wording is None:
        return lang.text(say("not in force on that day"))
    if wording.off:
        return lang.text(say("switched off"))
    if not isinstance(wording.every, Every):
        return lang.text(say("after the event"))
    if wording.times == 1:
        return lang.text(EVERY[wording.every])
    return lang.text(say("{every}, times: {count}", every=EVERY[wording.every], count=wording.times))


def _wordings(clause: Clause, lang: Language) -> Table:
    heads = (say("from"), say("demand"), say("source"))
    rows = tuple(
        (Cell(each.start.isoformat()), Cell(_demand(each, lang)), Cell(source_text(each.source, lang)))
        for each in clause.wordings
    )
    return Table(lang.text(say("Wordings by date")), tuple(Column(lang.text(head)) for head in heads), rows)


def source_text(source: Citation, lang: Language) -> str:
    """Return where a wording comes from: the text or regulation, and the record of an amendment."""
    return lang.value((*cited(source), *([source.path] if source.path else [])))


def _evidence(duty: Duty, lang: Language) -> Iterator[str]:
    for each in duty.evidence:
        if each.recorded_on is None:
            text = say("Done on {held}: {path}", held=each.held_on, path=each.path)
        else:
            text = say(
                "Done on {held}, recorded on {on}: {path}", held=each.held_on, on=each.recorded_on, path=each.path
            )
        yield lang.text(text)
