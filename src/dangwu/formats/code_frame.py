"""Findings as text for people, each with the lines of the file that it is about."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from dangwu.formats.safe_text import make_one_line, make_safe_text
from dangwu.formats.text_layout import measure_character, measure_width
from dangwu.model.finding import Severity
from dangwu.model.finding_list import count_findings
from dangwu.model.message import say
from dangwu.pages.page import Tone
from dangwu.pages.wording.states import SEVERITY_TONES, SEVERITY_WORDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dangwu.language import Language
    from dangwu.model.finding import Finding, Source
    from dangwu.model.results import CheckResult

LINES_AROUND = 1
"""Lines shown before and after the line of a finding."""

_TAB_WIDTH = 4
_GAP_MARK = "..."


MOST_SHOWN = 1_000
"""So many findings are printed for people; a line says how many more there are."""


class TonedText(NamedTuple):
    """A piece of a line with its tone."""

    text: str
    tone: Tone = Tone.PLAIN


FrameLine: TypeAlias = tuple[TonedText, ...]


def format_finding_lines(
    finding: Finding, lang: Language, raw: bytes | None = None, columns: int = 100
) -> list[FrameLine]:
    """Return a finding as lines: place and code, message, frame, next step, clause, related places.

    ``raw`` are the bytes of the file; without them, or without a line, there is no frame. Lines of the file
    are cut around the finding's column so that they fit into ``columns``.
    """
    tone = SEVERITY_TONES[finding.severity]
    severity = lang.text(SEVERITY_WORDS[finding.severity])
    code = f"{finding.code.id} {finding.code.name}"
    lines: list[FrameLine] = [
        (
            TonedText(f"{_format_place(finding.source)}: ", Tone.STRONG),
            TonedText(severity, tone),
            TonedText(f" {code}", Tone.QUIET),
        ),
        (TonedText(f"  {make_one_line(lang.text(finding.message))}"),),
    ]
    if raw is not None and finding.source.line:
        lines.extend(_build_frame(finding.source, raw, max(columns, 40), tone))
    if finding.next_step is not None:
        label = lang.text(say("next step"))
        lines.append((TonedText(f"  = {label}: ", Tone.QUIET), TonedText(make_one_line(lang.text(finding.next_step)))))
    if finding.cited_clause:
        label = lang.text(say("clause"))
        lines.append((TonedText(f"  = {label}: {finding.cited_clause}", Tone.QUIET),))
    label = lang.text(say("see also"))
    for place in finding.related:
        message = make_one_line(lang.text(place.message))
        lines.append((TonedText(f"  = {label}: {_format_place(place.source)}: {message}", Tone.QUIET),))
    return lines


def format_finding_text(finding: Finding, lang: Language, raw: bytes | None = None, columns: int = 100) -> str:
    """Return the lines of ``format_finding_lines`` as plain text, without a final line end."""
    return "\n".join("".join(part.text for part in line) for line in format_finding_lines(finding, lang, raw, columns))


def format_summary_line(checked: CheckResult, lang: Language) -> FrameLine:
    """Return the last line of a check: how many findings of each severity, how many accepted, how many records."""
    counts = checked.counts
    parts = [
        TonedText(
            f"{lang.text(SEVERITY_WORDS[severity])} {counts[severity]}",
            SEVERITY_TONES[severity] if counts[severity] else Tone.QUIET,
        )
        for severity in Severity
    ]
    accepted = lang.text(say("accepted"))
    parts.append(TonedText(f"{accepted} {len(checked.accepted)}", Tone.QUIET))
    joined: list[TonedText] = [
        TonedText(lang.text(say("Records checked: {count}.", count=checked.records)) + "  ", Tone.STRONG)
    ]
    for number, part in enumerate(parts):
        joined.extend([TonedText(", " if number else ""), part])
    return tuple(joined)


def format_unlisted_line(checked: CheckResult, lang: Language) -> FrameLine | None:
    """Return the line on the findings that are not printed, None where all are."""
    unlisted = count_findings(checked.findings[MOST_SHOWN:])
    if not unlisted:
        return None
    text = say(
        "Not printed: {count} more findings. Mend these first, name a folder or file, or use --format json.",
        count=unlisted,
    )
    return (TonedText(lang.text(text), Tone.STRONG),)


def format_summary_text(checked: CheckResult, lang: Language) -> str:
    """Return ``format_summary_line`` as plain text."""
    return "".join(part.text for part in format_summary_line(checked, lang))


def _format_place(source: Source) -> str:
    path = make_safe_text(source.path)
    return f"{path}:{source.line}:{source.column}" if source.line else path


def _build_frame(source: Source, raw: bytes, columns: int, tone: Tone) -> Iterator[FrameLine]:
    rows = _split_lines(raw)
    if source.line > len(rows):
        return
    first, last = max(1, source.line - LINES_AROUND), min(len(rows), source.line + LINES_AROUND)
    digits = len(str(last))
    room = columns - digits - 5
    for number in range(first, last + 1):
        is_target = number == source.line
        if not is_target and not rows[number - 1].strip():
            continue
        shown, caret, width = _cut_row(rows[number - 1], source.column if is_target else 1, room)
        mark = ">" if is_target else " "
        yield (
            TonedText(f"{mark} {number:>{digits}} | ", Tone.QUIET),
            TonedText(shown, Tone.PLAIN if is_target else Tone.QUIET),
        )
        if is_target and source.column:
            yield TonedText(f"  {'':>{digits}} | ", Tone.QUIET), TonedText(" " * caret + "^" * width, tone)


@lru_cache(maxsize=1)
def _split_lines(raw: bytes) -> list[str]:
    """Return the lines of a file, cached for the next finding in it."""
    text = _decode_as_shown(raw)
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _cut_row(row: str, column: int, room: int) -> tuple[str, int, int]:
    """Return the visible part of a row, the columns before the caret, and the width of the character above it."""
    at = min(max(column, 1), len(row) + 1) - 1
    # No more than ``room`` characters on either side can be shown: a line may be as long as its file.
    skipped = max(0, at - room)
    shown = [_show_character(char) for char in row[skipped : at + room + 1]]
    widths = [measure_width(piece) for piece in shown]
    at -= skipped
    width = max(1, widths[at]) if at < len(widths) else 1
    first, end = 0, len(shown)
    if sum(widths) > room:
        first, end = _find_window(widths, at, room - 2 * len(_GAP_MARK))
    lead = _GAP_MARK if first or skipped else ""
    tail = _GAP_MARK if end < len(shown) or skipped + len(shown) < len(row) else ""
    return lead + "".join(shown[first:end]) + tail, len(lead) + sum(widths[first:at]), width


def _find_window(widths: list[int], at: int, room: int) -> tuple[int, int]:
    """Return start and end of the longest run of characters within ``room`` columns with ``at`` near its middle."""
    first = end = min(at, len(widths))
    used = 0
    while True:
        grown = False
        if end < len(widths) and used + widths[end] <= room:
            used += widths[end]
            end += 1
            grown = True
        if first > 0 and used + widths[first - 1] <= room:
            first -= 1
            used += widths[first]
            grown = True
        if not grown:
            return first, max(end, min(at + 1, len(widths)))


def _show_character(char: str) -> str:
    if char == "\t":
        return " " * _TAB_WIDTH
    shown = make_safe_text(char)
    return shown if measure_character(shown[0]) else f" {shown}"


def _decode_as_shown(raw: bytes) -> str:
    """Return the text as an editor shows it: UTF-8, else GB 18030, the encoding of a Chinese Windows."""
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding).removeprefix("\ufeff")
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", errors="replace")


def render_findings_text(
    checked: CheckResult, lang: Language, read: Callable[[str], bytes | None], columns: int
) -> str:
    """Return every finding with its frame, then the summary; ``read`` returns the bytes of a file by its path."""
    shown = checked.findings[:MOST_SHOWN]
    texts = (format_finding_text(finding, lang, read(finding.source.path), columns) for finding in shown)
    unlisted = format_unlisted_line(checked, lang) or ()
    notes = ["".join(part.text for part in unlisted)] if unlisted else []
    return "\n\n".join((*(text.rstrip("\n") for text in texts), *notes, format_summary_text(checked, lang)))
