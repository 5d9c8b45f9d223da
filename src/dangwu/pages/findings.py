"""Findings as blocks of a page: for an import, a review and the year's report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.model.finding import Severity
from dangwu.model.finding_list import count_findings
from dangwu.model.message import say
from dangwu.pages.page import Block, Heading, Item, Items, Page, Paragraph, ScreenText, Tone
from dangwu.pages.scope import is_for_consideration
from dangwu.pages.wording.states import SEVERITY_TONES, SEVERITY_WORDS
from dangwu.pages.wording.values import add_remark

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dangwu.language import Language
    from dangwu.model.finding import Finding
    from dangwu.model.record import Acceptance
    from dangwu.model.results import CheckResult

MOST_LISTED = 1_000
"""So many open findings are listed on a page; a sentence says how many more there are."""

_CONSIDERED_GROUNDS = {
    "DW310": say("consecutive absences (10.1(5))"),
    "DW906": say("dues unpaid for consecutive months (10.1(6))"),
    "DW912": say("dues paid late for consecutive months, settled (10.1(6))"),
}
"""The notes on the grounds of 10.1 that can be counted. Each has a section of its own; they are never combined."""


def build_finding_blocks(findings: Iterable[Finding], lang: Language) -> Iterator[Block]:
    """Yield the open findings, worst first, then those about a person, for people to consider."""
    ordered = sorted(findings, key=lambda finding: (finding.severity.rank, finding.key))
    open_ = [finding for finding in ordered if not is_for_consideration(finding)]
    yield Heading(lang.text(say("Open findings")))
    yield Items(tuple(build_finding_item(finding, lang) for finding in open_[:MOST_LISTED]), lang.text(say("None.")))
    if unlisted := count_findings(open_[MOST_LISTED:]):
        yield Paragraph(lang.text(say("Not listed here: {count} more findings.", count=unlisted)), Tone.STRONG)
        yield Paragraph(lang.text(say("See dangwu check.")), Tone.STRONG, for_screen=True)
    for code, title in _CONSIDERED_GROUNDS.items():
        people = tuple(
            _build_person_item(finding, lang)
            for finding in ordered
            if is_for_consideration(finding) and finding.code.id == code
        )
        if people:
            yield Heading(lang.text(say("For people to consider: {what}", what=title)))
            text = say(
                "These rows only show what the records say. They judge nobody: first ask the member for the reason."
            )
            yield Paragraph(lang.text(text))
            yield Items(people)


def build_accepted_blocks(accepted: Iterable[tuple[Finding, Acceptance]], lang: Language) -> Iterator[Block]:
    """Yield the accepted findings with their reasons, if there are any."""
    items = tuple(_build_accepted_item(finding, acceptance, lang) for finding, acceptance in accepted)
    if items:
        yield Heading(lang.text(say("Accepted findings")))
        yield Items(items)


def build_finding_item(finding: Finding, lang: Language) -> Item:
    """Return a finding as an entry of a list."""
    clause = [lang.text(say("Clause {clause}", clause=finding.cited_clause))] if finding.cited_clause else []
    hint = [ScreenText(lang.text(say("Next: {step}", step=finding.next_step)))] if finding.next_step else []
    return Item(
        tag=lang.text(SEVERITY_WORDS[finding.severity]),
        title=lang.text(finding.message),
        tone=SEVERITY_TONES[finding.severity],
        code=finding.code.id,
        details=(_format_source(finding, lang), *hint, *clause),
    )


def _build_person_item(finding: Finding, lang: Language) -> Item:
    rows = tuple(
        add_remark(lang.text(place.message), lang.value(_format_place(place.source.path, place.source.line)), lang)
        for place in finding.related
    )
    hint = (lang.text(finding.next_step),) if finding.next_step else ()
    return Item(
        tag=lang.text(SEVERITY_WORDS[Severity.NOTE]),
        title=lang.text(finding.message),
        tone=Tone.OPEN,
        code=finding.code.id,
        details=(*hint, *rows),
    )


def _build_accepted_item(finding: Finding, acceptance: Acceptance, lang: Language) -> Item:
    reason = say("Accepted on {day}: {reason}", day=acceptance.day, reason=acceptance.reason)
    return Item(
        tag=lang.text(say("accepted")),
        title=lang.text(finding.message),
        tone=Tone.WAIVED,
        code=finding.code.id,
        details=(_format_source(finding, lang), lang.text(reason)),
    )


def _format_source(finding: Finding, lang: Language) -> str:
    source = finding.source
    return lang.value(_format_place(source.path, source.line, source.column))


def _format_place(path: str, line: int, *column: int) -> str:
    return ":".join(map(str, (path, line, *column))) if line else path


def build_accepted_page(checked: CheckResult, lang: Language) -> Page:
    """Return the page of accepted findings, each with its reason and day."""
    title = lang.text(say("Accepted findings"))
    blocks = tuple(block for block in build_accepted_blocks(checked.accepted, lang) if not isinstance(block, Heading))
    return Page(title=title, subtitle="", blocks=blocks)
