"""A page as one HTML file that needs nothing else: no script, no address, good on paper and on a phone."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from dangwu.model.text import say
from dangwu.report.safe import one_line

if TYPE_CHECKING:
    from jinja2 import Template

    from dangwu.lang import Language
    from dangwu.report.page import Bars, Page

TEMPLATE = "report/templates/report.html.j2"
"""The package data that ``html`` is given as ``template``."""

_LANGUAGES = {"zh": "zh-CN", "en": "en"}


def html(page: Page, lang: Language, template: str) -> str:
    """Return the page filled into the template; every text of it is escaped."""
    blocks = [(type(block).__name__, block) for block in page.blocks]
    return _compiled(template).render(
        page=page,
        blocks=blocks,
        contents=lang.text(say("Contents")),
        language=_LANGUAGES.get(lang.code, lang.code),
        share=_share,
    )


@cache
def _compiled(template: str) -> Template:
    from jinja2 import Environment, StrictUndefined  # noqa: PLC0415

    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True
    )
    environment.filters["safe_text"] = one_line
    return environment.from_string(template)


def _share(bars: Bars, value: int) -> str:
    """Return a value in per cent of the longest bar."""
    longest = max(sum(each.values[number] for each in bars.series) for number in range(len(bars.categories)))
    return f"{value * 100 / longest:.2f}"
