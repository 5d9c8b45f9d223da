"""The renderers by the name that a person gives on the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.report.as_html import html
from dangwu.report.as_json import check_json, report_json
from dangwu.report.as_markdown import markdown
from dangwu.report.as_terminal import show_page
from dangwu.report.machine import github, gitlab, junit
from dangwu.report.sarif import sarif
from dangwu.report.year import year_page

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from rich.console import Console

    from dangwu.lang import Language
    from dangwu.model.result import YearReport

CHECK: Mapping[str, Callable[..., str]] = {
    "json": lambda checked, lang, _prefix="": check_json(checked, lang),
    "github": github,
    "gitlab": gitlab,
    "sarif": sarif,
    "junit": junit,
}
"""Findings in the formats of machines. The last argument is the record root's place in its repository; what people
read is ``as_terminal.show_findings``."""


def _terminal(report: YearReport, lang: Language, console: Console, _: str) -> str:
    with console.capture() as captured:
        show_page(year_page(report, lang), console)
    return captured.get()


REPORTS: Mapping[str, Callable[[YearReport, Language, Console, str], str]] = {
    "terminal": _terminal,
    "md": lambda report, lang, _console, _template: markdown(year_page(report, lang), lang),
    "html": lambda report, lang, _console, template: html(year_page(report, lang), lang, template),
    "json": lambda report, lang, _console, _template: report_json(report, lang),
}
"""The year's report. Only ``terminal`` uses the console; only ``html`` uses the template, the package data that
``as_html.TEMPLATE`` names."""
