"""The ``Reviewed-by`` trailers of a message, and lines that only look like one.

Trailers are found as git finds them (git-interpret-trailers(1), with ``--no-divider`` as in git-log(1)): they stand in
the last paragraph, never in the title, and every line there is a trailer or continues one; beside one that git itself
writes (``Signed-off-by``) a quarter is enough. Blank to git are the four characters below and no others: a form feed or
a full-width space makes a line of its own.
"""

from __future__ import annotations

import re
from typing import NamedTuple

REVIEW_TRAILER = "Reviewed-by"
_TRAILER = re.compile(r"([A-Za-z0-9-]+)[ \t]*:[ \t]*(.*)", re.ASCII | re.DOTALL)
_LOOKALIKE = re.compile(rf"[\s*-]*{REVIEW_TRAILER}\s*[:\uff1a]\s*(\S.*)", re.IGNORECASE)
_GIT_PREFIXES = ("Signed-off-by: ", "(cherry picked from commit ")
_COMMENT = "#"
_BLANKS = " \t\n\r"
_FEWEST_SHARE = 4


class ReviewLines(NamedTuple):
    """The reviewers named by trailers, and by lines that look like one and are none to git."""

    reviewers: tuple[str, ...]
    lookalikes: tuple[str, ...]


def read_review_lines(message: str) -> ReviewLines:
    """Return whom the message of a commit or a tag names as reviewers; a tag's signature is no part of its message."""
    if REVIEW_TRAILER.lower() not in message.lower():
        return ReviewLines((), ())
    lines = [line.rstrip("\r") for line in message.split("\n")]
    begin = _find_trailers(lines)
    reviewers = [
        " ".join(match[2].split())
        for line in _join_continued_lines(lines[begin:])
        if (match := _TRAILER.fullmatch(line)) and match[1].lower() == REVIEW_TRAILER.lower() and match[2].strip()
    ]
    others = (match[1].strip() for line in lines[:begin] if (match := _LOOKALIKE.fullmatch(line)))
    return ReviewLines(tuple(reviewers), tuple(dict.fromkeys(who for who in others if who not in reviewers)))


def _is_blank(line: str) -> bool:
    return not line.strip(_BLANKS)


def _is_folded(line: str) -> bool:
    return line.startswith(tuple(_BLANKS))


def _find_trailers(lines: list[str]) -> int:
    """Return the index of the first line of the trailers; the number of lines where there are none."""
    end = len(lines)
    while end and (_is_blank(lines[end - 1]) or lines[end - 1].startswith(_COMMENT)):
        end -= 1
    title = next((at for at, line in enumerate(lines) if _is_blank(line)), len(lines))
    begin = next((at + 1 for at in reversed(range(end)) if _is_blank(lines[at])), 0)
    if begin <= title:
        begin = title + 1
    trailers = others = continued = 0
    by_git = False
    for line in reversed(lines[begin:end]):
        if line.startswith(_COMMENT):
            others, continued = others + continued, 0
        elif line.startswith(_GIT_PREFIXES):
            trailers, continued, by_git = trailers + 1, 0, True
        elif _is_folded(line):
            continued += 1
        elif _TRAILER.fullmatch(line):
            trailers, continued = trailers + 1, 0
        else:
            others, continued = others + continued + 1, 0
    others += continued
    found = trailers * (_FEWEST_SHARE - 1) >= others if by_git else trailers > 0 and others == 0
    return begin if found else len(lines)


def _join_continued_lines(lines: list[str]) -> list[str]:
    """Return lines with those that begin with a blank put behind the one above."""
    joined: list[str] = []
    for line in lines:
        if _is_folded(line) and joined:
            joined[-1] += f" {line.strip(_BLANKS)}"
        elif not line.startswith(_COMMENT):
            joined.append(line)
    return joined
