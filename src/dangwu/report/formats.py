"""The renderers by the name that a person gives on the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.report.as_html import html
from dangwu.report.as_json import check_json
from dangwu.report.as_markdown import markdown
from dangwu.report.machine import github, gitlab, junit
from dangwu.report.sarif import sarif

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from dangwu.lang import Language
    from dangwu.model.result import Checked
    from dangwu.report.page import Page

CHECK: Mapping[str, Callable[[Checked, Language], str]] = {
    "json": check_json,
    "github": github,
    "gitlab": gitlab,
    "sarif": sarif,
    "junit": junit,
}
"""Findings in the formats of machines; ``terminal`` is the frame's."""

PAGE: Mapping[str, Callable[[Page, Language, str], str]] = {
    "md": lambda page, lang, _: markdown(page, lang),
    "html": html,
}
"""Pages as text. The last argument is the text of ``as_html.TEMPLATE``; only ``html`` uses it."""
