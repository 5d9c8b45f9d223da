"""Which form a kind of record has, and several forms in one document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.forms import appraisals, dues, generic, meetings, openness, people, supervision, targets, work
from dangwu.forms.field_text import Pen
from dangwu.model.message import say
from dangwu.pages.paper import Break
from dangwu.pages.wording.names import joined

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from dangwu.language import Language
    from dangwu.model.form_input import Filled, Forms
    from dangwu.pages.paper import Paper, PaperBlock

MAKERS: Mapping[str, Callable[[Filled, Pen], Paper]] = {
    **meetings.MAKERS,
    **work.MAKERS,
    **appraisals.MAKERS,
    **targets.MAKERS,
    **dues.MAKERS,
    **openness.MAKERS,
    **supervision.MAKERS,
}
"""Kind → its own form; every other kind gets the one made from its schema."""
BOOKS: Mapping[str, Callable[[Iterable[Filled], Pen], Paper]] = {
    "member": people.roster,
    "letter": supervision.register,
}
"""Kind → the register that many of its records make up."""
_ID = 12
"""How many digits of a commit's id are printed."""


def paper(forms: Forms, lang: Language) -> Paper:
    """Return what is to be printed, with the line that says from which state of the records it was made."""
    pen = Pen(forms, lang)
    made = BOOKS[forms.book](forms.filled, pen) if forms.book else _together(forms, pen)
    return made._replace(origin=_origin(forms, pen))


def _together(forms: Forms, pen: Pen) -> Paper:
    papers = [MAKERS.get(each.kind.name, generic.form)(each, pen.about(each)) for each in forms.filled]
    first, *others = papers
    return first._replace(blocks=(*first.blocks, *(block for each in others for block in _following(each))))


def _following(paper: Paper) -> Iterator[PaperBlock]:
    """Yield a form that does not begin its document, on a page of its own."""
    yield Break(paper.title, paper.subtitle)
    yield from paper.blocks


def _origin(forms: Forms, pen: Pen) -> str:
    """Return the small line at the end; an empty form is from no record."""
    if all(each.blank for each in forms.filled) and not forms.book:
        return ""
    path = forms.filled[0].path if len(forms.filled) == 1 else ""
    as_of = pen(say("as of {day}", day=forms.as_of))
    revision = pen(say("revision {revision}", revision=forms.revision[:_ID])) if forms.revision else ""
    return joined((path, as_of, revision), pen.lang)
