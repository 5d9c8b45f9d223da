"""Findings on a page: of a check, and as a part of the year's report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.model.finding import Severity
from dangwu.model.text import say
from dangwu.report.naming import joined
from dangwu.report.page import Block, Cell, Heading, Item, Items, KeyValues, Page, Paragraph
from dangwu.report.scope import considered
from dangwu.report.tone import SEVERITIES, SEVERITY_TONES, Tone

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dangwu.lang import Language
    from dangwu.model.finding import Finding
    from dangwu.model.record import Acceptance
    from dangwu.model.result import Checked


def findings_page(checked: Checked, lang: Language) -> Page:
    """Return all findings, worst first, then what is for people to consider, then what is accepted."""
    counts = checked.counts
    pairs = [
        (lang.text(SEVERITIES[severity]), Cell(str(counts[severity]), SEVERITY_TONES[severity])) for severity in counts
    ]
    pairs.append((lang.text(say("accepted")), Cell(str(len(checked.accepted)))))
    pairs.append((lang.text(say("records checked")), Cell(str(checked.records))))
    blocks: list[Block] = [KeyValues(tuple(pairs), figures=True)]
    blocks.extend(finding_blocks(checked.findings, lang))
    blocks.extend(accepted_blocks(checked.accepted, lang))
    parts = [lang.text(say("as of {day}", day=checked.as_of))]
    if checked.revision:
        parts.append(lang.text(say("revision {revision}", revision=checked.revision[:12])))
    return Page(title=lang.text(say("Findings")), subtitle=joined(parts, lang), blocks=tuple(blocks))


def finding_blocks(findings: Iterable[Finding], lang: Language) -> Iterator[Block]:
    """Yield the open findings, worst first, and apart from them those that concern a person."""
    listed = sorted(findings, key=lambda each: (each.severity.rank, each.key))
    open_ = tuple(_item(each, lang) for each in listed if not considered(each))
    yield Heading(lang.text(say("Open findings")))
    yield Items(open_, lang.text(say("None.")))
    people = tuple(_person(each, lang) for each in listed if considered(each))
    if people:
        yield Heading(lang.text(say("For people to consider")))
        text = say(
            "These rows only show what the records say. First ask the member for the reason; dangwu judges nobody."
        )
        yield Paragraph(lang.text(text))
        yield Items(people)


def accepted_blocks(accepted: Iterable[tuple[Finding, Acceptance]], lang: Language) -> Iterator[Block]:
    """Yield the accepted findings with the reasons given, if there are any."""
    items = tuple(_accepted(finding, acceptance, lang) for finding, acceptance in accepted)
    if items:
        yield Heading(lang.text(say("Accepted findings")))
        yield Items(items)


def _item(finding: Finding, lang: Language) -> Item:
    clause = [lang.text(say("Clause {clause}", clause=finding.code.clause))] if finding.code.clause else []
    hint = [lang.text(say("Next: {step}", step=finding.hint))] if finding.hint else []
    return Item(
        tag=lang.text(SEVERITIES[finding.severity]),
        title=lang.text(finding.message),
        tone=SEVERITY_TONES[finding.severity],
        code=finding.code.id,
        details=(_place(finding), *hint, *clause),
    )


def _person(finding: Finding, lang: Language) -> Item:
    rows = tuple(
        f"{lang.text(each.message)} ({each.source.path}:{each.source.line})"
        if each.source.line
        else f"{lang.text(each.message)} ({each.source.path})"
        for each in finding.related
    )
    hint = (lang.text(finding.hint),) if finding.hint else ()
    return Item(
        tag=lang.text(SEVERITIES[Severity.NOTE]),
        title=lang.text(finding.message),
        tone=Tone.OPEN,
        code=finding.code.id,
        details=(*hint, *rows),
    )


def _accepted(finding: Finding, acceptance: Acceptance, lang: Language) -> Item:
    reason = say("Accepted on {day}: {reason}", day=acceptance.day, reason=acceptance.reason)
    return Item(
        tag=lang.text(say("accepted")),
        title=lang.text(finding.message),
        tone=Tone.WAIVED,
        code=finding.code.id,
        details=(_place(finding), lang.text(reason)),
    )


def _place(finding: Finding) -> str:
    source = finding.source
    return f"{source.path}:{source.line}:{source.column}" if source.line else source.path


def accepted_page(checked: Checked, lang: Language) -> Page:
    """Return the findings that the branch has accepted, each with its reason and day."""
    title = lang.text(say("Accepted findings"))
    blocks = tuple(each for each in accepted_blocks(checked.accepted, lang) if not isinstance(each, Heading))
    return Page(title=title, subtitle="", blocks=blocks)
