"""Pieces that forms are laid out of: labels with their values, rows of lists, minutes, sign-in sheets, signatures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from dangwu.model.message import say
from dangwu.pages.page import Align
from dangwu.pages.paper import Form, FormCell, Signatures

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from dangwu.forms.field_text import FieldText
    from dangwu.model.message import Text
    from dangwu.pages.paper import PaperBlock

LABEL_SHARES = {"zh": (4, 8), "en": (5, 7)}
"""The shares of a label and of its value where two stand in a row: English labels are longer."""
_CHARACTER_SHARE = 0.085
BLANK_ROWS, FEW_ROWS = 8, 4
"""How many empty rows a list has on a blank form: with the places to sign they fill a page, upright or turned."""
_LINES_OF_SHEET, _FEWEST_LINES = 22, 6
"""How many lines the sections of a blank record share, and how many each has at least."""


class LabelledValue(NamedTuple):
    """A label and its value. A ``whole`` one takes a row of its own, at least ``lines`` lines high."""

    label: str
    text: str = ""
    whole: bool = False
    lines: int = 1


def build_member_entries(pen: FieldText, data: Mapping[str, Any]) -> tuple[LabelledValue, LabelledValue]:
    """Return the name and the Party group of the member whom a record is about."""
    id_ = data.get("member", "")
    member = pen.corpus.member_by_id.get(id_)
    group = pen.group(member.group_on(pen.forms.as_of)) if member else ""
    return LabelledValue(pen(say("Name")), pen.name(id_)), LabelledValue(pen(say("Party group")), group)


def lay_out_entries(pen: FieldText, entries: Iterable[LabelledValue], across: int = 2, caption: str = "") -> Form:
    """Return labels with their values in rows, ``across`` of them in each; the last of a row takes what is left."""
    rows: list[tuple[FormCell, ...]] = []
    held: list[LabelledValue] = []
    for each in entries:
        if each.whole or len(held) == across:
            rows.extend(_build_entry_row(held, across))
            held = []
        if each.whole:
            rows.extend(_build_entry_row([each], across))
        else:
            held.append(each)
    rows.extend(_build_entry_row(held, across))
    return Form(caption, LABEL_SHARES[pen.lang.code] * across, tuple(rows))


def _build_entry_row(entries: Sequence[LabelledValue], across: int) -> Iterator[tuple[FormCell, ...]]:
    if not entries:
        return
    cells: list[FormCell] = []
    for number, each in enumerate(entries, 1):
        left = 2 * (across - number) if number == len(entries) else 0
        cells += [FormCell(each.label, label=True), FormCell(each.text, span=1 + left, lines=each.lines)]
    yield tuple(cells)


class ListHead(NamedTuple):
    """The head of a list's column with its share of the width."""

    title: str
    share: int
    align: Align = Align.START


def build_ruled_list(
    heads: Sequence[ListHead], rows: Iterable[Sequence[str]], *, caption: str = "", room: int = 0, lines: int = 1
) -> Form:
    """Return a ruled list whose head is repeated on every page, with at least ``room`` rows, empty if need be."""
    shares = _compute_shares(heads)
    made = [
        tuple(FormCell(text, align=head.align, lines=lines) for text, head in zip(row, heads, strict=True))
        for row in rows
    ]
    empty = tuple(FormCell(align=head.align, lines=max(lines, 2)) for head in heads)
    made += [empty] * (room - len(made))
    head = tuple(FormCell(each.title, label=True, align=Align.CENTER) for each in heads)
    return Form(caption, shares, (head, *made), head=1)


def number_rows(rows: Iterable[Sequence[str]]) -> Iterator[tuple[str, ...]]:
    """Put its number before each row."""
    return ((str(number), *row) for number, row in enumerate(rows, 1))


def _compute_shares(heads: Sequence[ListHead]) -> tuple[int, ...]:
    """Return the widths; a head without a share gets what two characters want on an upright sheet."""
    rest = sum(each.share for each in heads) * 100
    return tuple(each.share * 100 or round(rest * _CHARACTER_SHARE) for each in heads)


def build_number_head(pen: FieldText, share: int = 0) -> ListHead:
    """Return the head of the column of numbers."""
    return ListHead(pen(say("No.")), share, Align.CENTER)


def format_numbered_lines(texts: Sequence[str]) -> str:
    """Return several texts as numbered lines; one stands alone."""
    if len(texts) < len("12"):
        return "".join(texts)
    return "\n".join(f"{number}. {text}" for number, text in enumerate(texts, 1))


def build_blank_sections(titles: Sequence[str]) -> Iterator[PaperBlock]:
    """Yield the sections that a blank record has, with room to write: together about a page."""
    lines = max(_FEWEST_LINES, _LINES_OF_SHEET // max(len(titles), 1))
    for title in titles:
        yield Form("", (1,), ((FormCell(title, label=True),), (FormCell(lines=lines),)), head=1)


def build_signatures(pen: FieldText, parties: Iterable[tuple[Text, str]]) -> Signatures:
    """Return places to sign."""
    return Signatures(tuple((pen(words), name) for words, name in parties))
