"""What was owed and done by clause, and what did not apply and why."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from dangwu.model.duty import State
from dangwu.model.text import say
from dangwu.report.naming import group_name
from dangwu.report.page import Align, Cell, Column, Item, Items, Paragraph, Table
from dangwu.report.tone import Tone
from dangwu.report.words import EVERY_FACE, FACES, MISSED, face

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dangwu.lang import Language
    from dangwu.model.duty import Duty
    from dangwu.model.result import Owed
    from dangwu.report.words import Face


def clause_table(owed: Owed, lang: Language) -> Table:
    """Return a row per clause: owed, and how many in each state. Not applicable ones are not owed."""
    shown = [face(duty) for duty in owed.duties]
    faces = [each for each in EVERY_FACE if each is not MISSED or each in shown]
    titles = [lang.text(say("Duty")), lang.text(say("owed")), *(lang.text(each.word) for each in faces)]
    columns = (Column(titles[0]), *(Column(title, Align.END, short=True) for title in titles[1:]))
    rows = []
    for clause in dict.fromkeys(duty.clause for duty in owed.duties):
        duties = [duty for duty in owed.duties if duty.clause == clause]
        counts = Counter(face(duty) for duty in duties)
        due = len(duties) - counts[FACES[State.NOT_APPLICABLE]]
        name = Cell(f"{clause} {lang.value(duties[0].title)}", Tone.STRONG)
        rows.append((name, Cell(str(due)), *(_count(counts[each], each) for each in faces)))
    return Table(lang.text(say("Duties by clause and state")), columns, tuple(rows))


def not_applicable(owed: Owed, lang: Language) -> Iterator[Paragraph | Items]:
    """Yield why duties did not apply, periods with one reason together."""
    groups: dict[tuple[str, str | None, str], list[Duty]] = {}
    for duty in owed.duties:
        if duty.state is State.NOT_APPLICABLE:
            reason = lang.text(duty.reason) if duty.reason else ""
            groups.setdefault((duty.clause, duty.subject, reason), []).append(duty)
    if groups:
        yield Paragraph(lang.text(say("Not applicable, and why:")))
        yield Items(tuple(_reason(owed, duties, reason, lang) for (_, _, reason), duties in groups.items()))


def _count(count: int, shown: Face) -> Cell:
    return Cell(str(count), shown.tone if count else Tone.QUIET)


def _reason(owed: Owed, duties: Sequence[Duty], reason: str, lang: Language) -> Item:
    first = duties[0]
    name = f"{first.clause} {lang.value(first.title)}"
    group = group_name(owed.corpus, first.subject)
    periods = lang.value(tuple(duty.period.label for duty in duties))
    return Item(
        tag=lang.text(FACES[State.NOT_APPLICABLE].word),
        title=" ".join(each for each in (name, group) if each),
        tone=Tone.QUIET,
        details=tuple(each for each in (reason, periods) if each),
    )
