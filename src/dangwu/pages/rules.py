"""The rulebook as pages: all clauses, one clause."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.model.message import say
from dangwu.model.period import PeriodLength
from dangwu.model.rulebook import ClauseRole
from dangwu.model.rulebook_words import PERIOD_LENGTH_NAMES, SUBJECT_NAMES, format_citation
from dangwu.pages.page import Block, Cell, Column, KeyValues, Page, Paragraph, Table
from dangwu.pages.wording.names import EXTRA_DUTIES_TITLE

if TYPE_CHECKING:
    from datetime import date

    from dangwu.language import Language
    from dangwu.model.rulebook import Citation, Clause, DutyWording, Rulebook

_BECOMES_WORDS = {
    ClauseRole.DUTY: say("duty"),
    ClauseRole.CHECK: say("check"),
    ClauseRole.NOTE: say("note for people"),
    ClauseRole.DEFINITION: say("definition"),
    ClauseRole.PEOPLE: say("for people to judge"),
}


def build_rules_page(book: Rulebook, as_of: date, system: int | None, lang: Language) -> Page:
    """Return the rulebook in force on a day, system by system, amendments at the end."""
    blocks: list[Block] = []
    for number, title in (*book.systems, (0, EXTRA_DUTIES_TITLE)):
        clauses = [clause for clause in book.clauses if clause.system == number]
        if clauses and system in {None, number}:
            heading = f"{number} {lang.value(title)}" if number else lang.value(title)
            blocks.append(_build_clause_table(heading, clauses, as_of, lang))
    subtitle = lang.text(say("{name}, as of {day}", name=book.name, day=as_of))
    return Page(title=lang.text(say("The rulebook in force")), subtitle=subtitle, blocks=tuple(blocks))


def build_clause_page(clause: Clause, as_of: date, lang: Language) -> Page:
    """Return one clause: its reading, its role (duty, check, ...), and every wording with its source."""
    pairs = [(lang.text(say("kind")), Cell(lang.text(_BECOMES_WORDS[clause.becomes])))]
    wording = clause.in_force(as_of)
    if clause.becomes is ClauseRole.DUTY:
        pairs.append((lang.text(say("responsible")), Cell(lang.text(SUBJECT_NAMES[clause.subject]))))
        pairs.append((lang.text(say("in force")), Cell(_describe_demand(wording, lang))))
        pairs.append((lang.text(say("evidence")), Cell(clause.record or "")))
    blocks: list[Block] = [Paragraph(lang.value(clause.reading)), KeyValues(tuple(pairs))]
    if clause.checks:
        words = say("Checked by: {codes}. dangwu explain CODE says more.", codes=clause.checks)
        blocks.append(Paragraph(lang.text(words)))
    if clause.wordings:
        blocks.append(_build_wording_table(clause, lang))
    title = f"{clause.id} {lang.value(clause.title)}"
    return Page(title=title, subtitle=lang.text(say("as of {day}", day=as_of)), blocks=tuple(blocks))


def _build_clause_table(caption: str, clauses: list[Clause], as_of: date, lang: Language) -> Table:
    heads = (say("clause"), say("title"), say("kind"), say("demand"), say("source"))
    rows = tuple(
        (
            Cell(clause.id),
            Cell(lang.value(clause.title)),
            Cell(lang.text(_BECOMES_WORDS[clause.becomes])),
            Cell(_describe_clause(clause, as_of, lang)),
            Cell(format_source(wording.source, lang) if (wording := clause.in_force(as_of)) else ""),
        )
        for clause in clauses
    )
    return Table(caption, tuple(Column(lang.text(head), short=at == 0) for at, head in enumerate(heads)), rows)


def _describe_clause(clause: Clause, as_of: date, lang: Language) -> str:
    if clause.becomes is not ClauseRole.DUTY:
        return lang.value(clause.reading)
    return lang.text(
        say("{who}, {demand}", who=SUBJECT_NAMES[clause.subject], demand=_describe_demand(clause.in_force(as_of), lang))
    )


def _describe_demand(wording: DutyWording | None, lang: Language) -> str:
    if wording is None:
        return lang.text(say("not in force on that day"))
    if wording.off:
        return lang.text(say("switched off"))
    if not isinstance(wording.every, PeriodLength):
        return lang.text(say("after the event"))
    if wording.times == 1:
        return lang.text(PERIOD_LENGTH_NAMES[wording.every])
    return lang.text(say("{every}, times: {count}", every=PERIOD_LENGTH_NAMES[wording.every], count=wording.times))


def _build_wording_table(clause: Clause, lang: Language) -> Table:
    heads = (say("from"), say("demand"), say("source"))
    rows = tuple(
        (
            Cell(wording.start.isoformat()),
            Cell(_describe_demand(wording, lang)),
            Cell(format_source(wording.source, lang)),
        )
        for wording in clause.wordings
    )
    return Table(lang.text(say("Wordings by date")), tuple(Column(lang.text(head)) for head in heads), rows)


def format_source(source: Citation, lang: Language) -> str:
    """Return the source of a wording: the text or regulation, and the record of an amendment."""
    return lang.value((*format_citation(source), *([source.path] if source.path else [])))
