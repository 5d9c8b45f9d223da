"""A committee's own Word template filled in with plain values (docs/forms.md has their names), in a closed sandbox."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time
from io import BytesIO
from typing import TYPE_CHECKING, Any

from dangwu.errors import CannotRunError
from dangwu.formats.docx.template_safety import build_template_refusal, examine_word_file
from dangwu.formats.docx.template_values import build_template_values
from dangwu.formats.docx.word_kind import turn_into_document
from dangwu.formats.safe_text import make_one_line
from dangwu.formats.stable_zip import normalise_zip
from dangwu.model.message import say

if TYPE_CHECKING:
    from jinja2.sandbox import SandboxedEnvironment

    from dangwu.language import Language
    from dangwu.model.form_input import FormInput

ALLOWED_FILTERS = frozenset({
    "abs", "capitalize", "count", "d", "default", "dictsort", "e", "escape", "first", "groupby", "int", "items", "join",
    "last", "length", "list", "lower", "map", "max", "min", "reject", "rejectattr", "replace", "reverse", "round",
    "select", "selectattr", "sort", "string", "sum", "title", "trim", "truncate", "unique", "upper",
})  # fmt: skip
"""What a template may do with a value. Nothing that takes a text for markup, or makes much out of little."""
_METHODS = frozenset({"items", "keys", "values", "get"})
_LONGEST = 120
_ADDRESS = re.compile(" at 0x[0-9a-f]+")


def fill_template(raw: bytes, forms: FormInput, lang: Language) -> bytes:
    """Return the template with the values in it: the same bytes for the same template, values and day.

    CannotRunError when the template is not safe to open, or says something that cannot be filled in.
    """
    examine_word_file(raw, build_template_refusal)
    raw = turn_into_document(raw)
    from docxtpl import DocxTemplate  # type: ignore[import-untyped]  # noqa: PLC0415

    values = build_template_values(forms, lang)
    out = BytesIO()
    try:
        template = DocxTemplate(BytesIO(raw))
        template.render(values, _environment())
        properties = template.docx.core_properties
        properties.created = properties.modified = datetime.combine(forms.as_of, time(), UTC)
        template.save(out)
    except Exception as error:  # a template is a program of its writer: whatever goes wrong in it is told as one line
        raise CannotRunError(
            say("The template cannot be filled in: {trouble}", trouble=_trouble(error)),
            say("The names that a template may use are in docs/forms.md."),
        ) from error
    return normalise_zip(out.getvalue())


def _trouble(error: Exception) -> str:
    """Return what is wrong, with the words around it where the library knows them."""
    near = [line.strip() for line in getattr(error, "docx_context", ()) if line.strip()]
    said = str(error) or type(error).__name__
    return _ADDRESS.sub("", make_one_line(" | ".join([said, *near[:2]])))[:_LONGEST]


def _environment() -> SandboxedEnvironment:
    """Return a sandbox without loader, globals and methods: values are looked at, never called."""
    from jinja2 import StrictUndefined  # noqa: PLC0415
    from jinja2.exceptions import SecurityError  # noqa: PLC0415
    from jinja2.filters import do_forceescape  # noqa: PLC0415
    from jinja2.runtime import LoopContext, Macro, Undefined  # noqa: PLC0415
    from jinja2.sandbox import SandboxedEnvironment, safe_range  # noqa: PLC0415

    class Sandbox(SandboxedEnvironment):
        """Calls nothing but loops, macros of the template itself and what lists the fields of a row."""

        intercepted_binops = frozenset({"*", "**", "%"})

        def getattr(self, obj: Any, attribute: str) -> Any:
            """Return a field before a method of the same name: rows have fields called items."""
            if isinstance(obj, dict) and attribute in obj:
                return obj[attribute]
            return super().getattr(obj, attribute)

        def is_safe_callable(self, obj: Any) -> bool:
            """Tell whether something may be called."""
            owner = getattr(obj, "__self__", None)
            if isinstance(owner, dict):
                return getattr(obj, "__name__", "") in _METHODS
            # A name that is nowhere says so itself when it is called.
            known = isinstance(obj, LoopContext | Macro | Undefined)
            return known or obj is safe_range or isinstance(owner, LoopContext)

        def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
            """Multiply numbers, never texts and lists."""
            if operator == "**" or not isinstance(left, int | float) or not isinstance(right, int | float):
                raise SecurityError(f"{operator} is for numbers only")
            return super().call_binop(context, operator, left, right)

    made = Sandbox(
        autoescape=True,
        undefined=StrictUndefined,
        # Also where a template switches the escaping off.
        finalize=lambda value: value if hasattr(value, "__html__") else do_forceescape(value),
    )
    made.globals = {"range": safe_range}
    made.filters = {name: each for name, each in made.filters.items() if name in ALLOWED_FILTERS}
    return made
