"""The audit of a history, and the life of one record, as pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.language import ReaderLanguage
from dangwu.model.finding import Severity
from dangwu.model.message import say
from dangwu.model.observation import EvidenceStrength, MarkKind
from dangwu.model.record_life import LifeEvent
from dangwu.pages.page import Block, Cell, Heading, Item, Items, KeyValues, Page, Paragraph, Tone
from dangwu.pages.wording.states import SEVERITY_TONES, SEVERITY_WORDS
from dangwu.pages.wording.values import describe_snapshot, join_phrases, shorten_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dangwu.language import Language
    from dangwu.model.finding import Finding
    from dangwu.model.observation import AuditResult, CommitteeMark, LogEntry, Observation, RecordLog
    from dangwu.pages.record_changes import ChangeText

STRENGTH_WORDS = {
    EvidenceStrength.AUTHOR: say("author's word"),
    EvidenceStrength.COMMITTER: say("committer's date"),
    EvidenceStrength.ORDER: say("order of the history"),
    EvidenceStrength.MERGED: say("merged by another"),
    EvidenceStrength.SIGNED: say("signed"),
    EvidenceStrength.ANCHOR: say("anchor"),
}
_TURN_WORDS = {
    LifeEvent.CREATED: say("recorded"),
    LifeEvent.CHANGED: say("changed"),
    LifeEvent.RENAMED: say("renamed"),
    LifeEvent.DELETED: say("deleted"),
    LifeEvent.RECREATED: say("brought back"),
}
_TURN_TONES = {LifeEvent.CREATED: Tone.GOOD, LifeEvent.DELETED: Tone.BAD, LifeEvent.RECREATED: Tone.WARN}
_MAX_TRACES = 6
MOST_RELATED = 5
"""So many records of one finding are listed on a terminal; Markdown and JSON have all of them."""
_MAX_REASON_LENGTH = 160


def build_audit_page(audited: AuditResult, lang: Language, most: int | None = MOST_RELATED) -> Page:
    """Return the observations, worst first, then the reviews and anchors, and what git cannot prove.

    ``most`` is how many records of one finding are listed, None for all.
    """
    observations = sorted(audited.observed, key=lambda observation: observation.finding.severity.rank)
    blocks: list[Block] = [_build_coverage(audited, lang), Heading(lang.text(say("What the history shows")))]
    nothing = say("Nothing that would need an explanation.")
    blocks.append(
        Items(
            tuple(build_observation_item(observation, lang, most) for observation in observations), lang.text(nothing)
        )
    )
    if audited.seen.marks:
        blocks.append(Heading(lang.text(say("Reviews and anchors"))))
        blocks.append(Items(tuple(_build_mark_item(mark, lang) for mark in audited.seen.marks)))
    blocks.append(Heading(lang.text(say("What git cannot prove"))))
    blocks.extend(Paragraph(f"- {lang.text(limit)}", Tone.QUIET) for limit in audited.limits)
    return Page(
        lang.text(say("Audit of the history")),
        describe_snapshot(audited.as_of, audited.revision, lang),
        tuple(blocks),
    )


def _build_coverage(audited: AuditResult, lang: Language) -> KeyValues:
    coverage = audited.seen
    verified = say("{verified} of {signed} verified", verified=coverage.verified or 0, signed=coverage.signed)
    if coverage.verified is None:
        verified = say("{signed}, none verified: give a list of keys with --signers", signed=coverage.signed)
    pairs = [
        (lang.text(say("Commits")), Cell(str(coverage.commits))),
        (lang.text(say("Records, deleted ones included")), Cell(str(coverage.records))),
        (lang.text(say("Signed commits")), Cell(lang.text(verified) if coverage.signed else "0")),
        (lang.text(say("Reviews and anchors")), Cell(str(len(coverage.marks)))),
    ]
    if audited.year is not None:
        pairs.insert(0, (lang.text(say("Records of the year")), Cell(str(audited.year))))
    return KeyValues(tuple(pairs))


def build_observation_item(observation: Observation, lang: Language, most: int | None = None) -> Item:
    """Return a finding with its records, the commit's words and the evidence, each piece with its strength."""
    finding = observation.finding
    traces = [
        format_trace(lang.text(STRENGTH_WORDS[trace.strength]), lang.text(trace.text), lang)
        for trace in observation.traces[:_MAX_TRACES]
    ]
    if len(observation.traces) > _MAX_TRACES:
        traces.append(lang.text(say("and others: {count}", count=len(observation.traces) - _MAX_TRACES)))
    hint = [lang.text(say("Next: {step}", step=finding.hint))] if finding.hint else []
    named = any(place.source.path == finding.source.path for place in finding.related)
    path = [finding.source.path] if finding.source.path and not named else []
    return Item(
        tag=lang.text(SEVERITY_WORDS[finding.severity]),
        title=lang.text(finding.message),
        tone=SEVERITY_TONES[finding.severity],
        code=finding.code.id,
        details=(*path, *_list_related(finding, lang, most), *_tell_reason(observation, lang), *traces, *hint),
    )


def _list_related(finding: Finding, lang: Language, most: int | None) -> Iterator[str]:
    """Yield the records of a finding; of more than ``most`` and one the first, and how to see all of them."""
    whole = most is None or len(finding.related) <= most + 1
    for place in finding.related if whole else finding.related[:most]:
        yield f"{place.source.path}: {lang.text(place.message)}"
    if not whole:
        left = len(finding.related) - (most or 0)
        yield lang.text(say("and {count} more; all of them with --format md or json", count=left))


def _tell_reason(observation: Observation, lang: Language) -> Iterator[str]:
    """Yield what the commit says of it. A note asks for no reason, so that none is missed there."""
    if observation.reason:
        words = shorten_text(observation.reason, _MAX_REASON_LENGTH)
        yield lang.text(say("The commit's message: “{words}”", words=words))
    elif observation.reason is not None and observation.finding.severity is not Severity.NOTE:
        yield lang.text(say("The commit's message gives no reason."))


def format_trace(strength: str, text: str, lang: Language) -> str:
    """Return one piece of evidence as a line."""
    return lang.text(say("Evidence ({strength}): {text}", strength=strength, text=text))


def _build_mark_item(mark: CommitteeMark, lang: Language) -> Item:
    day = mark.day.isoformat() if mark.day else ""
    return Item(
        tag=lang.text(STRENGTH_WORDS[mark.strength]),
        title=join_phrases((day, mark.who), lang),
        tone=Tone.GOOD if mark.strength.rank >= EvidenceStrength.MERGED.rank else Tone.QUIET,
        code=mark.commit[:12],
        details=(describe_mark(mark, lang),),
    )


def describe_mark(mark: CommitteeMark, lang: Language) -> str:
    """Return the form of a mark: a tag, an anchor or a line of a commit message."""
    if mark.kind is MarkKind.TAG:
        return lang.text(say("the tag {name}", name=mark.name))
    if mark.kind is MarkKind.ANCHOR:
        return lang.text(say("the anchor kept outside the repository"))
    return lang.text(say("the Reviewed-by line in the message of the commit"))


def build_log_page(logged: RecordLog, wording: ChangeText) -> Page:
    """Return the life of one record, the oldest event first."""
    lang = wording.lang
    title = lang.text(say("The life of a record"))
    names = lang.text(say("{path}, formerly {names}", path=logged.paths[-1], names=tuple(logged.paths[:-1])))
    shown = names if len(logged.paths) > 1 else logged.paths[-1]
    items = tuple(_build_log_item(entry, wording) for entry in logged.entries)
    return Page(
        title,
        join_phrases((shown, describe_snapshot(logged.as_of, logged.revision, lang)), lang),
        (Items(items),),
    )


def _build_log_item(entry: LogEntry, wording: ChangeText) -> Item:
    lang, commit = wording.lang, entry.commit
    day = lang.value(entry.day) if entry.day else lang.text(say("a day that is not known"))
    return Item(
        tag=lang.text(_TURN_WORDS[entry.turn]),
        title=join_phrases((day, commit.author.name, commit.title), lang),
        tone=_TURN_TONES.get(entry.turn, Tone.WARN if entry.change.takes_away else Tone.PLAIN),
        code=commit.short,
        details=tuple(_describe_log_entry(entry, wording)),
    )


def _describe_log_entry(entry: LogEntry, wording: ChangeText) -> Iterator[str]:
    lang, commit, change = wording.lang, entry.commit, entry.change
    if commit.author.person != commit.committer.person or commit.author.day != commit.committer.day:
        names = {"who": commit.author.name, "day": str(commit.author.day or ""), "by": commit.committer.name}
        yield lang.text(say("Written by {who} on {day}, committed by {by}.", **names))
    if entry.misdated is not None:
        yield lang.text(entry.misdated)
    if entry.signature is not None:
        good = say("Signature verified: {signer}.", signer=entry.signature.signer)
        yield lang.text(good if entry.signature.good else say("Signed, but the list of keys given does not verify it."))
    if change.old_path:
        yield lang.text(say("Renamed from {path}.", path=change.old_path))
    if entry.turn is not LifeEvent.DELETED:
        yield from wording.lines(change)
    if entry.merged is not None:
        merge = {"day": str(entry.merged.committer.day or ""), "who": entry.merged.committer.name}
        told = say("Merged on {day} by {who} ({commit}).", **merge, commit=entry.merged.short)
        # People without the repository have no use for the id.
        yield lang.text(say("Merged on {day} by {who}.", **merge) if isinstance(lang, ReaderLanguage) else told)
    for mark in entry.seen:
        what = {"day": str(mark.day or ""), "who": mark.who, "strength": lang.text(STRENGTH_WORDS[mark.strength])}
        yield lang.text(say("Reviewed on {day} by {who} ({strength}).", **what))
