"""Building blocks of forms: labelled values, ruled lists, body text, room to write, signatures."""

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
"""The shares of a label and its value where a row has two pairs: English labels are longer."""
_CHARACTER_SHARE = 0.085
BLANK_ROWS, FEW_ROWS = 8, 4
"""Empty rows of a list on a blank form, so that with the signatures it fills a page, portrait or landscape."""
_LINES_OF_SHEET, _FEWEST_LINES = 22, 6
"""Lines that the sections of a blank record share, and the fewest of each."""


class LabelledValue(NamedTuple):
    """A label and its value. With ``whole`` it takes a row of its own, at least ``lines`` lines high."""

    label: str
    text: str = ""
    whole: bool = False
    lines: int = 1


def build_member_entries(text: FieldText, data: Mapping[str, Any]) -> tuple[LabelledValue, LabelledValue]:
    """Return the name and the Party group of a record's member."""
    id_ = data.get("member", "")
    member = text.corpus.member_by_id.get(id_)
    group = text.group(member.group_on(text.forms.as_of)) if member else ""
    return LabelledValue(text(say("Name")), text.name(id_)), LabelledValue(text(say("Party group")), group)


def lay_out_entries(text: FieldText, entries: Iterable[LabelledValue], across: int = 2, caption: str = "") -> Form:
    """Return labelled values in rows of ``across`` pairs; the last pair of a row takes the rest of its width."""
    rows: list[tuple[FormCell, ...]] = []
    row: list[LabelledValue] = []
    for entry in entries:
        if entry.whole or len(row) == across:
            rows.extend(_build_entry_row(row, across))
            row = []
        if entry.whole:
            rows.extend(_build_entry_row([entry], across))
        else:
            row.append(entry)
    rows.extend(_build_entry_row(row, across))
    return Form(caption, LABEL_SHARES[text.lang.code] * across, tuple(rows))


def _build_entry_row(entries: Sequence[LabelledValue], across: int) -> Iterator[tuple[FormCell, ...]]:
    if not entries:
        return
    cells: list[FormCell] = []
    for number, entry in enumerate(entries, 1):
        extra = 2 * (across - number) if number == len(entries) else 0
        cells += [FormCell(entry.label, label=True), FormCell(entry.text, span=1 + extra, lines=entry.lines)]
    yield tuple(cells)


class ListHead(NamedTuple):
    """The head of a list's column with its share of the width."""

    title: str
    share: int
    align: Align = Align.START


def build_ruled_list(
    heads: Sequence[ListHead], rows: Iterable[Sequence[str]], *, caption: str = "", room: int = 0, lines: int = 1
) -> Form:
    """Return a ruled list whose head is repeated on every page, filled up to ``room`` rows with empty ones."""
    shares = _compute_shares(heads)
    body_rows = [
        tuple(FormCell(text, align=head.align, lines=lines) for text, head in zip(row, heads, strict=True))
        for row in rows
    ]
    empty = tuple(FormCell(align=head.align, lines=max(lines, 2)) for head in heads)
    body_rows += [empty] * (room - len(body_rows))
    head = tuple(FormCell(head.title, label=True, align=Align.CENTER) for head in heads)
    return Form(caption, shares, (head, *body_rows), head=1)


def number_rows(rows: Iterable[Sequence[str]]) -> Iterator[tuple[str, ...]]:
    """Yield each row with its number before it."""
    return ((str(number), *row) for number, row in enumerate(rows, 1))


def _compute_shares(heads: Sequence[ListHead]) -> tuple[int, ...]:
    """Return the widths of columns; a head without a share gets the width of two characters on a portrait sheet."""
    rest = sum(head.share for head in heads) * 100
    return tuple(head.share * 100 or round(rest * _CHARACTER_SHARE) for head in heads)


def build_number_head(text: FieldText, share: int = 0) -> ListHead:
    """Return the head of the column of row numbers."""
    return ListHead(text(say("No.")), share, Align.CENTER)


def format_numbered_lines(texts: Sequence[str]) -> str:
    """Return several texts as numbered lines; a single text without a number."""
    if len(texts) <= 1:
        return "".join(texts)
    return "\n".join(f"{number}. {text}" for number, text in enumerate(texts, 1))


def build_blank_sections(titles: Sequence[str]) -> Iterator[PaperBlock]:
    """Yield the sections of a blank record with room to write, together about a page."""
    lines = max(_FEWEST_LINES, _LINES_OF_SHEET // max(len(titles), 1))
    for title in titles:
        yield Form("", (1,), ((FormCell(title, label=True),), (FormCell(lines=lines),)), head=1)


def build_signatures(text: FieldText, parties: Iterable[tuple[Text, str]]) -> Signatures:
    """Return places to sign."""
    return Signatures(tuple((text(words), name) for words, name in parties))
