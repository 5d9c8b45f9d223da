"""Values → the HTML of the desk's pages. Every text is escaped; the pages hold no style and no script of their own."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from dangwu.data.resources import read_package_text
from dangwu.formats.html import render_blocks, render_style
from dangwu.formats.safe_text import make_safe_part

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jinja2 import Environment

    from dangwu.language import Language
    from dangwu.pages.paper import PaperBlock

_FOLDER = "templates/"
LANGUAGE_TAGS = {"zh": "zh-CN", "en": "en"}


def fill_page(name: str, lang: Language, **values: Any) -> bytes:
    """Return a page of the desk; ``name`` is that of its template."""
    template = _build_environment().get_template(f"{_FOLDER}desk_{name}.html.j2")
    text = template.render(language=LANGUAGE_TAGS[lang.code], **values)
    return text.encode("utf-8", "replace")


def make_blocks(blocks: Sequence[PaperBlock], lang: Language) -> str:
    """Return blocks of a page or a form as HTML, in which every text is escaped."""
    return render_blocks(blocks, lang, read_package_text)


def make_style() -> bytes:
    """Return the one style sheet: that of reports, and what the desk adds."""
    return (render_style(read_package_text) + read_package_text(f"{_FOLDER}desk.css")).encode()


@cache
def _build_environment() -> Environment:
    from jinja2 import Environment, FunctionLoader, StrictUndefined  # noqa: PLC0415

    return Environment(
        loader=FunctionLoader(read_package_text), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True, keep_trailing_newline=True, finalize=_make_harmless,
    )  # fmt: skip


def _make_harmless(value: Any) -> Any:
    """Return text without control and invisible characters; markup stays."""
    return make_safe_part(value) if type(value) is str else value
