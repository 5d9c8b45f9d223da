"""A record's text → the text with every correction that proves right: what it cures is gone, nothing else changed."""

from __future__ import annotations

from collections import Counter
from itertools import chain, islice
from typing import TYPE_CHECKING, NamedTuple

from dangwu.authoring.correct.field_names import propose_field_name
from dangwu.authoring.correct.field_values import propose_kind, propose_value
from dangwu.authoring.correct.odd_characters import fold_characters, propose_character
from dangwu.authoring.correct.proposal import Proposal, Refusal, change_data, splice_text
from dangwu.authoring.correct.record_state import RecordState, read_record_state
from dangwu.authoring.correct.typing_signs import propose_signs
from dangwu.model.correction import Correction, LeftPlace
from dangwu.parse import finding_codes as reading
from dangwu.parse import markdown, schema
from dangwu.parse.yaml import find_positions

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dangwu.authoring.correct.known_people import KnownPeople
    from dangwu.model.finding import Finding, Pointer

_MOST_READ = 6_000_000
"""So many characters of one file are read to see whether corrections prove right: some seconds; then it is left."""
_STOPPING = frozenset({
    reading.YAML_SYNTAX, reading.FULL_WIDTH_PUNCTUATION, reading.YAML_FEATURE, reading.TOO_DEEP,
    reading.NO_FRONT_MATTER,
})  # fmt: skip
"""The findings at one of which reading stops, where there is no document."""
_SIGNS = frozenset({reading.YAML_SYNTAX, reading.FULL_WIDTH_PUNCTUATION})
_CHARACTERS = frozenset({reading.FORBIDDEN_CHARACTER, reading.UNUSUAL_CHARACTER})


CORRECTABLE = _SIGNS | _CHARACTERS | {
    reading.NOT_UTF8, reading.LINE_ENDS, schema.KIND_UNKNOWN, schema.FIELD_UNKNOWN, schema.VALUE_UNFIT,
}  # fmt: skip
"""The findings that a correction may cure; of any other, people must know what is true (docs/site/en/fix.md)."""


class CorrectedText(NamedTuple):
    """A text with its corrections, the places that were left, and what is still found in it."""

    text: str
    corrections: tuple[Correction, ...]
    left: tuple[LeftPlace, ...]
    findings: tuple[Finding, ...]


def correct_text(
    path: str, text: str, people: KnownPeople | None = None, skipped: frozenset[Pointer] = frozenset()
) -> CorrectedText:
    """Return the corrected text of a record, with LF line ends; names become ids only with ``people``.

    Values at the places ``skipped`` are left as they are.
    """
    state = read_record_state(path, text)
    made: list[Correction] = []
    tried: set[tuple[object, ...]] = set()
    reads_left = _MOST_READ // max(len(text), 1)
    while reads_left > 0:
        rows = [
            [proposal for proposal in row if _identify(state, proposal) not in tried]
            for row in _list_proposals(state, people, skipped)
        ]
        rows = [row for row in rows if row]
        if not rows:
            break
        known = len(tried)
        state, done = _take_round(state, rows, tried, reads_left)
        reads_left -= 1 + len(tried) - known
        made += [_build_correction(proposal) for proposal in done]
    left = tuple(_list_left(state, people, skipped))
    return CorrectedText(state.text, tuple(made), left, state.findings)


def _take_round(
    state: RecordState, rows: list[list[Proposal]], tried: set[tuple[object, ...]], most: int
) -> tuple[RecordState, list[Proposal]]:
    """Make the first proposal of each row at once; where that does not prove right, the first one that does alone.

    At most ``most`` are tried alone.
    """
    firsts = [row[0] for row in rows]
    together = _try(state, firsts)
    if together is not None:
        return together, firsts
    for proposal in islice(chain.from_iterable(rows), most):
        tried.add(_identify(state, proposal))
        alone = _try(state, [proposal])
        if alone is not None:
            return alone, [proposal]
    return state, []


def _identify(state: RecordState, proposal: Proposal) -> tuple[object, ...]:
    """Return what is the same of a proposal in later states: its code, its line, and what it writes there."""
    row = state.lines[max(proposal.finding.source.line, 1) - 1]
    return (proposal.finding.code.id, proposal.finding.source[:4], row, *(splice.new for splice in proposal.splices))


def _list_proposals(
    state: RecordState, people: KnownPeople | None, skipped: frozenset[Pointer]
) -> Iterator[list[Proposal]]:
    """Yield for each finding the corrections that it may have, the best first."""
    for finding in state.findings:
        if finding.source.pointer not in skipped:
            yield [each for each in _propose(state, finding, people) if isinstance(each, Proposal)]


def _propose(state: RecordState, finding: Finding, people: KnownPeople | None) -> Iterator[Proposal | Refusal]:
    if finding.code in _SIGNS:
        yield from propose_signs(state, finding)
    elif finding.code in _CHARACTERS:
        yield from propose_character(state, finding)
    elif finding.code is schema.KIND_UNKNOWN:
        yield from propose_kind(state, finding)
    elif finding.code is schema.FIELD_UNKNOWN:
        yield from propose_field_name(state, finding)
    elif finding.code is schema.VALUE_UNFIT:
        yield from propose_value(state, finding, people)


def _list_left(state: RecordState, people: KnownPeople | None, skipped: frozenset[Pointer]) -> Iterator[LeftPlace]:
    for finding in state.findings:
        for each in _propose(state, finding, people) if finding.source.pointer not in skipped else ():
            if isinstance(each, Refusal):
                yield LeftPlace(state.path, finding.source.line, each.reason)


def _try(state: RecordState, proposals: Sequence[Proposal]) -> RecordState | None:
    """Return the state after some corrections; None where they do not prove right."""
    text = splice_text(state.text, [splice for proposal in proposals for splice in proposal.splices])
    if text is None or text == state.text:
        return None
    after = read_record_state(state.path, text)
    if not _keeps_data(state, after, proposals):
        return None
    proves = _proves_read if state.document else _gets_further
    return after if proves(state, after, proposals) else None


def _keeps_data(before: RecordState, after: RecordState, proposals: Sequence[Proposal]) -> bool:
    """Tell whether the data are what the proposals mean to leave; signs of YAML only let more of it be read."""
    if before.document is None:
        return True
    if after.document is None:
        return False
    if any(proposal.finding.code in _SIGNS for proposal in proposals):
        return _kept_beside(before, after, proposals)
    return bool(fold_characters(change_data(before.data, proposals)) == fold_characters(after.data))


def _kept_beside(before: RecordState, after: RecordState, proposals: Sequence[Proposal]) -> bool:
    """Tell whether all fields are the same but those at the top that hold a line whose signs were corrected."""
    touched = {line for each in proposals for line in (each.finding.source.line, *each.key_lines)}
    changed = {
        place[0] for state in (before, after) for marks in (state.marked.keys, state.marked.values)
        for place, (line, _) in marks.items() if place and line in touched
    }  # fmt: skip
    kept = [{key: value for key, value in state.data.items() if key not in changed} for state in (before, after)]
    return kept[0] == kept[1]


def _proves_read(before: RecordState, after: RecordState, proposals: Sequence[Proposal]) -> bool:
    """Tell whether every finding that was to be cured is gone, and none came that these corrections can have made."""
    old, new = _count(before), _count(after)
    if not _are_cured(old, new, proposals):
        return False
    if any(proposal.finding.code is schema.KIND_UNKNOWN for proposal in proposals) or before.is_cut:
        return True
    names = [proposal.renamed for proposal in proposals if proposal.renamed]
    opened = {(*place[:-1], name) for place, name in names}
    opened |= {proposal.put[0] for proposal in proposals if proposal.put and proposal.opens}
    opened_lines = {line for proposal in proposals for line in proposal.key_lines}
    return not _repeats_field(after, opened_lines) and not any(
        new[_key(finding)] > old[_key(finding)] and not _is_uncovered(after, finding, opened, opened_lines)
        for finding in after.findings
    )


def _is_uncovered(after: RecordState, finding: Finding, opened: set[Pointer], opened_lines: set[int]) -> bool:
    """Tell whether a finding could not be seen before: it stands in a field, or a line, that is read only now."""
    pointer = finding.source.pointer
    if any(pointer[:length] in opened for length in range(1, len(pointer))):
        return True
    if finding.code is schema.FIELD_UNKNOWN:
        return finding.source.line in opened_lines and any(propose_field_name(after, finding))
    return pointer in opened or finding.source.line in opened_lines


def _gets_further(before: RecordState, after: RecordState, proposals: Sequence[Proposal]) -> bool:
    """Tell whether a text that could not be read is read further, with a field on each line that was corrected."""
    if not _are_cured(_count(before), _count(after), proposals):
        return False
    if all(proposal.finding.code in _CHARACTERS for proposal in proposals):
        return True
    if after.document is None and _find_stop(after) <= _find_stop(before):
        return False
    lines = {line for proposal in proposals for line in proposal.key_lines}
    unknown = {finding.source.line for finding in after.findings if finding.code is schema.FIELD_UNKNOWN}
    correctable = {
        finding.source.line for finding in after.findings
        if finding.code is schema.FIELD_UNKNOWN and any(propose_field_name(after, finding))
    }  # fmt: skip
    if _repeats_field(after, lines):
        return False
    return not (lines & (unknown - correctable)) and lines <= _list_field_lines(after, max(lines, default=0))


def _repeats_field(state: RecordState, lines: set[int]) -> bool:
    """Tell whether a field on one of the lines is there twice: which of the two counts, only people know."""
    return any(
        finding.code is reading.DUPLICATE_KEY
        and not lines.isdisjoint({finding.source.line, *(place.source.line for place in finding.related)})
        for finding in state.findings
    )


def _list_field_lines(state: RecordState, last: int) -> set[int]:
    """Return the lines on which a field begins; of a text that cannot be read whole, up to the line ``last``."""
    if state.document is not None:
        return {line for line, _ in state.marked.keys.values()}
    rows = state.lines[:last]
    if state.path.endswith(".md"):
        closing = markdown.split_front_matter(state.text).body_line - 1
        if state.lines[0].rstrip() != "---" or (1 < closing <= last):
            return set()
        rows = ["", *rows[1:]]
    _, keys = find_positions("\n".join([*rows, ""]))
    return {line for line, _ in keys.values()}


def _find_stop(state: RecordState) -> int:
    """Return the line at which reading stopped."""
    return min((finding.source.line for finding in state.findings if finding.code in _STOPPING), default=0)


def _are_cured(old: Counter[object], new: Counter[object], proposals: Sequence[Proposal]) -> bool:
    return all(new[_key(proposal.finding)] < old[_key(proposal.finding)] for proposal in proposals)


def _count(state: RecordState) -> Counter[object]:
    return Counter(_key(finding) for finding in state.findings)


def _key(finding: Finding) -> object:
    """Return what is the same of a finding before and after a correction elsewhere in its file; lines stay."""
    return finding.code.id, finding.source.line, finding.subject, finding.source.pointer, finding.message.template


def _build_correction(proposal: Proposal) -> Correction:
    finding = proposal.finding
    place = proposal.put[0] if proposal.put else None
    return Correction(finding.code.id, finding.source.line, proposal.what, place, proposal.person)
