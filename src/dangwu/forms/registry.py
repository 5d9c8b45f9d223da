"""The list of forms by kind of record, and several forms in one document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.forms import appraisals, dues, generic, meetings, openness, people, supervision, targets, work
from dangwu.forms.field_text import FieldText
from dangwu.pages.paper import Break
from dangwu.pages.wording.values import describe_snapshot, join_phrases

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from dangwu.language import Language
    from dangwu.model.form_input import FormInput, FormRecord
    from dangwu.pages.paper import Paper, PaperBlock

FORM_BUILDERS: Mapping[str, Callable[[FormRecord, FieldText], Paper]] = {
    **meetings.FORM_BUILDERS,
    **work.FORM_BUILDERS,
    **appraisals.FORM_BUILDERS,
    **targets.FORM_BUILDERS,
    **dues.FORM_BUILDERS,
    **openness.FORM_BUILDERS,
    **supervision.FORM_BUILDERS,
}
"""Kind → its own form; every other kind gets the generic one made from its schema."""
BOOK_BUILDERS: Mapping[str, Callable[[Iterable[FormRecord], FieldText], Paper]] = {
    "member": people.build_roster_form,
    "letter": supervision.build_letter_register,
}
"""Kind → the register of its records."""


def build_form_paper(forms: FormInput, lang: Language) -> Paper:
    """Return the document to print, with a line about the records it was made from."""
    text = FieldText(forms, lang)
    paper = BOOK_BUILDERS[forms.book](forms.filled, text) if forms.book else _join_forms(forms, text)
    return paper._replace(origin=_format_form_origin(forms, text))


def _join_forms(forms: FormInput, text: FieldText) -> Paper:
    papers = [
        FORM_BUILDERS.get(form.kind.name, generic.build_generic_form)(form, text.for_record(form))
        for form in forms.filled
    ]
    first, *others = papers
    return first._replace(
        blocks=(*first.blocks, *(block for other in others for block in _build_following_form(other)))
    )


def _build_following_form(paper: Paper) -> Iterator[PaperBlock]:
    """Yield a form after the first one, on a page of its own."""
    yield Break(paper.title, paper.subtitle)
    yield from paper.blocks


def _format_form_origin(forms: FormInput, text: FieldText) -> str:
    """Return the small line at the end with path, as-of day and revision; empty for a blank form."""
    if all(form.blank for form in forms.filled) and not forms.book:
        return ""
    path = forms.filled[0].path if len(forms.filled) == 1 else ""
    return join_phrases((path, describe_snapshot(forms.as_of, forms.revision, text.lang)), text.lang)
