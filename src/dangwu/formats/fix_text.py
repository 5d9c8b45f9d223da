"""Corrections as text for people: for each file what is corrected, and the lines before and after as a unified diff."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.formats.code_frame import TonedText
from dangwu.formats.safe_text import make_one_line, make_safe_part
from dangwu.model.message import say
from dangwu.pages.page import Tone

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dangwu.formats.code_frame import FrameLine
    from dangwu.language import Language
    from dangwu.model.correction import CorrectedFile, FixPlan, LeftPlace

LINES_AROUND = 2
"""Lines shown before and after those that change."""


def format_fix_lines(plan: FixPlan, lang: Language) -> Iterator[FrameLine]:
    """Yield the corrections of each file with their diff, then what was left and why."""
    for file in plan.files:
        yield (TonedText(make_one_line(file.path), Tone.STRONG),)
        for correction in file.corrections:
            sentence = lang.text(say("line {line}: {what}", line=correction.line, what=correction.what))
            yield TonedText(f"  {make_one_line(sentence)}"), TonedText(f"  {correction.code}", Tone.QUIET)
        yield from _format_diff(file)
        yield ()
    if plan.left:
        yield (TonedText(lang.text(say("Left for a person:")), Tone.STRONG),)
        for place in plan.left:
            yield (TonedText(f"  {_format_left(place, lang)}"),)
        yield ()


def render_fix_text(plan: FixPlan, lang: Language) -> str:
    """Return the lines of ``format_fix_lines`` as plain text."""
    return "\n".join("".join(part.text for part in line) for line in format_fix_lines(plan, lang)).rstrip("\n")


def _format_left(place: LeftPlace, lang: Language) -> str:
    where = f"{place.path}:{place.line}" if place.line else place.path
    return f"{make_one_line(where)}: {make_one_line(lang.text(place.reason))}"


def _format_diff(file: CorrectedFile) -> Iterator[FrameLine]:
    """Yield the changed lines with those around them; both texts have the same number of lines."""
    old, new = (text.removesuffix("\n").split("\n") for text in (file.shown_before, file.after.decode()))
    changed = [number for number, (before, after) in enumerate(zip(old, new, strict=True)) if before != after]
    if changed:
        path = make_one_line(file.path)
        yield (TonedText(f"--- {path}", Tone.STRONG),)
        yield (TonedText(f"+++ {path}", Tone.STRONG),)
    for first, last in _group_changes(changed, len(new)):
        extent = f"{first + 1},{last - first}"
        yield (TonedText(f"@@ -{extent} +{extent} @@", Tone.QUIET),)
        yield from _format_hunk(old[first:last], new[first:last])


def _group_changes(changed: list[int], count: int) -> Iterator[tuple[int, int]]:
    """Yield first and end of the stretches that hold the changed lines and those around them."""
    stretch: tuple[int, int] | None = None
    for number in changed:
        first, last = max(0, number - LINES_AROUND), min(count, number + LINES_AROUND + 1)
        if stretch is not None and first <= stretch[1]:
            stretch = (stretch[0], last)
            continue
        if stretch is not None:
            yield stretch
        stretch = (first, last)
    if stretch is not None:
        yield stretch


def _format_hunk(old: list[str], new: list[str]) -> Iterator[FrameLine]:
    """Yield the lines of a stretch: of lines that change together first all old ones, then all new ones."""
    waiting: list[str] = []
    for before, after in zip(old, new, strict=True):
        if before != after:
            yield (TonedText(f"-{make_safe_part(before)}", Tone.BAD),)
            waiting.append(after)
            continue
        yield from _format_added(waiting)
        waiting = []
        yield (TonedText(f" {make_safe_part(after)}"),)
    yield from _format_added(waiting)


def _format_added(lines: list[str]) -> Iterator[FrameLine]:
    for line in lines:
        yield (TonedText(f"+{make_safe_part(line)}", Tone.GOOD),)
