"""Signs of YAML that were typed with a Chinese input method or without their space → the plain ones, line by line."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from dangwu.authoring.correct.proposal import Proposal, Splice
from dangwu.authoring.correct.record_state import list_field_names
from dangwu.model.message import say
from dangwu.parse.yaml_errors import TIGHT_COLON, WIDE_BLANK, WIDE_BLANKS, WIDE_COLON

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dangwu.authoring.correct.record_state import RecordState
    from dangwu.model.finding import Finding

_QUOTES = "“”‘’「」『』\"'"
_BLANKS = "".join(WIDE_BLANKS) + " "
_WIDE_FLOW = re.compile(r"(?<=:)(?P<blank>\s*)(?P<flow>[［｛].*)")
_PLAIN_BRACKETS = str.maketrans("［］｛｝", "[]{}")


def propose_signs(state: RecordState, finding: Finding) -> Iterator[Proposal]:
    """Yield the line of a finding with plain signs: with the lines above that have the same slip, then by itself.

    A parser stops at the last of several such lines.
    """
    line = finding.source.line
    if not 0 < line <= len(state.lines):
        return
    rewritten = _list_rewritten(state.lines[line - 1])
    above = _rewrite_above(state, line) if rewritten else {}
    if above:
        yield _build_proposal(state, finding, {**above, line: rewritten[0]})
    for row in rewritten:
        yield _build_proposal(state, finding, {line: row})


def _rewrite_above(state: RecordState, line: int) -> dict[int, str]:
    """Return the lines directly above that a full-width colon or a missing space is wrong with too."""
    rows: dict[int, str] = {}
    for number in range(line - 1, 0, -1):
        rewritten = _list_rewritten(state.lines[number - 1])
        if not rewritten:
            break
        rows[number] = rewritten[0]
    return rows


def _build_proposal(state: RecordState, finding: Finding, rows: dict[int, str]) -> Proposal:
    """Return the proposal that writes lines anew, by number."""
    splices = []
    for line, row in rows.items():
        start = state.line_start(line)
        splices.append(Splice(start, start + len(state.lines[line - 1]), row))
    shown = tuple(row.strip() for _, row in sorted(rows.items()))
    what = say("Signs typed full-width, or without their space: {rows}", rows=shown)
    return Proposal(finding, tuple(splices), what, opens=True, key_lines=tuple(rows))


def _list_rewritten(row: str) -> list[str]:
    steps = (_write_plain_colon, _write_space, _write_plain_blank, _write_plain_flow)
    every = row
    for step in steps:
        every = step(every)
    rows = dict.fromkeys((every, *(step(row) for step in steps)))
    return [new for new in rows if new != row]


def clean_field_name(written: str) -> str:
    """Return a field's name in half-width signs, without blanks and quotation marks around it."""
    return unicodedata.normalize("NFKC", written).strip().strip(_QUOTES).strip()


def is_field_name(name: str) -> bool:
    """Tell whether any kind of record has a field of this name, or of this title in Chinese."""
    return name in list_field_names() or any(name in titles for titles in list_field_names().values())


def _write_plain_colon(row: str) -> str:
    match = WIDE_COLON.match(row)
    key = clean_field_name(match["key"]) if match else ""
    if match is None or not is_field_name(key):
        return row
    rest = row[match.end() :].lstrip(_BLANKS)
    return f"{row[: match.start('key')]}{key}:{' ' if rest else ''}{rest}"


def _write_space(row: str) -> str:
    match = TIGHT_COLON.match(row)
    if match is None or match["key"] not in list_field_names():
        return row
    return f"{row[: match.end()]} {row[match.end() :]}"


def _write_plain_blank(row: str) -> str:
    match = WIDE_BLANK.search(row)
    if match is None or match["key"] not in list_field_names():
        return row
    rest = row[match.start("blank") :].lstrip(_BLANKS)
    return f"{row[: match.start('blank')]} {rest}"


def _write_plain_flow(row: str) -> str:
    """Return a row of lists and fields in brackets with plain brackets, and plain signs around its fields' names."""
    if any(sign in row for sign in "\"'#"):
        return row
    opened = _WIDE_FLOW.sub(lambda match: f"{match['blank'] or ' '}{match['flow'].translate(_PLAIN_BRACKETS)}", row)
    if not any(sign in opened for sign in "[{"):
        return row
    plain = _compile_field_end().sub(lambda match: f"{match['name']}: ", opened)
    return _compile_field_begin().sub(", ", plain)


@cache
def _compile_field_end() -> re.Pattern[str]:
    """Return the pattern of a field's name in brackets with a full-width colon."""
    return re.compile(rf"(?<=[{{\[,，、；])(?P<name>\s*(?:{_list_names()}))\s*：\s*", re.ASCII)


@cache
def _compile_field_begin() -> re.Pattern[str]:
    """Return the pattern of a full-width comma before a field's name and its colon."""
    return re.compile(rf"\s*[，、；]\s*(?=(?:{_list_names()}):)", re.ASCII)


def _list_names() -> str:
    return "|".join(sorted(map(re.escape, list_field_names()), key=len, reverse=True))
