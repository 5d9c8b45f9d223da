"""Sections of minutes → the text of a Markdown record with only these written anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dangwu.model.document import SectionHeading


def rewrite_sections(text: str, headings: Sequence[SectionHeading], sections: Mapping[str, str]) -> str:
    """Return the text of a record with other sections, given by their heading; a new one comes last.

    ``headings`` are those of the text, with their lines. A section ends before the next heading of its level or a
    higher one. Of headings with one title the first counts. One that says the same but for blanks at its ends stays.
    """
    lines = text.split("\n")
    for number in range(len(headings) - 1, -1, -1):
        heading = headings[number]
        first = next(each for each in headings if each.title == heading.title) is heading
        if not first or heading.title not in sections:
            continue
        begin = heading.line + heading.underlined
        later = (each.line - 1 for each in headings[number + 1 :] if each.level <= heading.level)
        end = next(later, len(lines))
        written = sections[heading.title].strip("\n")
        if "\n".join(lines[begin:end]).strip() != written.strip():
            lines[begin:end] = ["", *written.split("\n"), ""] if written.strip() else [""]
    known = {heading.title for heading in headings}
    for title, written in sections.items():
        if title not in known:
            lines = [
                *"\n".join(lines).rstrip("\n").split("\n"),
                "",
                f"## {title}",
                "",
                *written.strip("\n").split("\n"),
                "",
            ]
    return "\n".join(lines)
