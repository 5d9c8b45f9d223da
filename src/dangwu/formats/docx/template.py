"""A committee's own Word template filled in with plain values, in a sandbox (docs/site/en/forms.md has their names)."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time
from html import unescape
from io import BytesIO
from typing import TYPE_CHECKING, Any

from dangwu.errors import CannotRunError
from dangwu.formats.docx.template_braces import narrow_template_marks
from dangwu.formats.docx.template_safety import build_template_refusal, examine_made_file, examine_word_file
from dangwu.formats.docx.template_sandbox import build_sandbox
from dangwu.formats.docx.template_values import build_template_values
from dangwu.formats.docx.word_kind import turn_into_document
from dangwu.formats.safe_text import make_one_line
from dangwu.formats.stable_zip import normalise_zip
from dangwu.model.message import say

if TYPE_CHECKING:
    from dangwu.language import Language
    from dangwu.model.form_input import FormInput

_LONGEST = 120
_RENDERED_PROPERTIES = ("author", "comments", "identifier", "language", "subject", "title")
_ADDRESS = re.compile(" at 0x[0-9a-f]+")


def fill_template(raw: bytes, forms: FormInput, lang: Language) -> bytes:
    """Return the template with the values in it: the same bytes for the same template, values and day.

    CannotRunError when the template is not safe to open, or says something that cannot be filled in.
    """
    examine_word_file(raw, build_template_refusal)
    raw = narrow_template_marks(turn_into_document(raw))
    from docxtpl import DocxTemplate  # type: ignore[import-untyped]  # noqa: PLC0415

    values = build_template_values(forms, lang)
    out = BytesIO()
    try:
        template = DocxTemplate(BytesIO(raw))
        written = _read_properties(template)
        template.render(values, build_sandbox(lang=lang))
        properties = template.docx.core_properties
        for name, text in written.items():
            if getattr(properties, name) != text:  # it was filled in as XML, and is stored as text
                setattr(properties, name, unescape(getattr(properties, name)))
        properties.created = properties.modified = datetime.combine(forms.as_of, time(), UTC)
        template.save(out)
    except CannotRunError:
        raise
    except Exception as error:  # a template is a program of its writer: whatever goes wrong in it is told as one line
        raise CannotRunError(
            say("The template cannot be filled in: {trouble}", trouble=_trouble(error)),
            say("The names that a template may use are in docs/site/en/forms.md."),
        ) from error
    examine_made_file(out.getvalue())
    return normalise_zip(out.getvalue())


def _read_properties(template: Any) -> dict[str, str]:
    """Return the title and the other properties of a file that may have names in them."""
    template.init_docx()
    return {name: getattr(template.docx.core_properties, name) for name in _RENDERED_PROPERTIES}


def _trouble(error: Exception) -> str:
    """Return what is wrong, with the words around it where the library knows them."""
    near = [line.strip() for line in getattr(error, "docx_context", ()) if line.strip()]
    said = str(error) or type(error).__name__
    return _ADDRESS.sub("", make_one_line(" | ".join([said, *near[:2]])))[:_LONGEST]
