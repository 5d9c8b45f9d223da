"""Pieces that forms are laid out of: labels with their values, rows of lists, minutes, sign-in sheets, signatures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from dangwu.model.message import say
from dangwu.pages.page import Align
from dangwu.pages.paper import Form, FormCell, Signatures

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from dangwu.forms.field_text import Pen
    from dangwu.model.message import Text
    from dangwu.pages.paper import PaperBlock

LABEL = {"zh": (4, 8), "en": (5, 7)}
"""The shares of a label and of its value where two stand in a row: English labels are longer."""
_NUMBER = 0.085
ROOM, FEW = 8, 4
"""How many empty rows a list has on a blank form: with the places to sign they fill a page, upright or turned."""
_SHEET, _LEAST = 22, 6
"""How many lines the sections of a blank record share, and how many each has at least."""


class Entry(NamedTuple):
    """A label and its value. A ``whole`` one takes a row of its own, at least ``lines`` lines high."""

    label: str
    text: str = ""
    whole: bool = False
    lines: int = 1


def whose(pen: Pen, data: Mapping[str, Any]) -> tuple[Entry, Entry]:
    """Return the name and the Party group of the member whom a record is about."""
    id_ = data.get("member", "")
    member = pen.corpus.member_by_id.get(id_)
    group = pen.group(member.group_on(pen.forms.as_of)) if member else ""
    return Entry(pen(say("Name")), pen.name(id_)), Entry(pen(say("Party group")), group)


def laid(pen: Pen, entries: Iterable[Entry], across: int = 2, caption: str = "") -> Form:
    """Return labels with their values in rows, ``across`` of them in each; the last of a row takes what is left."""
    rows: list[tuple[FormCell, ...]] = []
    held: list[Entry] = []
    for each in entries:
        if each.whole or len(held) == across:
            rows.extend(_row(held, across))
            held = []
        if each.whole:
            rows.extend(_row([each], across))
        else:
            held.append(each)
    rows.extend(_row(held, across))
    return Form(caption, LABEL[pen.lang.code] * across, tuple(rows))


def _row(entries: Sequence[Entry], across: int) -> Iterator[tuple[FormCell, ...]]:
    if not entries:
        return
    cells: list[FormCell] = []
    for number, each in enumerate(entries, 1):
        left = 2 * (across - number) if number == len(entries) else 0
        cells += [FormCell(each.label, label=True), FormCell(each.text, span=1 + left, lines=each.lines)]
    yield tuple(cells)


class Head(NamedTuple):
    """The head of a list's column with its share of the width."""

    title: str
    share: int
    align: Align = Align.START


def listed(
    heads: Sequence[Head], rows: Iterable[Sequence[str]], *, caption: str = "", room: int = 0, lines: int = 1
) -> Form:
    """Return a ruled list whose head is repeated on every page, with at least ``room`` rows, empty if need be."""
    shares = _shares(heads)
    made = [
        tuple(FormCell(text, align=head.align, lines=lines) for text, head in zip(row, heads, strict=True))
        for row in rows
    ]
    empty = tuple(FormCell(align=head.align, lines=max(lines, 2)) for head in heads)
    made += [empty] * (room - len(made))
    head = tuple(FormCell(each.title, label=True, align=Align.CENTER) for each in heads)
    return Form(caption, shares, (head, *made), head=1)


def numbered(rows: Iterable[Sequence[str]]) -> Iterator[tuple[str, ...]]:
    """Put its number before each row."""
    return ((str(number), *row) for number, row in enumerate(rows, 1))


def _shares(heads: Sequence[Head]) -> tuple[int, ...]:
    """Return the widths; a head without a share gets what two characters want on an upright sheet."""
    rest = sum(each.share for each in heads) * 100
    return tuple(each.share * 100 or round(rest * _NUMBER) for each in heads)


def number_head(pen: Pen, share: int = 0) -> Head:
    """Return the head of the column of numbers."""
    return Head(pen(say("No.")), share, Align.CENTER)


def points(texts: Sequence[str]) -> str:
    """Return several texts as numbered lines; one stands alone."""
    if len(texts) < len("12"):
        return "".join(texts)
    return "\n".join(f"{number}. {text}" for number, text in enumerate(texts, 1))


def to_write(titles: Sequence[str]) -> Iterator[PaperBlock]:
    """Yield the sections that a blank record has, with room to write: together about a page."""
    lines = max(_LEAST, _SHEET // max(len(titles), 1))
    for title in titles:
        yield Form("", (1,), ((FormCell(title, label=True),), (FormCell(lines=lines),)), head=1)


def signed(pen: Pen, parties: Iterable[tuple[Text, str]]) -> Signatures:
    """Return places to sign."""
    return Signatures(tuple((pen(words), name) for words, name in parties))
