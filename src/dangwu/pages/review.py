"""The page for a reviewer of a change: control files first, then rules, history, records, duties, findings."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dangwu.model.duty import DutyState
from dangwu.model.edit import Edit
from dangwu.model.finding import Severity
from dangwu.model.message import say
from dangwu.model.rule_change import RulesDiff
from dangwu.pages.audit import build_observation_item
from dangwu.pages.findings import build_finding_item
from dangwu.pages.page import Block, Cell, Heading, Item, Items, KeyValues, Page, Paragraph, Tone
from dangwu.pages.rule_changes import build_rule_change_blocks
from dangwu.pages.wording.names import format_clause_name, format_duty_name, format_subject_name, is_personal
from dangwu.pages.wording.states import SEVERITY_TONES, SEVERITY_WORDS, find_state_look
from dangwu.pages.wording.values import format_period_name, join_phrases, shorten_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dangwu.model.duty import Duty
    from dangwu.model.message import Text
    from dangwu.model.record_change import RecordChange
    from dangwu.model.review import ControlChange, DutyChange, ReviewResult
    from dangwu.pages.record_changes import ChangeText

_EDIT_WORDS = {Edit.ADDED: say("added"), Edit.CHANGED: say("changed"), Edit.REMOVED: say("deleted")}
_EDIT_TONES = {Edit.ADDED: Tone.GOOD, Edit.CHANGED: Tone.WARN, Edit.REMOVED: Tone.BAD}
_STATE_RANK = {DutyState.OVERDUE: 0, DutyState.LATE: 1, DutyState.OPEN: 2, DutyState.FULFILLED: 3, DutyState.WAIVED: 4}
_MAX_UNFOLDED_ITEMS = 8
"""A list with more entries starts collapsed."""
_LINES_ABOVE_LIMIT, _MAX_LINE_LENGTH = 4, 300
"""For a shortened entry: the lines allowed beyond ``PageLimits.lines``, and the characters of one line."""


class PageLimits(NamedTuple):
    """The most entries of a list, lines of an entry and records of one finding of the history; None for all."""

    items: int | None = None
    lines: int | None = None
    related: int | None = None


NO_LIMITS = PageLimits()


def build_review_page(reviewed: ReviewResult, wording: ChangeText, limits: PageLimits = NO_LIMITS) -> Page:
    """Return the page of a change, its lists cut to ``limits``; what is left out is counted."""
    lang = wording.lang
    blocks: list[Block] = [_build_summary(reviewed, wording)]
    if reviewed.diverged:
        text = say("The first commit does not lead to the second: changes of both sides are shown. With three dots "
                   "(A...B) only those of the second.")  # fmt: skip
        blocks.append(Paragraph(lang.text(text), Tone.WARN))
    parts = _ReviewSections(reviewed, wording, limits)
    blocks += [*parts.controls(), *parts.rules(), *parts.history(), *parts.records(), *parts.duties()]
    blocks += [*parts.findings(), *parts.others()]
    older = reviewed.older[:12] if reviewed.older else lang.text(say("before the first commit"))
    subtitle = say("from {older} to {newer}, as of {day}", older=older, newer=reviewed.newer[:12], day=reviewed.as_of)
    return Page(lang.text(say("Review of a change")), lang.text(subtitle), tuple(blocks))


def _build_summary(reviewed: ReviewResult, wording: ChangeText) -> KeyValues:
    lang = wording.lang
    edits = [record.edit for record in reviewed.records]
    records = say("added {added}, changed {changed}, deleted {deleted}", added=edits.count(Edit.ADDED),
                  changed=edits.count(Edit.CHANGED), deleted=edits.count(Edit.REMOVED))  # fmt: skip
    counts = reviewed.checked.counts
    findings = join_phrases(
        [f"{lang.text(SEVERITY_WORDS[severity])} {counts[severity]}" for severity in Severity], lang
    )
    standing = say("remaining {standing}, resolved {mended}", standing=reviewed.standing, mended=reviewed.mended)
    worst = next((SEVERITY_TONES[severity] for severity in Severity if counts[severity]), Tone.GOOD)
    people = shorten_text(
        join_phrases((str(reviewed.commits.number), lang.value(reviewed.commits.people)), lang), _MAX_LINE_LENGTH
    )
    control = Cell(str(len(reviewed.controls)), Tone.BAD if reviewed.controls else Tone.GOOD)
    return KeyValues(
        (
            (lang.text(say("Control files")), control),
            (lang.text(say("Commits")), Cell(people)),
            (lang.text(say("Records")), Cell(lang.text(records))),
            (lang.text(say("Duties whose state changes")), Cell(str(len(reviewed.duties)))),
            (lang.text(say("New findings")), Cell(findings, worst)),
            (lang.text(say("Earlier findings")), Cell(lang.text(standing))),
            (lang.text(say("What the history shows")), Cell(str(len(reviewed.observed)))),
        )
    )


class _ReviewSections:
    """The sections of the page; one without entries is left out, except the control files."""

    def __init__(self, reviewed: ReviewResult, wording: ChangeText, limits: PageLimits) -> None:
        self._reviewed = reviewed
        self._wording = wording
        self._lang = wording.lang
        self._limits = limits

    def controls(self) -> Iterator[Block]:
        yield Heading(self._lang.text(say("Control files")))
        items = [
            self._build_control_item(control)
            for control in sorted(self._reviewed.controls, key=lambda control: not control.warnings)
        ]
        yield from self._build_list(
            items, say("No changed file decides how records are judged, shown or approved, or what is run.")
        )

    def rules(self) -> Iterator[Block]:
        if not self._reviewed.rules.empty:
            yield Heading(self._lang.text(say("What changes in the rules")))
            rules, most = self._reviewed.rules, self._limits.items
            shown = RulesDiff(rules.clauses[:most], rules.settings[:most])
            for block in build_rule_change_blocks(shown, self._lang):
                yield (
                    block._replace(items=tuple(map(self._shorten_item, block.items)))
                    if isinstance(block, Items)
                    else block
                )
            left = (len(whole) - len(part) for whole, part in zip(rules, shown, strict=True))
            yield from self._note_left_out(sum(left))

    def history(self) -> Iterator[Block]:
        if self._reviewed.observed:
            yield Heading(self._lang.text(say("What the history shows")))
            yield from self._build_list(
                [build_observation_item(each, self._lang, self._limits.related) for each in self._reviewed.observed]
            )

    def records(self) -> Iterator[Block]:
        if self._reviewed.records:
            yield Heading(self._lang.text(say("Records")))
            yield from self._build_list([self._build_record_item(record) for record in self._reviewed.records])

    def duties(self) -> Iterator[Block]:
        if self._reviewed.duties:
            yield Heading(self._lang.text(say("Duties whose state changes")))
            listed = sorted(self._reviewed.duties, key=lambda duty: _STATE_RANK.get(duty.duty.state, len(_STATE_RANK)))
            yield from self._build_list([self._build_duty_item(changes) for changes in self._group_changes(listed)])

    def _group_changes(self, changes: Sequence[DutyChange]) -> Iterator[tuple[DutyChange, ...]]:
        """Group the changes of personal duties with the same clause, period and states."""
        groups: dict[tuple[str, ...], list[DutyChange]] = {}
        for change in changes:
            duty = change.duty
            alone = "" if is_personal(duty, self._reviewed.owed) else duty.id
            states = (self._format_state(change.before), self._format_state(change.after))
            groups.setdefault((duty.clause, duty.period.label, *states, alone), []).append(change)
        return (tuple(group) for group in groups.values())

    def findings(self) -> Iterator[Block]:
        if self._reviewed.checked.findings:
            yield Heading(self._lang.text(say("New findings")))
            findings = sorted(self._reviewed.checked.findings, key=lambda finding: (finding.severity.rank, finding.key))
            yield from self._build_list([build_finding_item(finding, self._lang) for finding in findings])

    def others(self) -> Iterator[Block]:
        others = self._reviewed.others
        if others:
            yield Heading(self._lang.text(say("Other files")))
            shown = others[: self._limits.items]
            yield Paragraph(self._lang.value(tuple(shorten_text(path, _MAX_LINE_LENGTH) for path in shown)))
            yield from self._note_left_out(len(others) - len(shown))

    def _build_list(self, items: Sequence[Item], empty: Text | None = None) -> Iterator[Block]:
        shown = tuple(self._shorten_item(item) for item in items[: self._limits.items])
        lines = sum(1 + len(item.details) for item in shown)
        folded = ""
        if len(shown) > _MAX_UNFOLDED_ITEMS or lines > 5 * _MAX_UNFOLDED_ITEMS:
            folded = self._lang.text(say("Show: {count}", count=len(shown)))
        yield Items(shown, self._lang.text(empty) if empty else "", folded)
        yield from self._note_left_out(len(items) - len(shown))

    def _shorten_item(self, item: Item) -> Item:
        """Return an entry whose texts are all cut to the limits."""
        if self._limits.lines is None:
            return item
        most = self._limits.lines + _LINES_ABOVE_LIMIT
        details = [shorten_text(detail, _MAX_LINE_LENGTH) for detail in item.details[:most]]
        if len(item.details) > most:
            details.append(self._lang.text(say("and others: {count}", count=len(item.details) - most)))
        code = shorten_text(item.code, _MAX_LINE_LENGTH) if item.code else item.code
        return item._replace(title=shorten_text(item.title, _MAX_LINE_LENGTH), code=code, details=tuple(details))

    def _note_left_out(self, count: int) -> Iterator[Block]:
        if count > 0:
            text = say("Left out here for length: {count}. dangwu review shows them on a terminal.", count=count)
            yield Paragraph(self._lang.text(text), Tone.WARN)

    def _build_control_item(self, change: ControlChange) -> Item:
        lang = self._lang
        lines = [
            *(f"- {shorten_text(line)}" for line in change.gone),
            *(f"+ {shorten_text(line)}" for line in change.come),
        ]
        shown = lines[: self._limits.lines]
        more = [lang.text(say("and others: {count}", count=len(lines) - len(shown)))] if len(shown) < len(lines) else []
        warnings = [lang.text(say("Caution: {warning}", warning=warning)) for warning in change.warnings]
        return Item(
            tag=lang.text(_EDIT_WORDS[change.edit]),
            title=change.path,
            tone=Tone.BAD if change.warnings else Tone.WARN,
            details=(lang.text(change.why), *warnings, *shown, *more),
        )

    def _build_record_item(self, change: RecordChange) -> Item:
        lang = self._lang
        old = [lang.text(say("Renamed from {path}.", path=change.old_path))] if change.old_path else []
        return Item(
            tag=lang.text(_EDIT_WORDS[change.edit]),
            title=self._wording.record(change),
            tone=_EDIT_TONES[change.edit],
            code=change.path,
            details=(*old, *self._wording.lines(change, most=self._limits.lines)),
        )

    def _build_duty_item(self, changes: tuple[DutyChange, ...]) -> Item:
        lang, result, change = self._lang, self._reviewed.owed, changes[0]
        duty = change.duty
        name, code = format_duty_name(duty, result, lang), duty.id
        people: list[str] = []
        if len(changes) > 1:
            name = join_phrases((format_clause_name(duty, lang), lang.text(format_period_name(duty.period))), lang)
            code = f"{duty.clause}/{duty.period.label}"
            people = [lang.value(tuple(format_subject_name(other.duty, result) for other in changes))]
        reason = [lang.text(duty.reason)] if duty.reason and change.after and not people else []
        paths = dict.fromkeys(evidence.path for other in changes for evidence in other.duty.evidence if evidence.path)
        return Item(
            tag=self._format_state(change.after),
            title=name,
            tone=find_state_look(duty).tone if change.after else Tone.QUIET,
            code=code,
            details=(
                lang.text(say("was: {state}", state=self._format_state(change.before))),
                *people,
                *reason,
                *paths,
            ),
        )

    def _format_state(self, duty: Duty | None) -> str:
        return self._lang.text(find_state_look(duty).word if duty else say("no such duty"))
